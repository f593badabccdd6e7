//! The number behind every amount: an exact decimal whose arithmetic cannot abort.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

use rust_decimal::Decimal as Number;
use rust_decimal::RoundingStrategy;

/// An exact decimal of 96 bits, some 28 digits.
///
/// A sum, difference or product that does not fit is [`Decimal::BEYOND`], as is a division by
/// nought; so is everything worked out with it. Nothing wraps, aborts or drops a digit silently;
/// only a quotient is rounded, at its 28th digit.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(Number);

/// The mantissa of [`Decimal::BEYOND`]: all 96 bits.
const LARGEST: u128 = (1 << 96) - 1;

/// A number of 29 digits has at least so large a mantissa: less is never short of room.
const FULL: u128 = 1 << 92;

impl Decimal {
    /// 0.
    pub const ZERO: Decimal = Decimal(Number::ZERO);
    /// 1.
    pub const ONE: Decimal = Decimal(Number::ONE);
    /// 2.
    pub const TWO: Decimal = Decimal(Number::TWO);
    /// 10.
    pub const TEN: Decimal = Decimal(Number::TEN);
    /// 100.
    pub const ONE_HUNDRED: Decimal = Decimal(Number::ONE_HUNDRED);
    /// What is too large to be worked out. It equals itself and no figure: figures have at most
    /// [`super::WHOLE`] digits before the point.
    pub const BEYOND: Decimal = Decimal(Number::MAX);

    /// `number` with so many decimals, at most 28: `new(125, 2)` is 1.25.
    pub const fn new(number: i64, decimals: u32) -> Decimal {
        let (size, negative) = (number.unsigned_abs(), number < 0);
        let low = (size & 0xffff_ffff) as u32;
        let decimals = if decimals > 28 { 28 } else { decimals };
        Decimal(Number::from_parts(low, (size >> 32) as u32, 0, negative, decimals))
    }

    /// `number` with so many decimals; nothing where it does not fit.
    pub fn of(number: i128, decimals: u32) -> Option<Decimal> {
        Number::try_from_i128_with_scale(number, decimals).ok().map(Decimal)
    }

    /// Reads digits, an optional minus before and an optional fraction behind them; nothing where
    /// they do not fit.
    pub fn read(text: &str) -> Option<Decimal> {
        Number::from_str_exact(text).ok().map(Decimal)
    }

    /// Whether it is, or was worked out with, [`Decimal::BEYOND`].
    pub fn is_beyond(self) -> bool {
        // Comparing numbers of different decimals costs as much as adding them.
        self.0.scale() == 0 && self.0.mantissa().unsigned_abs() == LARGEST
    }

    /// Whether it is 0.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether a minus stands before it.
    pub fn is_sign_negative(&self) -> bool {
        self.0.is_sign_negative()
    }

    /// How many decimals it is written with.
    pub fn scale(&self) -> u32 {
        self.0.scale()
    }

    /// Its digits as a whole number: the value is `mantissa / 10^scale`.
    pub fn mantissa(&self) -> i128 {
        self.0.mantissa()
    }

    /// Without a minus.
    pub fn abs(&self) -> Decimal {
        Decimal(self.0.abs())
    }

    /// What stands behind the point.
    pub fn fract(&self) -> Decimal {
        Decimal(self.0.fract())
    }

    /// Without noughts at the end of its decimals.
    pub fn normalize(&self) -> Decimal {
        Decimal(self.0.normalize())
    }

    /// Rounded to so many decimals, half to even.
    pub fn round_dp(&self, decimals: u32) -> Decimal {
        Decimal(self.0.round_dp(decimals))
    }

    /// Rounded to so many decimals.
    pub fn round_dp_with_strategy(&self, decimals: u32, strategy: RoundingStrategy) -> Decimal {
        Decimal(self.0.round_dp_with_strategy(decimals, strategy))
    }

    /// Gives it so many decimals, as far as they fit.
    pub fn rescale(&mut self, decimals: u32) {
        self.0.rescale(decimals);
    }

    /// The sum, unless it does not fit.
    pub fn checked_add(self, other: Decimal) -> Option<Decimal> {
        let decimals = self.scale().max(other.scale());
        self.both(other)?.0.checked_add(other.0).and_then(|sum| whole(sum, decimals))
    }

    /// The difference, unless it does not fit.
    pub fn checked_sub(self, other: Decimal) -> Option<Decimal> {
        self.checked_add(-other)
    }

    /// The product, unless it does not fit.
    pub fn checked_mul(self, other: Decimal) -> Option<Decimal> {
        let product = self.both(other)?.0.checked_mul(other.0)?;
        match self.scale().checked_add(other.scale()) {
            // More decimals than fit, or digits lost: exact only where they were noughts.
            Some(decimals) if product.scale() < decimals => {
                let (one, other) = (self.normalize(), other.normalize());
                let decimals = one.scale().checked_add(other.scale())?;
                whole(one.0.checked_mul(other.0)?, decimals)
            }
            _ => whole(product, 0),
        }
    }

    /// The quotient, rounded at its 28th digit; nothing where it does not fit.
    pub fn checked_div(self, other: Decimal) -> Option<Decimal> {
        self.both(other)?.0.checked_div(other.0).map(Decimal)
    }

    fn both(self, other: Decimal) -> Option<Decimal> {
        (!self.is_beyond() && !other.is_beyond()).then_some(self)
    }
}

/// A result that ought to have so many decimals; nothing where digits had to go.
fn whole(result: Number, decimals: u32) -> Option<Decimal> {
    let lost = result.scale() < decimals && result.mantissa().unsigned_abs() >= FULL;
    let underflow = decimals > 28;
    (!lost && !underflow && !Decimal(result).is_beyond()).then_some(Decimal(result))
}

/// The operators stand on the checked methods.
macro_rules! operator {
    ($trait:ident, $method:ident, $checked:ident) => {
        impl $trait for Decimal {
            type Output = Decimal;
            fn $method(self, other: Decimal) -> Decimal {
                self.$checked(other).unwrap_or(Decimal::BEYOND)
            }
        }
    };
}
operator!(Add, add, checked_add);
operator!(Sub, sub, checked_sub);
operator!(Mul, mul, checked_mul);
operator!(Div, div, checked_div);

impl Neg for Decimal {
    type Output = Decimal;
    fn neg(self) -> Decimal {
        let mut turned = self.0;
        turned.set_sign_negative(!self.0.is_sign_negative());
        Decimal(turned)
    }
}

impl AddAssign for Decimal {
    fn add_assign(&mut self, other: Decimal) {
        *self = *self + other;
    }
}

impl SubAssign for Decimal {
    fn sub_assign(&mut self, other: Decimal) {
        *self = *self - other;
    }
}

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Decimal>>(all: I) -> Decimal {
        all.fold(Decimal::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Decimal> for Decimal {
    fn sum<I: Iterator<Item = &'a Decimal>>(all: I) -> Decimal {
        all.copied().sum()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.is_beyond(), self.0.is_sign_negative()) {
            (false, _) => self.0.fmt(f),
            (true, false) => f.pad(">10^28"),
            (true, true) => f.pad("<-10^28"),
        }
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Whole numbers are decimals.
macro_rules! from {
    ($($whole:ty),*) => { $(
        impl From<$whole> for Decimal {
            fn from(number: $whole) -> Decimal {
                Decimal(Number::from(number))
            }
        }
    )* };
}
from!(i32, i64, u32, u64, usize);

impl TryFrom<Decimal> for i64 {
    type Error = rust_decimal::Error;
    fn try_from(decimal: Decimal) -> Result<i64, rust_decimal::Error> {
        i64::try_from(decimal.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Decimal {
        Decimal::read(text).expect("a figure")
    }

    #[test]
    fn what_does_not_fit_is_beyond_and_stays_so() {
        let large = read("79228162514264337593543950334");
        let small = read("0.0000000000000000000000000001");
        let beyond = [
            large + Decimal::ONE,
            large + small,
            -large - Decimal::ONE,
            large * Decimal::TWO,
            small * small,
            large * read("0.3"),
            large / small,
            Decimal::ONE / Decimal::ZERO,
            (large + Decimal::TEN) - (large + Decimal::TEN),
            (large + Decimal::TEN) * Decimal::ZERO,
        ];
        for (index, result) in beyond.into_iter().enumerate() {
            assert!(result.is_beyond(), "{index}: {result}");
        }
    }

    #[test]
    fn what_fits_is_exact() {
        let cases = [
            (read("999999999999999.99999999") + read("0.00000001"), "1000000000000000.00000000"),
            (read("999999999999999.99") * read("100000000"), "99999999999999999000000.00"),
            (read("0.29") * read("100"), "29.00"),
            (read("-1.50") - read("0"), "-1.50"),
            (read("0.10") + read("0.20"), "0.30"),
        ];
        for (result, wanted) in cases {
            assert_eq!(result.to_string(), wanted);
        }
    }
}
