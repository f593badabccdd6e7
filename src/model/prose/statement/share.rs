//! Shares of a whole, and how much of a plan was carried out.

use super::growth::{compatible, with_clause};
use super::interval::Interval;
use super::tokens::{Role, Time, Token};
use super::{Claim, Context, Finding, Given};
use crate::amount::Decimal;
use crate::diagnostic::{Text, text};

/// Works out every share of a period.
pub(super) fn all(context: &Context, found: &mut Vec<Finding>) {
    for (index, token) in context.tokens.iter().enumerate() {
        match token.role {
            Role::Share if token.is_exact => {
                found.extend(beyond(context, index).or_else(|| share(context, index)));
            }
            Role::Completed if token.is_exact => found.extend(completed(context, index)),
            Role::Other if token.is_exact => found.extend(part_of(context, index)),
            _ => {}
        }
    }
}

/// A name of so many letters is that of one thing.
const LONG: usize = 4;

fn is_level(token: &Token) -> bool {
    token.role == Role::Level && token.is_exact
}

/// The amounts that may be wholes: those of which no share is said, and where parts are listed, the others too.
fn wholes<'a, 't>(tokens: &'a [Token<'t>], is_listed: bool) -> impl Iterator<Item = &'a Token<'t>> {
    let pairs = tokens.iter().enumerate();
    pairs
        .filter(move |(index, _)| {
            let next = tokens.get(index + 1);
            is_listed || next.is_none_or(|next| next.role != Role::Share)
        })
        .map(|(_, token)| token)
}

/// `占支出合计的120%`: no part is more than all.
fn beyond(context: &Context, index: usize) -> Option<Finding> {
    let token = &context.tokens[index];
    let text = context.paragraph.text.as_str();
    let wholes = &context.reader.prose.statements.wholes;
    let is_more = token.interval.low > Decimal::ONE_HUNDRED;
    let part = &context.tokens[index.checked_sub(1)?];
    let words = &text[part.range.end..token.range.start];
    let is_whole = wholes.iter().any(|word| words.contains(word.as_str()));
    let time = context.reader.last_time(words).map(|(_, time)| time);
    let is_now = matches!(time, None | Some(Time::Now));
    let is_of_plan = context.is_plan(words);
    if !is_more || !is_whole || !is_now || is_of_plan || token.is_loose || !is_level(part) {
        return None;
    }
    Some(Finding {
        range: token.range.clone(),
        is_certain: true,
        claim: Claim::Beyond,
        said: with_clause(token),
        given: vec![Given::said(part)],
        should: String::new(),
        cause: None,
    })
}

/// `其中基本支出60万元，占总支出的60%`.
fn share(context: &Context, index: usize) -> Option<Finding> {
    let tokens = context.tokens;
    let token = &tokens[index];
    let at = index.checked_sub(1)?;
    let part = &tokens[at];
    if !is_level(part) || token.is_loose || token.segment != part.segment {
        return None;
    }
    let is_whole = |whole: &Token| {
        let same_time =
            whole.time == part.time || whole.time == Time::Unsaid || part.time == Time::Unsaid;
        // A short name ends many longer ones.
        let is_long = token.noun.chars().count() >= LONG;
        let is_named = token.noun.is_empty()
            || whole.noun == token.noun
            || (is_long && whole.noun.ends_with(token.noun));
        is_level(whole) && same_time && is_named && whole.interval.is_positive()
    };
    let near: Vec<&Token> =
        wholes(&tokens[..at], part.is_part).filter(|whole| is_whole(whole)).collect();
    let far = wholes(context.earlier, false).filter(|whole| is_whole(whole));
    let is_near = !near.is_empty();
    let all: Vec<&Token> = near.into_iter().chain(far).collect();
    let fits = |whole: &&Token| {
        let share = part.interval.percent_of(whole.interval);
        share.is_none_or(|share| share.meets(token.interval))
    };
    if all.is_empty() || all.iter().any(fits) {
        return None;
    }
    // What is not the share of the nearest whole may be that of another.
    let whole = all.iter().find(|whole| !whole.is_part).unwrap_or(&all[0]);
    let is_sure = is_near && all.len() == 1 && !token.noun.is_empty();
    if !is_near && token.noun.is_empty() {
        return None;
    }
    finding(token, (part, whole), Claim::Share, is_sure)
}

/// `支出0.96万元，完成全年预算1.00万元的96%`, `为上年4.72万元的50%`: a figure of the one right before it.
fn part_of(context: &Context, index: usize) -> Option<Finding> {
    let tokens = context.tokens;
    let token = &tokens[index];
    let (at, before) = (index.checked_sub(2)?, index.checked_sub(1)?);
    let (part, whole) = (&tokens[at], &tokens[before]);
    let text = context.paragraph.text.as_str();
    let between = text[whole.range.end..token.range.start].trim();
    let is_joined = !between.is_empty()
        && !between.contains(|c: char| !c.is_alphabetic())
        && context.reader.cleaned(between).is_empty();
    let lead = &text[part.range.end..whole.range.start];
    // Nothing else is said between the two: `，完成全年预算`.
    let is_alone = lead.trim_start_matches(['，', ' ']).chars().all(char::is_alphanumeric);
    let is_pair = is_level(part)
        && is_level(whole)
        && part.segment == token.segment
        && token.words.ends_with(['%', '％'])
        && whole.interval.is_positive();
    let share = part.interval.percent_of(whole.interval)?;
    if !is_joined || !is_alone || !is_pair || share.meets(token.interval) {
        return None;
    }
    finding(token, (part, whole), Claim::Share, false)
}

/// `年初预算为100万元，支出决算为95万元，完成年初预算的95%`.
fn completed(context: &Context, index: usize) -> Option<Finding> {
    let tokens = context.tokens;
    let token = &tokens[index];
    if token.is_loose {
        return None;
    }
    let levels: Vec<usize> = (0..index).rev().filter(|at| is_level(&tokens[*at])).take(2).collect();
    let [last, before] = levels.as_slice() else { return None };
    let (last, before) = (&tokens[*last], &tokens[*before]);
    let is_plan = |of: &Token| {
        if token.noun.is_empty() {
            context.is_plan(of.clause)
        } else {
            of.clause.contains(token.noun)
        }
    };
    let (done, plan) = if is_plan(last) { (before, last) } else { (last, before) };
    // Of two plans it is not the one that was carried out.
    let is_pair = is_plan(plan)
        && !is_plan(done)
        && !context.is_plan(done.clause)
        && compatible(done.noun, plan.noun)
        && plan.interval.is_positive();
    if !is_pair {
        return None;
    }
    let found = done.interval.percent_of(plan.interval)?;
    if found.meets(token.interval) {
        return None;
    }
    finding(token, (done, plan), Claim::Completed, true)
}

fn finding(
    token: &Token,
    (part, whole): (&Token, &Token),
    claim: Claim,
    is_certain: bool,
) -> Option<Finding> {
    let share = part.interval.percent_of(whole.interval)?;
    Some(Finding {
        range: token.range.clone(),
        is_certain,
        claim,
        said: with_clause(token),
        given: vec![Given::said(part), Given::said(whole)],
        should: Context::shown(token, share, ""),
        cause: cause(token, part, whole),
    })
}

fn cause(token: &Token, part: &Token, whole: &Token) -> Option<Text> {
    let said = token.interval;
    let turned = whole.interval.percent_of(part.interval);
    if turned.is_some_and(|share| share.meets(said)) {
        return Some(text!(zh: "分子、分母写反了", en: "part and whole have changed places"));
    }
    let rest = Interval::around(Decimal::ONE_HUNDRED, Decimal::ZERO);
    let share = part.interval.percent_of(whole.interval)?;
    if rest.minus(share).meets(said) {
        return Some(text!(zh: "这是其余部分的占比", en: "this is the share of the rest"));
    }
    let factors = [Decimal::TEN, Decimal::ONE_HUNDRED, Decimal::from(10_000)];
    let moved = factors
        .iter()
        .find(|factor| share.times(**factor).meets(said) || share.over(**factor).meets(said));
    moved.map(|factor| text!(zh: "差了 {factor} 倍：小数点或单位可能错了", en: "it is {factor} times off: a decimal point or a unit may be wrong"))
}
