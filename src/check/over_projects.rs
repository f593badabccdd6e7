//! Whether some figures are one field of every project.

use crate::model::{At, Disclosure, Operand};

/// The field of which figures are those of every project, by its number.
pub(super) fn field(disclosure: &Disclosure, operands: &[Operand]) -> Option<usize> {
    let mut projects = Vec::new();
    let mut field = None;
    for operand in operands {
        let At::Field(project, own) = operand.figure?.at else { return None };
        if operand.negative || field.is_some_and(|field| field != own) {
            return None;
        }
        field = Some(own);
        projects.push(project);
    }
    projects.sort_unstable();
    projects.dedup();
    field.filter(|_| projects.len() == disclosure.projects.len())
}
