//! What was changed after publication without a correction that says so → findings.

use super::lines::of_value;
use super::value::COVERED;
use super::{DisclosureDiff, Fate, RowDiff, State, ValueDiff, compare};
use crate::address::split;
use crate::codes;
use crate::content::Correction;
use crate::diagnostic::{Diagnostic, Report, Severity, Text, text};
use crate::model::{Disclosure, is_same_value};
use crate::source::Place;

/// How many changes a finding names before it only counts them.
const NAMED: usize = 8;

/// A published disclosure in both states, with the corrections that are new.
struct Published<'a> {
    states: [&'a State<'a>; 2],
    before: &'a Disclosure,
    after: &'a Disclosure,
    new: Vec<&'a Correction>,
}

/// A table, a project or a section, and what changed in it unsaid.
struct Part {
    address: String,
    title: String,
    changes: Vec<Change>,
}

/// One change that no correction says.
struct Change {
    words: Text,
    /// The value that was published, as `cells` would state it; nothing of words.
    cell: Option<(String, String)>,
    is_figure: bool,
    /// The addresses that would say it otherwise.
    address: String,
}

/// Reports what differs from a state that was published before, where no correction says so.
pub fn unrecorded(report: &mut Report, before: &State, after: &State) {
    let states = [before, after];
    for diff in compare(before, after).disclosures {
        let find = |state: &State<'_>| {
            state.portal.disclosures.iter().position(|one| one.path == diff.disclosure)
        };
        let (Some(earlier), Some(later)) = (find(before), find(after)) else { continue };
        let [earlier, later] =
            [&before.portal.disclosures[earlier], &after.portal.disclosures[later]];
        let is_published = !earlier.written.published.is_empty() && !earlier.written.draft;
        if diff.fate != Fate::Changed || !is_published || later.written.draft {
            continue;
        }
        let is_new =
            |one: &&Correction| !earlier.written.corrections.iter().any(|o| is_one(o, one));
        let new = later.written.corrections.iter().filter(is_new).collect();
        let published = Published { states, before: earlier, after: later, new };
        for part in published.parts(&diff) {
            report.push(published.finding(part));
        }
    }
}

/// Whether two corrections say the same.
fn is_one(one: &Correction, other: &Correction) -> bool {
    let cells = |one: &Correction| -> Vec<(String, String)> {
        one.cells.iter().map(|cell| (cell.at.clone(), cell.was.clone())).collect()
    };
    let at =
        |one: &Correction| -> Vec<String> { one.at.iter().map(|(at, _)| at.clone()).collect() };
    (&one.date, &one.reason) == (&other.date, &other.reason)
        && cells(one) == cells(other)
        && at(one) == at(other)
}

impl Published<'_> {
    /// The parts in which something changed unsaid.
    fn parts(&self, diff: &DisclosureDiff) -> Vec<Part> {
        let mut parts = Vec::new();
        for table in &diff.tables {
            let mut changes = Vec::new();
            let facts = table.facts.iter().map(|fact| fact.name.clone());
            let columns = table.columns.iter().map(|column| Text::same(column.title.as_str()));
            let words = facts.chain(columns).map(|words| self.words(&table.table, words));
            changes.extend(words.flatten());
            for row in &table.rows {
                let before = changes.len();
                let values = row.values.iter();
                changes.extend(values.filter_map(|value| self.value(value, &row.row)));
                // A new row whose every figure is said is said.
                let is_open = changes.len() > before || row.values.is_empty();
                match row.fate {
                    Fate::Added | Fate::Removed if is_open => {
                        changes.truncate(before);
                        changes.extend(self.row(row));
                    }
                    Fate::Renamed => changes.extend(self.row(row)),
                    _ => {}
                }
            }
            let (address, title) = (table.table.clone(), table.title.clone());
            parts.push(Part { address, title, changes });
        }
        for project in &diff.projects {
            let values = project.values.iter();
            let changes = values.filter_map(|value| self.value(value, "")).collect();
            let address = format!("projects/{}", project.project);
            parts.push(Part { address, title: project.name.clone(), changes });
        }
        for section in &diff.sections {
            let address = format!("narrative/{}", section.section);
            let sentences = section.sentences.iter();
            let said = sentences.filter_map(|one| one.after.as_ref().or(one.before.as_ref()));
            let changes = said.filter_map(|said| self.words(&address, Text::same(said.as_str())));
            let changes = changes.collect();
            parts.push(Part { address, title: section.title.clone(), changes });
        }
        parts.retain(|part| !part.changes.is_empty());
        parts
    }

    /// Words that changed, unless a correction is about their part or about the whole disclosure.
    fn words(&self, address: &str, words: Text) -> Option<Change> {
        let is_said = self
            .new
            .iter()
            .any(|one| (one.cells.is_empty() && one.at.is_empty()) || is_about(one, address));
        let address = address.to_owned();
        (!is_said).then_some(Change { words, cell: None, is_figure: false, address })
    }

    /// A row that came, went or has another name.
    fn row(&self, row: &RowDiff) -> Option<Change> {
        if self.new.iter().any(|one| is_about(one, &row.address)) {
            return None;
        }
        let name = &row.row;
        let words = match (row.fate, &row.was) {
            (Fate::Added, _) => text!(zh: "加了一行“{name}”", en: "the row `{name}` is new"),
            (Fate::Removed, _) => text!(zh: "少了一行“{name}”", en: "the row `{name}` is gone"),
            (_, was) => {
                let was = was.as_deref().unwrap_or_default();
                text!(zh: "“{was}”改称“{name}”", en: "`{was}` is now called `{name}`")
            }
        };
        let is_figure = row.fate != Fate::Renamed;
        Some(Change { words, cell: None, is_figure, address: row.address.clone() })
    }

    /// A value that changed and is not said.
    fn value(&self, value: &ValueDiff, row: &str) -> Option<Change> {
        let is_about_it = self.new.iter().any(|one| is_about(one, &value.address));
        let mut wrong = None;
        for cell in self.new.iter().flat_map(|one| &one.cells) {
            let places = self.after.places_at(self.states[1].portal, &cell.at);
            if value.place.is_none_or(|place| places != [place]) || value.withheld.is_some() {
                continue;
            }
            let earlier = self.before.places_at(self.states[0].portal, &cell.at);
            let was = earlier.first().map(|place| self.before.value_of(*place).text());
            if is_same_value(was.as_deref().unwrap_or_default(), &cell.was) {
                return None;
            }
            wrong = Some(cell.was.clone());
        }
        if is_about_it {
            return None;
        }
        let mut words = of_value(value);
        if !row.is_empty() {
            let Text { zh, en } = words;
            words = text!(zh: "{row} · {zh}", en: "{row} · {en}");
        }
        if let Some(wrong) = wrong {
            words.zh.push_str(&format!("；更正写的原来的数却是“{wrong}”"));
            words.en.push_str(&format!("; a correction says that `{wrong}` was published"));
        }
        let before = value.before.clone().filter(|_| value.withheld.is_none());
        let is_shown = before.as_ref().is_some_and(|said| said != COVERED && !said.contains('\n'));
        Some(Change {
            words,
            cell: before.filter(|_| is_shown).map(|was| (value.address.clone(), was)),
            is_figure: value.by.is_some() || value.withheld.is_some(),
            address: value.address.clone(),
        })
    }

    fn finding(&self, part: Part) -> Diagnostic {
        let Part { address, title, changes } = part;
        let file = self.after.written.file;
        let place = if self.after.written.corrections.is_empty() {
            Place::value(file, "published")
        } else {
            Place::key(file, "corrections")
        };
        let count = changes.len();
        let published = &self.before.written.published;
        let message = text!(
            zh: "“{title}”（{address}）{published} 公开以后改了 {count} 处，没有写更正",
            en: "{title} ({address}) was changed in {en_count} after its publication on {published}, and no correction says so",
            en_count = if count == 1 { "one place".to_owned() } else { format!("{count} places") },
        );
        let mut finding = codes::UNRECORDED_CHANGE.at(place, message);
        finding.disclosure = Some(self.after.path.clone());
        if !changes.iter().any(|change| change.is_figure) {
            finding.severity = Severity::Warning;
        }
        finding.notes.extend(changes.iter().take(NAMED).map(|change| change.words.clone()));
        if count > NAMED {
            let more = count.saturating_sub(NAMED);
            finding.notes.push(text!(zh: "另有 {more} 处", en: "and {more} more"));
        }
        let entry = entry(&changes);
        finding.help(text!(
            zh: "是更正，就在 corrections: 下面写：{entry_zh}；不是，就改回去", en: "where it is a correction, write below `corrections:` {entry_en}; where it is not, put it back",
            entry_zh = entry.zh, entry_en = entry.en,
        ))
    }
}

/// Whether a correction is about an address, or about what that is a part of.
fn is_about(correction: &Correction, address: &str) -> bool {
    correction.at.iter().any(|(at, _)| {
        let at = at.trim().trim_end_matches("/*").trim_end_matches('/');
        let (own, wanted) = (split(at, |c| c == '/'), split(address, |c| c == '/'));
        wanted.starts_with(&own)
    })
}

/// The entry that would say these changes, as an author writes it.
fn entry(changes: &[Change]) -> Text {
    let named = || changes.iter().take(NAMED);
    let cells: Vec<String> = named()
        .filter_map(|change| change.cell.as_ref())
        .map(|(address, was)| format!("{}: {}", key(address), quoted(was)))
        .collect();
    let mut at: Vec<String> =
        named().filter(|change| change.cell.is_none()).map(|change| key(&change.address)).collect();
    at.dedup();
    let mut rest = String::new();
    if !cells.is_empty() {
        rest.push_str(&format!(", cells: {{ {} }}", cells.join(", ")));
    }
    if !at.is_empty() {
        rest.push_str(&format!(", at: [{}]", at.join(", ")));
    }
    text!(zh: "- {{ date: 更正日期, reason: 原因{rest} }}", en: "`- {{ date: the day, reason: why{rest} }}`")
}

/// An address as a key of YAML within brackets.
fn key(address: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./·".contains(c);
    if address.chars().all(is_plain) { address.to_owned() } else { quoted(address) }
}

/// A text as YAML.
fn quoted(text: &str) -> String {
    let is_figure = crate::amount::parse(text).is_ok() && !text.contains(',');
    if is_figure { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) }
}
