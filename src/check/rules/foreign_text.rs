//! Flags a year or a word that belongs to another document: what a copied text leaves behind.

use indexmap::IndexMap;

use super::another_year_in_title::is_flagged;
use super::year_words::{self, Form, Year};
use super::years_in_text::{above_figures, beside_figures, is_compared};
use super::{day_words, other_body, speakers, stage_words};
use crate::check::{Rule, RuleScope};
use crate::content::digit;
use crate::diagnostic::{Code, Diagnostic, Report, Severity, text};
use crate::model::prose::Binding;
use crate::model::{Disclosure, Model};
use crate::source::Place;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::profile::Prose;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N306",
        name: "foreign-text",
        severity: Severity::Warning,
        page: include_str!("foreign_text.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let none = Prose::default();
    let prose = disclosure.profile.prose.as_ref().unwrap_or(&none);
    let home = &portal.organisation(disclosure).written.region_code;
    let at_home = prose.at_home_in.contains(home);
    let form = Form::of(disclosure);
    for section in &disclosure.sections {
        // By the words, so that an acceptance is of these words and no others.
        let mut found: IndexMap<String, Vec<Found>> = IndexMap::new();
        let mut bindings: BTreeMap<usize, Vec<&Binding>> = BTreeMap::new();
        for binding in &section.bindings {
            bindings.entry(binding.paragraph).or_default().push(binding);
        }
        let mut above = above_figures(portal, (disclosure, &form), &section.paragraphs, &bindings);
        // A year in the title of the section has a finding of its own.
        let is_said = section.has_heading && is_flagged((disclosure, &form), &section.title);
        for (index, paragraph) in section.paragraphs.iter().enumerate() {
            let text = &paragraph.text;
            let mut hits = Vec::new();
            if !(is_said && index == 0) {
                hits = years(portal, (disclosure, &form), prose, text);
                hits.extend(presented((disclosure, &form), prose, text));
            }
            hits.extend(above.remove(&index).unwrap_or_default());
            let bound = bindings.get(&index).map_or(&[][..], Vec::as_slice);
            hits.extend(beside_figures(portal, (disclosure, &form), paragraph, bound));
            let kind = |hit: &Range<usize>| {
                let is_own = form.is_own(&text[hit.clone()]);
                if is_own { Foreign::Prior } else { Foreign::Year }
            };
            let mut hits: Vec<(Foreign, Range<usize>)> =
                hits.into_iter().map(|hit| (kind(&hit), hit)).collect();
            let bases = own_bases((disclosure, &form), prose, text).into_iter();
            hits.extend(bases.map(|hit| (Foreign::Base, hit)));
            let stages = stage_words::in_text((disclosure, &form), paragraph, bound);
            hits.extend(stages.into_iter().map(|hit| (Foreign::Stage, hit)));
            let days = day_words::after_their_tables((disclosure, &form), paragraph, bound);
            hits.extend(days.into_iter().map(|(year, hit)| (Foreign::Day(year), hit)));
            let names = names(portal, disclosure, prose, text);
            hits.extend(names);
            let spoken = speakers::in_text(portal, disclosure, prose, text);
            hits.extend(spoken.into_iter().map(|hit| (Foreign::Speaker, hit)));
            if !at_home {
                hits.extend(words(prose, text).into_iter().map(|hit| (Foreign::Words, hit)));
            }
            if hits.is_empty() {
                continue;
            }
            for (kind, hit) in outside_quotes(disclosure, text, hits) {
                let words = text[hit.clone()].to_owned();
                let around = around(text, &hit);
                let place = Place::bytes(section.file, paragraph.source(hit));
                found.entry(key(&words)).or_default().push(Found { kind, words, around, place });
            }
        }
        for (key, places) in found {
            let own = &portal.organisation(disclosure).written.name;
            report.push(finding((own, disclosure), &key, &places, &section.id));
        }
    }
}

/// What does not belong to a disclosure.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Foreign {
    /// Another year.
    Year,
    /// Its own year, beside a figure of the year before.
    Prior,
    /// Its own year, where something of that year is compared with it.
    Base,
    /// Its year, of another stage.
    Stage,
    /// A day after that of the table, which is of this year.
    Day(u32),
    /// What another kind of body calls itself.
    Speaker,
    /// The name of a body of the same kind and of another place.
    Body,
    /// A word of another body's document, or its name.
    Words,
}

struct Found {
    kind: Foreign,
    words: String,
    /// The clause they stand in.
    around: String,
    place: Place,
}

/// The clause of a hit, of which a few letters on both sides are enough to tell it from others.
fn around(text: &str, hit: &Range<usize>) -> String {
    const LETTERS: usize = 8;
    let is_end = |c: &char| "，。；：、（）！？\n,;()".contains(*c);
    let before: Vec<char> =
        text[..hit.start].chars().rev().take(LETTERS).take_while(|c| !is_end(c)).collect();
    let behind = text[hit.end..].chars().take(LETTERS).take_while(|c| !is_end(c));
    let hit = text[hit.clone()].chars();
    before.into_iter().rev().chain(hit).chain(behind).filter(|c| !c.is_whitespace()).collect()
}

/// Words without blanks, their digits all of one width and script: what an acceptance names.
fn key(words: &str) -> String {
    let is_year = words.contains(|c: char| digit(c).is_some());
    let plain = |c: char| if is_year { digit(c).unwrap_or(c) } else { c };
    words.chars().filter(|c| !c.is_whitespace()).map(plain).collect()
}

/// One finding for the same words of a section.
fn finding(
    (own, disclosure): (&str, &Disclosure),
    key: &str,
    places: &[Found],
    section: &str,
) -> Diagnostic {
    let Found { kind, words, place, .. } = &places[0];
    let year = &disclosure.written.fiscal_year;
    let message = match kind {
        Foreign::Year => {
            text!(zh: "这是 {year} 年的公开，这里却在说 {words}", en: "this is a disclosure of {year}, but the text speaks of {words}")
        }
        Foreign::Prior => {
            text!(zh: "这个数连到上一年（prior:），这里却在说 {words}", en: "this figure is bound to the year before (`prior:`), but the text speaks of {words}")
        }
        Foreign::Base => {
            text!(zh: "这是 {year} 年的公开，这里却拿 {words} 作比较：该比的是上一年", en: "this is a disclosure of {year}, but the text compares with {words}: the year before is meant")
        }
        Foreign::Stage => {
            text!(zh: "这份公开的 stage 是 {stage}，这里却在说“{words}”", en: "the stage of this disclosure is {stage}, but the text speaks of {words}", stage = disclosure.written.stage)
        }
        Foreign::Day(of) => {
            text!(zh: "这个数所在的表是 {of} 年的一天的，这里却说是 {words}", en: "the table of this figure is of a day of {of}, but the text speaks of {words}")
        }
        Foreign::Speaker => {
            text!(zh: "“{words}”不是这份公开的单位的自称：名称和标题里没有这样的字", en: "the body of this disclosure does not call itself {words}: neither its name nor the title has that word")
        }
        Foreign::Body => {
            text!(zh: "这是 {own} 的公开，这里却写着 {words}", en: "this is a disclosure of {own}, but the text names {words}")
        }
        Foreign::Words => {
            text!(zh: "“{words}”像是别处文件里的话", en: "{words}: words of another body’s document")
        }
    };
    let help = match kind {
        Foreign::Prior => {
            text!(zh: "说的是本年的，去掉地址里的 prior:；说的是上年的，改年份", en: "where this year is meant, take `prior:` out of the address; where the last one is, mend the year")
        }
        _ => {
            text!(zh: "照搬来的文字要改成本单位、本年度的", en: "adapt what was copied to this body and this year")
        }
    };
    // Words that stand at one more place than was accepted are another finding.
    let count = places.len();
    let more = if count > 1 { format!("/{count}") } else { String::new() };
    let clauses: Vec<&str> = places.iter().map(|found| found.around.as_str()).collect();
    let mut finding = RULE
        .code
        .at(place.clone(), message)
        .help(help)
        .about(&disclosure.path, format!("narrative/{section}/{key}{more}"))
        .seen(clauses.join("；"));
    for other in places.iter().skip(1).take(2) {
        finding = finding.related(other.place.clone(), text!(zh: "这里也是", en: "here, too"));
    }
    finding
}

/// The hits that do not stand in what is quoted, in order and each once.
fn outside_quotes(
    disclosure: &Disclosure,
    text: &str,
    mut hits: Vec<(Foreign, Range<usize>)>,
) -> Vec<(Foreign, Range<usize>)> {
    let quoted = disclosure.quoted(text);
    hits.retain(|(_, hit)| {
        let next = quoted.partition_point(|range| range.end <= hit.start);
        quoted.get(next).is_none_or(|range| hit.start < range.start)
    });
    hits.sort_by_key(|(kind, hit)| (hit.start, *kind));
    hits.dedup_by_key(|(_, hit)| hit.start);
    hits
}

/// So many hits before a place may reach as far as it.
const NEAR: usize = 8;

fn words(prose: &Prose, text: &str) -> Vec<Range<usize>> {
    let mut hits: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    for word in prose.foreign_words.held(text) {
        let found = text.match_indices(word.as_str()).map(|(at, _)| at..at + word.len());
        for hit in found {
            let mut before = hits.range(..=hit.start).rev().take(NEAR);
            if !before.any(|(_, other)| other.contains(&hit.start)) {
                hits.insert(hit.start, hit);
            }
        }
    }
    hits.into_values().collect()
}

/// The disclosure's own year right behind a word of comparison and before a word of change: `比2025年增加`.
fn own_bases(
    (disclosure, form): (&Disclosure, &Form),
    prose: &Prose,
    text: &str,
) -> Vec<Range<usize>> {
    let statements = &prose.statements;
    let stages = prose.stages.get(&disclosure.written.stage);
    // Few words of comparison have a year behind them.
    let is_base = |word: &String| {
        text.match_indices(word.as_str()).any(|(at, _)| {
            let behind = text[at + word.len()..].trim_start();
            behind.starts_with(|c| digit(c).is_some())
                || prose.this_year.iter().any(|year| behind.starts_with(year.as_str()))
        })
    };
    if !statements.compared.held(text).any(is_base) {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for year in year_words::years(text, 0..text.len(), form) {
        let is_compared =
            statements.compared.iter().any(|word| year.before.ends_with(word.as_str()));
        if !form.own.contains(&year.number) || !is_compared || year.is_short {
            continue;
        }
        // What follows at once, but for words that name nothing and the stage of the disclosure.
        let mut behind = year.behind;
        let fillers = || stages.into_iter().flatten().chain(&statements.plain);
        while let Some(rest) = fillers().find_map(|word| behind.strip_prefix(word.as_str())) {
            behind = rest.trim_start();
        }
        let mut words = prose.increase.iter().chain(&prose.decrease).chain(&prose.unchanged);
        let mut compared = statements.compared.iter().filter(|word| word.chars().count() > 1);
        let starts = |word: &String| behind.starts_with(word.as_str());
        // A year after it may well be compared with it.
        let clause =
            &text[crate::model::prose::clause(text, year.range.start).start..year.range.start];
        let is_next = prose.next_year.iter().any(|word| clause.contains(word.as_str()));
        if (words.any(starts) || compared.any(starts)) && !is_next {
            hits.push(year.range.clone());
        }
    }
    hits
}

/// Names of other organisations, of the portal or of another place, where the words after them make it the name of
/// the one that publishes.
fn names(
    portal: &Model,
    disclosure: &Disclosure,
    prose: &Prose,
    text: &str,
) -> Vec<(Foreign, Range<usize>)> {
    let suffix = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default();
    let mut hits: BTreeMap<usize, (Foreign, Range<usize>)> = BTreeMap::new();
    for word in prose.after_year.held(text) {
        for (at, _) in text.match_indices(word.as_str()) {
            let before = text[..at].trim_end();
            let year = before.strip_suffix(suffix).unwrap_or(before).trim_end();
            let named = year.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
            let Some((name, id)) = portal.outline.named_at_end(named) else {
                let other = other_body::before_year(portal, disclosure, prose, named);
                hits.extend(other.map(|hit| (hit.start, (Foreign::Body, hit))));
                continue;
            };
            let hit = named.len() - name.len()..named.len();
            if id != portal.organisation(disclosure).id {
                hits.insert(hit.start, (Foreign::Words, hit));
            }
        }
    }
    hits.into_values().collect()
}

/// The year before, where a sentence presents what is published: `现将……2024年部门预算公开如下`.
fn presented(
    (disclosure, form): (&Disclosure, &Form),
    prose: &Prose,
    text: &str,
) -> Vec<Range<usize>> {
    let mut words = prose.presents.iter();
    let Some(at) = words.find_map(|word| text.find(word.as_str())) else { return Vec::new() };
    let clause = crate::model::prose::clause(text, at);
    let stages = prose.stages.get(&disclosure.written.stage);
    let is_of_stage = |year: &Year| {
        let words = year.behind.find(|c: char| !c.is_alphanumeric());
        let words = &year.behind[..words.unwrap_or(year.behind.len())];
        stages.is_some_and(|stages| stages.iter().any(|stage| words.contains(stage.as_str())))
    };
    let years = year_words::years(text, at..clause.end.max(at), form).into_iter();
    let wrong = years.filter(|year| {
        !year.is_relative && !form.own.is_empty() && !form.own.contains(&year.number)
    });
    wrong.filter(is_of_stage).map(|year| year.range).collect()
}

/// Years that the words around them make the year of the disclosure or the one before, and are not.
fn years(
    portal: &Model,
    (disclosure, form): (&Disclosure, &Form),
    prose: &Prose,
    text: &str,
) -> Vec<Range<usize>> {
    let suffix = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default();
    if suffix.is_empty() {
        return Vec::new();
    }
    let own = &form.own;
    if own.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (at, _) in text.match_indices(suffix) {
        let before = text[..at].trim_end();
        let mut signs = prose.year_signs.iter().filter_map(|sign| sign.strip_suffix(suffix));
        let before = signs.find_map(|sign| before.strip_suffix(sign)).unwrap_or(before);
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start = before.len() - digits;
        let Ok(year) = before[start..].parse::<u32>() else { continue };
        if digits != 4 || own.iter().any(|own| year == *own || year + 1 == *own) {
            continue;
        }
        let end = at + suffix.len();
        let (left, right) = (text[..start].trim_end(), text[end..].trim_start());
        if is_compared(prose, left) {
            if !is_right_comparison(portal, (disclosure, form), (text, start), year) {
                hits.push(start..end);
            }
        } else if prose.after_year.iter().any(|word| right.starts_with(word.as_str())) {
            hits.push(start..end);
        }
    }
    hits
}

/// Whether a year that something is compared with is meant: the sentence says the year after it, the text is
/// compared with the year before as well, or there is no disclosure of that year and one of this.
fn is_right_comparison(
    portal: &Model,
    (disclosure, form): (&Disclosure, &Form),
    (text, start): (&str, usize),
    year: u32,
) -> bool {
    let next = year.saturating_add(1);
    let sentence = text[..start].rfind(['。', '；', '\n']).map_or(0, |at| at);
    let mut earlier = year_words::years(text, sentence..start, form).into_iter();
    let first = form.own.iter().copied().min().unwrap_or_default();
    let prose = disclosure.profile.prose.as_ref();
    let is_last = |found: &Year| {
        found.number.checked_add(1) == Some(first)
            && prose.is_some_and(|prose| is_compared(prose, found.before))
    };
    let siblings = || {
        let own = &portal.organisation(disclosure).id;
        let is_sibling = move |other: &&Disclosure| portal.organisation(other).id == *own;
        portal.disclosures.iter().filter(is_sibling)
    };
    earlier.any(|found| found.number == next)
        || year_words::years(text, 0..text.len(), form).iter().any(is_last)
        || (disclosure.prior.is_none() && siblings().any(|other| other.year == year))
}
