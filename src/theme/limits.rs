//! What a template may cost: turns of its loops and bytes of its page, both counted, so that the
//! same template is refused on every machine.
//!
//! The template language has no limit of its own but that of one `range`. A call is put behind
//! every `{% for %}` of a site's own templates that counts its turns; `range` counts the numbers it
//! makes; the writer counts bytes; `join` adds up the text it makes before it asks for the memory.
//! List comprehensions over values of the page, and texts that a template builds without printing
//! them (`set`, `~`, `replace`), cannot be counted: the commands watch time and memory while a page
//! is filled in ([`super::filling`]).

use std::borrow::Cow;
use std::cell::Cell;
use std::io::{Error, ErrorKind, Write};
use std::ops::Range;

use tera::{Kwargs, State, StringInput, Tera, TeraResult, Value};

/// Turns that all loops of a page may make, and numbers that all its ranges may hold.
const TURNS: usize = 2_000_000;

/// Bytes a page may have before it is made smaller.
const BYTES: usize = 64 << 20;

/// The function that counts a turn.
const COUNT: &str = "count_a_turn";

thread_local! {
    /// What is left of [`TURNS`] for the page this thread fills in: functions of templates are
    /// shared by all pages and are told of none.
    static LEFT: Cell<usize> = const { Cell::new(TURNS) };
}

/// Lets the page that is filled in next have all its turns.
pub(super) fn start() {
    LEFT.set(TURNS);
}

fn take(turns: usize) -> TeraResult<()> {
    let left = LEFT.get().checked_sub(turns);
    LEFT.set(left.unwrap_or_default());
    left.map(|_| ()).ok_or_else(|| {
        tera::Error::message(format!(
            "the loops of this page make more than {TURNS} turns together"
        ))
    })
}

/// Gives templates the function that counts, and a `range` that does.
pub(super) fn give(tera: &mut Tera) {
    tera.register_function(COUNT, |_: Kwargs, _: &State| take(1).map(|()| false));
    tera.register_function("range", |kwargs: Kwargs, _: &State| range(&kwargs));
    tera.register_filter("join", |values: &[Value], kwargs: Kwargs, state: &State| {
        join(values, &kwargs, state)
    });
}

/// The values as one text with `sep` between them, as the language's own filter has it: markup where
/// one of them is, and then all else escaped. Its own asks for all the memory at once, which the
/// system may refuse, and that ends the program.
fn join(values: &[Value], kwargs: &Kwargs, state: &State) -> TeraResult<Value> {
    let between = kwargs.get::<StringInput>("sep")?;
    let is_markup = state.autoescaping_enabled()
        && (values.iter().any(|value| value.is_string() && value.is_safe())
            || between.as_ref().is_some_and(StringInput::is_safe));
    let sep = match &between {
        Some(sep) if is_markup => sep.rendered(state)?,
        Some(sep) => Cow::Borrowed(sep.as_str()),
        None => Cow::Borrowed(""),
    };
    let mut text = String::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            text.push_str(&sep);
        }
        if !is_markup {
            text.push_str(&value.to_string());
        } else if !value.is_undefined() {
            text.push_str(&state.escape_if_needed(value)?);
        }
        if text.len() > BYTES {
            let size = BYTES >> 20;
            return Err(tera::Error::message(format!("`join` makes more than {size} MB")));
        }
    }
    Ok(if is_markup { Value::safe_string(&text) } else { Value::from(text) })
}

/// The numbers from `start` (0) up to `end`, without it, by steps of `step_by` (1).
fn range(kwargs: &Kwargs) -> TeraResult<Vec<i64>> {
    let start = kwargs.get::<i64>("start")?.unwrap_or_default();
    let end = kwargs.must_get::<i64>("end")?;
    let step = kwargs.get::<i64>("step_by")?.unwrap_or(1);
    if step == 0 || (start > end && step > 0) {
        return Err(tera::Error::message(format!(
            "`range` cannot go from {start} to {end} by steps of {step}"
        )));
    }
    let length = if (start < end) == (step > 0) {
        start.abs_diff(end).div_ceil(step.unsigned_abs())
    } else {
        0
    };
    take(usize::try_from(length).unwrap_or(usize::MAX))?;
    let numbers = std::iter::successors(Some(start), |number| number.checked_add(step));
    Ok(numbers.take_while(|number| if step > 0 { *number < end } else { *number > end }).collect())
}

/// A template whose loops count their turns.
pub(super) struct Counted {
    /// Its text.
    pub text: String,
    /// What was put in: where in the text as written, and how long it is.
    calls: Vec<(usize, usize)>,
}

impl Counted {
    /// Puts a call behind every `{% for … %}`.
    pub(super) fn of(written: &str) -> Counted {
        let mut counted = Counted { text: String::with_capacity(written.len()), calls: Vec::new() };
        let mut from = 0;
        let mut at = 0;
        while let Some(start) = written[at..].find('{').map(|found| at + found) {
            let Some(tag) = tag(written, start) else {
                at = start + 1;
                continue;
            };
            at = tag.end;
            let inner = written[start..tag.end].trim_start_matches(['{', '%', '-']).trim_start();
            if !written[start..].starts_with("{%") {
                continue;
            }
            if is_word(inner, "raw") {
                at = end_of_raw(written, at);
            } else if is_word(inner, "for") {
                let trims = written[..at].ends_with("-%}");
                // It says no: a condition costs less than a text that is printed.
                let end = if trims { "-%}" } else { "%}" };
                let call = format!("{{% if {COUNT}() %}}{{% endif {end}");
                counted.text.push_str(&written[from..at]);
                counted.text.push_str(&call);
                counted.calls.push((at, call.len()));
                from = at;
            }
        }
        counted.text.push_str(&written[from..]);
        counted
    }

    /// Where in the text as written a stretch of this one stands.
    pub(super) fn written(&self, range: &Range<usize>) -> Range<usize> {
        let back = |at: usize| {
            let mut added = 0;
            for (place, length) in &self.calls {
                if place + added >= at {
                    break;
                }
                added += length;
            }
            at - added
        };
        let start = back(range.start);
        start..back(range.end).max(start)
    }
}

/// The tag, value or comment that begins at a brace, with its braces; to the end where it has none.
fn tag(text: &str, start: usize) -> Option<Range<usize>> {
    let end = match text.as_bytes().get(start + 1)? {
        b'{' => "}}",
        b'%' => "%}",
        b'#' => {
            let end = text[start..].find("#}").map_or(text.len(), |end| start + end + 2);
            return Some(start..end);
        }
        _ => return None,
    };
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().skip(start + 2) {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (None, b'"' | b'\'' | b'`') => quote = Some(byte),
            (None, _) if text.as_bytes()[at..].starts_with(end.as_bytes()) => {
                return Some(start..at + 2);
            }
            _ => {}
        }
    }
    Some(start..text.len())
}

/// Behind `{% endraw %}`.
fn end_of_raw(text: &str, from: usize) -> usize {
    let ends = text[from..].match_indices("{%").find(|(at, _)| {
        is_word(text[from + at..].trim_start_matches(['{', '%', '-']).trim_start(), "endraw")
    });
    ends.map_or(text.len(), |(at, _)| from + at + 2)
}

fn is_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
}

/// A page while it is written, refused beyond [`BYTES`].
pub(super) struct Page<'a> {
    out: &'a mut Vec<u8>,
    left: usize,
}

impl Page<'_> {
    /// Writes behind what is there.
    pub(super) fn new(out: &mut Vec<u8>) -> Page<'_> {
        Page { out, left: BYTES }
    }

    /// What is said of a page that is too large.
    pub(super) fn too_large() -> String {
        format!("the page has more than {} MB", BYTES >> 20)
    }
}

impl Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.write_all(bytes).map(|()| bytes.len())
    }

    // Templates write a few bytes at a time.
    #[inline]
    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        let Some(left) = self.left.checked_sub(bytes.len()) else {
            return Err(Error::from(ErrorKind::FileTooLarge));
        };
        self.left = left;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Counted;

    #[test]
    fn loops_are_counted_where_they_are_loops() {
        let call = "{% if count_a_turn() %}{% endif ";
        let cases = [
            ("{% for a in b %}x{% endfor %}", 1),
            ("{%- for a in [\"%}\", '{%'] %}x{% endfor %}", 1),
            ("{# {% for a in b %} #}{% raw %}{% for a in b %}{% endraw %}", 0),
            ("{% raw %}{{ \"{% endraw %}{% for a in b %}{% endfor %}", 1),
            ("{{ \"{% for a in b %}\" }}{% format %}{%for a in b%}", 1),
            ("{ {% for", 1),
        ];
        for (text, count) in cases {
            assert_eq!(Counted::of(text).text.matches(call).count(), count, "{text}");
        }
        let written = "A{% for a in b -%} C{% endfor %}{% for d in e %}F";
        let counted = Counted::of(written);
        assert!(
            counted.text.starts_with("A{% for a in b -%}{% if count_a_turn() %}{% endif -%} C")
        );
        for word in ["A", " C", "F"] {
            let at = counted.text.rfind(word).expect("it is there");
            let back = counted.written(&(at..at + word.len()));
            assert_eq!(&written[back], word);
        }
    }
}
