//! A figure of two years, the difference and the rate: which of them does not follow from the rest.

use super::interval::Interval;
use crate::amount::Decimal;

/// The figures of one statement, as far as they are known.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Figures {
    pub(super) before: Option<Interval>,
    pub(super) now: Option<Interval>,
    /// With its sign.
    pub(super) change: Option<Interval>,
    /// With its sign, in per cent.
    pub(super) rate: Option<Interval>,
}

/// Which of them is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Before,
    Now,
    Change,
    Rate,
}

/// What a figure should be, where others are right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    pub(super) part: Part,
    pub(super) should: Interval,
}

impl Figures {
    /// What does not follow from the rest; nothing where all agree or too little is known.
    pub(super) fn fault(self) -> Option<Fault> {
        let Figures { before, now, change, rate } = self;
        let fails = |found: Option<Interval>, said: Option<Interval>| {
            found.zip(said).is_some_and(|(found, said)| !found.meets(said))
        };
        let difference = now.zip(before).map(|(now, before)| now.minus(before));
        let growth = now.zip(before).and_then(|(now, before)| now.growth_from(before));
        let (wrong_change, wrong_rate) = (fails(difference, change), fails(growth, rate));
        let of_before = change.zip(before).and_then(|(change, before)| change.percent_of(before));
        let of_now = change.zip(now).and_then(|(change, now)| change.rate_up_to(now));
        let at = |part, should: Option<Interval>| should.map(|should| Fault { part, should });
        if (wrong_change || change.is_none()) && wrong_rate && self.turned().agrees() {
            let part = if change.is_some() { Part::Change } else { Part::Rate };
            return at(part, if change.is_some() { difference } else { growth });
        }
        match (wrong_change, wrong_rate) {
            // Three figures agree against the fourth.
            (true, true) if of_before.zip(rate).is_some_and(|(found, said)| found.meets(said)) => {
                at(Part::Now, before.zip(change).map(|(before, change)| before.plus(change)))
            }
            (true, true) if of_now.zip(rate).is_some_and(|(found, said)| found.meets(said)) => {
                at(Part::Before, now.zip(change).map(|(now, change)| now.minus(change)))
            }
            (_, true) => at(Part::Rate, growth),
            (true, false) => at(Part::Change, difference),
            (false, false) if before.is_none() && fails(of_now, rate) => at(Part::Rate, of_now),
            (false, false) if now.is_none() && fails(of_before, rate) => at(Part::Rate, of_before),
            (false, false) => None,
        }
    }

    /// With the other word of direction.
    pub(super) fn turned(self) -> Figures {
        let turned = |part: Option<Interval>| part.map(Interval::turned);
        Figures { change: turned(self.change), rate: turned(self.rate), ..self }
    }

    /// Whether what is said of two years follows from them.
    pub(super) fn agrees(self) -> bool {
        let Figures { before, now, change, rate } = self;
        let Some((now, before)) = now.zip(before) else { return false };
        change.is_none_or(|change| change.meets(now.minus(before)))
            && rate.is_none_or(|rate| now.growth_from(before).is_none_or(|found| found.meets(rate)))
    }

    pub(super) fn is_enough(self) -> bool {
        let known = [self.before, self.now, self.change, self.rate];
        known.iter().flatten().count() > 2
    }
}

impl Figures {
    /// The figure whose point or unit, moved, makes all agree.
    pub(super) fn shifted(self) -> Option<Part> {
        let factors = [Decimal::TEN, Decimal::ONE_HUNDRED, Decimal::from(10_000)];
        let parts = [Part::Now, Part::Before, Part::Change, Part::Rate];
        parts.into_iter().find(|part| {
            factors.iter().any(|factor| {
                [true, false].into_iter().any(|up| {
                    let moved = |value: Interval| {
                        if up { value.times(*factor) } else { value.over(*factor) }
                    };
                    let mut tried = self;
                    let place = match part {
                        Part::Before => &mut tried.before,
                        Part::Now => &mut tried.now,
                        Part::Change => &mut tried.change,
                        Part::Rate => &mut tried.rate,
                    };
                    *place = place.map(moved);
                    place.is_some() && tried.fault().is_none()
                })
            })
        })
    }
}
