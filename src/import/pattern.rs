//! The lines above a table and titles with a placeholder, read by the pattern a form prints them with:
//! `预算年度：{year}`. Blanks and widths are set aside; every placeholder holds something.

use super::words::key;

/// A pattern, taken apart once for all the texts it is held against.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Vec<Stretch>);

impl Pattern {
    pub(super) fn of(pattern: &str) -> Self {
        Self(stretches_of(pattern))
    }

    /// What the placeholders hold in a text; nothing where it is not of this pattern.
    pub(super) fn values(&self, text: &str) -> Option<Vec<(String, String)>> {
        let chars: Vec<char> = text.trim().chars().collect();
        let mut values = Vec::new();
        fits(&self.0, &chars, &mut values).then_some(values)
    }
}

/// What the placeholders of a pattern hold in one text.
pub(super) fn values_of(pattern: &str, text: &str) -> Option<Vec<(String, String)>> {
    Pattern::of(pattern).values(text)
}

/// A stretch of a pattern: a letter to be found, or a placeholder.
#[derive(Clone, Debug)]
enum Stretch {
    Letter(char),
    Placeholder(String),
}

fn stretches_of(pattern: &str) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            stretches.push(Stretch::Placeholder(name.to_owned()));
            rest = after;
        } else {
            stretches.extend(key(&c.to_string()).chars().map(Stretch::Letter));
            rest = &rest[c.len_utf8()..];
        }
    }
    stretches
}

fn fits(stretches: &[Stretch], text: &[char], values: &mut Vec<(String, String)>) -> bool {
    let blanks = text.iter().take_while(|c| c.is_whitespace()).count();
    let text = &text[blanks..];
    match stretches {
        [] => text.is_empty(),
        [Stretch::Letter(letter), rest @ ..] => text.split_first().is_some_and(|(c, after)| {
            key(&c.to_string()).starts_with(*letter) && fits(rest, after, values)
        }),
        [Stretch::Placeholder(name), rest @ ..] => {
            let count = values.len();
            let longest = text.len().min(LONGEST_VALUE);
            (1..=longest).any(|length| {
                let value: String = text[..length].iter().collect();
                if !may_hold(name, value.trim(), text.get(length)) {
                    return false;
                }
                values.push((name.clone(), value.trim().to_owned()));
                let is_fit = fits(rest, &text[length..], values);
                if !is_fit {
                    values.truncate(count);
                }
                is_fit
            })
        }
    }
}

/// No placeholder of a line above a table holds more.
const LONGEST_VALUE: usize = 60;

/// Whether a placeholder may hold a value, with what stands behind it: a code is all letters and
/// digits there are, a year has four.
fn may_hold(name: &str, value: &str, next: Option<&char>) -> bool {
    let is_code = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    match name {
        "code" => is_code(value) && !next.is_some_and(char::is_ascii_alphanumeric),
        // 2025, 2019-20, 2023/24
        "year" => {
            let (first, second) = value.split_once(['-', '/']).unwrap_or((value, "00"));
            let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            let has_more = next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '-' | '/'));
            let is_span = matches!(second.len(), 2 | 4) && is_number(second);
            first.len() == 4 && is_number(first) && is_span && !has_more
        }
        _ => !value.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_above_a_table_are_read_by_their_pattern() {
        let read = |pattern, text| {
            let values = values_of(pattern, text)?;
            Some(values.into_iter().map(|(_, value)| value).collect::<Vec<_>>().join("|"))
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read("{code} {organisation}", "731 示例协会"), some("731|示例协会"));
        assert_eq!(read("{code}{organisation}", "731示例协会"), some("731|示例协会"));
        assert_eq!(read("年度：{year}", "年度 : 2025"), some("2025"));
        assert_eq!(read("单位：{unit}", "单位:万元"), some("万元"));
        assert_eq!(read("单位：{unit}", "价值"), None);
        assert_eq!(read("年度：{year}", "年度：25"), None);
    }
}
