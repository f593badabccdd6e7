//! The stated steps of a payment plan, as the rules about it look at them.

#![deny(clippy::arithmetic_side_effects)]

use crate::amount::Decimal;
use crate::model::{Disclosure, Project};
use crate::source::Place;

/// One stated step.
pub(super) struct Step {
    /// When.
    pub title: String,
    /// How much is paid by then, in per cent.
    pub value: Decimal,
    /// Where it stands.
    pub place: Place,
    /// Its address.
    pub address: String,
}

impl Step {
    /// Whether it is a share of one whole.
    pub(super) fn is_in_range(&self) -> bool {
        (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&self.value)
    }
}

/// The steps that state a figure, in order.
pub(super) fn steps(disclosure: &Disclosure, project: &Project) -> Vec<Step> {
    let plan = disclosure.project_spec().and_then(|spec| spec.payment_plan.as_ref());
    let titles = plan.into_iter().flat_map(|plan| &plan.steps);
    let stated = titles.zip(&project.plan).filter_map(|((id, title), cell)| {
        let path = format!("payment_plan.{id}");
        Some(Step {
            title: title.clone(),
            value: cell.figure()?,
            place: Place::value(project.file, path),
            address: format!("projects/{}/payment_plan/{id}", project.slug),
        })
    });
    stated.collect()
}
