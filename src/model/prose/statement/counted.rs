//! Numbers of things that are added up or compared: `在职20人，退休6人，共计26人`, `由24个增加到26个，增加2个`.

use std::ops::Range;

use super::counts::{Count, are_apart, counts, names_of};
use super::tokens::Reader;
use super::{Claim, Finding};
use crate::amount::Decimal;

/// What ends the words in which things are counted together.
const ENDS: [char; 4] = ['。', '；', ';', '\n'];

/// Where the sentence of a place begins and ends.
fn sentence(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind(ENDS).map_or(0, |end| text.ceil_char_boundary(end + 1));
    start..text[at..].find(ENDS).map_or(text.len(), |end| at + end)
}

/// Every total of what was counted before it that is not their sum. Things may be two of what is counted, so only
/// kinds that the profile holds apart are added up.
pub(super) fn sums(reader: &Reader, text: &str, units: &[String]) -> Vec<Finding> {
    let totals = &reader.prose.statements.totals;
    let mut found = Vec::new();
    for word in totals.held(text) {
        for (at, _) in text.match_indices(word.as_str()) {
            found.extend(sum(reader, text, at..at + word.len(), units));
        }
    }
    found
}

fn sum(reader: &Reader, text: &str, word: Range<usize>, units: &[String]) -> Option<Finding> {
    let statements = &reader.prose.statements;
    let whole = sentence(text, word.start);
    let total = counts(text, word.end..whole.end, units).into_iter().next()?;
    if !reader.cleaned(&text[word.end..total.range.start]).is_empty() {
        return None;
    }
    // Behind another total a new list begins.
    let before = &text[whole.start..word.start];
    let last = statements.totals.held(before).filter_map(|word| before.rfind(word.as_str())).max();
    let start = last.map_or(whole.start, |at| whole.start + at);
    let parts = counts(text, start..word.start, units);
    let parts: Vec<Count> = parts.into_iter().filter(|part| part.unit == total.unit).collect();
    let named = names_of(reader, text, start, &parts)?;
    if parts.len() < 2 || !are_apart(statements, &named) {
        return None;
    }
    let sum = parts.iter().fold(Decimal::ZERO, |sum, part| sum + part.value);
    (sum != total.value).then(|| Finding {
        range: total.range.clone(),
        is_certain: false,
        claim: Claim::Sum,
        said: text[word.start..total.range.end].to_owned(),
        given: parts.iter().map(|part| part.given(text)).collect(),
        should: format!("{sum}{}", total.unit),
        cause: None,
    })
}

/// Every difference behind two numbers of which one became the other that is not theirs.
pub(super) fn changes(reader: &Reader, text: &str, units: &[String]) -> Vec<Finding> {
    let prose = reader.prose;
    if !prose.statements.reached.may_be_in(text) {
        return Vec::new();
    }
    let all = counts(text, 0..text.len(), units);
    all.windows(3).filter_map(|three| change(reader, text, three)).collect()
}

fn change(reader: &Reader, text: &str, three: &[Count]) -> Option<Finding> {
    let (prose, [first, second, third]) = (reader.prose, three) else { return None };
    let reached = text[first.range.end..second.range.start].trim_end();
    let lead = &text[second.range.end..third.range.start];
    let said = prose.statements.without_fillers(lead);
    let last = |words: &'_ [String]| -> Option<usize> {
        let fits = words.iter().filter(|word| said.ends_with(word.as_str()));
        fits.map(String::len).max()
    };
    let (more, less) = (last(&prose.increase), last(&prose.decrease));
    let length = more.or(less)?;
    let word = &said[said.len() - length..];
    let rest = said[..said.len() - length].trim_matches(['，', ',']);
    let is_one = !reached.contains(ENDS) && !lead.contains(ENDS) && reader.cleaned(rest).is_empty();
    let is_reached = prose.statements.reached.iter().any(|word| reached.ends_with(word.as_str()));
    let is_same = first.unit == second.unit && second.unit == third.unit;
    let worked = second.value - first.value;
    let stated = if more.is_some() { third.value } else { -third.value };
    if !is_one || !is_reached || !is_same || stated == worked {
        return None;
    }
    let start = second.range.end + lead.rfind(word)?;
    Some(Finding {
        range: third.range.clone(),
        is_certain: true,
        claim: Claim::Change,
        said: text[start..third.range.end].to_owned(),
        given: vec![first.given(text), second.given(text)],
        should: format!("{}{}", worked.abs(), third.unit),
        cause: None,
    })
}
