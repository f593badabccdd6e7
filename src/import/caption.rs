//! The lines a form prints above its tables, read back.

use super::pattern::values_of;
use super::words::key;
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

/// What a line says that holds several of the lines a form prints above its table, perhaps behind its
/// title.
pub(super) fn several(
    profile: &Profile,
    spec: &TableSpec,
    text: &str,
) -> Option<Vec<(String, String)>> {
    let lines = &spec.caption;
    for from in 0..lines.len() {
        for to in from + 1..=lines.len() {
            let joined = lines[from..to].join(" ");
            let titled = format!("{} {joined}", spec.title);
            let plain = (to > from + 1).then_some(joined);
            for pattern in plain.into_iter().chain([titled]) {
                let values = values_of(&pattern, text).filter(|values| {
                    values.iter().all(|(what, value)| may_say(profile, what, value))
                });
                if values.is_some() {
                    return values;
                }
            }
        }
    }
    None
}

/// The unit that a line names in the words of the form, whatever else it says; an error names one that
/// the profile does not know.
pub(super) fn unit_in(
    profile: &Profile,
    spec: &TableSpec,
    text: &str,
) -> Option<Result<String, String>> {
    let words = key(text);
    let before = spec.caption.iter().find_map(|pattern| pattern.split_once("{unit}"))?.0;
    let before = key(before.rsplit('}').next().unwrap_or_default());
    let (_, rest) = words.split_once(&before).filter(|_| !before.is_empty())?;
    let known = profile.units.keys().filter(|unit| rest.starts_with(&key(unit)));
    if let Some(unit) = known.max_by_key(|unit| unit.len()) {
        return Some(Ok(unit.clone()));
    }
    let unknown: String = rest.chars().take_while(|c| c.is_alphabetic()).take(6).collect();
    (!unknown.is_empty()).then_some(Err(unknown))
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
