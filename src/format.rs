//! Figures and years as a reader sees them outside the printed tables.

use crate::amount::{self, Decimal};
use crate::model::Disclosure;

/// A figure with commas between thousands: what stands alone and large.
pub fn large(value: Decimal) -> String {
    amount::print(value, true)
}

/// A change: with commas, and always with its sign.
pub fn change(value: Decimal) -> String {
    let sign = if value.is_zero() {
        ""
    } else if value.is_sign_negative() {
        "−"
    } else {
        "+"
    };
    format!("{sign}{}", large(value.abs()))
}

/// The fiscal year as the profile words it: `2025年`.
pub fn year(disclosure: &Disclosure) -> String {
    let pattern = &disclosure.profile.words.year;
    let label = &disclosure.written.fiscal_year;
    if pattern.is_empty() { label.clone() } else { pattern.replace("{year}", label) }
}

/// What a disclosure is called where its organisation is known: `2025年部门预算`.
pub fn short_title(disclosure: &Disclosure) -> String {
    format!("{}{}", year(disclosure), disclosure.profile.words.stage)
}
