//! The lines a form prints above its tables, read back.

use super::words::values_of;
use crate::profile::{Profile, TableSpec};

/// What a line says that a form prints above a table; of any table where none is given.
pub(super) fn values(
    profile: &Profile,
    spec: Option<&TableSpec>,
    text: &str,
) -> Option<Vec<(String, String)>> {
    let tables = profile.tables.values().map(AsRef::as_ref);
    let tables: Vec<&TableSpec> = spec.map_or_else(|| tables.collect(), |spec| vec![spec]);
    let patterns = tables.iter().flat_map(|spec| &spec.caption);
    patterns.filter(|pattern| says_something(pattern)).find_map(|pattern| {
        let values = values_of(pattern, text)?;
        let fits = values.iter().all(|(what, value)| may_say(profile, what, value));
        let fits = fits && !is_year(profile, &values);
        fits.then_some(values)
    })
}

/// What a line says that is one placeholder alone in the form.
pub(super) fn bare(
    profile: &Profile,
    spec: &TableSpec,
    text: &str,
) -> Option<Vec<(String, String)>> {
    let patterns = spec.caption.iter().filter(|pattern| !says_something(pattern));
    // A unit is known; an organisation is what is left.
    let mut fitting = patterns
        .filter_map(|pattern| values_of(pattern, text))
        .filter(|values| values.iter().all(|(what, value)| may_say(profile, what, value)));
    let first = fitting.next()?;
    let is_unit = |values: &Vec<(String, String)>| values.iter().any(|(what, _)| what == "unit");
    if is_unit(&first) { Some(first) } else { fitting.find(is_unit).or(Some(first)) }
}

/// A line of placeholders alone could be anything, unless a code begins it.
fn says_something(pattern: &str) -> bool {
    let (start, end) = (pattern.find('{'), pattern.rfind('}'));
    let has_letters =
        start.zip(end).is_some_and(|(start, end)| start > 0 || end + 1 < pattern.len());
    has_letters || pattern.contains("{code}")
}

/// Whether a value can stand in a placeholder: a unit is one the profile knows.
fn may_say(profile: &Profile, what: &str, value: &str) -> bool {
    match what {
        "unit" => profile.units.contains_key(value),
        "organisation" => {
            let is_sentence = value.contains(['，', '。', '；', '：', ',', ';', ':']);
            value.starts_with(char::is_alphabetic) && value.len() > 3 && !is_sentence
        }
        _ => true,
    }
}

/// Whether what looks like a code and a name is a year and words: `2025年部门预算`.
fn is_year(profile: &Profile, values: &[(String, String)]) -> bool {
    let Some((_, behind)) = profile.words.year.split_once("{year}") else { return false };
    let behind = behind.trim();
    values.windows(2).any(|pair| {
        let [(code, digits), (organisation, name)] = pair else { return false };
        code == "code"
            && organisation == "organisation"
            && digits.len() == 4
            && !behind.is_empty()
            && name.starts_with(behind)
    })
}
