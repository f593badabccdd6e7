//! Flags cost targets that do not come to the budget of their project.

#![deny(clippy::arithmetic_side_effects)]

use super::costs::Costs;
use crate::amount::Decimal;
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Diagnostic, Report, Severity, Text, text};
use crate::model::target::amounts_in;
use crate::model::{At, Disclosure, Indicator, Model};

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "P403",
        name: "cost-mismatch",
        severity: Severity::Warning,
        page: include_str!("cost_mismatch.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    for project in 0..disclosure.projects.len() {
        let Some(costs) = Costs::of(disclosure, project).filter(|costs| !costs.agree()) else {
            continue;
        };
        let total = costs.total();
        let found = match (costs.caps.as_slice(), costs.each.as_slice(), costs.counts.as_slice()) {
            ([], [each], [count]) => Some(product(disclosure, &costs, *each, *count)),
            ([cap], [], _) => Some(one(disclosure, &costs, cap.0)),
            ([_, _, ..], [], _) => Some(several(disclosure, &costs)),
            _ => None,
        };
        let Some((indicator, mut found)) = found else { continue };
        if disclosure.is_carried_over(project) {
            let named = named(disclosure, project);
            if costs.caps.iter().any(|(_, cap)| named.contains(cap)) || named.contains(&total) {
                continue;
            }
            found = match named.as_slice() {
                [only] if *only >= costs.budget => found.note(text!(
                    zh: "资金用途里写的总额是 {total}", en: "the total named in its purpose is {total}", total = shown(disclosure, *only),
                )),
                _ if !costs.caps.is_empty() && total < costs.budget => found,
                _ => carried(found),
            };
        }
        let budget = &costs.budget_at;
        report.push(
            found
                .related(disclosure.place_of(*budget), text!(zh: "预算", en: "the budget"))
                .about(&disclosure.path, disclosure.address_of(indicator.at)),
        );
    }
}

/// A project of an earlier year may keep the target of its whole budget.
fn carried(mut found: Diagnostic) -> Diagnostic {
    found.severity = Severity::Note;
    found.help(text!(
        zh: "这是上年结转的项目，成本指标写的多半是原来的总额：在资金用途里写明总额，读者才看得懂",
        en: "the project is carried over, and the target is probably of its whole budget: name that total in its purpose",
    ))
}

fn one<'a>(
    disclosure: &Disclosure,
    costs: &Costs,
    indicator: Indicator<'a>,
) -> (Indicator<'a>, Diagnostic) {
    let budget = printed(disclosure, costs);
    let message = text!(zh: "成本指标“{name}”是“{value}”，项目预算却是 {budget}", en: "the cost target `{name}` is `{value}`, but the budget is {budget}", name = indicator.name, value = indicator.printed);
    let help = if costs.total() < costs.budget {
        text!(zh: "照这个指标，预算花不完就已经超过成本：核对两处", en: "spending the budget would break the target: compare the two")
    } else {
        text!(zh: "只有一项成本指标时，它就是项目预算数：核对两处", en: "a single cost target is the budget of the project: compare the two")
    };
    (indicator, RULE.code.at(disclosure.place_of(indicator.at), message).help(help))
}

fn several<'a>(disclosure: &Disclosure, costs: &Costs<'a>) -> (Indicator<'a>, Diagnostic) {
    let largest = costs.caps.iter().max_by_key(|(_, money)| *money);
    let (indicator, _) = *largest.expect("there are several");
    let (total, budget) = (shown(disclosure, costs.total()), printed(disclosure, costs));
    let message = text!(zh: "{count} 项成本指标合计 {total}，项目预算却是 {budget}", en: "the {count} cost targets come to {total}, but the budget is {budget}", count = costs.caps.len());
    let list: Vec<&str> = costs.caps.iter().map(|(indicator, _)| indicator.printed).collect();
    let found = RULE
        .code
        .at(disclosure.place_of(indicator.at), message)
        .note(Text::same(list.join(" + ")))
        .help(text!(zh: "各项成本相加应当等于项目预算数：看哪一项写错或漏写", en: "the costs add up to the budget: see which one is wrong or missing"));
    (indicator, found)
}

fn product<'a>(
    disclosure: &Disclosure,
    costs: &Costs,
    (each, money): (Indicator<'a>, Decimal),
    (count, number): (Indicator, Decimal),
) -> (Indicator<'a>, Diagnostic) {
    let product = money.checked_mul(number).map(|product| shown(disclosure, product));
    let product = product.unwrap_or_default();
    let budget = printed(disclosure, costs);
    let message = text!(zh: "“{name}”是 {value}，乘以 {count} 是 {product}，项目预算却是 {budget}", en: "`{name}` is {value}, times {count} is {product}, but the budget is {budget}", name = each.name, value = each.printed, count = count.printed);
    let found = RULE
        .code
        .at(disclosure.place_of(each.at), message)
        .related(disclosure.place_of(count.at), text!(zh: "数量", en: "how many"))
        .help(text!(zh: "核对单位成本、数量和预算", en: "compare the cost of one, their number and the budget"));
    (each, found)
}

/// The amounts that the words of a project name.
fn named(disclosure: &Disclosure, project: usize) -> Vec<Decimal> {
    let texts = disclosure.texts_of(project);
    texts.flat_map(|(_, text)| amounts_in(&disclosure.profile, text)).collect()
}

/// An amount in the unit of the project form.
fn shown(disclosure: &Disclosure, amount: Decimal) -> String {
    let unit = disclosure.project_spec().and_then(|spec| spec.unit.as_deref());
    let value = (amount / disclosure.profile.factor(unit)).normalize();
    unit.map_or_else(|| value.to_string(), |unit| format!("{value} {unit}"))
}

/// The budget as it is printed, with its unit.
fn printed(disclosure: &Disclosure, costs: &Costs) -> String {
    match costs.budget_at {
        At::Field(project, field) => disclosure.words_of_field(project, field),
        _ => shown(disclosure, costs.budget),
    }
}
