//! The terms a portal explains, and where a text first uses them.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::Model;
use crate::content::Term;

/// Every term, ready to be looked for.
#[derive(Debug, Default)]
pub struct Terms {
    /// The term of each pattern: a form in which it is printed leads to it.
    names: Vec<String>,
    finder: Option<AhoCorasick>,
}

impl Terms {
    /// Of the glossary and of every section that explains terms. What the glossary gives other words alone,
    /// for the search, is explained nowhere. `meanings` are what profiles explain.
    pub(super) fn of(portal: &Model, meanings: &[Term]) -> Terms {
        let sections = portal.disclosures.iter().flat_map(|disclosure| &disclosure.sections);
        let defined = portal.glossary.iter().filter(|term| !term.definition.is_empty());
        let explained = sections.flat_map(|section| &section.terms).chain(defined).chain(meanings);
        let mut names: BTreeMap<&str, &str> = explained
            .map(|term| term.name.trim())
            .filter(|name| !name.is_empty())
            .map(|name| (name, name))
            .collect();
        for term in meanings {
            for other in &term.also {
                names.entry(other).or_insert(&term.name);
            }
        }
        // Too many terms to look for would be the one reason to fail; then none is linked.
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            // Tables cost more to make than the sections of a portal cost to read.
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(names.keys())
            .ok();
        let names: Vec<String> = names.into_values().map(str::to_owned).collect();
        Terms { finder: finder.filter(|_| !names.is_empty()), names }
    }

    /// Where terms stand in a text, the longest of those that begin in one place, in order.
    pub fn find<'a>(&'a self, text: &str) -> Vec<(Range<usize>, &'a str)> {
        let found = self.finder.iter().flat_map(|finder| finder.find_iter(text));
        found
            .map(|found| (found.range(), self.names[found.pattern().as_usize()].as_str()))
            .filter(|(range, _)| is_whole(text, range))
            .collect()
    }
}

/// Whether a stretch does not cut a word of letters in two: Han characters stand for themselves.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() && c < '\u{2e80}';
    let cuts = |before: Option<char>, after: Option<char>| {
        before.is_some_and(is_letter) && after.is_some_and(is_letter)
    };
    let (before, word, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    !cuts(before.chars().next_back(), word.chars().next())
        && !cuts(word.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    fn found(names: &[&str], text: &str) -> Vec<String> {
        let term = |name: &&str| Term {
            name: (*name).to_owned(),
            definition: "explained".to_owned(),
            also: Vec::new(),
        };
        let portal = Model { glossary: names.iter().map(term).collect(), ..Model::default() };
        Terms::of(&portal, &[]).find(text).into_iter().map(|(_, name)| name.to_owned()).collect()
    }

    #[test]
    fn the_longest_term_is_found_and_no_word_is_cut() {
        assert_eq!(found(&["收入", "事业收入"], "其他收入、事业收入"), ["收入", "事业收入"]);
        assert_eq!(found(&["grant"], "Granted? Grants are no grant"), ["grant"]);
        assert_eq!(found(&["grant"], "Grant money"), ["grant"]);
        assert_eq!(found(&[], "收入"), Vec::<String>::new());
    }
}
