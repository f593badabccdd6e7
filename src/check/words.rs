//! A broken relation in words: what stands on the left, what the right comes to,
//! how far apart they are and how far rounding may carry them.

use super::over_projects;
use crate::diagnostic::{Text, text};
use crate::model::prose::Binding;
use crate::model::{
    At, Disclosure, FigureRef, Home, Joined, Model, Operand, Outcome, RelationKind,
};
use crate::profile::equation::Operator;

/// One sentence with both figures.
pub(crate) fn message(portal: &Model, disclosure: &Disclosure, outcome: &Outcome) -> Text {
    if outcome.kind == RelationKind::Change
        && let Some(words) = change(disclosure, outcome)
    {
        return words;
    }
    let Some(left) = name(portal, disclosure, &outcome.left) else {
        let id = outcome.tie_out().map(|tie_out| tie_out.id.as_str()).unwrap_or_default();
        let (left, right) = (outcome.left_sum, outcome.right_sum);
        return text!(zh: "勾稽关系 {id} 左边是 {left}，右边是 {right}", en: "the tie-out {id} has {left} on the left and {right} on the right");
    };
    if let Some(text) = of_prose(disclosure, outcome) {
        return text;
    }
    let unit = outcome.unit().map(|unit| format!(" {unit}")).unwrap_or_default();
    let is_blank = outcome.left.iter().all(|operand| operand.value.is_none());
    let sum = outcome.left_sum;
    let is = if is_blank {
        text!(zh: "空着（按 0 计）", en: "is blank (counted as 0)")
    } else {
        text!(zh: "是 {sum}{unit}", en: "is {sum}{unit}")
    };
    let should = should(portal, disclosure, outcome, &unit);
    text!(zh: "{zh}{zh_is}，{zh_should}", en: "{en} {en_is}, {en_should}",
        zh = left.zh, en = left.en, zh_is = is.zh, en_is = is.en, zh_should = should.zh, en_should = should.en)
}

/// What prose says, against what the cells or the items say.
fn of_prose(disclosure: &Disclosure, outcome: &Outcome) -> Option<Text> {
    let binding = slot(disclosure, outcome.left.first()?.figure?)?;
    let words = binding.said();
    let unit = outcome.unit().map(|unit| format!(" {unit}")).unwrap_or_default();
    // A decrease of 1 is said as 1, not as -1.
    let shrinks = outcome.left.first()?.negative && outcome.kind != RelationKind::Direction;
    let right = if shrinks { -outcome.right_sum } else { outcome.right_sum };
    let said = match &binding.direction {
        Some((_, word)) if binding.is_change() || outcome.kind == RelationKind::Narrative => {
            format!("{word} {words}")
        }
        _ => words.to_owned(),
    };
    let count = outcome.right.len();
    match outcome.kind {
        RelationKind::Direction if right.is_sign_negative() => Some(text!(
            zh: "正文说{said}，按表里的数算却少了 {size}{unit}", en: "the text says {said}, but by the tables it is {size}{unit} less", size = right.abs(),
        )),
        RelationKind::Direction => Some(text!(
            zh: "正文说{said}，按表里的数算却多了 {right}{unit}", en: "the text says {said}, but by the tables it is {right}{unit} more",
        )),
        RelationKind::Bound if binding.is_change() => Some(text!(
            zh: "正文说{said}，按表里的数算却是 {right}{unit}", en: "the text says {said}, but the tables give {right}{unit}",
        )),
        RelationKind::Bound => {
            let first = outcome.right.iter().find_map(|operand| operand.figure)?;
            let cell = disclosure.words_of(first.at);
            Some(if count > 1 {
                text!(zh: "正文写 {words}，{zh}等 {count} 项合起来却是 {right}{unit}", en: "the text has {words}, but {en} and {more} more come to {right}{unit}", zh = cell.zh, en = cell.en, more = count - 1)
            } else {
                text!(zh: "正文写 {words}，{zh}却是 {right}{unit}", en: "the text has {words}, but {en} is {right}{unit}", zh = cell.zh, en = cell.en)
            })
        }
        RelationKind::Narrative => Some(text!(
            zh: "正文说{said}，所列 {count} 项加起来却是 {right}{unit}", en: "the text says {said}, but the {count} items listed add up to {right}{unit}",
        )),
        _ => None,
    }
}

/// The figure in prose, if it is one.
pub(crate) fn slot(disclosure: &Disclosure, figure: FigureRef) -> Option<&Binding> {
    match figure.at {
        At::Slot(section, binding) => Some(&disclosure.sections[section].bindings[binding]),
        _ => None,
    }
}

fn should(portal: &Model, disclosure: &Disclosure, outcome: &Outcome, unit: &str) -> Text {
    let right = outcome.right_sum;
    match outcome.kind {
        RelationKind::CrossFoot | RelationKind::Foot | RelationKind::RollUp => {
            text!(zh: "各部分相加却是 {right}{unit}", en: "but its parts add up to {right}{unit}")
        }
        RelationKind::Product => {
            if outcome.operator != Operator::Equal {
                let (zh, en) = bounds(outcome.operator);
                text!(zh: "{zh}算出的 {right}{unit}", en: "{en} {right}{unit}, as it works out")
            } else if !outcome.is_of_sums()
                && outcome.right.iter().all(|one| one.joined == Joined::Added)
            {
                text!(zh: "应当等于 {right}{unit}", en: "but should equal {right}{unit}")
            } else if outcome.right.iter().any(|operand| operand.joined == Joined::Over) {
                text!(zh: "相除却是 {right}{unit}", en: "but the quotient is {right}{unit}")
            } else {
                text!(zh: "相乘却是 {right}{unit}", en: "but its factors give {right}{unit}")
            }
        }
        RelationKind::Part
        | RelationKind::TieOut
        | RelationKind::Opening
        | RelationKind::Change
        | RelationKind::Bound
        | RelationKind::Direction
        | RelationKind::Narrative => {
            let (zh_sign, en_sign) = bounds(outcome.operator);
            let count = outcome.right.iter().filter(|operand| operand.value.is_some()).count();
            let of_all = over_projects::field(disclosure, &outcome.right)
                .filter(|_| outcome.operator == Operator::Equal && count > 0)
                .and_then(|field| disclosure.project_spec()?.fields.get_index(field));
            if let Some((id, field)) = of_all {
                return text!(
                    zh: "{count} 个项目的“{zh}”加起来却是 {right}{unit}", en: "but `{id}` adds up over the projects ({count}) to {right}{unit}", zh = field.title,
                );
            }
            match name(portal, disclosure, &outcome.right) {
                Some(other) if count > 1 => text!(
                    zh: "{zh_sign}{zh}等 {count} 项之和 {right}{unit}", en: "{en_sign} {en} and {more} more, together {right}{unit}",
                    zh = other.zh, en = other.en, more = count - 1,
                ),
                Some(other) => text!(
                    zh: "{zh_sign}{zh}的 {right}{unit}", en: "{en_sign} {en}, which is {right}{unit}", zh = other.zh, en = other.en,
                ),
                None => text!(zh: "{zh_sign} {right}{unit}", en: "{en_sign} {right}{unit}"),
            }
        }
    }
}

fn bounds(operator: Operator) -> (&'static str, &'static str) {
    match operator {
        Operator::Equal => ("应当等于", "but should equal"),
        Operator::AtMost => ("不应超过", "but should be at most"),
        Operator::AtLeast => ("不应少于", "but should be at least"),
    }
}

/// What the first written figure of a side is called.
fn name(portal: &Model, disclosure: &Disclosure, operands: &[Operand]) -> Option<Text> {
    let written =
        operands.iter().find(|operand| operand.value.is_some() && operand.figure.is_some());
    let figure =
        written.or_else(|| operands.iter().find(|operand| operand.figure.is_some()))?.figure?;
    Some(disclosure.called(portal, figure))
}

/// A stated change, and what the figures of the two years say instead.
fn change(disclosure: &Disclosure, outcome: &Outcome) -> Option<Text> {
    let of_year = |prior: bool| {
        let is = |operand: &&Operand| {
            operand.figure.is_some_and(|figure| (figure.home == Home::Prior) == prior)
        };
        outcome.right.iter().find(is)
    };
    let (now, before) = (of_year(false)?, of_year(true)?);
    let name = disclosure.words_of(now.figure?.at);
    let (now, before) = (now.value.unwrap_or_default(), before.value.unwrap_or_default());
    let unit = outcome.unit().map(|unit| format!(" {unit}")).unwrap_or_default();
    let (stated, found) = (outcome.left_sum, outcome.right_sum.abs());
    Some(text!(
        zh: "文中写的变化是 {stated}{unit}，{zh}却从上一年的 {before}{unit} 到今年的 {now}{unit}，变化 {found}{unit}",
        en: "the text states a change of {stated}{unit}, but {en} went from {before}{unit} last year to {now}{unit}, a change of {found}{unit}",
        zh = name.zh, en = name.en,
    ))
}

/// The relation with its figures, the difference, and what rounding explains.
pub(crate) fn sides(outcome: &Outcome) -> Text {
    let sides = equation(outcome);
    if outcome.kind == RelationKind::Direction {
        return Text::same(sides);
    }
    let (difference, allowed) =
        (outcome.difference().abs().normalize(), outcome.allowed.normalize());
    if difference.is_zero() {
        return text!(zh: "{sides}，两个数一样大", en: "{sides}, they are the same");
    }
    if allowed.is_zero() && outcome.operator != Operator::Equal {
        return text!(zh: "{sides}，相差 {difference}", en: "{sides}, {difference} apart");
    }
    if allowed.is_zero() {
        return text!(
            zh: "{sides}，相差 {difference}；这是同一个数，应当一分不差",
            en: "{sides}, {difference} apart; it is the same figure and must agree to the digit",
        );
    }
    text!(
        zh: "{sides}，相差 {difference}，四舍五入最多解释 {allowed}",
        en: "{sides}, {difference} apart, of which rounding explains at most {allowed}",
    )
}

/// The figures of both sides and the sign between them, in no language: `16.66 ≠ 7.11 + 8.5`.
pub(crate) fn equation(outcome: &Outcome) -> String {
    let (left, right) = (line(&outcome.left), line(&outcome.right));
    if outcome.kind == RelationKind::Direction {
        return format!("{right} = {}", outcome.right_sum);
    }
    let sign = match outcome.operator {
        _ if outcome.difference().is_zero() => "=",
        Operator::Equal => "≠",
        _ if outcome.left_sum > outcome.right_sum => ">",
        _ => "<",
    };
    format!("{left} {sign} {right}")
}

/// What an acceptance of broken relations is of: the figures of each.
pub(super) fn seen(disclosure: &Disclosure, outcomes: &[&Outcome]) -> String {
    let one = |outcome: &&Outcome| {
        let figure = outcome.left.first().and_then(|operand| operand.figure);
        let words = figure.and_then(|figure| slot(disclosure, figure)).map(Binding::said);
        match words.filter(|_| outcome.kind == RelationKind::Direction) {
            Some(words) => format!("{words}：{}", equation(outcome)),
            None => equation(outcome),
        }
    };
    let mut all: Vec<String> = outcomes.iter().map(one).collect();
    all.dedup();
    all.join("；")
}

fn line(operands: &[Operand]) -> String {
    let mut out = String::new();
    for operand in operands.iter().filter(|operand| operand.value.is_some()) {
        match operand.joined {
            Joined::Added if operand.negative => {
                out.push_str(if out.is_empty() { "-" } else { " - " });
            }
            _ if out.is_empty() => {}
            Joined::Added | Joined::Within => out.push_str(" + "),
            Joined::Times => out.push_str(" × "),
            Joined::Over => out.push_str(" ÷ "),
        }
        out.push_str(&shown(operand).zh);
    }
    if out.is_empty() { "0".to_owned() } else { out }
}

/// What stands at another place of a relation, in its own unit.
pub(crate) fn printed(disclosure: &Disclosure, at: At, operand: &Operand) -> Text {
    disclosure.printed(at).map_or_else(|| shown(operand), |value| Text::same(value.to_string()))
}

/// A figure as printed.
pub(crate) fn shown(operand: &Operand) -> Text {
    Text::same(operand.value.map(|value| value.to_string()).unwrap_or_default())
}
