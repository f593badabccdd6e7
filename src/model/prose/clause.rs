//! Clauses and sentences of a paragraph, told apart by their signs.

use std::ops::Range;

/// Which way a figure is said to have gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It grew.
    Increase,
    /// It shrank.
    Decrease,
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | ';' | '!' | '?' | '\n')
}

fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, '，' | '、' | '：')
}

/// No clause and no sentence is looked at further than so many bytes from a figure in it: some five hundred
/// characters. A text without signs is no sentence that says anything of a figure at its other end.
const FAR: usize = 1536;

/// The clause around a place: from sign to sign.
pub fn clause(text: &str, at: usize) -> Range<usize> {
    let from = text.floor_char_boundary(at.saturating_sub(FAR));
    let until = text.floor_char_boundary(at + FAR);
    let start = text[from..at].rfind(ends_clause).map_or(from, |found| after(text, from + found));
    start..text[at..until].find(ends_clause).map_or(until, |found| at + found)
}

/// Where the sentence around a place begins.
pub(super) fn sentence_start(text: &str, at: usize) -> usize {
    let from = text.floor_char_boundary(at.saturating_sub(FAR));
    text[from..at].rfind(ends_sentence).map_or(from, |found| after(text, from + found))
}

/// The sentences of a paragraph, without their closing signs and the number before them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().filter(|(_, c)| ends_sentence(*c)) {
        all.push(start..at);
        start = at + sign.len_utf8();
    }
    all.push(start..text.len());
    all.into_iter().map(|range| trimmed(text, range)).filter(|range| !range.is_empty()).collect()
}

/// Without spaces around it and the ordinal before it: `(五)`, `5、`.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let whole = &text[range.clone()];
    let mut rest = whole.trim_start();
    let bracket = rest.strip_prefix(['(', '（']).and_then(|inner| inner.split_once([')', '）']));
    if let Some((ordinal, after)) = bracket
        && ordinal.chars().count() <= 4
    {
        rest = after.trim_start();
    }
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() < rest.len()
        && let Some(after) = digits.strip_prefix(['、', '.', '．'])
    {
        rest = after.trim_start();
    }
    let start = range.end - rest.len();
    start..start + rest.trim_end().len()
}

fn after(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_are_no_part_of_a_sentence() {
        let text = "(五) 开展培训；5、开展培训。再开展";
        let all: Vec<&str> = sentences(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(all, ["开展培训", "开展培训", "再开展"]);
    }

    #[test]
    fn a_clause_runs_from_sign_to_sign() {
        let text = "收入 1 元，比上年减少 2 元；";
        assert_eq!(&text[clause(text, text.find('2').expect("there"))], "比上年减少 2 元");
    }
}
