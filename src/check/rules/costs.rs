//! What the cost targets of a project come to, beside its budget.

#![deny(clippy::arithmetic_side_effects)]

use crate::amount::Decimal;
use crate::model::target::Reading;
use crate::model::{Amount, At, Disclosure, Indicator};
use crate::profile::targets::{holds, is_one_of};

/// The cost targets of one project and its budget, in base units.
pub(super) struct Costs<'a> {
    /// Its budget.
    pub budget: Decimal,
    /// Where the budget stands.
    pub budget_at: At,
    /// Targets that cap the whole or a part.
    pub caps: Vec<(Indicator<'a>, Decimal)>,
    /// Targets that cap one of several.
    pub each: Vec<(Indicator<'a>, Decimal)>,
    /// How many are done of each thing that is counted.
    pub counts: Vec<(Indicator<'a>, Decimal)>,
    slack: Decimal,
}

impl<'a> Costs<'a> {
    /// Nothing where there is no budget, no cost target, or one is withheld.
    pub(super) fn of(disclosure: &'a Disclosure, project: usize) -> Option<Costs<'a>> {
        let spec = disclosure.target_spec()?;
        let budget_at = At::Field(project, disclosure.budget_field()?);
        let Amount::Printed(budget, slack) = disclosure.amount(budget_at) else { return None };
        let (caps, each, counts) = (Vec::new(), Vec::new(), Vec::new());
        let mut costs = Costs { budget, budget_at, caps, each, counts, slack };
        for indicator in disclosure.indicators(project) {
            let is_cost = is_one_of(&spec.cost, indicator.kind);
            let Some(quantity) = indicator.reading.quantity() else {
                if is_cost && *indicator.reading == Reading::Withheld {
                    return None;
                }
                continue;
            };
            if is_one_of(&spec.quantity, indicator.kind) {
                costs.counts.push((indicator, quantity.value));
            }
            let Some(money) = quantity.money().filter(|_| is_cost) else { continue };
            let is_each = quantity.per.is_some()
                || holds(&spec.per_unit, indicator.name)
                || holds(&spec.per_unit, indicator.description);
            let list = if is_each { &mut costs.each } else { &mut costs.caps };
            list.push((indicator, money));
        }
        (!costs.caps.is_empty() || !costs.each.is_empty()).then_some(costs)
    }

    /// What the caps come to.
    pub(super) fn total(&self) -> Decimal {
        self.caps.iter().map(|(_, money)| *money).sum()
    }

    /// Whether they come to the budget: together, one alone, or one of several times their number.
    pub(super) fn agree(&self) -> bool {
        let fits = |money: Decimal| (money - self.budget).abs() <= self.slack;
        let mut alone = self.caps.iter().chain(&self.each);
        let times = |(_, each): &(_, Decimal)| {
            self.counts
                .iter()
                .filter_map(|(_, count)| each.checked_mul(*count))
                .any(|product| fits(product + self.total()))
        };
        fits(self.total()) || alone.any(|(_, money)| fits(*money)) || self.each.iter().any(times)
    }
}
