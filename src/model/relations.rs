//! Every relation a disclosure must satisfy, worked out with the interval each
//! printed figure stands for: *exact*, *within rounding*, *broken*, or not run.
//!
//! A sum may drift by half a unit of the last place of every figure in it (the
//! idea of XBRL Calculations 1.1); a nought in a column that holds nothing below
//! nought stands for nothing less. The same figure printed in two places must
//! agree to the digit, and a blank is nothing at all. Nothing is a tolerance
//! somebody picked: docs/rounding.md has every case.

#![deny(clippy::arithmetic_side_effects)]

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::lookup::{Amount, At, FigureRef, Lookup};
use super::matching::matching;
use super::{Disclosure, Model, Operand, Outcome, Panel, RelationKind, Row, Verdict};
use crate::amount::{self, Decimal};
use crate::profile::equation::{Equation, Operand as Written, Operator, Term};
use crate::profile::{ColumnKind, PanelSpec, Role, TieOut};

impl Disclosure {
    /// Every relation of the disclosure that touches at least one figure, worked out once.
    pub fn relations(&self, portal: &Model) -> &[Outcome] {
        self.worked.relations.get_or_init(|| self.relations_anew(portal))
    }

    /// The same worked out anew, whatever was known: for figures changed in place.
    pub fn relations_anew(&self, portal: &Model) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        for index in 0..self.tables.len() {
            self.table_relations(portal, index, &mut outcomes);
        }
        self.project_relations(portal, &mut outcomes);
        for tie_out in &self.profile.tie_outs {
            self.tie_out(portal, tie_out, &mut outcomes);
        }
        self.year_relations(portal, &mut outcomes);
        self.prose_relations(portal, &mut outcomes);
        self.doubt(&mut outcomes);
        outcomes
    }

    fn table_relations(&self, portal: &Model, index: usize, outcomes: &mut Vec<Outcome>) {
        let table = &self.tables[index];
        for (number, form, panel) in table.panels() {
            let context = Context { portal, disclosure: self, table: index, panel: number, form };
            for row in 0..panel.rows.len() {
                context.row(row, outcomes);
            }
            context.totals(panel, outcomes);
            context.roll_ups(panel, outcomes);
            context.printed_rows(panel, outcomes);
        }
    }

    fn project_relations(&self, portal: &Model, outcomes: &mut Vec<Outcome>) {
        let Some(spec) = self.project_spec() else { return };
        for project in 0..self.projects.len() {
            for (field, sum) in
                spec.fields.values().enumerate().filter(|(_, field)| !field.sum_of.is_empty())
            {
                let whole = vec![part(At::Field(project, field))];
                let parts = sum.sum_of.iter().filter_map(|id| spec.fields.get_index_of(id));
                let parts = parts.map(|field| part(At::Field(project, field))).collect();
                outcomes.extend(self.sum(portal, RelationKind::CrossFoot, whole, parts));
            }
        }
    }

    fn tie_out(&self, portal: &Model, tie_out: &Arc<TieOut>, outcomes: &mut Vec<Outcome>) {
        let holds = |equation: &Equation| {
            self.equation(portal, equation, None, None).map_or(Some(true), |outcome| match outcome
                .verdict
            {
                Verdict::Withheld | Verdict::Missing => None,
                verdict => Some(verdict.holds()),
            })
        };
        let applies = tie_out.when.as_ref().map_or(Some(true), holds);
        let excused = tie_out.unless.as_ref().map_or(Some(false), holds);
        if applies == Some(false) || excused == Some(true) {
            return;
        }
        let start = outcomes.len();
        let each: Vec<_> =
            tie_out.equation.addresses().filter(|address| is_each(address)).collect();
        if each.is_empty() {
            outcomes.extend(self.equation(portal, &tie_out.equation, None, Some(tie_out)));
        } else {
            let mut keys: indexmap::IndexSet<String> = indexmap::IndexSet::new();
            for address in each {
                keys.extend(self.each_keys(portal, address));
            }
            for key in &keys {
                outcomes.extend(self.equation(portal, &tie_out.equation, Some(key), Some(tie_out)));
            }
        }
        // A condition that could not be looked up leaves the relation unproved.
        if applies.is_none() || excused.is_none() {
            for outcome in &mut outcomes[start..] {
                outcome.verdict = Verdict::Missing;
            }
        }
    }

    /// Works out an equation; nothing when every figure in it is blank.
    pub fn equation(
        &self,
        portal: &Model,
        equation: &Equation,
        each: Option<&str>,
        tie_out: Option<&Arc<TieOut>>,
    ) -> Option<Outcome> {
        let (mut absent, mut unread) = (false, None);
        let mut side = |terms: &[Term]| {
            let mut parts = Vec::new();
            for term in terms {
                match &term.operand {
                    Written::Number(number) => {
                        parts.push(Operand::number(term.negative, *number));
                    }
                    Written::Address(address) => match self.find(portal, address, each) {
                        Lookup::Absent => absent = true,
                        Lookup::Unread(at) => unread = Some(at),
                        Lookup::Figures(figures) => {
                            let operand = |figure| Operand::figure(term.negative, figure);
                            parts.extend(figures.into_iter().map(operand));
                        }
                    },
                }
            }
            parts
        };
        let (left, right) = (side(&equation.left), side(&equation.right));
        let mut outcome =
            self.compare(portal, RelationKind::TieOut, left, equation.operator, right);
        outcome.tie_out = tie_out.cloned();
        if absent || unread.is_some() {
            outcome.verdict = Verdict::Missing;
            outcome.unread = unread;
            return Some(outcome);
        }
        outcome.touches_figures().then_some(outcome)
    }

    fn sum(
        &self,
        portal: &Model,
        kind: RelationKind,
        whole: Vec<Operand>,
        parts: Vec<Operand>,
    ) -> Option<Outcome> {
        let outcome = self.compare(portal, kind, whole, Operator::Equal, parts);
        outcome.touches_figures().then_some(outcome)
    }

    /// Adds up both sides and judges the difference.
    pub(super) fn compare(
        &self,
        portal: &Model,
        kind: RelationKind,
        mut left: Vec<Operand>,
        operator: Operator,
        mut right: Vec<Operand>,
    ) -> Outcome {
        let unit = left
            .iter()
            .chain(&right)
            .find_map(|part| part.figure.and_then(|at| self.home(portal, at).unit(at.at)));
        let factor = self.profile.factor(unit);
        let mut sides = [Side::default(), Side::default()];
        for (side, operands) in sides.iter_mut().zip([&mut left, &mut right]) {
            for operand in operands {
                side.add(self, portal, operand, factor);
            }
        }
        let [left_side, right_side] = sides;
        let is_one = left_side.printed <= 1 && right_side.printed <= 1;
        let is_copy = is_one
            && left_side.unit.is_none_or(|one| right_side.unit.is_none_or(|other| one == other));
        let difference = left_side.sum - right_side.sum;
        let allowed = if is_copy || left_side.is_blank() || right_side.is_blank() {
            Decimal::ZERO
        } else if difference.is_sign_negative() {
            left_side.more + right_side.less
        } else {
            left_side.less + right_side.more
        };
        let verdict = if left_side.withheld || right_side.withheld {
            Verdict::Withheld
        } else if left_side.unread || right_side.unread {
            Verdict::Missing
        } else {
            judge(difference, allowed, operator)
        };
        Outcome {
            kind,
            tie_out: None,
            operator,
            left,
            right,
            left_sum: in_unit(left_side.sum, factor),
            right_sum: in_unit(right_side.sum, factor),
            allowed: allowed / factor,
            unit: unit.map(Arc::from),
            verdict,
            unread: None,
        }
    }
}

fn is_each(address: &crate::address::Address) -> bool {
    matches!(&address.target, crate::address::Target::Cells { rows, .. } if rows.is_each())
}

pub(super) fn judge(difference: Decimal, allowed: Decimal, operator: Operator) -> Verdict {
    // What is too large to be worked out holds for nobody.
    if difference.is_beyond() || allowed.is_beyond() {
        return Verdict::Broken;
    }
    let wrong_way = match operator {
        Operator::Equal => difference.abs(),
        Operator::AtMost => difference.max(Decimal::ZERO),
        Operator::AtLeast => (-difference).max(Decimal::ZERO),
    };
    if wrong_way.is_zero() {
        Verdict::Exact
    } else if wrong_way <= allowed {
        Verdict::WithinRounding
    } else {
        Verdict::Broken
    }
}

/// An amount in a unit, without the noughts that division leaves behind it.
fn in_unit(value: Decimal, factor: Decimal) -> Decimal {
    let value = value / factor;
    if usize::try_from(value.scale()).is_ok_and(|decimals| decimals <= amount::DECIMALS) {
        return value;
    }
    let mut short = value.normalize();
    if short.scale() < PLACES {
        short.rescale(PLACES);
    }
    short
}

/// What amounts are printed with, mostly.
const PLACES: u32 = 2;

fn part(at: At) -> Operand {
    Operand::figure(false, FigureRef { prior: false, at })
}

/// One side while it is added up, in base units.
#[derive(Default)]
struct Side<'a> {
    sum: Decimal,
    /// How far below the printed sum the true one may lie, and how far above.
    less: Decimal,
    more: Decimal,
    withheld: bool,
    /// Whether words stand where a figure should.
    unread: bool,
    /// How many blanks stand in it, and how many plain numbers.
    blanks: usize,
    numbers: usize,
    /// How many figures are printed: one against one is the same figure in two places.
    printed: usize,
    /// The unit of the last of them.
    unit: Option<&'a str>,
}

impl<'a> Side<'a> {
    /// Whether blanks are all that stands in it: exactly nought.
    fn is_blank(&self) -> bool {
        self.blanks > 0 && self.printed == 0 && self.numbers == 0
    }

    /// Adds an operand, and tells it its value in the unit that is worth `factor`.
    fn add(
        &mut self,
        disclosure: &'a Disclosure,
        portal: &'a Model,
        operand: &mut Operand,
        factor: Decimal,
    ) {
        let sign = if operand.negative { -Decimal::ONE } else { Decimal::ONE };
        let Some(figure) = operand.figure else {
            self.sum += sign * operand.value.unwrap_or_default() * factor;
            self.numbers = self.numbers.saturating_add(1);
            return;
        };
        let home = disclosure.home(portal, figure);
        match home.amount(figure.at) {
            Amount::Printed(value, slack) => {
                self.sum += sign * value;
                // A printed nought stands for nothing below it where nothing can be.
                let is_least = value.is_zero() && !home.is_signed(figure.at);
                let below = if is_least { Decimal::ZERO } else { slack };
                let (less, more) = if operand.negative { (slack, below) } else { (below, slack) };
                self.less += less;
                self.more += more;
                self.printed = self.printed.saturating_add(1);
                self.unit = Some(home.unit(figure.at).unwrap_or_default());
                operand.value = Some(in_unit(value, factor));
            }
            Amount::Withheld => self.withheld = true,
            Amount::Words => self.unread = true,
            Amount::Blank => self.blanks = self.blanks.saturating_add(1),
        }
    }
}

/// So many totals of a panel are added up, which is more than any form prints.
const ADDED_UP: usize = 16;

/// One panel under work.
struct Context<'a> {
    portal: &'a Model,
    disclosure: &'a Disclosure,
    table: usize,
    panel: usize,
    form: &'a PanelSpec,
}

impl<'a> Context<'a> {
    fn cell(&self, row: usize, column: usize) -> Operand {
        part(At::Cell(self.table, self.panel, row, column))
    }

    fn push(
        &self,
        outcomes: &mut Vec<Outcome>,
        kind: RelationKind,
        whole: Operand,
        parts: Vec<Operand>,
    ) {
        outcomes.extend(self.disclosure.sum(self.portal, kind, vec![whole], parts));
    }

    /// What a row promises across: sums, products, limits.
    fn row(&self, row: usize, outcomes: &mut Vec<Outcome>) {
        for (column, spec) in self.form.columns.iter().enumerate() {
            if !spec.sum_of.is_empty() {
                let parts = spec.sum_of.iter().map(|part| self.cell(row, *part)).collect();
                self.push(outcomes, RelationKind::CrossFoot, self.cell(row, column), parts);
            }
            if let [first, second] = spec.product_of.as_slice() {
                outcomes.extend(self.product(row, column, *first, *second));
            }
            if let Some(limit) = spec.at_most {
                self.limit(outcomes, self.cell(row, column), self.cell(row, limit));
            }
        }
    }

    /// A part that may not exceed its whole.
    fn limit(&self, outcomes: &mut Vec<Outcome>, part: Operand, whole: Operand) {
        let outcome = self.disclosure.compare(
            self.portal,
            RelationKind::Part,
            vec![part],
            Operator::AtMost,
            vec![whole],
        );
        if outcome.left.iter().any(|operand| operand.value.is_some()) {
            outcomes.push(outcome);
        }
    }

    /// Quantity times price: the quantity is exact, price and product are rounded.
    fn product(&self, row: usize, column: usize, first: usize, second: usize) -> Option<Outcome> {
        let cells = &self.disclosure.tables[self.table].panels[self.panel].rows[row].cells;
        let (quantity, price) = (cells[first].figure()?, cells[second].figure()?);
        let product = cells[column].figure()?;
        let mut outcome = self.disclosure.compare(
            self.portal,
            RelationKind::Product,
            vec![self.cell(row, column)],
            Operator::Equal,
            vec![self.cell(row, first), self.cell(row, second)],
        );
        outcome.left_sum = product;
        outcome.right_sum = quantity * price;
        for (operand, printed) in outcome.right.iter_mut().zip([quantity, price]) {
            operand.value = Some(printed);
        }
        // Of one thing the price is the amount: the same figure twice.
        let is_copy = quantity.abs() == Decimal::ONE && product.scale() == price.scale();
        let half = |figure: Decimal| amount::half_unit(figure.scale());
        outcome.allowed =
            if is_copy { Decimal::ZERO } else { half(product) + quantity.abs() * half(price) };
        outcome.verdict = judge(outcome.difference(), outcome.allowed, Operator::Equal);
        Some(outcome)
    }

    /// Total rows recognised by name: each column adds down. Where a total is printed again and again, the later
    /// ones are compared with the first.
    fn totals(&self, panel: &'a Panel, outcomes: &mut Vec<Outcome>) {
        let is_total = |row: &Row| row.role == Role::Total && row.spec.is_none();
        let is_top =
            |row: &Row| row.parent.is_none() && matches!(row.role, Role::Detail | Role::Subtotal);
        let rows = |is: &dyn Fn(&Row) -> bool| -> Vec<usize> {
            (0..panel.rows.len()).filter(|row| is(&panel.rows[*row])).collect()
        };
        let totals = rows(&is_total);
        let Some(first) = totals.first() else { return };
        let top = rows(&is_top);
        if top.is_empty() {
            return;
        }
        for (number, total) in totals.iter().enumerate() {
            let parts = if number < ADDED_UP { &top } else { std::slice::from_ref(first) };
            for column in self.amounts() {
                let parts = parts.iter().map(|row| self.cell(*row, column)).collect();
                self.push(outcomes, RelationKind::Foot, self.cell(*total, column), parts);
            }
        }
    }

    /// Every row that others stand under equals their sum.
    fn roll_ups(&self, panel: &'a Panel, outcomes: &mut Vec<Outcome>) {
        let mut children: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, row) in panel.rows.iter().enumerate() {
            if let Some(parent) = row.parent.filter(|_| row.role != Role::Memo) {
                children.entry(parent).or_default().push(index);
            }
        }
        for (parent, children) in children {
            for column in self.amounts() {
                let parts = children.iter().map(|row| self.cell(*row, column)).collect();
                self.push(outcomes, RelationKind::RollUp, self.cell(parent, column), parts);
            }
        }
    }

    /// What the form itself says of its printed rows.
    fn printed_rows(&self, panel: &'a Panel, outcomes: &mut Vec<Outcome>) {
        let keys: OnceCell<BTreeMap<&str, usize>> = OnceCell::new();
        for (index, row) in panel.rows.iter().enumerate() {
            let Some(spec) = row.spec.map(|spec| &self.form.rows[spec]) else { continue };
            if !spec.sum_of.is_empty() {
                let mut parts: Vec<usize> = spec
                    .sum_of
                    .iter()
                    .flat_map(|rows| matching(self.form, panel, rows, None))
                    .filter(|part| *part != index)
                    .collect();
                parts.sort_unstable();
                parts.dedup();
                for column in self.amounts() {
                    let cells = parts.iter().map(|row| self.cell(*row, column)).collect();
                    self.push(outcomes, RelationKind::Foot, self.cell(index, column), cells);
                }
            }
            let whole = spec.part_of.as_ref().and_then(|whole| {
                let keys = keys.get_or_init(|| {
                    let rows = panel.rows.iter().enumerate().rev();
                    rows.map(|(index, row)| (row.key.as_str(), index)).collect()
                });
                keys.get(whole.as_str()).copied()
            });
            if let Some(whole) = whole {
                let figures = self
                    .form
                    .columns
                    .iter()
                    .enumerate()
                    .filter(|(_, column)| column.kind.is_figure());
                for (column, _) in figures {
                    self.limit(outcomes, self.cell(index, column), self.cell(whole, column));
                }
            }
        }
    }

    fn amounts(&self) -> impl Iterator<Item = usize> + use<'a> {
        let columns = self.form.columns.iter().enumerate();
        columns
            .filter(|(_, column)| column.kind == ColumnKind::Amount && column.summed)
            .map(|(index, _)| index)
    }
}
