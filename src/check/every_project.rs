//! The sum of one field over every project: where it misses the figure it should be, a project is most likely missing
//! or stands twice, and none of those that are there is to blame.

use super::cause;
use super::over_projects::field;
use crate::amount::Decimal;
use crate::diagnostic::{Diagnostic, Text, text};
use crate::model::{At, Disclosure, FigureRef, Outcome, Verdict};
use crate::profile::equation::Operator;

/// What the projects of a relation should come to: that figure, and by how much they are more.
fn missed(disclosure: &Disclosure, outcome: &Outcome) -> Option<(FigureRef, Decimal)> {
    if outcome.operator != Operator::Equal || outcome.verdict != Verdict::Broken {
        return None;
    }
    let (other, excess) = if field(disclosure, &outcome.right).is_some() {
        (&outcome.left, -outcome.difference())
    } else {
        field(disclosure, &outcome.left)?;
        (&outcome.right, outcome.difference())
    };
    let total = other.iter().find_map(|operand| operand.figure)?;
    // What another disclosure prints is judged there.
    total.is_own().then_some((total, excess))
}

/// The figure to look from, where no slip in one of the projects explains the difference.
pub(super) fn total(disclosure: &Disclosure, outcome: &Outcome) -> Option<FigureRef> {
    let (total, _) = missed(disclosure, outcome)?;
    let all = outcome.left.iter().map(|one| (true, one));
    let mut all = all.chain(outcome.right.iter().map(|one| (false, one)));
    (!all.any(|one| cause::slip_of(outcome, one).is_some())).then_some(total)
}

/// What to look for.
pub(super) fn help(disclosure: &Disclosure, outcome: &Outcome) -> Option<Text> {
    let (_, excess) = missed(disclosure, outcome)?;
    let size = excess.abs().normalize();
    let operands = outcome.left.iter().chain(&outcome.right);
    let mut same = operands.filter_map(|operand| {
        let At::Field(project, _) = operand.figure?.at else { return None };
        (operand.value? == excess).then_some(&disclosure.projects[project].name)
    });
    Some(match same.next() {
        _ if excess.is_sign_negative() => text!(
            zh: "各项目加起来少 {size}：看看 projects/ 里是不是少了一个项目，或者有一个数写错了", en: "the projects come to {size} less: look whether one is missing in projects/, or a figure of one is wrong",
        ),
        Some(name) => text!(
            zh: "多出的正好是“{name}”的数：这个项目是不是多余的，或者写了两次", en: "what is too much is the figure of `{name}`: look whether that project belongs here, or stands twice",
        ),
        None => text!(
            zh: "各项目加起来多 {size}：看看 projects/ 里是不是多了一个项目，或者有一个数写错了", en: "the projects come to {size} more: look whether one in projects/ does not belong there, or a figure of one is wrong",
        ),
    })
}

/// Counts a relation that projects of one code break by standing twice under the finding that says so.
pub(super) fn twice(found: &mut [Diagnostic], disclosure: &Disclosure, outcome: &Outcome) -> bool {
    let Some((_, excess)) = missed(disclosure, outcome) else { return false };
    let mut codes = Vec::new();
    let mut again = Vec::new();
    for project in 0..disclosure.projects.len() {
        let Some((field, code)) = disclosure.project_code(project) else { continue };
        if codes.contains(&code) {
            again.push((project, field));
        } else {
            codes.push(code);
        }
    }
    let operands = outcome.left.iter().chain(&outcome.right);
    let of_again = operands.filter(|operand| {
        let at = operand.figure.map(|figure| figure.at);
        again.iter().any(|(project, _)| matches!(at, Some(At::Field(own, _)) if own == *project))
    });
    let sum: Decimal = of_again.filter_map(|operand| operand.value).sum();
    if again.is_empty() || sum != excess {
        return false;
    }
    let address =
        |(project, field): &(usize, usize)| disclosure.address_of(At::Field(*project, *field));
    let addresses: Vec<String> = again.iter().map(address).collect();
    let is_said = |one: &&mut Diagnostic| {
        one.code.id == "P412" && one.address.as_ref().is_some_and(|at| addresses.contains(at))
    };
    match found.iter_mut().find(is_said) {
        Some(said) => {
            said.unchecked += 1;
            true
        }
        None => false,
    }
}
