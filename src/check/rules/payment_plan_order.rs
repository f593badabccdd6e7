//! Flags a payment plan that falls, or does not end at 100 per cent.

#![deny(clippy::arithmetic_side_effects)]

use super::payment_plan::{Step, steps};
use crate::amount::Decimal;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P402",
        name: "payment-plan-order",
        severity: Severity::Error,
        page: include_str!("payment_plan_order.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for project in &disclosure.projects {
        let steps = steps(disclosure, project);
        // A plan out of range is reported as that.
        if !steps.iter().all(Step::is_in_range) {
            continue;
        }
        let Some((wrong, message)) = wrong(&steps) else { continue };
        report.push(
            RULE.code
                .at(wrong.place.clone(), message)
                .help(help(&steps))
                .about(&disclosure.path, wrong.address.as_str()),
        );
    }
}

/// The first step that falls, or the last where it does not reach the whole.
fn wrong(steps: &[Step]) -> Option<(&Step, Text)> {
    if let Some([before, after]) = steps.windows(2).find(|pair| pair[1].value < pair[0].value) {
        let message = text!(
            zh: "资金支出计划到{late}累计 {less}%，比到{early}的 {more}% 还少", en: "{less}% is planned to be paid by {late}, less than the {more}% by {early}",
            late = after.title, less = after.value, early = before.title, more = before.value,
        );
        return Some((after, message));
    }
    let last = steps.last().filter(|last| last.value != Decimal::ONE_HUNDRED)?;
    let message = text!(
        zh: "资金支出计划到最后一步{title}只有 {value}%，没有到 100%", en: "the payment plan ends at {value}% by {title}, not at 100%",
        title = last.title, value = last.value,
    );
    Some((last, message))
}

fn help(steps: &[Step]) -> Text {
    let sums: Vec<Decimal> = steps
        .iter()
        .scan(Decimal::ZERO, |sum, step| {
            *sum += step.value;
            Some(*sum)
        })
        .collect();
    let list = |values: &[Decimal], comma: &str| {
        let all: Vec<String> =
            values.iter().map(|value| format!("{}%", value.normalize())).collect();
        all.join(comma)
    };
    if sums.last() == Some(&Decimal::ONE_HUNDRED) {
        return text!(
            zh: "各步相加正好 100%：填的多半是每段的数，累计应当是 {zh}", en: "the steps add up to 100%: they are probably the parts; paid by then is {en}",
            zh = list(&sums, "、"), en = list(&sums, ", "),
        );
    }
    let largest = steps.iter().map(|step| step.value).max().unwrap_or_default();
    if largest == Decimal::ONE && steps.is_sorted_by_key(|step| step.value) {
        let times: Vec<Decimal> =
            steps.iter().map(|step| step.value * Decimal::ONE_HUNDRED).collect();
        return text!(
            zh: "填的多半是小数，写成百分数是 {zh}", en: "these are probably fractions; in per cent the plan reads {en}",
            zh = list(&times, "、"), en = list(&times, ", "),
        );
    }
    text!(zh: "支出计划填累计数：只增不减，最后一步是 100%", en: "a payment plan is cumulative: it never falls and ends at 100%")
}
