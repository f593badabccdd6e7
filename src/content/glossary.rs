//! `content/glossary.yaml`: terms shared by all disclosures.

use super::keys::TERM;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, SourceFile};
use crate::yaml::{self, Fields, Node};

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub name: String,
    /// What it means; empty where the glossary leaves that to the disclosures.
    pub definition: String,
    /// Other words readers look for it by.
    pub also: Vec<String>,
}

/// Reads the file: `term: definition`, or `term: { definition: …, also: [other words] }`,
/// where the definition may be left to the disclosures.
pub(super) fn read(report: &mut Report, file: FileId, source: &SourceFile) -> Vec<Term> {
    let Some(node) = yaml::parse(report, file, source) else { return Vec::new() };
    yaml::want_mapping(report, &node, &text!(zh: "名词解释", en: "the glossary"));
    node.entries().iter().map(|(key, value)| term(report, &key.text, value)).collect()
}

fn term(report: &mut Report, name: &str, node: &Node) -> Term {
    let name = name.to_owned();
    if let Some(definition) = node.scalar() {
        return Term { name, definition: definition.to_owned(), also: Vec::new() };
    }
    let mut fields = Fields::new(report, node, &TERM, text!(zh: "名词解释", en: "a term"));
    let term = Term {
        name,
        definition: fields.text(report, "definition").unwrap_or_default(),
        also: fields.texts(report, "also"),
    };
    fields.finish(report);
    term
}
