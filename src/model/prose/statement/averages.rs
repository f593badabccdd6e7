//! Averages of an amount over so many: `培训100人，支出5.00万元，人均0.05万元`.

use std::collections::BTreeMap;

use super::counts::{Count, counts};
use super::growth::with_clause;
use super::tokens::{Role, Time, Token};
use super::{Claim, Context, Finding, Given};
use crate::amount::Decimal;
use crate::profile::Statements;

/// Works out every average of a period.
pub(super) fn all(context: &Context, found: &mut Vec<Finding>) {
    let statements = &context.reader.prose.statements;
    if statements.averages.is_empty() || context.tokens.len() < 2 {
        return;
    }
    let is_now = |token: &&Token| {
        token.role == Role::Level && matches!(token.time, Time::Now | Time::Unsaid)
    };
    let levels: Vec<&Token> = context.tokens.iter().filter(is_now).collect();
    // An average beside its total, or one of another year.
    if levels.len() > 2 {
        return;
    }
    let mut known: BTreeMap<&[String], Vec<Count>> = BTreeMap::new();
    for token in context.tokens {
        if token.is_exact
            && token.role == Role::Level
            && let Some(units) = units_of(statements, token.clause)
        {
            let text = context.paragraph.text.as_str();
            let all =
                known.entry(units).or_insert_with(|| counts(text, context.period.clone(), units));
            found.extend(average(context, token, &levels, all));
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

fn average(
    context: &Context,
    token: &Token,
    levels: &[&Token],
    counts: &[Count],
) -> Option<Finding> {
    let text = context.paragraph.text.as_str();
    // `人均500元标准`, `人均500元/天`: no more than a price.
    let is_price = text[token.range.end..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let mut totals = levels.iter().filter(|other| other.range != token.range);
    let total = totals.next().filter(|_| totals.next().is_none())?;
    let [count] = counts else { return None };
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
        given: vec![Given::said(total), count.given(text)],
        should: Context::shown(token, expected, ""),
        cause: None,
    })
}
