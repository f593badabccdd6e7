//! `content/glossary.yaml`: terms shared by all disclosures.

use crate::diagnostic::{Report, text};
use crate::source::{FileId, SourceFile};
use crate::yaml::{self, Fields};

/// One term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The word.
    pub name: String,
    /// What it means.
    pub definition: String,
}

/// Reads the file: `term: definition`, a line each.
pub(super) fn read(report: &mut Report, file: FileId, source: &SourceFile) -> Vec<Term> {
    let Some(node) = yaml::parse(report, file, source) else { return Vec::new() };
    drop(Fields::new(report, &node, text!(zh: "名词解释", en: "the glossary")));
    let mut terms = Vec::new();
    for (key, value) in node.entries() {
        match value.scalar() {
            Some(definition) => {
                terms.push(Term { name: key.text.clone(), definition: definition.to_owned() });
            }
            None => yaml::wrong_type(
                report,
                value,
                &text!(zh: "名词解释", en: "a definition"),
                text!(zh: "一段文字", en: "a text"),
            ),
        }
    }
    terms
}
