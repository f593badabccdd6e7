//! The form of each project as printed, one below the other on a sheet: a page each.

use super::canvas::Canvas;
use super::leaf::Leaf;
use super::styles::Look;
use super::texts::Texts;
use super::width::{self, Tenths};
use crate::model::{Cell, Disclosure, Project};
use crate::profile::{ColumnKind, FieldSpec, PlanSpec, ProjectSpec};
use crate::sheet::Value;

/// How wide the columns of a form are together: A4 upright, at some three quarters of its size.
const WHOLE: Tenths = 1_260;

/// The fewest columns of a form: two titles with what they say.
const FEWEST: usize = 6;

/// Forms as they are written.
struct Forms<'a> {
    canvas: Canvas<'a>,
    spec: &'a ProjectSpec,
    width: usize,
    row: usize,
}

/// The sheet of all forms.
pub(super) fn sheet(
    name: &str,
    disclosure: &Disclosure,
    spec: &ProjectSpec,
    texts: &Texts,
) -> Leaf {
    let steps = spec.payment_plan.as_ref().map_or(0, |plan| plan.steps.len() + 1);
    let width = FEWEST.max(spec.indicators.len()).max(steps);
    let canvas = Canvas::new(name, texts, vec![WHOLE / width; width]);
    let mut forms = Forms { canvas, spec, width, row: 0 };
    let mut breaks = Vec::new();
    for project in &disclosure.projects {
        if forms.row > 0 {
            breaks.push(forms.row);
        }
        forms.form(project);
    }
    let Forms { mut canvas, .. } = forms;
    canvas.print_upright(breaks);
    canvas.done()
}

impl Forms<'_> {
    fn form(&mut self, project: &Project) {
        let title = self.spec.title.replace("{name}", &project.name);
        self.block(0, self.width, &title, Look::TITLE);
        self.fields(project);
        if let Some(plan) = &self.spec.payment_plan {
            self.plan(plan, project);
        }
        self.goals(project);
        self.indicators(project);
    }

    /// Words over columns from one on, over as many rows as they need; how many these are.
    fn block(&mut self, column: usize, width: usize, text: &str, look: Look) -> usize {
        let lines = width::lines(text, self.canvas.wide(column, width));
        let rows = width::rows(lines);
        self.canvas.span((self.row, column), (rows, width), text, look);
        for row in 0..rows {
            self.canvas.high(self.row + row, lines.div_ceil(rows));
        }
        self.row += rows;
        rows
    }

    /// The fields in printed order: two to a row, words alone; each group after its heading.
    fn fields(&mut self, project: &Project) {
        let all: Vec<(&FieldSpec, &Cell)> =
            self.spec.fields.values().zip(&project.fields).collect();
        for group in all.chunk_by(|(one, _), (other, _)| one.group == other.group) {
            let title = group[0].0.group.as_deref();
            let first = usize::from(title.is_some());
            let top = self.row;
            let mut rest = group;
            while let Some((field, _)) = rest.first() {
                let is_long = |field: &FieldSpec| field.kind == ColumnKind::Text;
                let two = rest.get(1).is_some_and(|(other, _)| !is_long(other));
                let count = if two && !is_long(field) { 2 } else { 1 };
                self.pair(&rest[..count], first);
                rest = &rest[count..];
            }
            if let Some(title) = title {
                self.beside(top, title);
            }
        }
    }

    /// One field or two in a row, from a column on.
    fn pair(&mut self, fields: &[(&FieldSpec, &Cell)], first: usize) {
        let half = (self.width - first) / 2;
        let (mut column, top) = (first, self.row);
        let mut rows = 1;
        for (index, (field, cell)) in fields.iter().enumerate() {
            let is_last = index + 1 == fields.len();
            let width = if is_last { self.width - column - 1 } else { half - 1 };
            self.canvas.text((top, column), &field.title, Look::HEAD);
            match Value::of(cell, field.kind) {
                Value::Words(words) if fields.len() == 1 => {
                    rows = self.block(column + 1, width, words, Look::WORDS);
                    self.row = top;
                }
                value => {
                    let lines = width::lines(&value.printed(), self.canvas.wide(column + 1, width));
                    let heading = width::lines(&field.title, self.canvas.width(column));
                    self.canvas.high(top, lines.max(heading));
                    self.canvas.span_value((top, column + 1), width, value);
                }
            }
            column += 1 + width;
        }
        if rows > 1 {
            self.canvas.span((top, first), (rows, 1), &fields[0].0.title, Look::HEAD);
        }
        self.row = top + rows;
    }

    /// A heading in the first column, from a row down to here.
    fn beside(&mut self, top: usize, text: &str) {
        let look = Look::HEAD;
        self.canvas.span((top, 0), (self.row - top, 1), text, look);
    }

    fn plan(&mut self, plan: &PlanSpec, project: &Project) {
        let (top, count) = (self.row, plan.steps.len());
        let head = Look::HEAD;
        for (index, (step, cell)) in plan.steps.values().zip(&project.plan).enumerate() {
            // The last step takes what is left of the row.
            let width = if index + 1 == count { self.width - 1 - index } else { 1 };
            self.canvas.span((top, index + 1), (1, width), step, head);
            if width > 1 {
                let blank = Look::BLANK;
                self.canvas.span((top + 1, index + 1), (1, width), "", blank);
            }
            self.canvas.share((top + 1, index + 1), Value::of(cell, ColumnKind::Percent));
        }
        self.row += 2;
        self.beside(top, &plan.title);
    }

    fn goals(&mut self, project: &Project) {
        let Some(title) = &self.spec.goals else { return };
        let top = self.row;
        let first = 1 + usize::from(!self.spec.goal_parts.is_empty());
        for (part, goals) in &project.goals {
            let begin = self.row;
            for goal in goals {
                self.block(first, self.width - first, goal, Look::WORDS);
            }
            if first > 1 && self.row > begin {
                self.canvas.span((begin, 1), (self.row - begin, 1), part, Look::HEAD);
            }
        }
        if self.row == top {
            self.block(1, self.width - 1, "", Look::WORDS);
        }
        self.beside(top, title);
    }

    fn indicators(&mut self, project: &Project) {
        let columns = &self.spec.indicators;
        if columns.is_empty() {
            return;
        }
        // The last column takes what is left of the row.
        let over = |at: usize| if at + 1 == columns.len() { self.width - at } else { 1 };
        let head = columns.iter().enumerate().map(|(at, column)| (at, over(at), &column.title));
        for (at, width, title) in head {
            self.canvas.span((self.row, at), (1, width), title, Look::HEAD);
        }
        self.row += 1;
        let top = self.row;
        for cells in &project.indicators {
            let mut lines = 1;
            for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
                let value = Value::of(cell, column.kind);
                self.canvas.span_value((self.row, at), over(at), value);
                let wide = self.canvas.wide(at, over(at));
                lines = lines.max(width::lines(&value.printed(), wide));
            }
            self.canvas.high(self.row, lines);
            self.row += 1;
        }
        self.merge_repeated(project, top);
    }

    /// Merges cells of leading columns of words that repeat the row above, as the form prints them.
    fn merge_repeated(&mut self, project: &Project, top: usize) {
        let rows = &project.indicators;
        let leading = self.spec.indicators.iter();
        let leading = leading.take_while(|column| column.kind == ColumnKind::Text).count();
        // The last column may be merged already.
        for column in 0..leading.min(self.spec.indicators.len().saturating_sub(1)) {
            let same = |one: &Vec<Cell>, other: &Vec<Cell>| {
                one[..=column] == other[..=column] && !one[column].is_blank()
            };
            let mut row = top;
            for group in rows.chunk_by(same) {
                if group.len() > 1 {
                    let text = group[0][column].words();
                    let look = Look::WORDS;
                    self.canvas.span((row, column), (group.len(), 1), &text, look);
                }
                row += group.len();
            }
        }
    }
}
