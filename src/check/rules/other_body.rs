//! The name of a body of the same kind and of another place: `唐山市科学技术协会` in the text of another association.

use std::ops::Range;

use crate::model::{Disclosure, Model};
use crate::profile::Prose;

/// Where a text names such a body as the one that publishes: right before a year and a word of the document.
pub(super) fn before_year(
    portal: &Model,
    disclosure: &Disclosure,
    prose: &Prose,
    named: &str,
) -> Option<Range<usize>> {
    let organisation = &portal.organisation(disclosure).written;
    let own = [organisation.name.as_str(), organisation.short.as_str()];
    let run = named.trim_end_matches(char::is_alphabetic).len();
    let words = &named[run..];
    if own.iter().any(|name| !name.is_empty() && words.ends_with(name)) {
        return None;
    }
    own.into_iter().find_map(|name| {
        let (place, kind) = parted(name, &organisation.region, &prose.places)?;
        let other = words.strip_suffix(kind)?;
        // One of another level may well be spoken of, and so may one behind such a word.
        let is_level =
            |end: &&String| other.ends_with(end.as_str()) && place.ends_with(end.as_str());
        let end = prose.places.iter().find(is_level)?;
        if prose.cites.iter().any(|word| other.contains(word.as_str())) {
            return None;
        }
        let is_kin = |one: &str, two: &str| one.contains(two) || two.contains(one);
        let start = place_start(other, prose);
        let other = &other[start..];
        let is_other = other.chars().count() > end.chars().count()
            && !is_kin(other, place)
            && !organisation.region.contains(other)
            && !place.chars().all(|c| other.contains(c));
        is_other.then(|| run + start..named.len())
    })
}

/// The place in a name, and what is left of it.
fn parted<'n>(name: &'n str, region: &str, places: &[String]) -> Option<(&'n str, &'n str)> {
    let ends = name.char_indices().map(|(at, c)| at + c.len_utf8());
    let is_place = |at: &usize| {
        let place = &name[..*at];
        places.iter().any(|end| place.ends_with(end.as_str()) && place.len() > end.len())
    };
    let all: Vec<usize> = ends.filter(is_place).collect();
    let of_region = all.iter().rev().find(|at| region.ends_with(&name[..**at]));
    let at = *of_region.or_else(|| all.first())?;
    let kind = &name[at..];
    (kind.chars().count() > 1).then(|| (&name[..at], kind))
}

/// Where the name of a place begins behind words that lead to it: `现将唐山市`.
fn place_start(words: &str, prose: &Prose) -> usize {
    let leads = prose.presents.iter().chain(&prose.before_year).chain(&prose.statements.plain);
    let ends = leads.filter_map(|lead| Some(words.rfind(lead.as_str())? + lead.len()));
    let longest = |end: &usize| words[*end..].chars().count() > 1;
    ends.filter(longest).max().unwrap_or(0)
}
