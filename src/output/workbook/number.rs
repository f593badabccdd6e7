//! An exact amount → the number a workbook stores. The one place where a figure of the portal becomes
//! a binary number: the format has no other.

use crate::amount::Decimal;

/// So many digits of a number come out of a workbook as they went in: a binary number of 64 bits
/// tells all decimals of 15 digits apart, and office programs show no more.
const DIGITS: u32 = 15;

/// The number that office programs show as this amount to the digit; nothing where they would show
/// another, which is then a text.
pub(super) fn number(amount: Decimal) -> Option<f64> {
    let is_exact = amount.mantissa().unsigned_abs() < 10_u128.pow(DIGITS);
    if is_exact { amount.to_string().parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::number;
    use crate::amount::Decimal;

    #[test]
    fn a_number_comes_out_of_a_workbook_as_the_amount_it_went_in_as() {
        let read = |text: &str| Decimal::read(text).expect("an amount");
        for text in ["0", "0.00", "67.90", "-3.10", "0.1", "9007199254740.93", "999999999999999"] {
            let amount = read(text);
            let stored = number(amount).expect("15 digits");
            // The file holds the shortest digits that tell the number from every other.
            assert_eq!(read(&stored.to_string()).normalize(), amount.normalize(), "{text}");
        }
        for text in ["1234567890123456", "123456789012345.6"] {
            assert_eq!(number(read(text)), None, "{text}");
        }
    }
}
