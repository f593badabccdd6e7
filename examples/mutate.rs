//! The mutation bench: corrupts the content one figure at a time, in the text of its
//! file, checks, and counts what is noticed and where. `docs/mutation.md` quotes it.
//!
//! ```sh
//! cargo run --release --example mutate            # the demonstration portal
//! cargo run --release --example mutate -- DIR     # another one
//! cargo run --release --example mutate -- . prose # the corruptions with that word in their name
//! ```
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use mingbai::amount::{self, Decimal};
use mingbai::content;
use mingbai::diagnostic::{Diagnostic, Report, Severity};
use mingbai::locate::locate;
use mingbai::model::{At, Cell, Disclosure, Draft, assemble};
use mingbai::profile;
use mingbai::profile::equation::Operator;
use mingbai::source::{FileId, Place, Sources};
use mingbai::trial::{FindingIdentity, Profiles, checked, key};
use mingbai::yaml;
use rayon::prelude::*;

/// One corruption: the bytes of a file to replace, and the figure it is about.
struct Mutation {
    kind: &'static str,
    file: FileId,
    range: std::ops::Range<usize>,
    text: String,
    /// The figures it changes, as disclosure and place in it.
    figures: Vec<(usize, At)>,
    /// What holds the figures in place.
    held: Held,
}

/// What holds a figure in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Held {
    /// No relation touches it.
    Nothing,
    /// It is only a part that may not exceed a whole, or that whole, or a factor.
    Loosely,
    /// It stands in an equation.
    Equation,
    /// It is no figure of a table or a project form.
    Text,
}

/// How a corruption was noticed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Noticed {
    Cell,
    Relation,
    Elsewhere,
    Not,
}

/// What is tried, counted by how it was noticed.
#[derive(Default)]
struct Tally {
    by: BTreeMap<Noticed, usize>,
}

impl Tally {
    fn get(&self, noticed: Noticed) -> usize {
        self.by.get(&noticed).copied().unwrap_or_default()
    }

    fn all(&self) -> usize {
        self.by.values().sum()
    }

    fn caught(&self) -> usize {
        self.all() - self.get(Noticed::Not)
    }
}

/// The portal as it is, and what is known of it.
struct Ground {
    sources: Sources,
    profiles: Profiles,
    portal: Draft,
    /// What is found already; what is accepted is found where its figures change.
    known: BTreeSet<FindingIdentity>,
    held: BTreeMap<(usize, At), Held>,
    /// For every figure, those that share a relation with it.
    beside: BTreeMap<(usize, At), BTreeSet<(usize, At)>>,
}

fn main() -> anyhow::Result<()> {
    let root = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    let started = Instant::now();
    let ground = Ground::read(Sources::read(&root, "mingbai.yaml")?);
    println!("false alarms on the untouched content: {}\n", ground.false_alarms());
    let mut mutations = ground.mutations();
    if let Some(word) = std::env::args().nth(2) {
        mutations.retain(|mutation| mutation.kind.contains(&word));
    }
    let noticed: Vec<Noticed> =
        mutations.par_iter().map(|mutation| ground.try_out(mutation)).collect();
    ground.print(&mutations, &noticed);
    println!("\n{} corruptions in {:.1?}", mutations.len(), started.elapsed());
    Ok(())
}

impl Ground {
    fn read(sources: Sources) -> Ground {
        let mut report = Report::default();
        let content = content::parse(&mut report, &sources);
        let named: Vec<String> = assemble::profiles_named(&content).collect();
        let profiles = profile::resolve(&mut report, &sources, named);
        let (portal, report) = checked(&sources, &profiles);
        let known = report.diagnostics.iter().map(|found| key(&sources, found)).collect();
        let count = |wanted| report.count(wanted);
        println!(
            "untouched: {} errors, {} warnings, {} notes, {} accepted, {} relations broken",
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note),
            report.accepted.len(),
            report.relations.broken
        );
        let mut held = BTreeMap::new();
        let mut beside: BTreeMap<(usize, At), BTreeSet<(usize, At)>> = BTreeMap::new();
        for (index, disclosure) in portal.disclosures.iter().enumerate() {
            for outcome in disclosure.relations(&portal) {
                let is_equation = outcome.operator == Operator::Equal
                    && outcome.kind != mingbai::model::RelationKind::Product;
                let by = if is_equation { Held::Equation } else { Held::Loosely };
                let figures: Vec<(usize, At)> = outcome
                    .figures()
                    .filter_map(|figure| {
                        Some((figure.disclosure(index, disclosure.prior)?, figure.at))
                    })
                    .collect();
                for figure in &figures {
                    let known = held.entry(*figure).or_insert(by);
                    *known = by.max(*known);
                    beside.entry(*figure).or_default().extend(figures.iter().copied());
                }
            }
        }
        Ground { sources, profiles, portal, known, held, beside }
    }

    /// The figures of the tables and project forms.
    fn figures(&self) -> Vec<(usize, At, Decimal)> {
        let mut all = Vec::new();
        for (index, disclosure) in self.portal.disclosures.iter().enumerate() {
            for (table, content) in disclosure.tables.values().enumerate() {
                for (panel, rows) in content.panels.iter().enumerate() {
                    for (row, content) in rows.rows.iter().enumerate() {
                        for (column, cell) in content.cells.iter().enumerate() {
                            let at = At::Cell(table, panel, row, column);
                            all.extend(cell.figure().map(|value| (index, at, value)));
                        }
                    }
                }
            }
            for (project, content) in disclosure.projects.iter().enumerate() {
                for (field, cell) in content.fields.iter().enumerate() {
                    let at = At::Field(project, field);
                    all.extend(cell.figure().map(|value| (index, at, value)));
                }
            }
        }
        all
    }

    /// The bytes of a figure where it is written in its own file as a figure.
    fn written(&self, index: usize, at: At) -> Option<(FileId, std::ops::Range<usize>)> {
        let place = self.portal.disclosures[index].place_of(at);
        let range = locate(&self.sources, &place);
        let text = &self.sources.file(place.file).text()[range.clone()];
        amount::parse(text.trim_matches(['"', '\''])).ok().map(|_| (place.file, range))
    }

    fn held(&self, figure: &(usize, At)) -> Held {
        self.held.get(figure).copied().unwrap_or(Held::Nothing)
    }

    fn mutations(&self) -> Vec<Mutation> {
        let mut all = Vec::new();
        let figures = self.figures();
        for (index, at, value) in &figures {
            let Some((file, range)) = self.written(*index, *at) else { continue };
            let figure = (*index, *at);
            for (kind, text) in slips(*value) {
                all.push(Mutation {
                    kind,
                    file,
                    range: range.clone(),
                    text,
                    figures: vec![figure],
                    held: self.held(&figure),
                });
            }
            for (kind, other) in neighbours(&figures, figure) {
                all.extend(self.swap(kind, figure, other));
            }
        }
        for index in 0..self.portal.disclosures.len() {
            self.rows(index, &mut all);
            self.texts(index, &mut all);
            self.words(index, &mut all);
        }
        all
    }

    fn swap(&self, kind: &'static str, a: (usize, At), b: (usize, At)) -> Option<Mutation> {
        let (file, first) = self.written(a.0, a.1)?;
        let (_, second) = self.written(b.0, b.1)?;
        let text = self.sources.file(file).text();
        let (one, other) = (&text[first.clone()], &text[second.clone()]);
        if one == other || first.end > second.start {
            return None;
        }
        Some(Mutation {
            kind,
            file,
            range: first.start..second.end,
            text: format!("{other}{}{one}", &text[first.end..second.start]),
            figures: vec![a, b],
            held: self.held(&a).max(self.held(&b)),
        })
    }

    /// Rows dropped and doubled, with their lines.
    fn rows(&self, index: usize, all: &mut Vec<Mutation>) {
        for (table, content) in self.portal.disclosures[index].tables.values().enumerate() {
            let text = self.sources.file(content.file).text();
            for (panel, rows) in content.panels.iter().enumerate() {
                for (row, cells) in rows.rows.iter().enumerate() {
                    let has_figure = |column: &usize| cells.cells[*column].figure().is_some();
                    let figures: Vec<(usize, At)> = (0..cells.cells.len())
                        .filter(has_figure)
                        .map(|column| (index, At::Cell(table, panel, row, column)))
                        .collect();
                    let Some(held) = figures.iter().map(|figure| self.held(figure)).max() else {
                        continue;
                    };
                    let place = Place::value(content.file, content.row_path(panel, row));
                    let at = locate(&self.sources, &place).start;
                    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
                    let end = text[at..].find('\n').map_or(text.len(), |length| at + length + 1);
                    let line = &text[start..end];
                    for (kind, text) in
                        [("drop a row", String::new()), ("double a row", line.repeat(2))]
                    {
                        let (range, figures) = (start..end, figures.clone());
                        all.push(Mutation { kind, file: content.file, range, text, figures, held });
                    }
                }
            }
        }
    }

    /// Figures in prose, targets and payment plans.
    fn texts(&self, index: usize, all: &mut Vec<Mutation>) {
        let disclosure = &self.portal.disclosures[index];
        let mut push = |kind, file, range: std::ops::Range<usize>| {
            let written = &self.sources.file(file).text()[range.clone()];
            if let Some(text) = changed(written) {
                let figures = Vec::new();
                all.push(Mutation { kind, file, range, text, figures, held: Held::Text });
            }
        };
        for section in &disclosure.sections {
            for range in money(self.sources.file(section.file).text(), disclosure) {
                push("change an amount in prose", section.file, range);
            }
            for range in shares(self.sources.file(section.file).text()) {
                push("change a rate or a share in prose", section.file, range);
            }
        }
        for project in &disclosure.projects {
            let Some(spec) = disclosure.project_spec() else { continue };
            for (row, cells) in project.indicators.iter().enumerate() {
                for (column, cell) in spec.indicators.iter().zip(cells) {
                    let is_target = column.kind == profile::ColumnKind::Target;
                    if is_target && let Cell::Text(_) | Cell::Figure(..) = cell {
                        let path = format!("indicators[{row}].{}", column.id);
                        let range = locate(&self.sources, &Place::value(project.file, path));
                        push("change a target", project.file, range);
                    }
                }
            }
            let text = self.sources.file(project.file);
            let root = yaml::parse(&mut Report::default(), project.file, text);
            let plan = root.as_ref().and_then(|root| root.get("payment_plan"));
            for (_, step) in plan.map(yaml::Node::entries).unwrap_or_default() {
                push("change a step of a payment plan", project.file, step.range());
            }
        }
    }

    /// Words and signs of prose: directions, years, brackets and quotation marks.
    fn words(&self, index: usize, all: &mut Vec<Mutation>) {
        let disclosure = &self.portal.disclosures[index];
        let Some(prose) = &disclosure.profile.prose else { return };
        let lists = [(&prose.increase, &prose.decrease), (&prose.decrease, &prose.increase)];
        for section in &disclosure.sections {
            let mut push = |kind, range, text: String| {
                let (figures, held) = (Vec::new(), Held::Text);
                all.push(Mutation { kind, file: section.file, range, text, figures, held });
            };
            for paragraph in section.paragraphs.iter().filter(|paragraph| !paragraph.heading) {
                let text = paragraph.text.as_str();
                // Only beside a figure does a word say something of it.
                let amounts = money(text, disclosure);
                for (words, others) in lists {
                    for (number, word) in words.iter().enumerate() {
                        let Some(other) = others.get(number) else { continue };
                        for (at, _) in text.match_indices(word.as_str()) {
                            let end = at + word.len();
                            if !amounts.iter().any(|money| (end..end + 9).contains(&money.start)) {
                                continue;
                            }
                            let range = paragraph.source(at..end);
                            push("turn a word of direction in prose", range.clone(), other.clone());
                            push(
                                "leave an alternative in prose",
                                range,
                                format!("{word}（{other}）"),
                            );
                        }
                    }
                }
                for year in [disclosure.year, disclosure.year - 1] {
                    let written = year.to_string();
                    for (at, _) in text.match_indices(&written) {
                        let is_beside =
                            amounts.iter().any(|money| money.start > at && money.start < at + 96);
                        if is_beside && text[at + written.len()..].trim_start().starts_with('年') {
                            let range = paragraph.source(at..at + written.len());
                            push(
                                "change a year beside a figure in prose",
                                range,
                                (year - 1).to_string(),
                            );
                        }
                    }
                }
                for (open, close) in &prose.pairs {
                    for (at, sign) in text.match_indices([*open, *close]) {
                        let range = paragraph.source(at..at + sign.len());
                        push("drop a bracket or a quotation mark in prose", range, String::new());
                    }
                }
                for (at, sign) in text.match_indices('。') {
                    let range = paragraph.source(at..at + sign.len());
                    push("double a full stop in prose", range, sign.repeat(2));
                }
            }
        }
    }

    /// The portal with one file changed.
    fn with(&self, path: &str, bytes: Vec<u8>) -> Sources {
        let mut sources = Sources::embedded();
        let folders = ["content", "profiles"];
        let files = folders.iter().flat_map(|folder| self.sources.site_files(folder));
        let config = self.sources.find(self.sources.config());
        for file in files.map(|(file, _)| file).chain(config) {
            let source = self.sources.file(file);
            sources.add(&source.path, source.bytes().to_vec());
        }
        sources.add(path, bytes);
        sources
    }

    /// What is found in a copy of the portal and not in the portal: nothing.
    fn false_alarms(&self) -> usize {
        let config = self.sources.find(self.sources.config()).expect("a configuration");
        let source = self.sources.file(config);
        let sources = self.with(&source.path, source.bytes().to_vec());
        let (_, report) = checked(&sources, &self.profiles);
        let is_new = |found: &&Diagnostic| !self.known.contains(&key(&sources, found));
        report.diagnostics.iter().filter(is_new).count()
    }

    fn try_out(&self, mutation: &Mutation) -> Noticed {
        let text = self.sources.file(mutation.file).text();
        let mut changed = text.to_owned();
        changed.replace_range(mutation.range.clone(), &mutation.text);
        let sources = self.with(&self.sources.file(mutation.file).path, changed.into_bytes());
        let (_, report) = checked(&sources, &self.profiles);
        let new: Vec<&Diagnostic> = report
            .diagnostics
            .iter()
            .filter(|found| !self.known.contains(&key(&sources, found)))
            .collect();
        new.iter().map(|found| self.judge(&sources, mutation, found)).min().unwrap_or(Noticed::Not)
    }

    /// Whether a finding stands at the figure, or at one of its relations.
    fn judge(&self, sources: &Sources, mutation: &Mutation, found: &Diagnostic) -> Noticed {
        let path = &self.sources.file(mutation.file).path;
        let places =
            || [&found.primary].into_iter().chain(found.related.iter().map(|label| &label.place));
        let stands_at = |place: &Place, (index, at): &(usize, At)| {
            let own = self.portal.disclosures[*index].place_of(*at);
            self.sources.file(own.file).path == sources.file(place.file).path
                && own.spot == place.spot
        };
        let is_changed = |place: &Place| {
            sources.file(place.file).path == *path
                && (mutation.figures.iter().any(|figure| stands_at(place, figure))
                    || mutation.held == Held::Text
                    || line(sources, place)
                        == line(
                            &self.sources,
                            &Place::bytes(mutation.file, mutation.range.clone()),
                        ))
        };
        if is_changed(&found.primary) {
            return Noticed::Cell;
        }
        let beside = mutation.figures.iter().filter_map(|figure| self.beside.get(figure)).flatten();
        let mut beside = beside.collect::<BTreeSet<_>>().into_iter();
        if places().any(is_changed)
            || beside.any(|figure| places().any(|place| stands_at(place, figure)))
        {
            return Noticed::Relation;
        }
        Noticed::Elsewhere
    }

    fn print(&self, mutations: &[Mutation], noticed: &[Noticed]) {
        let mut kinds: Vec<&str> = Vec::new();
        for mutation in mutations {
            if !kinds.contains(&mutation.kind) {
                kinds.push(mutation.kind);
            }
        }
        let row = |name: &str, wanted: &dyn Fn(&Mutation) -> bool| {
            let mut tally = Tally::default();
            for (mutation, noticed) in mutations.iter().zip(noticed) {
                if wanted(mutation) {
                    *tally.by.entry(*noticed).or_default() += 1;
                }
            }
            let (all, caught) = (tally.all(), tally.caught());
            println!(
                "| {name} | {all} | {caught} | {} | {} | {} | {} | {} |",
                share(caught, all),
                tally.get(Noticed::Cell),
                tally.get(Noticed::Relation),
                tally.get(Noticed::Elsewhere),
                tally.get(Noticed::Not)
            );
        };
        println!(
            "| corruption | tried | caught | share | at the cell | at its relation | elsewhere | missed |"
        );
        println!("|---|--:|--:|--:|--:|--:|--:|--:|");
        for kind in &kinds {
            row(kind, &|mutation| mutation.kind == *kind);
        }
        let is = |mutation: &Mutation, held: Held| mutation.held == held;
        row("**figures in an equation**", &|mutation| is(mutation, Held::Equation));
        row("**figures any relation touches**", &|mutation| {
            is(mutation, Held::Equation) || is(mutation, Held::Loosely)
        });
        row("**all figures of tables and forms**", &|mutation| !is(mutation, Held::Text));
        let is_form = |(index, at): &(usize, At)| match at {
            At::Cell(table, ..) => {
                self.portal.disclosures[*index].tables[*table].spec.section.is_none()
            }
            _ => false,
        };
        row("**all figures of the form's own tables**", &|mutation| {
            !mutation.figures.is_empty() && mutation.figures.iter().all(is_form)
        });
        row("**prose, targets, plans**", &|mutation| is(mutation, Held::Text));
        self.print_missed(mutations, noticed);
        println!("\nMissed in texts:\n");
        let pairs = mutations.iter().zip(noticed);
        for (mutation, _) in
            pairs.filter(|(one, noticed)| one.held == Held::Text && **noticed == Noticed::Not)
        {
            let file = self.sources.file(mutation.file);
            let at = file.text().floor_char_boundary(mutation.range.start.saturating_sub(40));
            let words = &file.text()[at..mutation.range.end];
            println!("- {}: {} → {}: {words:?}", file.path, mutation.kind, mutation.text);
        }
    }

    fn print_missed(&self, mutations: &[Mutation], noticed: &[Noticed]) {
        let address = |(index, at): &(usize, At)| {
            let disclosure = &self.portal.disclosures[*index];
            format!("{}/{}", disclosure.path, disclosure.address_of(*at))
        };
        println!("\nFigures no relation touches:\n");
        for (index, at, _) in self.figures() {
            if self.held(&(index, at)) == Held::Nothing {
                println!("- {}", address(&(index, at)));
            }
        }
        println!("\nMissed although a relation touches them:\n");
        let mut missed: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (mutation, noticed) in mutations.iter().zip(noticed) {
            let is_held = matches!(mutation.held, Held::Equation | Held::Loosely);
            if is_held && *noticed == Noticed::Not {
                let names: Vec<String> = mutation.figures.iter().map(address).collect();
                missed.entry(names.join(" ↔ ")).or_default().push(mutation.kind);
            }
        }
        for (figure, kinds) in missed {
            println!("- {figure}: {}", kinds.join(", "));
        }
    }
}

/// The next figure of the row, and the next one down the column.
fn neighbours(
    figures: &[(usize, At, Decimal)],
    (index, at): (usize, At),
) -> Vec<(&'static str, (usize, At))> {
    let At::Cell(table, panel, row, column) = at else { return Vec::new() };
    let find = |fits: &dyn Fn(usize, usize) -> bool| {
        figures.iter().find_map(|(home, other, _)| match other {
            At::Cell(t, p, r, c) if (*home, *t, *p) == (index, table, panel) && fits(*r, *c) => {
                Some((index, *other))
            }
            _ => None,
        })
    };
    let across = find(&|r, c| r == row && c > column);
    let down = find(&|r, c| r > row && c == column);
    let across = across.map(|other| ("swap with the next cell of the row", other));
    across.into_iter().chain(down.map(|other| ("swap with the next cell down", other))).collect()
}

/// The line of a place, from 0.
fn line(sources: &Sources, place: &Place) -> usize {
    let at = locate(sources, place).start;
    sources.file(place.file).text()[..at].matches('\n').count()
}

/// A share of a hundred with one decimal.
fn share(part: usize, all: usize) -> String {
    let per_mille = (part * 1000).checked_div(all).unwrap_or_default();
    format!("{}.{} %", per_mille / 10, per_mille % 10)
}

/// A figure written wrongly, by kind. What changes nothing is left out.
fn slips(value: Decimal) -> Vec<(&'static str, String)> {
    let mut slips = Vec::new();
    let places = value.scale();
    for (kind, more) in
        [("add 0.05", Decimal::new(5, 2)), ("add 1", Decimal::ONE), ("add 10", Decimal::TEN)]
    {
        slips.push((kind, (value + more).to_string()));
    }
    let digits: Vec<char> = value.to_string().chars().collect();
    for at in 1..digits.len() {
        let (a, b) = (digits[at - 1], digits[at]);
        if a.is_ascii_digit() && b.is_ascii_digit() && a != b {
            let mut swapped = digits.clone();
            swapped.swap(at - 1, at);
            slips.push(("swap two digits", swapped.into_iter().collect()));
        }
    }
    if !value.is_zero() {
        let mut shifted = value;
        shifted.rescale(places + 1);
        slips.push((
            "shift the decimal point",
            (shifted / Decimal::TEN).round_dp(places + 1).to_string(),
        ));
        slips.push(("shift the decimal point", (value * Decimal::TEN).to_string()));
        slips.push(("change the sign", (-value).to_string()));
    }
    slips
}

/// A text whose first number is another one; nothing without a number.
fn changed(text: &str) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let length = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
    let number: u64 = text[start..start + length].parse().ok()?;
    Some(format!("{}{}{}", &text[..start], number + 1, &text[start + length..]))
}

/// The numbers of a text with a sign of per cent behind them.
fn shares(text: &str) -> Vec<std::ops::Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '%' | '％')).map(|(at, _)| at);
    let starts = ends.map(|end| text[..end].trim_end_matches(is_part).len()..end);
    starts.filter(|range| !range.is_empty()).collect()
}

/// The amounts of a text: numbers with a unit of money of the profile behind them.
fn money(text: &str, disclosure: &Disclosure) -> Vec<std::ops::Range<usize>> {
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(offset) = text[from..].find(|c: char| c.is_ascii_digit()) {
        let start = from + offset;
        let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
        let after = text[start + length..].trim_start_matches(' ');
        if disclosure.profile.units.keys().any(|unit| after.starts_with(unit.as_str())) {
            found.push(start..start + length);
        }
        from = start + length;
    }
    found
}
