//! Flags a year or a word that belongs to another document: what a copied text leaves behind.

use super::another_year_in_title::is_flagged;
use super::years_in_text::{above_figures, beside_figures};
use crate::check::{Rule, RuleScope};
use crate::content::digit;
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::prose::Binding;
use crate::model::{Disclosure, Model};
use crate::source::Place;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::profile::{Prose, held};

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
    for section in &disclosure.sections {
        let mut found = Vec::new();
        let mut bindings: BTreeMap<usize, Vec<&Binding>> = BTreeMap::new();
        for binding in &section.bindings {
            bindings.entry(binding.paragraph).or_default().push(binding);
        }
        let mut above = above_figures(portal, disclosure, &section.paragraphs, &bindings);
        // A year in the title of the section has a finding of its own.
        let is_said = section.has_heading && is_flagged(disclosure, &section.title);
        for (index, paragraph) in section.paragraphs.iter().enumerate() {
            let mut hits = Vec::new();
            if !(is_said && index == 0) {
                hits = years(disclosure, prose, &paragraph.text);
            }
            hits.extend(above.remove(&index).unwrap_or_default());
            if let Some(bindings) = bindings.get(&index) {
                hits.extend(beside_figures(portal, disclosure, paragraph, bindings));
            }
            hits.extend(names(portal, disclosure, prose, &paragraph.text));
            if !at_home {
                hits.extend(words(prose, &paragraph.text));
            }
            if hits.is_empty() {
                continue;
            }
            let hits = outside_quotes(disclosure, &paragraph.text, hits);
            found.extend(
                hits.into_iter()
                    .map(|hit| (paragraph.text[hit.clone()].to_owned(), paragraph.source(hit))),
            );
        }
        let Some((first, range)) = found.first() else { continue };
        let mut names: Vec<&str> = found.iter().map(|(words, _)| words.as_str()).collect();
        names.dedup();
        let year = &disclosure.written.fiscal_year;
        let list = names.join("、");
        let is_year = first.starts_with(|c| digit(c).is_some());
        let message = if is_year {
            text!(zh: "这是 {year} 年的公开，这一节却在说 {list}", en: "this is a disclosure of {year}, but the section speaks of {list}")
        } else {
            text!(zh: "“{list}”像是别处文件里的话", en: "{list}: words of another body’s document")
        };
        let mut finding = RULE
            .code
            .at(Place::bytes(section.file, range.clone()), message)
            .help(text!(zh: "照搬来的文字要改成本单位、本年度的", en: "adapt what was copied to this body and this year"))
            .about(&disclosure.path, format!("narrative/{}", section.id));
        for (_, range) in found.iter().skip(1).take(2) {
            let place = Place::bytes(section.file, range.clone());
            finding = finding.related(place, text!(zh: "这里也是", en: "here, too"));
        }
        report.push(finding);
    }
}

/// The hits that do not stand in what is quoted, in order and each once.
fn outside_quotes(
    disclosure: &Disclosure,
    text: &str,
    mut hits: Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let quoted = disclosure.quoted(text);
    hits.retain(|hit| {
        let next = quoted.partition_point(|range| range.end <= hit.start);
        quoted.get(next).is_none_or(|range| hit.start < range.start)
    });
    hits.sort_by_key(|hit| hit.start);
    hits.dedup_by_key(|hit| hit.start);
    hits
}

/// So many hits before a place may reach as far as it.
const NEAR: usize = 8;

fn words(prose: &Prose, text: &str) -> Vec<Range<usize>> {
    let mut hits: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    for word in held(&prose.foreign_words, text) {
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

/// Names of other organisations of the portal where the words after them make it the name of the
/// one that publishes.
fn names(portal: &Model, disclosure: &Disclosure, prose: &Prose, text: &str) -> Vec<Range<usize>> {
    let suffix = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default();
    let mut hits: BTreeMap<usize, Range<usize>> = BTreeMap::new();
    for word in held(&prose.after_year, text) {
        for (at, _) in text.match_indices(word.as_str()) {
            let before = text[..at].trim_end();
            let year = before.strip_suffix(suffix).unwrap_or(before).trim_end();
            let named = year.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
            let Some((name, id)) = portal.outline.named_at_end(named) else { continue };
            let hit = named.len() - name.len()..named.len();
            if id != portal.organisation(disclosure).id {
                hits.insert(hit.start, hit);
            }
        }
    }
    hits.into_values().collect()
}

/// Years that the words around them make the year of the disclosure or the one before, and are not.
fn years(disclosure: &Disclosure, prose: &Prose, text: &str) -> Vec<Range<usize>> {
    let suffix = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default();
    if suffix.is_empty() {
        return Vec::new();
    }
    let own = disclosure.own_years();
    if own.is_empty() {
        return Vec::new();
    }
    let mut hits = Vec::new();
    for (at, _) in text.match_indices(suffix) {
        let before = text[..at].trim_end();
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let start = before.len() - digits;
        let Ok(year) = before[start..].parse::<u32>() else { continue };
        if digits != 4 || own.iter().any(|own| year == *own || year + 1 == *own) {
            continue;
        }
        let end = at + suffix.len();
        let (left, right) = (text[..start].trim_end(), text[end..].trim_start());
        let bound = prose.before_year.iter().any(|word| left.ends_with(word.as_str()))
            || prose.after_year.iter().any(|word| right.starts_with(word.as_str()));
        if bound {
            hits.push(start..end);
        }
    }
    hits
}
