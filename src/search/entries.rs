//! What can be found in a portal: every entry as indexes into it.

use indexmap::IndexMap;

use super::answer;
use crate::content;
use crate::model::Portal;

/// What an entry is, in the order of the entries, and about how many bytes one takes in a file
/// beside its running text.
pub(super) const KINDS: [(EntryKind, &str, usize); 9] = [
    (EntryKind::Answer, "answer", 100),
    (EntryKind::Row, "row", 50),
    (EntryKind::Project, "project", 330),
    (EntryKind::Table, "table", 80),
    (EntryKind::Term, "term", 500),
    (EntryKind::Page, "page", 125),
    (EntryKind::Indicator, "indicator", 83),
    (EntryKind::Section, "section", 80),
    (EntryKind::Passage, "section", 15),
];

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EntryKind {
    /// A figure that answers a question.
    Answer,
    /// A row of a table.
    Row,
    /// A project.
    Project,
    /// A table.
    Table,
    /// A term of the glossary.
    Term,
    /// An organisation or a disclosure.
    Page,
    /// An indicator of a project.
    Indicator,
    /// A section of the narrative, by its title.
    Section,
    /// A paragraph of it.
    Passage,
}

/// One thing that can be found: indexes into the portal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// The disclosure; of a page that is no disclosure's, the organisation.
    pub disclosure: u32,
    /// The table, project, section, term or question; 1 for the page of an organisation.
    pub item: u32,
    /// The panel of a row.
    pub panel: u32,
    /// The row, indicator or paragraph.
    pub line: u32,
}

/// A term with everything that is said of it.
#[derive(Debug, Default)]
pub(super) struct Term {
    /// The word.
    pub name: String,
    /// The first of its definitions; without one the portal has no such term to show.
    pub definition: String,
    /// Other words for it.
    pub also: Vec<String>,
}

/// Every term of a portal or a part of it once.
pub(super) fn terms(portal: &Portal) -> Vec<Term> {
    let sections = portal.disclosures.iter().flat_map(|disclosure| &disclosure.sections);
    let published = portal.glossary.iter().chain(sections.flat_map(|section| &section.terms));
    distinct(published.chain(&portal.outline.meanings))
}

/// Terms, each once with everything that is said of it.
pub(super) fn distinct<'a>(all: impl Iterator<Item = &'a content::Term>) -> Vec<Term> {
    let mut terms: IndexMap<&str, Term> = IndexMap::new();
    for term in all {
        let known = terms.entry(&term.name).or_insert_with(|| Term {
            name: term.name.clone(),
            definition: term.definition.clone(),
            also: Vec::new(),
        });
        known.also.extend(term.also.iter().cloned());
        if known.definition.is_empty() {
            term.definition.clone_into(&mut known.definition);
        }
    }
    terms.into_values().collect()
}

/// Every entry of a portal, as it comes.
pub(super) fn list(portal: &Portal, terms: &[Term]) -> Vec<Entry> {
    let new = |kind, disclosure, item, panel, line| Entry {
        kind,
        disclosure: index(disclosure),
        item: index(item),
        panel: index(panel),
        line: index(line),
    };
    let mut all = Vec::new();
    let defined = terms.iter().enumerate().filter(|(_, term)| !term.definition.is_empty());
    all.extend(defined.map(|(term, _)| new(EntryKind::Term, 0, term, 0, 0)));
    all.extend((0..portal.organisations.len()).map(|at| new(EntryKind::Page, at, 1, 0, 0)));
    for (at, disclosure) in portal.disclosures.iter().enumerate() {
        let answers = answer::answered(portal, disclosure);
        all.extend(answers.map(|number| new(EntryKind::Answer, at, number, 0, 0)));
        all.push(new(EntryKind::Page, at, 0, 0, 0));
        for (item, table) in disclosure.tables.values().enumerate() {
            all.push(new(EntryKind::Table, at, item, 0, 0));
            for (panel, _, content) in table.panels() {
                all.extend(
                    (0..content.rows.len()).map(|row| new(EntryKind::Row, at, item, panel, row)),
                );
            }
        }
        for (item, project) in disclosure.projects.iter().enumerate() {
            all.push(new(EntryKind::Project, at, item, 0, 0));
            let rows = 0..project.indicators.len();
            all.extend(rows.map(|row| new(EntryKind::Indicator, at, item, 0, row)));
        }
        for (item, section) in disclosure.sections.iter().enumerate() {
            all.push(new(EntryKind::Section, at, item, 0, 0));
            let paragraphs = section.paragraphs.iter().enumerate();
            let text = paragraphs.filter(|(_, paragraph)| !paragraph.heading);
            all.extend(text.map(|(line, _)| new(EntryKind::Passage, at, item, 0, line)));
        }
    }
    all
}

fn index(index: usize) -> u32 {
    u32::try_from(index).expect("a portal is counted in 32 bits")
}
