//! The words of stages: which stage a text says a document or a year's figures are of.

use std::ops::Range;

use super::year_words::{Form, years};
use super::years_in_text::is_compared;
use crate::content::Paragraph;
use crate::model::Disclosure;
use crate::model::prose::{Binding, clause};
use crate::profile::Prose;

/// How many characters may stand between a year and the word of its stage: `2025年部门决算`.
const BETWEEN: usize = 6;

/// The words of the stages by a profile: those of the disclosure's own, and those of others. Nothing where the
/// profile has no words for its own.
struct Stages<'a> {
    own: &'a [String],
    others: Vec<&'a str>,
}

impl<'a> Stages<'a> {
    fn of(disclosure: &Disclosure, prose: &'a Prose) -> Option<Stages<'a>> {
        let stage = &disclosure.written.stage;
        // That the stage is not one of the profile has a finding of its own.
        let own = prose.stages.get(stage).filter(|_| disclosure.profile.is_for(stage))?;
        let others = prose.stages.iter().filter(|(name, _)| *name != stage);
        let others = others.flat_map(|(_, words)| words.iter().map(String::as_str)).collect();
        Some(Stages { own, others })
    }

    /// Where the first word of a stage stands, if it is another's.
    fn first_is_another(&self, words: &str) -> Option<Range<usize>> {
        let other = self.others.iter().filter_map(|word| Some((words.find(word)?, word.len())));
        let (at, length) = other.min()?;
        let is_before = |own: &String| words.find(own.as_str()).is_some_and(|own| own <= at);
        (!self.own.iter().any(is_before)).then_some(at..at + length)
    }
}

/// What of a title is the word of another stage, where it has none of its own.
pub(super) fn in_title<'t>(disclosure: &Disclosure, title: &'t str) -> Option<&'t str> {
    let stages = Stages::of(disclosure, disclosure.profile.prose.as_ref()?)?;
    let is_own = stages.own.iter().any(|word| title.contains(word.as_str()));
    let found = stages.first_is_another(title).filter(|_| !is_own)?;
    Some(&title[found])
}

/// The part of the folder's name that is the name of another stage, or its word, where none is of its own.
pub(super) fn in_folder(disclosure: &Disclosure) -> Option<&str> {
    let stages = &disclosure.profile.prose.as_ref()?.stages;
    let stage = &disclosure.written.stage;
    stages.get(stage).filter(|_| disclosure.profile.is_for(stage))?;
    let parts = || disclosure.id.split(|c: char| !c.is_alphanumeric());
    let named = |name: &str| parts().find(|part| part.eq_ignore_ascii_case(name));
    if named(stage).is_some() {
        return None;
    }
    let mut others = stages.keys().filter(|name| *name != stage);
    others.find_map(|name| named(name)).or_else(|| in_title(disclosure, &disclosure.id))
}

/// The places of a paragraph that say the disclosure's own year is of another stage: `2025年决算`; beside a figure
/// bound to a cell, those of the year before too.
pub(super) fn in_text(
    (disclosure, form): (&Disclosure, &Form),
    paragraph: &Paragraph,
    bindings: &[&Binding],
) -> Vec<Range<usize>> {
    let Some(prose) = &disclosure.profile.prose else { return Vec::new() };
    let Some(stages) = Stages::of(disclosure, prose) else { return Vec::new() };
    let text = paragraph.text.as_str();
    if !stages.others.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let own = &form.own;
    let is_bound = |start: usize| {
        let is = |binding: &&Binding| {
            binding.range.start == start && binding.addresses().next().is_some()
        };
        bindings.iter().any(is)
    };
    let figures = paragraph.links.iter().filter(|(_, start)| is_bound(*start));
    let links: Vec<&Range<usize>> = figures.map(|(at, _)| at).collect();
    let clauses: Vec<Range<usize>> = links.iter().map(|at| clause(text, at.start)).collect();
    // A change is worked out against the same stage of the year before.
    let is_change = |at: &usize| {
        let mut bound = bindings.iter().filter(|binding| binding.range.start == *at);
        bound.any(|binding| binding.is_change() && !binding.terms.is_empty())
    };
    let changes = paragraph.links.iter().filter(|(_, start)| is_change(start));
    let changes: Vec<Range<usize>> = changes.map(|(at, _)| clause(text, at.start)).collect();
    let mut hits = Vec::new();
    for year in years(text, 0..text.len(), form) {
        let is_before = own.iter().min().is_some_and(|first| year.number + 1 == *first);
        let is_beside = clauses.iter().any(|clause| clause.contains(&year.range.start));
        let is_of_change = || changes.iter().any(|clause| clause.contains(&year.range.start));
        let is_of_figure =
            is_before && is_beside && (!is_compared(prose, year.before) || is_of_change());
        if !own.contains(&year.number) && !is_of_figure {
            continue;
        }
        let near = year.behind.char_indices().nth(BETWEEN).map_or(year.behind.len(), |(at, _)| at);
        let words = year.behind;
        let words = &words[..words.find(|c: char| !c.is_alphanumeric()).unwrap_or(words.len())];
        let found = stages.first_is_another(words).filter(|found| found.start <= near);
        let behind = text.len() - year.behind.len();
        let is_elsewhere = |found: &Range<usize>| {
            let (start, end) = (year.range.start, behind + found.end);
            let sentence = sentence(text, start);
            !links.iter().any(|link| sentence.contains(&link.start))
                && is_elsewhere(prose, year.before, &text[end..])
        };
        let found = found.filter(|found| !is_elsewhere(found));
        hits.extend(found.map(|found| year.range.start..behind + found.end));
    }
    hits
}

/// The sentence around a place, as far as two full stops.
fn sentence(text: &str, at: usize) -> Range<usize> {
    const FAR: usize = 1536;
    let from = text.floor_char_boundary(at.saturating_sub(FAR));
    let until = text.floor_char_boundary(at.saturating_add(FAR));
    let ends = ['。', '；', '\n'];
    let start = text[from..at].rfind(ends).map_or(from, |end| from + end);
    start..text[at..until].find(ends).map_or(until, |end| at + end)
}

/// Whether the words around a year and its stage make them another document: `在2025年决算中公开`.
fn is_elsewhere(prose: &Prose, before: &str, behind: &str) -> bool {
    prose.stage_elsewhere.iter().any(|word| match word.strip_prefix('…') {
        Some(word) => behind.starts_with(word),
        None => before.ends_with(word.as_str()),
    })
}
