//! What ties a published figure to a withheld one of the same value: the code or the name of its
//! row, or a whole that both are parts of in two ways.

use std::collections::{BTreeMap, BTreeSet};

use super::system::is_hidden;
use crate::amount::Decimal;
use crate::model::{Amount, At, Disclosure, Draft, Hidden, Secrets};
use crate::profile::equation::Operator;
use crate::profile::normalized_name;

/// Every published amount that is withheld in another place, by its value.
fn published(disclosure: &Disclosure, secrets: &Secrets) -> BTreeMap<Decimal, Vec<At>> {
    let fields = disclosure.projects.iter().enumerate().flat_map(|(project, content)| {
        (0..content.fields.len()).map(move |field| At::Field(project, field))
    });
    let value = |at: At| match disclosure.amount(at) {
        Amount::Printed(value, _) if disclosure.unit(at).is_some() => Some(value),
        _ => None,
    };
    let withheld = secrets.iter().filter_map(|secret| match secret.place {
        Hidden::Cell(at) => value(at).filter(|value| !value.is_zero()),
        _ => None,
    });
    let mut figures: BTreeMap<Decimal, Vec<At>> =
        withheld.map(|value| (value, Vec::new())).collect();
    for at in disclosure.cells().chain(fields) {
        if let Some(equal) = value(at).and_then(|value| figures.get_mut(&value))
            && !is_hidden(secrets, disclosure, at)
        {
            equal.push(at);
        }
    }
    figures
}

/// What names a row or a project: rows by their codes, projects by the names that rows bear too.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    Code(String),
    Words(String),
}

/// Why published figures may be a withheld one: each stands for all withheld figures of which it
/// is true.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// A value, what names its row or project.
    Named(Decimal, Name),
    /// A value, the division it is a part of, and other divisions it is a part of too.
    Beside(Decimal, usize, Vec<usize>),
}

/// Every whole of a disclosure with the parts that some relation divides it into, and the
/// published figures that are equal to withheld ones.
pub(super) struct Divisions {
    figures: BTreeMap<Decimal, Vec<At>>,
    /// Those in rows, by what names the row.
    named: BTreeMap<(Decimal, Name), Vec<At>>,
    all: Vec<(At, Vec<At>)>,
    /// Of each whole, its divisions by index.
    of: BTreeMap<At, Vec<usize>>,
    /// Of each part, the divisions it stands in.
    with: BTreeMap<At, Vec<usize>>,
    /// What was found beside a division, without some others.
    beside: BTreeMap<(usize, Vec<usize>), BTreeSet<At>>,
}

impl Divisions {
    /// Those of one disclosure.
    pub(super) fn of(draft: &Draft, disclosure: &Disclosure, secrets: &Secrets) -> Divisions {
        let mut divisions = Divisions {
            figures: published(disclosure, secrets),
            named: BTreeMap::new(),
            all: Vec::new(),
            of: BTreeMap::new(),
            with: BTreeMap::new(),
            beside: BTreeMap::new(),
        };
        divisions.name(disclosure);
        for outcome in disclosure.relations(draft) {
            if !outcome.is_of_sums() {
                continue;
            }
            let ([whole], Operator::Equal) = (outcome.left.as_slice(), outcome.operator) else {
                continue;
            };
            let Some(whole) = whole.figure.filter(|whole| whole.is_own()) else { continue };
            let parts = outcome.right.iter().filter(|part| part.value.is_some() && !part.negative);
            let parts = parts.filter_map(|part| part.figure).filter(|part| part.is_own());
            let parts: Vec<At> = parts.map(|part| part.at).collect();
            let index = divisions.all.len();
            divisions.of.entry(whole.at).or_default().push(index);
            for part in &parts {
                divisions.with.entry(*part).or_default().push(index);
            }
            divisions.all.push((whole.at, parts));
        }
        divisions
    }

    /// Notes the figures in rows by what names the rows.
    fn name(&mut self, disclosure: &Disclosure) {
        for (value, equal) in &self.figures {
            for at in equal {
                let At::Cell(table, panel, row, _) = *at else { continue };
                let row = &disclosure.tables[table].panels[panel].rows[row];
                let words = row.path.iter().map(|(_, word)| word).chain([&row.name]);
                let words = words.map(|word| Name::Words(normalized_name(word)));
                let names: BTreeSet<Name> =
                    row.code.clone().map(Name::Code).into_iter().chain(words).collect();
                for name in names {
                    self.named.entry((*value, name)).or_default().push(*at);
                }
            }
        }
    }

    /// The published figures of the same value that something ties to a withheld one, and what.
    pub(super) fn twins(&mut self, disclosure: &Disclosure, at: At) -> Vec<(Tie, Vec<At>)> {
        let Amount::Printed(value, _) = disclosure.amount(at) else { return Vec::new() };
        let equal = self.figures.get(&value).filter(|equal| !equal.is_empty());
        let Some(equal) = equal.filter(|_| disclosure.unit(at).is_some()).cloned() else {
            return Vec::new();
        };
        let name = match at {
            At::Cell(table, panel, row, _) => {
                disclosure.tables[table].panels[panel].rows[row].code.clone().map(Name::Code)
            }
            At::Field(project, _) | At::Indicator(project, ..) => {
                Some(Name::Words(normalized_name(&disclosure.projects[project].name)))
            }
            At::Slot(..) => None,
        };
        let named = name.and_then(|name| {
            let found = self.named.get(&(value, name.clone()))?.clone();
            Some((Tie::Named(value, name), found))
        });
        let own = self.with.get(&at).cloned().unwrap_or_default();
        let beside = own.iter().filter(|index| self.all[**index].1.len() > 1);
        let beside: Vec<usize> = beside.copied().collect();
        let mut twins: Vec<(Tie, Vec<At>)> = named.into_iter().collect();
        for index in beside {
            let others = own.iter().copied().filter(|other| *other != index).collect();
            let key = (index, others);
            if !self.beside.contains_key(&key) {
                let found = self.found_beside(index, &own);
                self.beside.insert(key.clone(), found);
            }
            let found = &self.beside[&key];
            let tied = equal.iter().copied().filter(|other| found.contains(other)).collect();
            twins.push((Tie::Beside(value, key.0, key.1), tied));
        }
        twins
    }

    /// Figures of another division of the whole that a figure is part of: spending by subject
    /// beside the same spending by project. `own` are the divisions the figure stands in.
    fn found_beside(&self, division: usize, own: &[usize]) -> BTreeSet<At> {
        let same = spread(vec![self.all[division].0], |at| self.same(at));
        let others = same.iter().filter_map(|whole| self.of.get(whole)).flatten();
        let others = others.filter(|other| !own.contains(other));
        let parts: Vec<At> = others.flat_map(|other| self.all[*other].1.clone()).collect();
        spread(parts, |at| self.below(at))
    }

    /// A whole of one part is that part.
    fn same(&self, at: At) -> Vec<At> {
        let whole = |index: &usize| Some(&self.all[*index]).filter(|(_, parts)| parts.len() == 1);
        let down = self.of.get(&at).into_iter().flatten().filter_map(whole).map(|(_, p)| p[0]);
        let up = self.with.get(&at).into_iter().flatten().filter_map(whole).map(|(w, _)| *w);
        down.chain(up).collect()
    }

    fn below(&self, at: At) -> Vec<At> {
        let divisions = self.of.get(&at).into_iter().flatten();
        divisions.flat_map(|index| self.all[*index].1.clone()).collect()
    }
}

/// What follows from these, step by step, each once.
fn spread(mut waiting: Vec<At>, next: impl Fn(At) -> Vec<At>) -> BTreeSet<At> {
    let mut known = BTreeSet::new();
    while let Some(at) = waiting.pop() {
        if known.insert(at) {
            waiting.extend(next(at));
        }
    }
    known
}
