//! Figures multiplied and divided with the interval each of them stands for.

#![deny(clippy::arithmetic_side_effects)]

use crate::amount::{self, Decimal};

/// A value, and how far from it the true one may lie.
pub(super) type Interval = (Decimal, Decimal);

pub(super) fn multiplied((one, slack): Interval, (other, other_slack): Interval) -> Interval {
    let apart = one.abs() * other_slack + other.abs() * slack + slack * other_slack;
    (one * other, apart)
}

/// A quotient; nothing where what it is divided by may be nought.
pub(super) fn divided((one, slack): Interval, (other, other_slack): Interval) -> Option<Interval> {
    let least = other.abs() - other_slack;
    if other.is_zero() || least <= Decimal::ZERO {
        return None;
    }
    let apart = short((one.abs() * other_slack + other.abs() * slack) / other.abs());
    Some((short(one / other), short(apart / least)))
}

/// A quotient cut where no printed figure reaches, so that there is room to multiply it.
fn short(value: Decimal) -> Decimal {
    value.round_dp(KEPT).normalize()
}

/// So many decimals of a quotient are kept.
const KEPT: u32 = 14;

/// A value that a division may have left endless, with a few decimals more than a figure has that it is
/// compared with.
pub(super) fn shortened(value: Decimal, places: u32) -> Decimal {
    if usize::try_from(value.scale()).is_ok_and(|decimals| decimals <= amount::DECIMALS) {
        return value;
    }
    value.round_dp(places.saturating_add(FURTHER)).normalize()
}

/// So many decimals more tell how far a figure is off.
const FURTHER: u32 = 2;
