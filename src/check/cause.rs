//! What probably happened to a suspect figure, judged by the value that would
//! mend its relation: a sign, a shifted point, two digits swapped, a line left
//! out or counted twice.

#![deny(clippy::arithmetic_side_effects)]

use super::words;
use crate::amount::{self, Decimal};
use crate::diagnostic::{Text, text};
use crate::model::{At, Disclosure, FigureRef, Model, Operand, Outcome, RelationKind};
use crate::profile::equation::Operator;

/// The likely cause, or nothing when none is more likely than another.
pub(crate) fn likely(
    portal: &Model,
    disclosure: &Disclosure,
    figure: FigureRef,
    outcomes: &[&Outcome],
) -> Option<Text> {
    let outcome = outcomes.first()?;
    let guesses = !matches!(
        outcome.kind,
        RelationKind::Product | RelationKind::Part | RelationKind::Direction
    );
    if !guesses {
        return None;
    }
    unit_below(disclosure, outcome)
        .or_else(|| slip_of(outcome, operand(outcome, figure)?))
        .or_else(|| agreed(outcomes, figure))
        .or_else(|| line(portal, disclosure, outcome, figure))
}

/// A figure far above its bound that lies below it in a smaller unit.
fn unit_below(disclosure: &Disclosure, outcome: &Outcome) -> Option<Text> {
    let (left, right) = (outcome.left_sum, outcome.right_sum);
    let is_far = right > Decimal::ZERO && left > right * Decimal::TEN;
    if outcome.operator != Operator::AtMost || !is_far {
        return None;
    }
    let own = disclosure.profile.factor(outcome.unit());
    let smaller = disclosure.profile.units.iter().filter(|(_, factor)| **factor < own);
    let fits = smaller.filter(|(_, factor)| left * **factor / own <= right);
    let (unit, factor) = fits.max_by_key(|(_, factor)| **factor)?;
    let (times, form) = ((own / *factor).normalize(), outcome.unit().unwrap_or_default());
    Some(
        text!(zh: "像是按{unit}填的，这里的单位是{form}：各数除以 {times}", en: "it looks like {unit}, and the unit here is {form}: divide the figures by {times}"),
    )
}

/// The one item of a list whose sign explains why the list misses its total.
pub(crate) fn turned(disclosure: &Disclosure, outcome: &Outcome) -> Option<(At, Text)> {
    if outcome.kind != RelationKind::Narrative {
        return None;
    }
    let mends = |operand: &&Operand| {
        let Some(value) = operand.value.filter(|value| !value.is_zero()) else { return false };
        let moved = value * Decimal::TWO;
        let moved = if operand.negative { moved } else { -moved };
        (outcome.difference() - moved).abs() <= outcome.allowed
    };
    let mut mending = outcome.right.iter().filter(mends);
    let (item, None) = (mending.next()?, mending.next()) else { return None };
    let figure = item.figure?;
    let binding = words::slot(disclosure, figure)?;
    let (clause, words, total) = (binding.clause.trim(), &binding.words, outcome.left_sum);
    let text = text!(
        zh: "有一项的增减方向写反了，就正好是 {total}：“{clause}{words}”",
        en: "one sign explains it: the other way round, this item makes it {total}: “{clause}{words}”",
    );
    Some((figure.at, text))
}

/// A figure of a relation, and whether it stands left of the sign.
pub(crate) fn operand(outcome: &Outcome, figure: FigureRef) -> Option<(bool, &Operand)> {
    let is = |operand: &&Operand| operand.figure == Some(figure);
    let left = outcome.left.iter().find(is).map(|operand| (true, operand));
    left.or_else(|| outcome.right.iter().find(is).map(|operand| (false, operand)))
}

/// The value that would mend the relation.
fn wanted(outcome: &Outcome, (on_left, operand): (bool, &Operand)) -> Decimal {
    let difference = outcome.difference();
    let moved = if on_left == operand.negative { difference } else { -difference };
    operand.value.unwrap_or_default() + moved
}

/// A slip of the pen that would explain the value of a figure, which stands left of the sign or right.
pub(crate) fn slip_of(outcome: &Outcome, figure: (bool, &Operand)) -> Option<Text> {
    if outcome.kind == RelationKind::Product {
        return None;
    }
    slip(figure.1.value?, wanted(outcome, figure), outcome.allowed)
}

fn slip(written: Decimal, wanted: Decimal, allowed: Decimal) -> Option<Text> {
    if written.is_zero() || wanted.abs() <= allowed {
        return None;
    }
    let near = |value: Decimal| (value - wanted).abs() <= allowed;
    if near(-written) {
        return Some(text!(zh: "正负号可能写反了", en: "the sign may be the wrong way round"));
    }
    for (power, zh, en) in [
        (10, "10 倍", "ten times"),
        (100, "100 倍", "a hundred times"),
        (10_000, "1 万倍", "ten thousand times"),
    ] {
        let power = Decimal::from(power);
        if near(written / power) {
            return Some(
                text!(zh: "这个数大了 {zh}：小数点或单位可能错了", en: "it is {en} too large: the decimal point or the unit may be wrong"),
            );
        }
        if near(written * power) {
            return Some(
                text!(zh: "这个数小了 {zh}：小数点或单位可能错了", en: "it is {en} too small: the decimal point or the unit may be wrong"),
            );
        }
    }
    let swapped = swaps(written).into_iter().find(|value| near(*value))?;
    Some(
        text!(zh: "两位数字可能换了位置：{swapped}？", en: "two digits may have changed places: {swapped}?"),
    )
}

/// Every value got by swapping two neighbouring digits.
fn swaps(value: Decimal) -> Vec<Decimal> {
    let digits: Vec<char> = value.to_string().chars().collect();
    let places: Vec<usize> = (0..digits.len()).filter(|at| digits[*at].is_ascii_digit()).collect();
    let swap = |pair: &[usize]| {
        let mut changed = digits.clone();
        changed.swap(pair[0], pair[1]);
        amount::parse(&changed.iter().collect::<String>()).ok().map(|figure| figure.value)
    };
    places.windows(2).filter_map(swap).filter(|swapped| *swapped != value).collect()
}

/// Several relations that would be mended by one value.
fn agreed(outcomes: &[&Outcome], figure: FigureRef) -> Option<Text> {
    let value = |outcome: &Outcome| Some(wanted(outcome, operand(outcome, figure)?));
    let first = value(outcomes.first()?)?;
    let agrees = |outcome: &&&Outcome| {
        value(outcome).is_some_and(|value| (value - first).abs() <= outcome.allowed)
    };
    let count = outcomes.iter().filter(agrees).count();
    (count > 1).then(|| text!(zh: "有 {count} 个勾稽关系都要求这里是 {first}", en: "{count} relations ask for {first} here"))
}

/// A line left out or counted twice: the difference is just a figure of the sum.
fn line(
    portal: &Model,
    disclosure: &Disclosure,
    outcome: &Outcome,
    figure: FigureRef,
) -> Option<Text> {
    let difference = outcome.difference().abs();
    if outcome.right.iter().filter(|operand| operand.value.is_some()).count() < 2 {
        return None;
    }
    // A coincidence within the rounding of a long sum would say nothing.
    let allowed = outcome.allowed.min(Decimal::new(1, 2));
    for operand in outcome.right.iter().chain(&outcome.left) {
        let (Some(value), Some(other)) =
            (operand.value, operand.figure.filter(|other| *other != figure))
        else {
            continue;
        };
        let name = || disclosure.home(portal, other).words_of(other.at);
        if !value.is_zero() && (value.abs() - difference).abs() <= allowed {
            let name = name();
            return Some(
                text!(zh: "相差的正好是{zh}（{value}）：可能漏了或重了这一笔", en: "the difference is just {en} ({value}): it may be missing or doubled", zh = name.zh, en = name.en),
            );
        }
        if !value.is_zero() && (value.abs() * Decimal::TWO - difference).abs() <= allowed {
            let name = name();
            return Some(
                text!(zh: "相差的正好是{zh}（{value}）的两倍：它的正负号可能反了", en: "the difference is just twice {en} ({value}): its sign may be the wrong way round", zh = name.zh, en = name.en),
            );
        }
    }
    None
}
