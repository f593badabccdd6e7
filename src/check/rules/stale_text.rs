//! Flags texts that a disclosure took over from the one it was begun from, and that still say its years
//! or its amounts.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::check::{Rule, RuleScope};
use crate::content::digit;
use crate::diagnostic::{Code, Diagnostic, Report, Severity, text};
use crate::model::prose::{amounts, sentences};
use crate::model::{At, Cell, Disclosure, Model, Outcome, Project, Table};
use crate::profile::{ColumnKind, unspaced};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "Y506",
        name: "stale-text",
        severity: Severity::Error,
        page: include_str!("stale_text.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let from = &disclosure.written.from;
    if from.is_empty() {
        return;
    }
    let mut beside = portal.disclosures_of(disclosure.organisation);
    let earlier = beside.find(|other| other.id == *from && other.path != disclosure.path);
    let Some(earlier) = earlier else {
        let message = text!(zh: "from 写的“{from}”不是这个单位的另一份公开", en: "`from` names `{from}`, which is no other disclosure of this organisation");
        let help = text!(zh: "写这个单位另一份公开的文件夹（草稿要加 --drafts 才算）；不需要了就删去这一行", en: "name the folder of another disclosure of this organisation (a draft counts with --drafts alone), or take the line out");
        let finding = RULE.code.at(disclosure.written.from_place.clone(), message).help(help);
        return report.push(finding.about(&disclosure.path, "from"));
    };
    let stale = Stale::of(earlier);
    sections(report, portal, disclosure, &stale);
    for table in disclosure.tables.values() {
        let texts = table_texts(table).into_iter();
        let texts = texts.map(|(text, path)| (text, Place::value(table.file, path)));
        stale.report(report, disclosure, texts, &format!("{}/", table.spec.id));
    }
    for project in &disclosure.projects {
        let texts = project_texts(disclosure, project).into_iter();
        let texts = texts.map(|(text, path)| (text, Place::value(project.file, path)));
        stale.report(report, disclosure, texts, &format!("projects/{}/", project.slug));
    }
}

/// What a text of the earlier disclosure says that is of its year.
struct Stale<'a> {
    earlier: &'a Disclosure,
    /// Its texts, without blanks.
    texts: BTreeSet<String>,
    /// Its years, and the one before.
    years: Vec<u32>,
}

impl<'a> Stale<'a> {
    fn of(earlier: &'a Disclosure) -> Stale<'a> {
        let mut texts = BTreeSet::new();
        for paragraph in earlier.sections.iter().flat_map(|section| &section.paragraphs) {
            let sentences = sentences(&paragraph.text).into_iter();
            texts.extend(sentences.map(|range| unspaced(&paragraph.text[range]).into_owned()));
        }
        let tables = earlier.tables.values().flat_map(table_texts);
        let projects = earlier.projects.iter().flat_map(|project| project_texts(earlier, project));
        texts.extend(tables.chain(projects).map(|(text, _)| unspaced(text).into_owned()));
        let mut years = earlier.own_years();
        years.extend(years.iter().min().map(|first| first.saturating_sub(1)));
        Stale { earlier, texts, years }
    }

    fn holds(&self, text: &str) -> bool {
        self.texts.contains(&*unspaced(text))
    }

    /// Where a text names its years.
    fn years_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = text[from..].find(|c| digit(c).is_some()) {
            let start = from + at;
            let rest = &text[start..];
            from = rest.find(|c| digit(c).is_none()).map_or(text.len(), |end| start + end);
            let digits: String = text[start..from].chars().filter_map(digit).collect();
            if digits.parse().is_ok_and(|year| self.years.contains(&year)) {
                found.push(start..from);
            }
        }
        found
    }

    /// Where a text says its years or an amount of money.
    fn said_in(&self, text: &str) -> Vec<Range<usize>> {
        let money = amounts(&self.earlier.profile, text).into_iter();
        let money = money.filter(|money| !money.percent).map(|money| money.range);
        let mut said = self.years_in(text);
        said.extend(money);
        said.sort_by_key(|range| range.start);
        said
    }

    /// Reports the texts of one file that are those of the earlier disclosure, each once.
    fn report<'t>(
        &self,
        report: &mut Report,
        disclosure: &Disclosure,
        texts: impl Iterator<Item = (&'t str, Place)>,
        address: &str,
    ) {
        let mut all: BTreeMap<&str, (Place, usize)> = BTreeMap::new();
        for (text, place) in texts.filter(|(text, _)| self.holds(text)) {
            all.entry(text).or_insert((place, 0)).1 += 1;
        }
        for (words, (place, count)) in all {
            let said = self.said_in(words);
            if said.is_empty() {
                continue;
            }
            let address = format!("{address}{}", beginning(words));
            let mut finding = self.finding(disclosure, place, &said_words(words, &said), &address);
            if count > 1 {
                finding = finding.note(text!(zh: "这个文件里写了 {count} 处", en: "it stands {count} times in this file"));
            }
            report.push(finding);
        }
    }

    fn finding(
        &self,
        disclosure: &Disclosure,
        place: Place,
        said: &[&str],
        address: &str,
    ) -> Diagnostic {
        let from = &self.earlier.id;
        let message = text!(
            zh: "这段文字还是 {from} 的原话，写着 {zh}", en: "this text is still that of {from}, and says {en}",
            zh = said.join("、"), en = said.join(", "),
        );
        let help = text!(
            zh: "改成这一年的；核对过、确实不变的，在 accept 里说明", en: "say what is true of this year; where it has been looked at and stays as it is, say so under `accept`",
        );
        RULE.code.at(place, message).help(help).about(&disclosure.path, address)
    }
}

/// So many things that a text says are named.
const NAMED: usize = 3;

fn said_words<'a>(words: &'a str, said: &[Range<usize>]) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    for range in said {
        let word = words[range.clone()].trim();
        if !all.contains(&word) && all.len() < NAMED {
            all.push(word);
        }
    }
    all
}

/// The words that name a text in addresses: the first ones.
fn beginning(words: &str) -> String {
    const LONGEST: usize = 24;
    unspaced(words).chars().take(LONGEST).collect()
}

/// Sentences of the narrative.
fn sections(report: &mut Report, portal: &Model, disclosure: &Disclosure, stale: &Stale) {
    let mut holders: Option<BTreeSet<At>> = None;
    for (index, section) in disclosure.sections.iter().enumerate() {
        for (number, paragraph) in section.paragraphs.iter().enumerate() {
            for range in sentences(&paragraph.text) {
                let words = &paragraph.text[range.clone()];
                let mut said = stale.said_in(words);
                if said.is_empty() || !stale.holds(words) {
                    continue;
                }
                // An amount that is that of its cell is of this year.
                let holders = holders.get_or_insert_with(|| holding(portal, disclosure));
                let is_proved = |at: &Range<usize>| {
                    let mut slots =
                        section.bindings.iter().enumerate().filter(|(slot, binding)| {
                            binding.paragraph == number && holders.contains(&At::Slot(index, *slot))
                        });
                    let at = range.start + at.start;
                    slots.any(|(_, binding)| {
                        let links = paragraph.links.iter();
                        let mut links = links.filter(|(_, start)| *start == binding.range.start);
                        links.any(|(link, _)| link.contains(&at))
                    })
                };
                said.retain(|at| !is_proved(at));
                let Some(first) = said.first() else { continue };
                let at = range.start + first.start..range.start + first.end;
                let place = Place::bytes(section.file, paragraph.source(at));
                let address = format!("narrative/{}/{}", section.id, beginning(words));
                report.push(stale.finding(disclosure, place, &said_words(words, &said), &address));
            }
        }
    }
}

/// Figures that stand in a relation that holds.
fn holding(portal: &Model, disclosure: &Disclosure) -> BTreeSet<At> {
    let relations = disclosure.relations(portal).iter();
    let sound = relations.filter(|outcome| outcome.verdict.holds());
    let figures = sound.flat_map(Outcome::figures);
    figures.filter(|figure| figure.is_own()).map(|figure| figure.at).collect()
}

/// The texts of a table with the places of their values: its facts, its note, cells with words.
fn table_texts(table: &Table) -> Vec<(&str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    for (heading, value) in &table.facts {
        if let Some((id, _)) = table.spec.facts.iter().find(|(_, title)| *title == heading) {
            all.push((value, format!("facts.{id}")));
        }
    }
    all.extend(table.note.as_deref().map(|note| (note, "note".to_owned())));
    for (panel, spec, rows) in table.panels() {
        // Rows that the form prints are the same every year.
        let own = rows.rows.iter().enumerate().filter(|(_, row)| row.spec.is_none());
        for (row, written) in own {
            for (column, cell) in spec.columns.iter().zip(&written.cells) {
                if let Cell::Text(text) = cell
                    && matches!(column.kind, ColumnKind::Text | ColumnKind::Label)
                {
                    all.push((text, format!("{}.{}", table.row_path(panel, row), column.id)));
                }
            }
        }
    }
    all
}

/// The texts of a project with the places of their values.
pub(super) fn project_texts<'a>(
    disclosure: &'a Disclosure,
    project: &'a Project,
) -> Vec<(&'a str, String)> {
    let mut all: Vec<(&str, String)> = Vec::new();
    let Some(spec) = disclosure.project_spec() else { return all };
    let words = |kind: ColumnKind, cell: &'a Cell| match cell {
        Cell::Text(text) if !kind.is_figure() && kind != ColumnKind::Code => Some(text.as_str()),
        _ => None,
    };
    for (field, cell) in spec.fields.values().zip(&project.fields) {
        all.extend(words(field.kind, cell).map(|text| (text, field.id.clone())));
    }
    for (part, goals) in &project.goals {
        let part = spec.goal_parts.iter().find(|(_, title)| *title == part);
        let path = part.map_or("goals".to_owned(), |(id, _)| format!("goals.{id}"));
        for (index, goal) in goals.iter().enumerate() {
            all.push((goal, format!("{path}[{index}]")));
        }
    }
    for (index, row) in project.indicators.iter().enumerate() {
        for (column, cell) in spec.indicators.iter().zip(row) {
            let path = format!("indicators[{index}].{}", column.id);
            all.extend(words(column.kind, cell).map(|text| (text, path)));
        }
    }
    all
}
