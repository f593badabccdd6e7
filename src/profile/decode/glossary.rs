//! `glossary`: what the words of a form mean.

use indexmap::IndexMap;

use super::keys::MEANING;
use crate::diagnostic::{Report, Text, text};
use crate::profile::glossary::Meaning;
use crate::yaml::{Key, Node, wrong_type};

pub(super) fn glossary(report: &mut Report, node: &Node) -> Vec<Meaning> {
    if node.entries().is_empty() {
        let expected = text!(zh: "名词和它的意思（名词: 意思）", en: "terms and what they mean (term: meaning)");
        wrong_type(report, node, &Text::same("`glossary`"), expected);
    }
    node.entries().iter().map(|(key, node)| meaning(key, node)).collect()
}

fn meaning(key: &Key, node: &Node) -> Meaning {
    let name = key.text.trim().to_owned();
    if let Some(said) = node.scalar() {
        let texts = IndexMap::from([(String::new(), said.to_owned())]);
        return Meaning { name, texts, also: Vec::new() };
    }
    let also = node.get("also").map(Node::items).unwrap_or_default();
    let also = also.iter().filter_map(|item| Some(item.scalar()?.to_owned())).collect();
    let languages = node.entries().iter().filter(|(tag, _)| MEANING.position(&tag.text).is_none());
    let said = |(tag, node): &(Key, Node)| Some((tag.text.to_string(), node.scalar()?.to_owned()));
    Meaning { name, texts: languages.filter_map(said).collect(), also }
}
