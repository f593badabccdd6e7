//! Flags a payment plan whose shares lie outside 0 to 100 per cent.

#![deny(clippy::arithmetic_side_effects)]

use super::payment_plan::{Step, steps};
use crate::amount::Decimal;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::{Disclosure, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P401",
        name: "payment-plan-range",
        severity: Severity::Error,
        page: include_str!("payment_plan_range.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for project in &disclosure.projects {
        let steps = steps(disclosure, project);
        // One plan is one mistake: the first share out of range stands for the rest.
        let Some(wrong) = steps.iter().find(|step| !step.is_in_range()) else { continue };
        let message = text!(
            zh: "资金支出计划到{title}累计 {value}%，应当在 0% 到 100% 之间", en: "{value}% is planned to be paid by {title}: a share lies between 0% and 100%",
            title = wrong.title, value = wrong.value,
        );
        report.push(
            RULE.code
                .at(wrong.place.clone(), message)
                .help(help(&steps))
                .seen(plan(&steps))
                .about(&disclosure.path, wrong.address.as_str()),
        );
    }
}

/// All steps of a plan, as an acceptance names them.
fn plan(steps: &[Step]) -> String {
    let steps: Vec<String> =
        steps.iter().map(|step| format!("{} {}%", step.title, step.value)).collect();
    steps.join("，")
}

/// A plan that is right when divided by 100 was multiplied by it once more.
fn help(steps: &[Step]) -> Text {
    let divided: Vec<Decimal> =
        steps.iter().map(|step| (step.value / Decimal::ONE_HUNDRED).normalize()).collect();
    let rises = divided.is_sorted() && divided.last() == Some(&Decimal::ONE_HUNDRED);
    if !rises || divided.iter().any(Decimal::is_sign_negative) {
        return text!(zh: "填到这一步累计支出占项目预算的百分比", en: "give the part of the budget paid by then, in per cent");
    }
    let list: Vec<String> = divided.iter().map(|value| format!("{value}%")).collect();
    text!(zh: "各步除以 100 就是 {zh}：多半是百分数又乘了一次 100", en: "divided by 100 the plan reads {en}: the percentages were probably multiplied by 100 once more", zh = list.join("、"), en = list.join(", "))
}
