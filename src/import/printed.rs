//! A project as a page prints it: its name, the title of the form below it, each field on a line with its
//! value on the next, the goals as a list, the indicators as a table.

use super::cell;
use super::document::{Cell, Line};
use super::indicators::{self, Indicators};
use super::placed::{At, Fate, Placed, PlacedProject, Reason, Taken, Value};
use super::stream::Piece;
use super::words::{key, same, same_heading};
use crate::content::without_ordinal;
use crate::profile::{ColumnKind, FieldSpec, Profile, ProjectSpec};

/// Whether a project begins at a place: a line with a name, and below it one that ends with the title of
/// the form of that name.
pub(super) fn begins(spec: &ProjectSpec, pieces: &[Piece], at: usize) -> bool {
    let [Piece::Line { line: name, .. }, Piece::Line { line: below, .. }, ..] = &pieces[at..]
    else {
        return false;
    };
    let name = name.text.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return false;
    }
    let title = key(&spec.title.replace("{name}", name));
    let below = key(&below.text);
    // The line says more than the title: whose form it is, and of which year.
    below.len() > title.len() && below.ends_with(&title)
}

/// No name is longer.
const LONGEST_NAME: usize = 120;

/// Reads a project.
pub(super) fn read(placed: &mut Placed, profile: &Profile, pieces: &[Piece]) -> PlacedProject {
    let spec = profile.projects.as_ref().expect("a project has a form");
    let mut form = Form {
        profile,
        spec,
        project: PlacedProject::default(),
        open: TableSoFar::Nothing,
        group: None,
        indicators: Indicators::default(),
    };
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Line { document, line } => {
                let place = At { document: *document, origin: line.origin.clone() };
                let fate = match at {
                    0 => form.name(line, &place),
                    1 => Some(Fate::Form),
                    _ => form.line(line, &place),
                };
                if let Some(fate) = fate {
                    placed.fates.insert(place, fate);
                }
            }
            Piece::Row(row) if indicators::is_head(spec, *row) => {
                form.open = TableSoFar::Indicators(row.grid);
                form.indicators.head(placed, spec, *row);
            }
            Piece::Row(row) if matches!(form.open, TableSoFar::Indicators(grid) if grid == row.grid) =>
            {
                form.indicators.row(placed, profile, spec, *row);
            }
            Piece::Row(_) => form.open = TableSoFar::Nothing,
        }
    }
    let Form { mut project, indicators, .. } = form;
    project.indicators = indicators.rows;
    placed.notes.extend(indicators.notes);
    project
}

/// What the next line belongs to.
enum TableSoFar {
    /// Nothing of the form.
    Nothing,
    /// A field, by id, whose title stood on the line before.
    Field(String),
    /// The steps of the payment plan.
    Plan,
    /// The goals, of the part with this id.
    Goals(String),
    /// The indicators, in the grid of this number.
    Indicators(usize),
}

/// A form while its lines are read.
struct Form<'a> {
    profile: &'a Profile,
    spec: &'a ProjectSpec,
    project: PlacedProject,
    open: TableSoFar,
    /// The heading that fields stand under.
    group: Option<String>,
    indicators: Indicators,
}

impl Form<'_> {
    /// The line of the name.
    fn name(&mut self, line: &Line, at: &At) -> Option<Fate> {
        self.project.at = at.clone();
        let label = self.spec.fields.values().find(|field| field.kind == ColumnKind::Label)?;
        let value = value(line, at, line.text.trim(), Taken::Whole);
        self.project.fields.insert(label.id.clone(), value);
        Some(Fate::Written)
    }

    /// A line below it; nothing where it is none of the form.
    fn line(&mut self, line: &Line, at: &At) -> Option<Fate> {
        let text = line.text.trim();
        if let Some(next) = self.titled(text) {
            self.open = next;
            return Some(Fate::Form);
        }
        match std::mem::replace(&mut self.open, TableSoFar::Nothing) {
            TableSoFar::Field(id) => self.field(&id, line, at),
            TableSoFar::Plan => {
                self.open = TableSoFar::Plan;
                self.step(line, at)
            }
            // Another heading ends the goals.
            TableSoFar::Goals(part) if line.heading.is_none() => {
                let goal = text.strip_prefix("- ").unwrap_or(text).trim();
                let goal = value(line, at, goal, Taken::Part);
                self.project.goals.entry(part.clone()).or_default().push(goal);
                self.open = TableSoFar::Goals(part);
                Some(Fate::Written)
            }
            _ => None,
        }
    }

    /// What a line opens that is a title of the form.
    fn titled(&mut self, text: &str) -> Option<TableSoFar> {
        let spec = self.spec;
        let is = |title: &str| same_heading(text, title);
        if let TableSoFar::Goals(_) = &self.open
            && let Some((id, _)) = spec.goal_parts.iter().find(|(_, title)| is(title))
        {
            return Some(TableSoFar::Goals(id.clone()));
        }
        if spec.goals.as_deref().is_some_and(is) {
            return Some(TableSoFar::Goals(String::new()));
        }
        if spec.payment_plan.as_ref().is_some_and(|plan| is(&plan.title)) {
            return Some(TableSoFar::Plan);
        }
        // Two fields may have one title, in two groups or in one.
        let called = || spec.fields.values().filter(|field| is(&field.title));
        let is_here = |field: &&FieldSpec| self.group.is_some() && field.group == self.group;
        let is_free = |field: &&FieldSpec| !self.project.fields.contains_key(&field.id);
        let here = called().find(|field| is_here(field) && is_free(field));
        let here = here.or_else(|| called().find(is_here));
        let free = || called().find(is_free);
        let any = || called().next();
        if let Some(field) = here.or_else(free).or_else(any) {
            return Some(TableSoFar::Field(field.id.clone()));
        }
        let mut groups = spec.fields.values().filter_map(|field| field.group.as_ref());
        self.group = Some(groups.find(|group| is(group))?.clone());
        Some(TableSoFar::Nothing)
    }

    /// The value below the title of a field. A page may print an amount twice.
    fn field(&mut self, id: &str, line: &Line, at: &At) -> Option<Fate> {
        let kind = self.spec.fields[id].kind;
        let text = line.text.trim();
        let (figure, unit) =
            if kind == ColumnKind::Amount { unit_behind(self.profile, text) } else { (text, None) };
        let cell = Cell {
            text: figure.to_owned(),
            doubt: line.doubt,
            origin: line.origin.clone(),
            ..Cell::default()
        };
        let mut value = cell::value(self.profile, kind, at.document, &cell)?;
        if let Some(unit) = unit {
            value.taken = Taken::Part;
            if !self.spec.unit.as_deref().is_some_and(|own| same(own, unit)) {
                value.doubt.get_or_insert_with(|| Reason::Unit(unit.to_owned()));
            }
        }
        match self.project.fields.get(id) {
            None => {
                self.project.fields.insert(id.to_owned(), value);
                Some(Fate::Written)
            }
            Some(before) => (before.text == value.text).then_some(Fate::Form),
        }
    }

    /// A step of the payment plan and how much is paid by then.
    fn step(&mut self, line: &Line, at: &At) -> Option<Fate> {
        let plan = self.spec.payment_plan.as_ref()?;
        let text = line.text.trim();
        let text = without_ordinal(text.strip_prefix("- ").unwrap_or(text));
        let found = plan.steps.iter().find_map(|(id, title)| {
            let rest = text.strip_prefix(title.as_str())?;
            Some((id, rest)).filter(|(_, rest)| !rest.starts_with(char::is_alphanumeric))
        });
        let Some((id, rest)) = found else {
            self.open = TableSoFar::Nothing;
            return None;
        };
        let cell = Cell {
            text: rest.to_owned(),
            doubt: line.doubt,
            origin: line.origin.clone(),
            ..Cell::default()
        };
        let value = cell::value(self.profile, ColumnKind::Percent, at.document, &cell);
        let Some(value) = value else { return Some(Fate::Form) };
        self.project.plan.insert(id.clone(), Value { taken: Taken::Part, ..value });
        Some(Fate::Written)
    }
}

/// An amount and the unit that stands behind it, where the profile knows one that does.
fn unit_behind<'a>(profile: &'a Profile, text: &'a str) -> (&'a str, Option<&'a str>) {
    let units = profile.units.keys().filter_map(|unit| {
        let figure = text.strip_suffix(unit.as_str())?;
        Some((figure.trim_end(), Some(unit.as_str())))
    });
    // Of 元 and 万元 the longer stands there.
    units.min_by_key(|(figure, _)| figure.len()).unwrap_or((text, None))
}

fn value(line: &Line, at: &At, text: &str, taken: Taken) -> Value {
    let doubt = line.doubt.map(Reason::Read);
    Value { text: text.to_owned(), doubt, from: vec![at.clone()], taken }
}
