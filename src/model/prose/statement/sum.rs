//! Amounts that are said to be the sum of those before them: `办公费3.89万元、印刷费0.47万元，合计4.36万元`.

use super::interval::Interval;
use super::tokens::{Role, Time, Token};
use super::twice::is_slip;
use super::{Claim, Context, Finding, Given};
use crate::amount::Decimal;

/// An amount of so many digits is not another one by chance.
const DIGITS: usize = 3;

/// A count of what is listed has so many letters.
const COUNT: usize = 2;

/// Works out every sum of a period. What may be listed only in part is a slip apart, or not looked at.
pub(super) fn all(context: &Context, found: &mut Vec<Finding>) {
    let totals = &context.reader.prose.statements.totals;
    if totals.is_empty() {
        return;
    }
    let mut from = 0;
    for (index, token) in context.tokens.iter().enumerate() {
        let is_total = totals.iter().any(|word| token.clause.ends_with(word.as_str()));
        if !is_total {
            continue;
        }
        let parts = &context.tokens[from..index];
        // `本年收入合计` before anything else is an amount like others.
        if parts.is_empty() {
            continue;
        }
        from = index + 1;
        found.extend(one(context, parts, token));
    }
}

fn one(context: &Context, parts: &[Token], total: &Token) -> Option<Finding> {
    let carried = &context.reader.prose.other_year;
    // `上年结转` comes to this year.
    let is_carried =
        |token: &Token| carried.iter().any(|word| token.clause.ends_with(word.as_str()));
    let is_amount = |token: &Token| {
        token.role == Role::Level
            && token.is_exact
            && !token.is_part
            && token.reached.is_none()
            && token.base.words.is_empty()
            && (matches!(token.time, Time::Now | Time::Unsaid) || is_carried(token))
            && token.segment == total.segment
    };
    // `两项合计` names no more than the sum itself.
    let is_whole = is_amount(total) && total.noun.chars().count() <= COUNT;
    if parts.len() < 2 || !is_whole || !parts.iter().all(is_amount) {
        return None;
    }
    let first = Interval::around(Decimal::ZERO, Decimal::ZERO);
    let sum = parts.iter().fold(first, |sum, part| sum.plus(part.interval));
    let (said, worked) = (total.interval.value.normalize(), sum.value.normalize());
    if sum.meets(total.interval) || !is_slip(said, worked, DIGITS) {
        return None;
    }
    Some(Finding {
        range: total.range.clone(),
        is_certain: false,
        claim: Claim::Sum,
        said: super::growth::with_clause(total),
        given: parts.iter().map(Given::said).collect(),
        should: Context::shown(total, sum, ""),
        cause: None,
    })
}
