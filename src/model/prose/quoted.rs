//! What of a text is quoted and no statement of its own: titles and numbers of documents, names of projects.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::packed::Searcher;
use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::model::{Disclosure, Project};

/// So many letters of a name tell most texts from those that hold it.
const BEGINNING: usize = 4;

/// The names of projects, ready to be looked for.
#[derive(Clone, Debug)]
pub(in crate::model) struct ProjectNames {
    names: BTreeSet<String>,
    /// Finds the beginning of one; nothing where there are too many.
    beginning: Option<Searcher>,
    /// Finds all of them: few texts come so far.
    whole: OnceLock<Option<AhoCorasick>>,
}

impl ProjectNames {
    fn of(projects: &[Project]) -> ProjectNames {
        let names = projects.iter().map(|project| normalized(&project.name).map(|(_, c)| c));
        let names: BTreeSet<String> = names.map(Iterator::collect).collect();
        let names: BTreeSet<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let beginning = |name: &String| name.chars().take(BEGINNING).collect();
        let beginnings: BTreeSet<String> = names.iter().map(beginning).collect();
        ProjectNames { names, beginning: Searcher::new(&beginnings), whole: OnceLock::new() }
    }

    /// What finds the names in a text; nothing where it holds none.
    fn held(&self, text: &str) -> Option<&AhoCorasick> {
        if self.beginning.as_ref().is_some_and(|beginning| beginning.find(text).is_none()) {
            return None;
        }
        let whole = self.whole.get_or_init(|| {
            // Tables cost more to make than a few texts cost to read.
            let kind = Some(AhoCorasickKind::NoncontiguousNFA);
            AhoCorasick::builder().kind(kind).build(&self.names).ok()
        });
        whole.as_ref().filter(|names| names.is_match(text))
    }
}

impl Disclosure {
    /// The text of a paragraph that is quoted and no statement of its own: titles and numbers of
    /// documents, names of projects; in order, and none beside another.
    pub fn quoted(&self, text: &str) -> Vec<Range<usize>> {
        let mut ranges = self.quotes(text);
        if self.projects.is_empty() {
            return merged(ranges);
        }
        let names = self.worked.project_names.get_or_init(|| ProjectNames::of(&self.projects));
        let folded_text: String = normalized(text).map(|(_, c)| c).collect();
        let Some(names) = names.held(&folded_text) else { return merged(ranges) };
        let mut length = 0;
        let places: Vec<(usize, usize)> = normalized(text)
            .map(|(at, c)| {
                length += c.len_utf8();
                (length - c.len_utf8(), at)
            })
            .collect();
        let place =
            |at: usize| places[places.partition_point(|(normalized, _)| *normalized < at)].1;
        for found in names.find_overlapping_iter(&folded_text) {
            let last = folded_text[found.range()].chars().next_back().map_or(0, char::len_utf8);
            let last = place(found.end() - last);
            let end = text[last..].chars().next().map_or(last, |c| last + c.len_utf8());
            ranges.push(place(found.start())..end);
        }
        merged(ranges)
    }

    /// What stands between the signs of titles and numbers of documents.
    pub fn quotes(&self, text: &str) -> Vec<Range<usize>> {
        let mut ranges = Vec::new();
        let pairs = self.profile.prose.as_ref().map(|prose| prose.quotes.as_slice());
        for (open, close) in pairs.unwrap_or_default() {
            let mut from = 0;
            while let Some(start) = text[from..].find(*open).map(|at| at + from) {
                let Some(end) = text[start..].find(*close).map(|at| start + at) else { break };
                from = end + close.len_utf8();
                ranges.push(start..from);
            }
        }
        ranges
    }
}

/// The characters of a text without spaces, brackets all of one kind.
fn normalized(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().filter(|(_, c)| !c.is_whitespace()).map(|(at, c)| {
        let c = match c {
            '（' | '〔' | '【' | '[' => '(',
            '）' | '〕' | '】' | ']' => ')',
            c => c,
        };
        (at, c)
    })
}

/// Ranges in order, those that touch made one.
fn merged(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| range.start);
    let mut all: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match all.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => all.push(range),
        }
    }
    all
}
