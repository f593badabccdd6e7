//! The values that a printed figure may stand for, and what follows from them.

use crate::amount::Decimal;

/// From the least to the greatest value, and what was printed or follows from what was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model::prose) struct Interval {
    pub(in crate::model::prose) low: Decimal,
    pub(in crate::model::prose) high: Decimal,
    pub(in crate::model::prose) value: Decimal,
}

/// Quotients are worked out to so many decimals.
const DECIMALS: u32 = 12;

fn quotient(one: Decimal, other: Decimal) -> Decimal {
    (one / other).round_dp(DECIMALS)
}

impl Interval {
    /// A value that rounding may have carried so far.
    pub(in crate::model::prose) fn around(value: Decimal, slack: Decimal) -> Interval {
        Interval { low: value - slack, high: value + slack, value }
    }

    fn each(self, rule: impl Fn(Decimal) -> Decimal) -> Interval {
        Interval { low: rule(self.low), high: rule(self.high), value: rule(self.value) }
    }

    pub(in crate::model::prose) fn plus(self, other: Interval) -> Interval {
        let value = self.value + other.value;
        Interval { low: self.low + other.low, high: self.high + other.high, value }
    }

    pub(in crate::model::prose) fn minus(self, other: Interval) -> Interval {
        self.plus(other.turned())
    }

    pub(in crate::model::prose) fn turned(self) -> Interval {
        Interval { low: -self.high, high: -self.low, value: -self.value }
    }

    /// So many times as much, or so many parts of it.
    pub(in crate::model::prose) fn times(self, factor: Decimal) -> Interval {
        self.each(|value| value * factor)
    }

    pub(in crate::model::prose) fn over(self, factor: Decimal) -> Interval {
        self.each(|value| quotient(value, factor))
    }

    /// Whether a value stands in both.
    pub(in crate::model::prose) fn meets(self, other: Interval) -> bool {
        let ends = [self.low, self.high, other.low, other.high];
        let is_lost = ends.iter().any(|end| end.is_beyond());
        is_lost || (self.low <= other.high && other.low <= self.high)
    }

    /// Whether it is above nought.
    pub(in crate::model::prose) fn is_positive(self) -> bool {
        self.low > Decimal::ZERO
    }

    pub(in crate::model::prose) fn is_zero(self) -> bool {
        self.value.is_zero()
    }

    pub(in crate::model::prose) fn is_below(self) -> bool {
        self.value.is_sign_negative()
    }

    /// How many per cent it is of a whole; nothing where the whole may be nought.
    pub(in crate::model::prose) fn percent_of(self, whole: Interval) -> Option<Interval> {
        let rule = |part: Decimal, whole: Decimal| {
            (whole > Decimal::ZERO).then(|| quotient(part * Decimal::ONE_HUNDRED, whole))
        };
        corners(self, whole, rule)
    }

    /// By how many per cent a figure grew by this much to what it is now.
    pub(in crate::model::prose) fn rate_up_to(self, now: Interval) -> Option<Interval> {
        corners(self, now, |change, now| {
            let before = now - change;
            (before > Decimal::ZERO).then(|| quotient(change * Decimal::ONE_HUNDRED, before))
        })
    }

    /// By how many per cent it is more than a figure before it.
    pub(in crate::model::prose) fn growth_from(self, before: Interval) -> Option<Interval> {
        let whole = Interval::around(Decimal::ONE_HUNDRED, Decimal::ZERO);
        self.percent_of(before).map(|share| share.minus(whole))
    }
}

/// The least and the greatest of what a rule, which rises or falls all along, makes of two values.
fn corners(
    one: Interval,
    other: Interval,
    rule: impl Fn(Decimal, Decimal) -> Option<Decimal>,
) -> Option<Interval> {
    let value = rule(one.value, other.value)?;
    let mut found = Interval { low: value, high: value, value };
    for a in [one.low, one.high] {
        for b in [other.low, other.high] {
            let corner = rule(a, b)?;
            found.low = found.low.min(corner);
            found.high = found.high.max(corner);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: i64, decimals: u32) -> Interval {
        Interval::around(Decimal::new(value, decimals), Decimal::new(5, decimals + 1))
    }

    #[test]
    fn a_rate_may_be_what_rounding_leaves_open() {
        let (before, now) = (printed(10000, 2), printed(10811, 2));
        let rate = now.growth_from(before).expect("the year before is not nought");
        assert!(rate.meets(printed(811, 2)) && !rate.meets(printed(813, 2)), "{rate:?}");
        let change = now.minus(before);
        let rate = change.rate_up_to(now).expect("the year before is not nought");
        assert!(rate.meets(printed(811, 2)) && !rate.meets(printed(818, 2)), "{rate:?}");
        assert_eq!(printed(1, 0).percent_of(printed(0, 0)), None);
    }
}
