//! The projects of a disclosure in two states → fields, steps, goals and indicators that differ.

use super::value::Sides;
use super::{Fate, ProjectDiff, ValueDiff};
use crate::diagnostic::text;
use crate::model::years::matched_projects;
use crate::model::{At, Cell, Disclosure, Hidden, Project};
use crate::profile::{ColumnKind, ProjectSpec, same_name};
use crate::secrecy::Cover;

/// One project in either state, with its index and its form.
type StateProject<'a> = Option<(usize, &'a Project, &'a ProjectSpec)>;

/// The projects that differ.
pub(super) fn projects(sides: [&Disclosure; 2], cover: &Cover) -> Vec<ProjectDiff> {
    // What is there and could not be read is neither gone nor new.
    if sides.iter().any(|side| side.has_unread_projects()) {
        return Vec::new();
    }
    matched(sides).into_iter().filter_map(|places| one(sides, places, cover)).collect()
}

/// Which projects of both states are one: by code and name as in two years, then by file.
fn matched(sides: [&Disclosure; 2]) -> Vec<[Option<usize>; 2]> {
    let pairs = matched_projects(sides[1], sides[0]);
    let (mut both, gone): (Vec<_>, Vec<_>) =
        pairs.iter().map(|pair| [pair.before, pair.now]).partition(|pair| pair[1].is_some());
    let file = |side: usize, index: usize| sides[side].projects[index].slug.as_str();
    for pair in gone {
        let is_one = |other: &&mut [Option<usize>; 2]| match (**other, pair[0]) {
            ([None, Some(now)], Some(before)) => file(1, now) == file(0, before),
            _ => false,
        };
        match both.iter_mut().find(is_one) {
            Some(other) => other[0] = pair[0],
            None => both.push(pair),
        }
    }
    both
}

fn one(sides: [&Disclosure; 2], places: [Option<usize>; 2], cover: &Cover) -> Option<ProjectDiff> {
    let found: [StateProject; 2] = [0, 1].map(|side| {
        let index = places[side]?;
        Some((index, &sides[side].projects[index], sides[side].project_spec()?))
    });
    let (_, shown, _) = found[1].or(found[0])?;
    let is_both = places.iter().all(Option::is_some);
    let was = found[0].map(|(_, project, _)| project.name.clone());
    let was = was.filter(|was| is_both && *was != shown.name);
    let mut values = fields(found, cover);
    values.extend(steps(found, cover));
    values.extend(goals(sides, found, cover));
    values.extend(indicators(found, cover));
    let fate = match Fate::of(places.map(|place| place.is_some())) {
        Fate::Changed if was.is_some() => Fate::Renamed,
        fate => fate,
    };
    if fate == Fate::Changed && values.is_empty() {
        return None;
    }
    let (project, name) = (shown.slug.clone(), shown.name.clone());
    Some(ProjectDiff { project, fate, name, was, values })
}

/// The address of something of the project that is shown.
fn address(found: [StateProject; 2], rest: &str) -> String {
    let slug = found[1].or(found[0]).map(|(_, project, _)| project.slug.as_str());
    format!("projects/{}/{rest}", slug.unwrap_or_default())
}

fn fields(found: [StateProject; 2], cover: &Cover) -> Vec<ValueDiff> {
    let ids = |side: usize| found[side].into_iter().flat_map(|(.., spec)| spec.fields.values());
    let gone = ids(0).filter(|field| !ids(1).any(|other| other.id == field.id));
    let all = ids(1).chain(gone).filter(|field| field.kind != ColumnKind::Label);
    all.filter_map(|field| {
        let at = |side: usize| {
            let (index, project, spec) = found[side]?;
            let number = spec.fields.get_index_of(&field.id)?;
            Some((index, number, &project.fields[number]))
        };
        let unit = |side: usize| {
            let (.., spec) = found[side].filter(|_| field.kind == ColumnKind::Amount)?;
            spec.unit.as_deref()
        };
        let sides = Sides {
            cells: [0, 1].map(|side| at(side).map(|(.., cell)| cell)),
            units: [unit(0), unit(1)],
        };
        let place = at(1).map(|(index, number, _)| Hidden::Cell(At::Field(index, number)));
        sides.differ(cover, (address(found, &field.id), &field.title), place)
    })
    .collect()
}

fn steps(found: [StateProject; 2], cover: &Cover) -> Vec<ValueDiff> {
    let steps = |side: usize| {
        let plan = found[side].and_then(|(.., spec)| spec.payment_plan.as_ref());
        plan.into_iter().flat_map(|plan| &plan.steps)
    };
    let gone = steps(0).filter(|(id, _)| !steps(1).any(|(other, _)| other == *id));
    steps(1)
        .chain(gone)
        .filter_map(|(id, title)| {
            let at = |side: usize| {
                let (index, project, spec) = found[side]?;
                let number = spec.payment_plan.as_ref()?.steps.get_index_of(id)?;
                Some((index, number, &project.plan[number]))
            };
            let cells = [0, 1].map(|side| at(side).map(|(.., cell)| cell));
            let place = at(1).map(|(index, number, _)| Hidden::Step(index, number));
            let name = (address(found, &format!("payment_plan/{id}")), title.as_str());
            Sides { cells, units: [None, None] }.differ(cover, name, place)
        })
        .collect()
}

fn goals(sides: [&Disclosure; 2], found: [StateProject; 2], cover: &Cover) -> Option<ValueDiff> {
    let cells = [0, 1].map(|side| {
        let (_, project, _) = found[side]?;
        let all: Vec<&str> =
            project.goals.iter().flat_map(|(_, goals)| goals).map(String::as_str).collect();
        let mark = sides[side].withheld_mark();
        let is_withheld = !all.is_empty() && all.iter().all(|goal| *goal == mark);
        Some(if all.is_empty() {
            Cell::Blank
        } else if is_withheld {
            Cell::Withheld(mark.to_owned())
        } else {
            Cell::Text(all.join("\n"))
        })
    });
    let title = found[1].or(found[0]).and_then(|(.., spec)| spec.goals.clone());
    let title = title.unwrap_or_else(|| text!(zh: "绩效目标", en: "goals").zh);
    let place = found[1].map(|(index, ..)| Hidden::Goals(index));
    let [before, after] = &cells;
    Sides { cells: [before.as_ref(), after.as_ref()], units: [None, None] }.differ(
        cover,
        (address(found, "goals"), &title),
        place,
    )
}

/// Which indicators of both states are one: those of one name, then those of one number.
fn paired(found: [StateProject; 2]) -> Vec<[Option<usize>; 2]> {
    let rows = |side: usize| found[side].map_or(&[][..], |(_, project, _)| &project.indicators);
    let name = |side: usize, row: usize| {
        let (.., spec) = found[side]?;
        let label = spec.indicators.iter().position(|column| column.kind == ColumnKind::Label)?;
        Some(rows(side)[row][label].words())
    };
    let (before, after) = (rows(0).len(), rows(1).len());
    let mut taken = vec![false; before];
    let mut pairs: Vec<[Option<usize>; 2]> = (0..after).map(|row| [None, Some(row)]).collect();
    for is_named in [true, false] {
        for pair in &mut pairs {
            let [None, Some(row)] = *pair else { continue };
            let is_one = |other: &usize| match (name(0, *other), name(1, row)) {
                (Some(one), Some(other)) if is_named => same_name(&one, &other),
                _ => !is_named && *other == row,
            };
            let earlier = (0..before).filter(|other| !taken[*other]).find(is_one);
            if let Some(earlier) = earlier {
                taken[earlier] = true;
                pair[0] = Some(earlier);
            }
        }
    }
    pairs.extend((0..before).filter(|row| !taken[*row]).map(|row| [Some(row), None]));
    pairs
}

fn indicators(found: [StateProject; 2], cover: &Cover) -> Vec<ValueDiff> {
    let mut all = Vec::new();
    for pair in paired(found) {
        let Some(number) = pair[1].or(pair[0]).and_then(|row| row.checked_add(1)) else { continue };
        let columns = |side: usize| found[side].map_or(&[][..], |(.., spec)| &spec.indicators);
        let gone = columns(0).iter().filter(|c| !columns(1).iter().any(|other| other.id == c.id));
        for column in columns(1).iter().chain(gone) {
            let at = |side: usize| {
                let (index, project, _) = found[side]?;
                let row = pair[side]?;
                let column = columns(side).iter().position(|other| other.id == column.id)?;
                let at = At::Indicator(index, row, column);
                Some((at, &project.indicators[row][column]))
            };
            let cells = [0, 1].map(|side| at(side).map(|(_, cell)| cell));
            let place = at(1).map(|(at, _)| Hidden::Cell(at));
            let rest = format!("indicators/{number}/{}", column.id);
            let name = format!("{} {number}", column.title);
            let sides = Sides { cells, units: [None, None] };
            all.extend(sides.differ(cover, (address(found, &rest), &name), place));
        }
    }
    all
}
