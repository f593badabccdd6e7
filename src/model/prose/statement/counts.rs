//! What the text counts: averages of an amount over so many, and the parts of what was counted.

use std::ops::Range;

use super::growth::with_clause;
use super::tokens::{Reader, Role, Time, Token, clause_start};
use super::{Claim, Context, Finding, Given};
use crate::amount::{self, Decimal};
use crate::model::prose::figure;
use crate::profile::Statements;

/// A number of things.
pub(super) struct Count<'t> {
    /// It and its unit.
    pub(super) range: Range<usize>,
    pub(super) value: Decimal,
    pub(super) unit: &'t str,
}

impl Count<'_> {
    /// As the text says it.
    pub(super) fn given(&self, text: &str) -> Given {
        Given::Said(text[self.range.clone()].to_owned())
    }
}

/// The whole numbers of a stretch of a text that stand before one of some units.
pub(super) fn counts<'t>(
    text: &'t str,
    within: Range<usize>,
    units: &'t [String],
) -> Vec<Count<'t>> {
    let stretch = &text[within.clone()];
    let mut all = Vec::new();
    for number in figure::numbers(stretch) {
        let digits = &stretch[number.clone()];
        let behind = stretch[number.end..].trim_start();
        let fits = units.iter().filter(|unit| behind.starts_with(unit.as_str()));
        let Some(unit) = fits.max_by_key(|unit| unit.len()) else { continue };
        // `第3人` is one of them.
        let is_ordinal = stretch[..number.start].ends_with('第');
        let Some(read) = amount::parse(digits).ok().filter(|_| !is_ordinal) else { continue };
        if read.value.scale() == 0 {
            let end = stretch.len() - behind.len() + unit.len();
            let range = within.start + number.start..within.start + end;
            all.push(Count { range, value: read.value, unit });
        }
    }
    all
}

/// Works out every average of a period: `培训100人，支出5.00万元，人均0.05万元`.
pub(super) fn averages(context: &Context, found: &mut Vec<Finding>) {
    let statements = &context.reader.prose.statements;
    if statements.averages.is_empty() || context.tokens.len() < 2 {
        return;
    }
    for (index, token) in context.tokens.iter().enumerate() {
        if token.is_exact
            && token.role == Role::Level
            && let Some(units) = units_of(statements, token.clause)
        {
            found.extend(average(context, index, units));
        }
    }
}

/// The units of the average that a clause ends with, but for words that name nothing.
fn units_of<'s>(statements: &'s Statements, clause: &str) -> Option<&'s [String]> {
    let mut words = clause.trim();
    loop {
        let units = statements.averages.iter().find(|(word, _)| words.ends_with(word.as_str()));
        if let Some((_, units)) = units {
            return Some(units);
        }
        words = statements.fillers.without_end(words)?.trim_end();
    }
}

fn average(context: &Context, index: usize, units: &[String]) -> Option<Finding> {
    let text = context.paragraph.text.as_str();
    let token = &context.tokens[index];
    // `人均500元标准`, `人均500元/天`: no more than a price.
    let is_price = text[token.range.end..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let is_total = |other: &&Token| {
        other.range != token.range
            && other.role == Role::Level
            && matches!(other.time, Time::Now | Time::Unsaid)
    };
    let totals: Vec<&Token> = context.tokens.iter().filter(is_total).collect();
    let counts = counts(text, context.period.clone(), units);
    let ([total], [count]) = (totals.as_slice(), counts.as_slice()) else { return None };
    let is_pair = total.is_exact
        && total.segment == token.segment
        && !total.is_part
        && total.base.words.is_empty()
        && count.value > Decimal::ZERO;
    let expected = total.interval.over(count.value);
    if is_price || !is_pair || expected.meets(token.interval) {
        return None;
    }
    Some(Finding {
        range: token.range.clone(),
        is_certain: false,
        claim: Claim::Average,
        said: with_clause(token),
        given: vec![Given::said(total), Given::Said(text[count.range.clone()].to_owned())],
        should: Context::shown(token, expected, ""),
        cause: None,
    })
}

/// What of a text was counted and does not fit into what it is a part of: `20人，其中行政12人、事业9人`.
pub(super) fn parts(reader: &Reader, text: &str, units: &[String]) -> Vec<Finding> {
    let statements = &reader.prose.statements;
    let mut found = Vec::new();
    for word in statements.parts.held(text) {
        for (at, _) in text.match_indices(word.as_str()) {
            found.extend(counted(reader, text, at..at + word.len(), units));
        }
    }
    found.sort_by_key(|one: &Finding| one.range.start);
    found.dedup_by_key(|one| one.range.start);
    found
}

fn counted(reader: &Reader, text: &str, word: Range<usize>, units: &[String]) -> Option<Finding> {
    let statements = &reader.prose.statements;
    let start = text[..word.start].rfind(['。', '；', ';', '\n']).map_or(0, |at| at);
    let whole = counts(text, start..word.start, units).pop()?;
    let between = &text[whole.range.end..word.start];
    if between.contains(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let rest = &text[word.end..];
    let sign = rest.find(['。', '；', ';', '\n']).unwrap_or(rest.len());
    let again = statements.parts.iter().filter_map(|word| rest.find(word.as_str())).min();
    let end = word.end + again.unwrap_or(sign).min(sign);
    let all = counts(text, word.end..end, units);
    let parts: Vec<Count> = all.into_iter().filter(|part| part.unit == whole.unit).collect();
    let named = names_of(reader, text, word.end, &parts)?;
    let finding = |range: &Range<usize>, given: Vec<Given>, claim: Claim, should: String| Finding {
        range: range.clone(),
        is_certain: true,
        claim,
        said: text[range.clone()].to_owned(),
        given,
        should,
        cause: None,
    };
    // The first of them is certainly a part.
    if let Some((_, part)) = named.first().filter(|(_, part)| part.value > whole.value) {
        return Some(finding(&part.range, vec![whole.given(text)], Claim::Part, String::new()));
    }
    let sum = named.iter().fold(Decimal::ZERO, |sum, (_, part)| sum + part.value);
    if sum <= whole.value || !are_apart(statements, &named) {
        return None;
    }
    let given = parts.iter().map(|part| part.given(text)).collect();
    let should = format!("{sum}{}", whole.unit);
    Some(finding(&whole.range, given, Claim::Sum, should))
}

/// What some parts are called, from a place of the text on; nothing where one of them is of another year.
pub(super) fn names_of<'t, 'c>(
    reader: &Reader,
    text: &'t str,
    mut from: usize,
    parts: &'c [Count<'c>],
) -> Option<Vec<(&'t str, &'c Count<'c>)>> {
    let mut named = Vec::new();
    for part in parts {
        let words = &text[from..part.range.start];
        from = part.range.end;
        let is_of_another = reader.last_time(words).is_some_and(|(_, time)| time != Time::Now);
        if is_of_another {
            return None;
        }
        named.push((words[clause_start(words)..].trim(), part));
    }
    Some(named)
}

/// Whether nothing can be two of some parts: each has another word of one list of the profile.
pub(super) fn are_apart(statements: &Statements, parts: &[(&str, &Count)]) -> bool {
    statements.disjoint.iter().any(|words| {
        let kind = |name: &str| -> Option<usize> {
            let mut held =
                words.iter().enumerate().filter(|(_, word)| name.contains(word.as_str()));
            let first = held.next()?;
            held.next().is_none().then_some(first.0)
        };
        let mut kinds: Vec<usize> = Vec::new();
        parts.iter().all(|(name, _)| {
            let kind = kind(name).filter(|kind| !kinds.contains(kind));
            kinds.extend(kind);
            kind.is_some()
        })
    })
}
