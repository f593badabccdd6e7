//! What is looked for in texts: each withheld value in base units, the words that name it, and how
//! surely an equal figure is this one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::numerals::{self, Figure, Units, significant};
use super::plain::{Plain, squeezed};
use crate::amount::Decimal;
use crate::model::{At, Cell, Disclosure, Hidden, Secret, Secrets, target};

/// Fewer characters than this are said of many things.
const LEAST_WORDS: usize = 12;

/// A withheld value.
pub(super) struct Wanted {
    /// Where it stands.
    pub place: Hidden,
    /// The words that name it.
    pub names: Vec<String>,
    /// The project it belongs to.
    pub project: Option<usize>,
}

/// All that a disclosure withholds, ready to be looked for.
pub(super) struct Search<'a> {
    units: Units<'a>,
    all: Vec<Wanted>,
    /// Money in base units: which values it is.
    money: BTreeMap<Decimal, Vec<usize>>,
    /// Figures without a unit behind them, as their own column prints them.
    own: BTreeMap<Decimal, Vec<usize>>,
    /// Shares in per cent.
    shares: BTreeMap<Decimal, Vec<usize>>,
    /// Words without blanks, with what they are.
    words: Vec<(String, usize)>,
}

/// A place in a text where a withheld value may stand.
pub(super) struct Hit<'a> {
    /// Where, in the words of the text.
    pub range: Range<usize>,
    /// What it may be.
    pub same: Vec<&'a Wanted>,
    /// Whether so many digits agree that it is no accident.
    pub is_telling: bool,
}

impl<'a> Search<'a> {
    /// Of what one disclosure withholds, whether or not it still stands in it.
    pub(super) fn of(disclosure: &'a Disclosure, secrets: &Secrets) -> Search<'a> {
        let mut search = Search {
            units: Units::of(disclosure.profile.units.iter()),
            all: Vec::new(),
            money: BTreeMap::new(),
            own: BTreeMap::new(),
            shares: BTreeMap::new(),
            words: Vec::new(),
        };
        for secret in secrets.iter() {
            search.add(disclosure, secret);
        }
        search
    }

    fn add(&mut self, disclosure: &Disclosure, secret: &Secret) {
        let index = self.all.len();
        let note = |map: &mut BTreeMap<Decimal, Vec<usize>>, value: Decimal| {
            if !value.is_zero() {
                map.entry(value.abs()).or_default().push(index);
            }
        };
        match &secret.value {
            Cell::Figure(value, _) => match unit(disclosure, secret.place) {
                Some(factor) => {
                    note(&mut self.own, *value);
                    // A value without a base unit is not money in another one either.
                    if let Some(value) = value.checked_mul(factor) {
                        note(&mut self.money, value);
                    }
                }
                None if is_share(disclosure, secret.place) => note(&mut self.shares, *value),
                None => note(&mut self.own, *value),
            },
            Cell::Text(words) => {
                for text in words.split('\n').map(squeezed) {
                    if text.chars().count() >= LEAST_WORDS {
                        self.words.push((text, index));
                    }
                }
                if let Some(target) = target::parse(words)
                    && let Some(factor) = disclosure.profile.units.get(&target.unit)
                    && let Some(value) = target.value.checked_mul(*factor)
                {
                    note(&mut self.money, value);
                }
            }
            Cell::Blank | Cell::NotApplicable(_) | Cell::Withheld(_) => {}
        }
        let (names, project) = names(disclosure, secret.place);
        self.all.push(Wanted { place: secret.place, names, project });
    }

    /// Every figure of a text that may be one of them.
    pub(super) fn figures(&self, text: &str) -> Vec<Hit<'_>> {
        let none = self.money.is_empty() && self.own.is_empty() && self.shares.is_empty();
        let found = if none { Vec::new() } else { numerals::figures(text, &self.units) };
        let hit = |figure: Figure| {
            let same = self.same(&figure);
            let same: Vec<&Wanted> = same.into_iter().map(|index| &self.all[index]).collect();
            let is_telling = figure.unit.is_none() || figure.is_telling;
            (!same.is_empty()).then_some(Hit { range: figure.range, same, is_telling })
        };
        found.into_iter().filter_map(hit).collect()
    }

    fn same(&self, figure: &Figure) -> Vec<usize> {
        let Figure { value, unit, is_long, is_percent, .. } = figure;
        let of = |map: &BTreeMap<Decimal, Vec<usize>>, value: Option<Decimal>| {
            value.and_then(|value| map.get(&value)).cloned().unwrap_or_default()
        };
        match unit {
            Some(unit) => of(&self.money, value.checked_mul(*unit)),
            None if *is_percent => {
                of(&self.shares, Some(*value).filter(|value| significant(*value) > 2))
            }
            None if *is_long => {
                let mut same = of(&self.own, Some(*value));
                for factor in self.units.factors() {
                    same.extend(of(&self.money, value.checked_mul(factor)));
                }
                same.sort_unstable();
                same.dedup();
                same
            }
            None => Vec::new(),
        }
    }

    /// The withheld words that a text holds.
    pub(super) fn words(&self, plain: &Plain) -> Vec<&Wanted> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let text = plain.squeezed();
        let held = self.words.iter().filter(|(words, _)| text.contains(words.as_str()));
        held.map(|(_, index)| &self.all[*index]).collect()
    }
}

/// How many base units one of an amount's is worth.
fn unit(disclosure: &Disclosure, place: Hidden) -> Option<Decimal> {
    let Hidden::Cell(at) = place else { return None };
    Some(disclosure.profile.factor(Some(disclosure.unit(at)?)))
}

fn is_share(disclosure: &Disclosure, place: Hidden) -> bool {
    match place {
        Hidden::Step(..) => true,
        Hidden::Cell(at @ At::Cell(..)) => disclosure.is_share(at),
        _ => false,
    }
}

fn names(disclosure: &Disclosure, place: Hidden) -> (Vec<String>, Option<usize>) {
    let (names, project) = match place {
        Hidden::Cell(At::Field(project, _) | At::Indicator(project, ..))
        | Hidden::Step(project, _)
        | Hidden::Goals(project) => {
            (vec![disclosure.projects[project].name.clone()], Some(project))
        }
        Hidden::Cell(At::Cell(table, panel, row, _)) => {
            // Of what lists keep of a disclosure the rows are gone.
            let rows = disclosure.tables[table].panels.get(panel).map(|panel| &panel.rows);
            let row = rows.and_then(|rows| rows.get(row));
            let code = row.and_then(|row| row.code.clone().filter(|_| row.spec.is_none()));
            (code.into_iter().chain(row.map(|row| row.name.clone())).collect(), None)
        }
        Hidden::Cell(At::Slot(..)) => (Vec::new(), None),
    };
    (names.into_iter().filter(|name| name.chars().count() > 1).collect(), project)
}
