//! The years a text says, in figures of every width or in words such as 去年.

use std::ops::Range;

use crate::content::{digit, is_year};
use crate::model::{Disclosure, is_slip};
use crate::profile::WordList;

/// A year in a text.
pub(super) struct Year<'a> {
    /// Its digits and the word behind them.
    pub(super) range: Range<usize>,
    pub(super) number: u32,
    /// Whether its digits are those of no year as they stand: `202年`, `2O24年`.
    pub(super) is_mistyped: bool,
    /// Whether it has its last two digits only.
    pub(super) is_short: bool,
    /// Whether it is said by a word: `去年`.
    pub(super) is_relative: bool,
    /// What stands before and behind it in its clause.
    pub(super) before: &'a str,
    pub(super) behind: &'a str,
}

/// How the years of a disclosure are written.
pub(super) struct Form<'a> {
    /// What stands behind a year, if anything.
    pub(super) sign: Option<char>,
    /// Whether its years are two in a row.
    is_double: bool,
    /// Every year that the disclosure may take for its own.
    pub(super) own: Vec<u32>,
    /// Those and the one before.
    near: Vec<u32>,
    /// Words that say a year by how far it is from this one, with that year.
    relative: Vec<(&'a str, u32)>,
    /// The same words, looked for together.
    relative_words: WordList,
    /// Words that hold one of those and say another.
    others: Vec<&'a str>,
    /// What stands behind a year in place of the sign.
    signs: &'a [String],
}

impl<'a> Form<'a> {
    pub(super) fn of(disclosure: &'a Disclosure) -> Form<'a> {
        let sign = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default();
        let own = disclosure.own_years();
        let mut near = own.clone();
        near.extend(near.iter().min().map(|first| first.saturating_sub(1)));
        let is_double = disclosure.fiscal_years().len() > 1;
        let relative = relative(disclosure, &own);
        let words: Vec<String> = relative.iter().map(|(word, _)| (*word).to_owned()).collect();
        let relative_words = WordList::from(words);
        let prose = disclosure.profile.prose.as_ref();
        let all = prose.map_or(&[][..], |prose| &*prose.other_year).iter().map(String::as_str);
        let others = all.filter(|other| relative_words.held(other).next().is_some()).collect();
        let signs = prose.map_or(&[][..], |prose| &prose.year_signs);
        let sign = sign.trim().chars().next();
        Form { sign, is_double, own, near, relative, relative_words, others, signs }
    }

    /// The word of a year that a text begins with, and that year; the longest.
    pub(super) fn relative_at(&self, words: &str) -> Option<(&'a str, u32)> {
        let found = self.relative.iter().filter(|(word, _)| words.starts_with(word));
        found.max_by_key(|(word, _)| word.len()).copied()
    }

    /// Whether the word of a year at a place of a text is a part of a longer word that says no year.
    fn is_part_of_another(&self, words: &str, at: usize, word: &str) -> bool {
        self.others.iter().any(|other| {
            let start = other.find(word).and_then(|before| at.checked_sub(before));
            start.and_then(|start| words.get(start..)).is_some_and(|words| words.starts_with(other))
        })
    }

    /// Whether words are a year of the disclosure as it is written.
    pub(super) fn is_own(&self, words: &str) -> bool {
        let digits: String = words.chars().map_while(digit).collect();
        let said = self.relative_at(words).map(|(_, year)| year);
        said.or_else(|| digits.parse().ok()).is_some_and(|year| self.own.contains(&year))
    }

    /// Whether a text holds a word of a year.
    pub(super) fn names_relative(&self, words: &str, year: u32) -> bool {
        self.relative.iter().any(|(word, number)| *number == year && words.contains(word))
    }

    /// What digits stand for, and whether they are mistyped or only the last two of a year.
    fn year(&self, digits: &str, has_letter: bool) -> Option<(u32, bool, bool)> {
        let number: u32 = digits.parse().ok()?;
        if is_year(digits) {
            return Some((number, has_letter, false));
        }
        self.sign?;
        let century = self.near.first()? / 100 * 100;
        match digits.len() {
            2 => Some((century + number, false, true)),
            3..=5 => {
                self.near.iter().any(|year| is_slip(digits, *year)).then_some((number, true, false))
            }
            _ => None,
        }
    }

    /// What follows the sign behind a year, or nothing where it has none.
    fn signed<'t>(&self, behind: &'t str) -> Option<&'t str> {
        if let Some(sign) = self.sign {
            let mut words = self.signs.iter().map(String::as_str);
            return behind
                .strip_prefix(sign)
                .or_else(|| words.find_map(|word| behind.strip_prefix(word)));
        }
        let is_part = behind.starts_with(['.', ',']) && !behind.starts_with(", ");
        (!is_part).then_some(behind)
    }
}

/// The digits a text begins with, in bytes of the text and as digits; a letter that looks like one may
/// stand between them, and a blank in the middle of four.
fn digits(words: &str) -> (usize, String, bool) {
    let (mut end, mut digits, mut has_letter) = (0, String::new(), false);
    let mut rest = words.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let is_between = rest.peek().is_some_and(|(_, next)| digit(*next).is_some()) && at > 0;
        let read = match (digit(c), c) {
            (Some(digit), _) => digit,
            (None, 'O' | 'o') if is_between => '0',
            (None, 'l' | 'I') if is_between => '1',
            _ => break,
        };
        has_letter |= c.is_ascii_alphabetic();
        digits.push(read);
        end = at + c.len_utf8();
    }
    let second = words[end..].strip_prefix(' ').filter(|_| digits.len() == 2);
    if let Some(second) = second {
        let more: String = second.chars().map_while(|c| c.is_ascii_digit().then_some(c)).collect();
        let whole = format!("{digits}{more}");
        if is_year(&whole) {
            return (end + 1 + more.len(), whole, false);
        }
    }
    (end, digits, has_letter)
}

/// The words of the years around a disclosure’s own.
fn relative<'a>(disclosure: &'a Disclosure, own: &[u32]) -> Vec<(&'a str, u32)> {
    let Some(prose) = &disclosure.profile.prose else { return Vec::new() };
    let (Some(first), Some(last)) = (own.iter().min(), own.iter().max()) else { return Vec::new() };
    let all = [
        (&prose.last_year, first.saturating_sub(1)),
        (&prose.year_before_last, first.saturating_sub(2)),
        (&prose.this_year, *first),
        (&prose.next_year, last.saturating_add(1)),
    ];
    let words =
        all.into_iter().flat_map(|(words, year)| words.iter().map(move |word| (word, year)));
    words.map(|(word, year)| (word.as_str(), year)).collect()
}

/// The years in a stretch of a text, in figures or in words.
pub(super) fn years<'t>(text: &'t str, stretch: Range<usize>, form: &Form) -> Vec<Year<'t>> {
    let mut found = in_figures(text, stretch.clone(), form);
    let words = &text[stretch.clone()];
    if !form.relative_words.may_be_in(words) {
        return found;
    }
    for (word, number) in form.relative.iter().filter(|(word, _)| words.contains(word)) {
        for (at, _) in words.match_indices(word) {
            // A longer word begins here.
            if form.relative_at(&words[at..]) != Some((*word, *number))
                || form.is_part_of_another(words, at, word)
            {
                continue;
            }
            let end = at + word.len();
            found.push(Year {
                range: stretch.start + at..stretch.start + end,
                number: *number,
                is_mistyped: false,
                is_short: false,
                is_relative: true,
                before: words[..at].trim_end(),
                behind: words[end..].trim_start(),
            });
        }
    }
    found
}

fn in_figures<'t>(text: &'t str, stretch: Range<usize>, form: &Form) -> Vec<Year<'t>> {
    let words = &text[stretch.clone()];
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = words[from..].find(|c| digit(c).is_some()) {
        let start = from + at;
        let (length, digits, has_letter) = digits(&words[start..]);
        let end = start + length;
        from = end;
        let mut behind = words[end..].trim_start();
        // Two years of a form that has one each.
        let pair = behind.strip_prefix('/').filter(|_| form.sign.is_some() && !form.is_double);
        let pair = pair.filter(|pair| pair.get(..4).is_some_and(is_year));
        if let Some(pair) = pair {
            behind = &pair[4..];
        }
        let before = words[..start].trim_end();
        // Four digits alone in brackets need no sign.
        let is_bracketed = before.ends_with(['（', '(']) && behind.starts_with(['）', ')']);
        let alone = Some(behind).filter(|_| is_bracketed && is_year(&digits));
        let signed = form.signed(behind).or(alone);
        let behind = signed.unwrap_or(behind);
        // One of several years is nobody's in particular.
        // 至 behind a word is a part of it: 截至.
        let first = before.trim_end_matches(RANGES);
        let is_of_word = before.ends_with('至')
            && !first.ends_with(|c| digit(c).is_some() || Some(c) == form.sign);
        let is_range = (before.ends_with(RANGES) && !is_of_word) || behind.starts_with(RANGES);
        let is_part = before.ends_with(|c: char| c.is_ascii_alphanumeric() || ".,".contains(c))
            && before.len() == start;
        let Some((number, is_mistyped, is_short)) = form.year(&digits, has_letter) else {
            continue;
        };
        if signed.is_none() || is_range || is_part {
            continue;
        }
        let until = words.len() - behind.len();
        let range = stretch.start + start..stretch.start + until;
        found.push(Year {
            range,
            number,
            is_mistyped,
            is_short,
            is_relative: false,
            before,
            behind,
        });
    }
    found
}

/// Signs between two years.
pub(super) const RANGES: [char; 10] = ['-', '–', '—', '－', '~', '～', '至', '/', '、', '和'];

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str, sign: Option<char>) -> Vec<u32> {
        let form = Form {
            sign,
            is_double: sign.is_none(),
            own: vec![2025],
            near: vec![2025, 2024],
            relative: vec![("上年", 2024), ("上年度", 2024), ("前年", 2023)],
            relative_words: ["上年", "上年度", "前年"].map(str::to_owned).to_vec().into(),
            others: vec!["以前年度"],
            signs: &["财年".to_owned()],
        };
        years(text, 0..text.len(), &form).into_iter().map(|year| year.number).collect()
    }

    #[test]
    fn years_are_found_in_every_width_and_script() {
        for (text, wanted) in [
            ("2025年预算收入", vec![2025]),
            ("２０２５年、二〇二四年度", vec![]),
            ("２０２５年收入", vec![2025]),
            ("二〇二四 年度支出", vec![2024]),
            ("24年支出", vec![2024]),
            ("202年支出", vec![202]),
            ("20255年支出", vec![20255]),
            ("2O24年支出", vec![2024]),
            ("20 24 年支出", vec![2024]),
            ("2024/2025年支出", vec![2024]),
            ("2023年至2025年", vec![]),
            ("2023-2025年", vec![]),
            ("编码13070025年", vec![]),
            ("2025元，建馆120年，3年", vec![]),
            ("共2024.50万元", vec![]),
            ("2025年比上年度收入", vec![2025, 2024]),
            ("2024财年支出", vec![2024]),
            ("前年支出，以前年度结转", vec![2023]),
        ] {
            assert_eq!(numbers(text, Some('年')), wanted, "{text}");
        }
        assert_eq!(numbers("in 2024 it spends", None), [2024]);
        assert_eq!(numbers("2024/25 or 2,024 or A2024", None), Vec::<u32>::new());
    }
}
