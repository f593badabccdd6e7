//! The form of a project in a text or a sheet → its fields, payment plan, goals and indicators.

use super::document::Cell;
use super::indicators::{self, Indicators};
use super::placed::{At, Fate, Placed, PlacedProject, Taken, Value};
use super::stream::{Piece, Row, take_form};
use super::vocabulary::Vocabulary;
use super::words::{key, same_heading};
use super::{caption, cell, printed};
use crate::content::{ordinal, without_ordinal};
use crate::profile::{ColumnKind, Profile, ProjectSpec};

/// Where the project that begins at a place ends; nothing where none begins.
pub(super) fn end_of(
    profile: &Profile,
    words: &Vocabulary,
    pieces: &[Piece],
    at: usize,
) -> Option<usize> {
    let spec = profile.projects.as_ref()?;
    if printed::begins(spec, pieces, at) {
        return Some(end_of_printed(words, spec, pieces, at));
    }
    let title = title_at(spec, pieces, at);
    let body = at + title.as_ref().map_or(0, |(length, _)| *length);
    // The form follows its title, perhaps after the line of the unit.
    let first = (body..pieces.len().min(body + 3)).find(|at| is_form(spec, pieces[*at]));
    let first = if title.is_some() { first? } else { first.filter(|first| *first == at)? };
    let document = document_of(pieces[at]);
    let mut has_head = names_project(spec, pieces[first]);
    let mut end = first + 1;
    while end < pieces.len() && document_of(pieces[end]) == document {
        let piece = pieces[end];
        let is_next = title_at(spec, pieces, end).is_some()
            || (has_head && names_project(spec, piece))
            || is_other_part(words, piece);
        if is_next {
            break;
        }
        has_head |= names_project(spec, piece);
        end += 1;
    }
    Some(end)
}

/// Where a project ends that a page prints.
fn end_of_printed(words: &Vocabulary, spec: &ProjectSpec, pieces: &[Piece], at: usize) -> usize {
    let is_end = |at: &usize| {
        document_of(pieces[*at]) != document_of(pieces[*at - 1])
            || printed::begins(spec, pieces, *at)
            || is_other_part(words, pieces[*at])
    };
    (at + 2..pieces.len()).find(is_end).unwrap_or(pieces.len())
}

fn document_of(piece: Piece) -> usize {
    match piece {
        Piece::Line { document, .. } => document,
        Piece::Row(row) => row.document,
    }
}

/// Whether a line begins a section or titles a table.
fn is_other_part(words: &Vocabulary, piece: Piece) -> bool {
    let texts = piece.texts();
    let [(_, text)] = texts.as_slice() else { return false };
    let is_title = || words.titled(text).is_some_and(|(_, likeness)| likeness == 100);
    words.sections.of_text(text).is_some() || is_title()
}

/// The title of a project that begins here: how many lines it takes, and the name in it.
fn title_at(spec: &ProjectSpec, pieces: &[Piece], at: usize) -> Option<(usize, String)> {
    let line = |at: usize| match pieces.get(at)?.texts().as_slice() {
        [(_, text)] => Some((*text).to_owned()),
        _ => None,
    };
    let first = line(at)?;
    if let Some(name) = name_in(spec, &first) {
        return Some((1, name));
    }
    // A long title is broken into lines.
    let second = line(at + 1).filter(|_| ordinal(&first).is_some())?;
    let is_end = key(&second).chars().count() <= key(&spec.title).chars().count();
    let name =
        name_in(spec, &cell::joined_lines(&format!("{first}\n{second}"))).filter(|_| is_end)?;
    Some((2, name))
}

/// The name in a title of the form, its ordinal left out.
fn name_in(spec: &ProjectSpec, text: &str) -> Option<String> {
    let (before, after) = spec.title.split_once("{name}")?;
    let has_words = !before.trim().is_empty() || !after.trim().is_empty();
    let text = cell::joined_lines(text);
    let text = without_ordinal(text.trim_start_matches(['#', ' ']));
    let inner = text.trim().strip_prefix(before)?.strip_suffix(after)?.trim();
    (has_words && !inner.is_empty() && inner.chars().count() < 120).then(|| inner.to_owned())
}

/// Whether a row is one of the form: a field, the goals, the headings of the indicators.
fn is_form(spec: &ProjectSpec, piece: Piece) -> bool {
    let Piece::Row(row) = piece else { return false };
    let is_goals =
        |cell: &Cell| spec.goals.as_deref().is_some_and(|goals| same_heading(&cell.text, goals));
    names_project(spec, piece)
        || indicators::is_head(spec, row)
        || row.filled().next().is_some_and(|(_, cell)| is_goals(cell))
}

/// Whether a row is the headings of a list of projects, or of indicators with their projects: the
/// title of what a project is called, beside others and nothing else.
pub(super) fn is_list(spec: &ProjectSpec, row: Row) -> bool {
    let is_label = |cell: &Cell| {
        let mut labels = spec.fields.values().filter(|field| field.kind == ColumnKind::Label);
        labels.any(|field| same_heading(&cell.text, &field.title))
    };
    let is_title = |cell: &Cell| {
        let fields = spec.fields.values().map(|field| &field.title);
        let groups = spec.fields.values().filter_map(|field| field.group.as_ref());
        let plans = spec.payment_plan.iter().map(|plan| &plan.title);
        let steps = spec.payment_plan.iter().flat_map(|plan| plan.steps.values());
        let goals = spec.goals.iter().chain(spec.goal_parts.values());
        let indicators = spec.indicators.iter().map(|column| &column.title);
        let mut all = fields.chain(groups).chain(plans).chain(steps).chain(goals).chain(indicators);
        all.any(|title| same_heading(&cell.text, title))
    };
    let is_all = || row.filled().all(|(_, cell)| is_title(cell));
    row.count() > 2 && row.filled().any(|(_, cell)| is_label(cell)) && is_all()
}

/// Whether a row names two fields of the form, so that a project begins with it.
fn names_project(spec: &ProjectSpec, piece: Piece) -> bool {
    let Piece::Row(row) = piece else { return false };
    let named = |kind: ColumnKind| {
        spec.fields.values().any(|field| {
            field.kind == kind
                && row.filled().any(|(_, cell)| same_heading(&cell.text, &field.title))
        })
    };
    named(ColumnKind::Label) && (spec.fields.len() < 2 || row.count() >= 2) && spec.fields.len() > 1
}

/// Reads one project.
pub(super) fn read(placed: &mut Placed, profile: &Profile, pieces: &[Piece]) {
    let spec = profile.projects.as_ref().expect("a project has a form");
    if printed::begins(spec, pieces, 0) {
        let project = printed::read(placed, profile, pieces);
        placed.projects.push(project);
        return;
    }
    let mut form = Form {
        profile,
        spec,
        project: PlacedProject::default(),
        steps: Vec::new(),
        is_goals: false,
        indicators: None,
    };
    let title = title_at(spec, pieces, 0);
    let length = title.as_ref().map_or(0, |(length, _)| *length);
    form.project.at = pieces[0].texts().first().map(|(at, _)| at.clone()).unwrap_or_default();
    for piece in &pieces[length..] {
        match piece {
            Piece::Row(row) => form.row(placed, *row),
            Piece::Line { .. } => {
                for (at, text) in piece.texts() {
                    if caption::values(profile, None, text).is_some() {
                        placed.fates.insert(at, Fate::Form);
                    }
                }
            }
        }
    }
    let mut project = form.project;
    let label = spec.fields.values().find(|field| field.kind == ColumnKind::Label);
    let titled: Vec<At> =
        pieces[..length].iter().flat_map(|piece| piece.texts()).map(|(at, _)| at).collect();
    let is_named = label.is_some_and(|label| project.fields.contains_key(&label.id));
    for at in &titled {
        placed.fates.insert(at.clone(), if is_named { Fate::Form } else { Fate::Written });
    }
    if let (Some(label), Some((_, name)), false) = (label, title, is_named) {
        let value = Value { text: name, doubt: None, from: titled, taken: Taken::Part };
        project.fields.insert(label.id.clone(), value);
    }
    if let Some(read) = form.indicators {
        project.indicators = read.rows;
        placed.notes.extend(read.notes);
    }
    placed.projects.push(project);
}

/// A form while its rows are read.
struct Form<'a> {
    profile: &'a Profile,
    spec: &'a ProjectSpec,
    project: PlacedProject,
    /// The columns of the steps of the payment plan.
    steps: Vec<(usize, String)>,
    /// Whether the last row was one of the goals.
    is_goals: bool,
    indicators: Option<Indicators>,
}

impl Form<'_> {
    fn row(&mut self, placed: &mut Placed, row: Row) {
        if indicators::is_head(self.spec, row) {
            let all = self.indicators.get_or_insert_with(Indicators::default);
            all.head(placed, self.spec, row);
            return;
        }
        if let Some(all) = &mut self.indicators {
            all.row(placed, self.profile, self.spec, row);
            return;
        }
        let before = placed.fates.len();
        if self.plan(placed, row) || self.goals(placed, row) {
            return;
        }
        self.fields(placed, row);
        self.is_goals &= placed.fates.len() == before;
    }

    /// Rows of the payment plan: the titles of its steps, then what stands under them.
    fn plan(&mut self, placed: &mut Placed, row: Row) -> bool {
        let Some(plan) = &self.spec.payment_plan else { return false };
        let step_of = |cell: &Cell| {
            plan.steps.iter().find(|(_, title)| same_heading(&cell.text, title)).map(|(id, _)| id)
        };
        let steps: Vec<(usize, String)> = row
            .filled()
            .filter_map(|(column, cell)| Some((column, step_of(cell)?.clone())))
            .collect();
        if steps.len() >= 2 {
            self.steps = steps;
            take_form(placed, row);
            return true;
        }
        let values: Vec<(usize, &Cell)> =
            row.filled().filter(|(_, cell)| !same_heading(&cell.text, &plan.title)).collect();
        let is_below = |(column, _): &(usize, &Cell)| self.steps.iter().any(|(at, _)| at == column);
        if self.steps.is_empty() || values.is_empty() || !values.iter().all(is_below) {
            return false;
        }
        take_form(placed, row);
        for (column, cell) in values {
            let (_, id) = self.steps.iter().find(|(at, _)| *at == column).expect("it is below one");
            let read = cell::value(self.profile, ColumnKind::Percent, row.document, cell);
            if let Some(value) = read {
                self.project.plan.insert(id.clone(), value);
                placed.fates.insert(row.at(cell), Fate::Written);
            }
        }
        self.steps.clear();
        true
    }

    /// A row of goals: their title, then one cell with all of them.
    fn goals(&mut self, placed: &mut Placed, row: Row) -> bool {
        let Some(title) = &self.spec.goals else { return false };
        let mut cells: Vec<(usize, &Cell)> = row.filled().collect();
        let is_titled = cells.first().is_some_and(|(_, cell)| same_heading(&cell.text, title));
        if is_titled {
            placed.fates.insert(row.at(cells[0].1), Fate::Form);
            cells.remove(0);
        } else {
            let is_part = |cell: &Cell| {
                self.spec.goal_parts.values().any(|title| same_heading(&cell.text, title))
            };
            let goes_on = cells.len() == 1 || cells.first().is_some_and(|(_, cell)| is_part(cell));
            if !(self.is_goals && goes_on) {
                return false;
            }
        }
        self.is_goals = true;
        let mut part = String::new();
        for (_, cell) in cells {
            let heading =
                self.spec.goal_parts.iter().find(|(_, title)| same_heading(&cell.text, title));
            if let Some((id, _)) = heading {
                part.clone_from(id);
                placed.fates.insert(row.at(cell), Fate::Form);
                continue;
            }
            let from = vec![row.at(cell)];
            let doubt = cell.doubt.map(super::placed::Reason::Read);
            let goals = self.project.goals.entry(part.clone()).or_default();
            goals.extend(split_goals(&cell.text).into_iter().map(|text| Value {
                text: cell::words(cell, &text),
                doubt: doubt.clone(),
                from: from.clone(),
                taken: Taken::Part,
            }));
            placed.fates.insert(row.at(cell), Fate::Written);
        }
        true
    }

    /// A row of titles of fields, each before its value; words under no title are of the one field
    /// of text whose title the form does not print.
    fn fields(&mut self, placed: &mut Placed, row: Row) {
        let mut open: Option<&str> = None;
        for (_, cell) in row.filled() {
            let at = row.at(cell);
            let title = self.spec.fields.values().find(|field| {
                same_heading(&cell.text, &field.title)
                    && !self.project.fields.contains_key(&field.id)
            });
            if let Some(field) = title {
                open = Some(&field.id);
                placed.fates.insert(at, Fate::Form);
                continue;
            }
            let is_group = self.spec.fields.values().any(|field| {
                field.group.as_deref().is_some_and(|group| same_heading(&cell.text, group))
            });
            let is_plan = self
                .spec
                .payment_plan
                .as_ref()
                .is_some_and(|plan| same_heading(&cell.text, &plan.title));
            if open.is_none() && (is_group || is_plan) {
                placed.fates.insert(at, Fate::Form);
                continue;
            }
            let Some(id) = open.take().map(str::to_owned).or_else(|| self.untitled()) else {
                continue;
            };
            let kind = self.spec.fields[&id].kind;
            if let Some(value) = cell::value(self.profile, kind, row.document, cell) {
                self.project.fields.insert(id, value);
                placed.fates.insert(at, Fate::Written);
            }
        }
    }

    /// The one field of text that is not filled in.
    fn untitled(&self) -> Option<String> {
        let fields = self.spec.fields.values();
        let mut fields = fields.filter(|field| {
            field.kind == ColumnKind::Text && !self.project.fields.contains_key(&field.id)
        });
        fields.next().filter(|_| fields.next().is_none()).map(|field| field.id.clone())
    }
}

/// Goals that run on in one cell, parted before their numbers. A cell may go on with those of the one
/// above.
fn split_goals(text: &str) -> Vec<String> {
    let mut goals = vec![String::new()];
    let mut next = first_number(text).unwrap_or(1);
    let mut is_break = true;
    let mut rest = text.trim();
    while let Some(c) = rest.chars().next() {
        let number = format!("{next}.");
        if is_break && (rest.starts_with(&number) || rest.starts_with(&format!("{next}、"))) {
            if !goals.last().is_some_and(|goal| goal.trim().is_empty()) {
                goals.push(String::new());
            }
            next += 1;
        }
        is_break = c.is_whitespace();
        goals.last_mut().expect("there is one").push(c);
        rest = &rest[c.len_utf8()..];
    }
    goals.iter().map(|goal| goal.trim().to_owned()).filter(|goal| !goal.is_empty()).collect()
}

/// The number a text begins with, where a sign of a list stands after it.
fn first_number(text: &str) -> Option<usize> {
    let (number, _) = text.trim().split_once(['.', '、'])?;
    let is_number = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|_| is_number)
}

#[cfg(test)]
mod tests {
    use super::split_goals;

    #[test]
    fn goals_are_parted_before_their_numbers() {
        let goals = split_goals("1.2025 年接待 3 万人次 2.开放 250 天，依据 2016.2.29 办法");
        assert_eq!(goals, ["1.2025 年接待 3 万人次", "2.开放 250 天，依据 2016.2.29 办法"]);
        let later = "2.2025 年大篷车接待观众 1.5 万人次。 3.巡展 3 次";
        assert_eq!(split_goals(later), ["2.2025 年大篷车接待观众 1.5 万人次。", "3.巡展 3 次"]);
    }
}
