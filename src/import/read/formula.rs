//! A formula → whether its value may be another one tomorrow.

/// Functions that depend on the day or on chance.
const FUNCTIONS: [&str; 5] = ["TODAY(", "NOW(", "RAND(", "RANDBETWEEN(", "RANDARRAY("];

/// Whether a formula depends on the day, on chance or on another file (`[1]Sheet1!A1`,
/// `'file:///…'#$Sheet1.A1`).
pub(super) fn is_volatile(formula: &str) -> bool {
    let upper = formula.to_ascii_uppercase();
    let calls = FUNCTIONS.iter().any(|function| {
        upper.match_indices(function).any(|(at, _)| {
            !upper[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
        })
    });
    let is_number = |words: &str| !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit());
    let is_outside = |part: &str| part.split_once(']').is_some_and(|(words, _)| is_number(words));
    calls || upper.contains("'#") || upper.split('[').skip(1).any(is_outside)
}
