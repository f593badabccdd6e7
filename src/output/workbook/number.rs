//! An exact amount → the number a workbook stores.

use crate::amount::Decimal;

/// So many digits of a number come out of a workbook as they went in: office programs keep binary
/// numbers of 64 bits, which tell all decimals of 15 digits apart, and show no more.
const DIGITS: u32 = 15;

/// The number that office programs show as this amount to the digit, without noughts at its end;
/// nothing where they would show another, which is then a text.
pub(super) fn number(amount: Decimal) -> Option<Decimal> {
    let is_exact = amount.mantissa().unsigned_abs() < 10_u128.pow(DIGITS);
    is_exact.then(|| amount.normalize())
}

#[cfg(test)]
mod tests {
    use super::number;
    use crate::amount::Decimal;

    #[test]
    fn a_number_has_as_many_digits_as_office_programs_keep() {
        let stored = |text: &str| {
            number(Decimal::read(text).expect("an amount")).map(|number| number.to_string())
        };
        for (text, written) in [
            ("0.00", "0"),
            ("67.90", "67.9"),
            ("-3.10", "-3.1"),
            ("9007199254740.93", "9007199254740.93"),
            ("999999999999999", "999999999999999"),
        ] {
            assert_eq!(stored(text).as_deref(), Some(written));
        }
        for text in ["1234567890123456", "123456789012345.6"] {
            assert_eq!(stored(text), None, "{text}");
        }
    }
}
