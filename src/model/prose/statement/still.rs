//! What is said to be as before, or so many times as much: `与上年持平`, `翻了一番`.

use std::ops::Range;

use super::growth::compatible;
use super::interval::Interval;
use super::tokens::{Role, Time, Token};
use super::{Claim, Context, Finding, Given};
use crate::amount::Decimal;

/// What a word says became of a figure.
enum Word<'a> {
    Unchanged(&'a str),
    Multiple(&'a str, Decimal),
    /// By a number: so many times as much, or more by so many times, which people also say of so many times as much.
    Times(&'a str, Decimal, bool),
}

/// Works out every such statement of a period.
pub(super) fn all(context: &Context, found: &mut Vec<Finding>) {
    let text = context.paragraph.text.as_str();
    let words = &text[context.period.clone()];
    let prose = context.reader.prose;
    let unchanged = prose.unchanged.held(words).map(|word| (word.as_str(), Word::Unchanged(word)));
    let multiples = prose.statements.multiples.iter();
    let multiples = multiples.filter(|(word, _)| words.contains(word.as_str()));
    let multiples = multiples.map(|(word, times)| (word.as_str(), Word::Multiple(word, *times)));
    for (kind, at) in by_number(context) {
        found.extend(one(context, &kind, at));
    }
    for (word, kind) in unchanged.chain(multiples) {
        for (at, _) in words.match_indices(word) {
            let at = context.period.start + at;
            let is_quoted = context.quoted.iter().any(|range| range.contains(&at));
            if !is_quoted {
                found.extend(one(context, &kind, at..at + word.len()));
            }
        }
    }
}

/// `是上年的2倍`, `增长1.5倍`.
fn by_number<'c>(context: &'c Context) -> Vec<(Word<'c>, Range<usize>)> {
    let text = context.paragraph.text.as_str();
    let words = &text[context.period.clone()];
    let mut all = Vec::new();
    for times in &context.reader.prose.statements.times {
        for (at, _) in words.match_indices(times.as_str()) {
            let end = context.period.start + at;
            let skipped = words.len() - words.trim_start().len();
            let start = context.period.start + skipped;
            let Some(head) = text.get(start..end).map(str::trim_end) else { continue };
            let number = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
            let Ok(value) = crate::amount::parse(&head[number..]) else { continue };
            let before = &head[..number];
            let is_quoted = context.quoted.iter().any(|range| range.contains(&end));
            let lead = context.reader.prose.statements.without_fillers(before);
            if is_quoted {
                continue;
            }
            let grown = context.reader.grown(lead);
            let from = start + grown.map_or(number, str::len);
            let said = &text[from..end + times.len()];
            all.push((Word::Times(said, value.value, grown.is_some()), from..end + times.len()));
        }
    }
    all
}

fn one(context: &Context, word: &Word, at: Range<usize>) -> Option<Finding> {
    let tokens = context.tokens;
    let text = context.paragraph.text.as_str();
    let last = tokens.iter().rposition(|token| token.range.end <= at.start)?;
    let head = &text[tokens[last].range.end..at.start];
    let (noun, base) = context.reader.between(head)?;
    // Only what is compared with the year before, or with nothing named where the text says that year’s figure.
    let is_multiple = !matches!(word, Word::Unchanged(_));
    let is_comparison = base.time == Time::Prior || (base.words.is_empty() && is_multiple);
    if !is_comparison {
        return None;
    }
    let level = |at: &usize| tokens[*at].role == Role::Level && tokens[*at].is_exact;
    let is_near = |at: &usize| tokens[*at].segment == tokens[last].segment;
    let levels: Vec<usize> = (0..=last).rev().filter(level).filter(is_near).collect();
    let is_now = |at: &&usize| matches!(tokens[**at].time, Time::Now | Time::Unsaid);
    let now = *levels.iter().find(is_now)?;
    let is_named = noun.is_empty() || tokens[now].noun == noun;
    let is_last = now == last || tokens[last].time == Time::Prior;
    if !is_named || !is_last {
        return None;
    }
    let prior = levels.iter().copied().find(|at| tokens[*at].time == Time::Prior);
    // `比上年翻了一番，上年为3.00万元`
    let is_said_behind = |at: &usize| {
        tokens.get(*at).is_some() && level(at) && is_near(at) && tokens[*at].time == Time::Prior
    };
    let prior = prior.or_else(|| Some(last + 1).filter(is_said_behind));
    let prior = prior.filter(|prior| compatible(tokens[*prior].noun, tokens[now].noun));
    let (before, given, is_certain) = if let Some(prior) = prior {
        (tokens[prior].interval, Given::said(&tokens[prior]), true)
    } else {
        let (interval, words) = context.before(&tokens[now])?;
        (interval, Given::Cell(words), false)
    };
    let (claim, said, expected) = match word {
        Word::Unchanged(word) => (Claim::Unchanged, *word, before),
        Word::Multiple(word, times) | Word::Times(word, times, _) => {
            (Claim::Multiple, *word, about(before, *times))
        }
    };
    if let Word::Times(_, times, true) = word
        && tokens[now].interval.meets(about(before, *times + Decimal::ONE))
    {
        return None;
    }
    if tokens[now].interval.meets(expected) {
        return None;
    }
    let given = vec![given, Given::said(&tokens[now])];
    Some(Finding {
        range: at,
        is_certain,
        claim,
        said: said.to_owned(),
        given,
        should: ratio(&tokens[now], before, claim),
        cause: None,
    })
}

/// So many times as much, as loosely as people say it: a tenth more or less.
fn about(before: Interval, times: Decimal) -> Interval {
    let least = before.times(times * Decimal::new(9, 1));
    let most = before.times(times * Decimal::new(11, 1));
    Interval { low: least.low, high: most.high, value: before.value * times }
}

/// How many times as much it is.
fn ratio(now: &Token, before: Interval, claim: Claim) -> String {
    if claim != Claim::Multiple || before.is_zero() {
        return String::new();
    }
    (now.interval.value / before.value).round_dp(2).normalize().to_string()
}
