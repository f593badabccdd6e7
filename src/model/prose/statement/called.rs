//! Names beside amounts and codes: as they were called before, of another code, misspelt.

use std::cell::OnceCell;
use std::ops::Range;

use super::Looked;
use super::known_names::NameIndex;
use super::misspelt::{Misspelling, SHORTEST, is_joints};
use super::named::{Names, Naming};
use super::tokens::{Time, Token, periods};
use crate::profile::NameWords;

/// A name that is not the one that is meant.
#[derive(Clone, Debug)]
pub struct Called {
    /// Its section, by index.
    pub section: usize,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// As written.
    pub said: String,
    /// What is wrong with it.
    pub fault: Miscalled,
    /// Whether a source or a table says so.
    pub is_certain: bool,
}

/// What is wrong with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miscalled {
    /// Its code was called so until that year, and has another name now.
    Former {
        /// The code.
        code: String,
        /// The last year.
        until: u32,
        /// What it is called.
        name: String,
    },
    /// It is the name of another code than that beside it.
    OfAnother {
        /// The code beside it.
        code: String,
        /// What that is called.
        names: Vec<String>,
        /// The code of the name.
        right: String,
        /// Whose amount stands behind: `Some(true)` that of the code, `Some(false)` that of the name.
        amount: Option<bool>,
        /// Where that amount begins.
        before: Option<usize>,
    },
    /// A slip tells it from the name of something.
    Misspelt {
        /// That name.
        name: String,
        /// The letters that differ, as written; none where one is missing.
        wrong: String,
        /// The same as they should be; none where one is too many.
        right: String,
        /// Whether it is only another word of the same meaning.
        is_spelling: bool,
    },
}

impl Called {
    /// Whether an amount stands behind the code beside it, as the amount of that code.
    pub(super) fn explains(&self, amount: &Range<usize>) -> bool {
        matches!(self.fault, Miscalled::OfAnother { before: Some(at), .. } if at == amount.start)
    }
}

/// The names of a paragraph that are not those that are meant, in order.
pub(super) fn all(
    looked: &Looked,
    (known, names): (&NameIndex, &OnceCell<Names>),
    tokens: &[Token],
) -> Vec<Called> {
    let text = looked.paragraph.text.as_str();
    let naming = Naming::of(looked, names);
    let reading = ParagraphReading { looked, known, naming, tokens, text };
    let mut found = reading.beside_codes();
    let mut at_codes: Vec<Range<usize>> = found.iter().map(|called| called.range.clone()).collect();
    at_codes.sort_unstable_by_key(|range| range.start);
    for period in periods(text) {
        let has_amount = tokens.iter().any(|token| period.contains(&token.range.start));
        if !has_amount {
            continue;
        }
        let free = chunks(text, period.clone()).filter(|chunk| {
            !at_codes.iter().any(|at| at.start < chunk.end && chunk.start < at.end)
        });
        found.extend(free.filter_map(|chunk| reading.beside_amount(&period, chunk)));
    }
    found.retain(|called| !looked.is_quoted(&called.range));
    found.sort_by_key(|called| called.range.start);
    for called in &mut found {
        called.range = looked.paragraph.source(called.range.clone());
        if let Miscalled::OfAnother { before: Some(at), .. } = &mut called.fault {
            *at = looked.paragraph.source(*at..*at).start;
        }
    }
    found
}

/// A number of so many digits counts nothing that stands beside a name.
const LONG_CODE: usize = 5;

/// No name of which a slip can be told has fewer bytes.
const SHORT_BYTES: usize = 3 * (SHORTEST - 1);

/// Whether a character is a letter; nearly all are of one range.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}') || (c < '\u{3000}' && c.is_alphabetic())
}

/// The words between signs, digits and blanks.
fn chunks(text: &str, within: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = within.start;
    std::iter::from_fn(move || {
        let rest = &text[from..within.end];
        let start = from + rest.find(is_letter)?;
        let words = &text[start..within.end];
        let end = start + words.find(|c| !is_letter(c)).unwrap_or(words.len());
        from = end;
        Some(start..end)
    })
}

/// Some words without those at either end that are no part of a name.
fn stripped(words: &NameWords, text: &str, at: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = at;
    loop {
        let inner = &text[start..end];
        if let Some(rest) = words.around.without_start(inner) {
            start = end - rest.len();
        } else if let Some(rest) = words.around.without_end(inner) {
            end = start + rest.len();
        } else {
            return start..end;
        }
    }
}

/// A code in a text.
struct Code {
    at: Range<usize>,
    digits: String,
    /// What stands before it and behind it.
    sides: Vec<Range<usize>>,
}

/// A paragraph under inspection.
struct ParagraphReading<'a, 'r> {
    looked: &'r Looked<'a>,
    known: &'r NameIndex<'a>,
    naming: Naming<'r>,
    tokens: &'r [Token<'r>],
    text: &'r str,
}

impl ParagraphReading<'_, '_> {
    fn called(&self, range: Range<usize>, fault: Miscalled, is_certain: bool) -> Called {
        let said = self.text[range.clone()].to_owned();
        Called { section: self.looked.section, range, said, fault, is_certain }
    }

    /// Some words without the sign of a year before them: `2025年教育支出`.
    fn without_year(&self, at: Range<usize>) -> Range<usize> {
        let year = self.looked.disclosure.profile.words.year.as_str();
        let sign = year.rsplit('}').next().unwrap_or_default().trim();
        let is_year = self.text[..at.start].ends_with(|c: char| c.is_ascii_digit());
        let is_signed = is_year && !sign.is_empty() && self.text[at.clone()].starts_with(sign);
        let skipped = if is_signed { sign.len() } else { 0 };
        at.start + skipped..at.end
    }

    /// What is wrong with some words in a period that states an amount.
    fn beside_amount(&self, period: &Range<usize>, chunk: Range<usize>) -> Option<Called> {
        let (known, text) = (self.known, self.text);
        let chunk = self.without_year(chunk);
        if chunk.len() < SHORT_BYTES {
            return None;
        }
        let inner = stripped(known.words, text, chunk.clone());
        let is_near = known.may_be_name(&text[inner.clone()])
            || (inner != chunk && known.may_be_name(&text[chunk.clone()]));
        if !is_near || known.is_name(&text[chunk.clone()]) {
            return None;
        }
        let whole =
            [chunk, inner.clone()].into_iter().find(|at| known.former(&text[at.clone()]).is_some());
        if let Some(at) = whole {
            let time =
                self.looked.reader.last_time(&text[period.start..at.end]).map(|(_, time)| time);
            let is_now = matches!(time, None | Some(Time::Now));
            return is_now.then(|| self.former(at)).flatten();
        }
        if known.is_name(&text[inner.clone()]) {
            return None;
        }
        self.misspelt(inner, |name| self.has_amount(period, name))
    }

    fn former(&self, at: Range<usize>) -> Option<Called> {
        let former = self.known.former(&self.text[at.clone()])?;
        let fault = Miscalled::Former {
            code: former.entry.code.clone(),
            until: former.entry.until?,
            name: former.now.name.clone(),
        };
        Some(self.called(at, fault, false))
    }

    /// What a name was meant to be, where that is certain; `is_backed` says whether more than the name points to it.
    fn misspelt(&self, at: Range<usize>, is_backed: impl Fn(&str) -> bool) -> Option<Called> {
        let words = self.known.words;
        let said = &self.text[at.clone()];
        if said.chars().count() + 1 < SHORTEST {
            return None;
        }
        let meant = self.known.meant(said)?;
        let (written, slip): (Vec<char>, Misspelling) = (said.chars().collect(), meant.slip);
        let is_sure = |is_backed| meant.is_sure(&written, words, is_backed);
        let is_meant = is_sure(false) || (is_sure(true) && is_backed(meant.name));
        if !is_meant {
            return None;
        }
        let (wrong, right) = slip.letters(&written, &meant.letters);
        let one = |text: &str| text.chars().next().filter(|_| text.chars().count() == 1);
        let letters = one(&wrong).zip(one(&right));
        let is_spelling = letters.is_some_and(|pair| is_joints(pair, words));
        let name = meant.name.to_owned();
        Some(self.called(at, Miscalled::Misspelt { name, wrong, right, is_spelling }, false))
    }

    /// Whether an amount of a period is in a row of that name.
    fn has_amount(&self, period: &Range<usize>, name: &str) -> bool {
        let rows = self.naming.rows_called(name);
        let mut near = self.tokens.iter().filter(|token| period.contains(&token.range.start));
        near.any(|token| self.naming.fits(token, rows) && !token.value.is_zero())
    }

    /// What is wrong with the names beside codes.
    fn beside_codes(&self) -> Vec<Called> {
        let codes = self.codes();
        let mut taken: Vec<Range<usize>> = Vec::new();
        let mut open: Vec<&Code> = Vec::new();
        for code in &codes {
            let fitting = code.sides.iter().find(|side| self.is_of(&code.digits, side));
            match fitting {
                Some(side) => taken.push(side.clone()),
                None => open.push(code),
            }
        }
        let mut found = Vec::new();
        for code in open {
            let free = code.sides.iter().filter(|side| !taken.contains(side));
            let wrong: Vec<Called> = free.filter_map(|side| self.against(code, side)).collect();
            // Of two names beside it, it is not known which is meant to be its own.
            if let [one] = wrong.as_slice() {
                found.push(one.clone());
            }
        }
        found
    }

    /// Whether some words are a name of a code, or a part of one.
    fn is_of(&self, code: &str, side: &Range<usize>) -> bool {
        let names = self.known.called(code);
        let inner = &self.text[stripped(self.known.words, self.text, side.clone())];
        [&self.text[side.clone()], inner].into_iter().filter(|said| !said.is_empty()).any(|said| {
            let is_said = |name: &str| said.contains(name) || name.contains(said);
            self.known.codes_of(said).contains(&code) || names.iter().any(|name| is_said(name))
        })
    }

    fn against(&self, code: &Code, side: &Range<usize>) -> Option<Called> {
        let (known, text) = (self.known, self.text);
        let inner = stripped(known.words, text, side.clone());
        let at = [side.clone(), inner.clone()]
            .into_iter()
            .find(|at| !known.codes_of(&text[at.clone()]).is_empty());
        let Some(at) = at else {
            if let Some(former) = known.former(&text[inner.clone()]) {
                return (former.entry.code == code.digits).then(|| self.former(inner)).flatten();
            }
            let names = known.called(&code.digits);
            return self.misspelt(inner, |name| names.contains(&name));
        };
        let codes = known.codes_of(&text[at.clone()]);
        // What belongs to a code may stand beside it.
        let is_kin = |other: &&str| {
            other.starts_with(code.digits.as_str()) || code.digits.starts_with(*other)
        };
        if codes.iter().any(is_kin) {
            return None;
        }
        // Of a code that nobody knows only one beside it can tell.
        let right = if known.is_code(&code.digits) {
            codes.iter().min()?
        } else {
            let mut near = codes.iter().filter(|other| known.are_siblings(other, &code.digits));
            near.next().filter(|_| near.next().is_none())?
        };
        let fault = Miscalled::OfAnother {
            code: code.digits.clone(),
            names: known.called(&code.digits).into_iter().map(str::to_owned).collect(),
            right: (*right).to_owned(),
            amount: self.whose_amount(code, right),
            before: self.amount_behind(code).map(|token| token.range.start),
        };
        Some(self.called(at, fault, known.is_certain(&code.digits)))
    }

    fn amount_behind(&self, code: &Code) -> Option<&Token<'_>> {
        self.tokens.iter().find(|token| token.range.start >= code.at.end)
    }

    /// Whether the amount behind a code is one of the rows of that code, or one of another.
    fn whose_amount(&self, code: &Code, other: &str) -> Option<bool> {
        let next = self.amount_behind(code)?;
        let fits = |code: &str| self.naming.fits(next, self.naming.rows_of(code));
        match (fits(&code.digits), fits(other)) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        }
    }

    /// The codes of the paragraph.
    fn codes(&self) -> Vec<Code> {
        let text = self.text;
        let mut all = Vec::new();
        let (mut from, mut above) = (0, String::new());
        let next = |from: usize| text.bytes().skip(from).position(|byte| byte.is_ascii_digit());
        while let Some(start) = next(from).map(|at| from + at) {
            let digits = text[start..].bytes().take_while(u8::is_ascii_digit).count();
            let end = start + digits;
            from = end;
            if let Some(code) = self.code(start..end, &above) {
                if self.known.is_code(&code.digits) {
                    above.clone_from(&code.digits);
                }
                all.push(code);
            }
        }
        all
    }

    fn code(&self, at: Range<usize>, above: &str) -> Option<Code> {
        let text = self.text;
        let (before, behind) = (&text[..at.start], &text[at.end..]);
        let is_part = before
            .ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-'))
            || behind.starts_with(['.', ',', '%', '％']);
        let is_amount = |token: &Token| token.range.start < at.end && at.start < token.range.end;
        let index = self.tokens.partition_point(|token| token.range.end <= at.start);
        if is_part || self.tokens.get(index).is_some_and(is_amount) {
            return None;
        }
        let mut levels = self.known.words.levels.iter().enumerate();
        let level = levels.find(|(_, word)| behind.starts_with(word.as_str()));
        let code = self.known.code(&text[at.clone()], level.map(|(level, _)| level), above)?;
        let end = at.end + level.map_or(0, |(_, word)| word.len());
        let signs =
            |c: char| !c.is_alphanumeric() && !matches!(c, '，' | '。' | '；' | '、' | '\n');
        let next = text.len() - text[end..].trim_start_matches(signs).len();
        let last = before.trim_end_matches(signs).len();
        let words_end =
            next + text[next..].find(|c: char| !c.is_alphabetic()).unwrap_or(text.len() - next);
        let words = text[..last].trim_end_matches(char::is_alphabetic).len();
        // A short number may count something: `住房公积金205人`.
        let is_code = level.is_some() || before.ends_with(['（', '(']);
        let is_long = at.len() >= LONG_CODE;
        let is_behind = is_code || is_long || !before.ends_with(char::is_alphabetic);
        let before = (is_code || is_long).then(|| self.without_year(words..last));
        let behind = is_behind.then_some(next..words_end);
        let sides = before.into_iter().chain(behind).filter(|side| !side.is_empty()).collect();
        Some(Code { at, digits: code, sides })
    }
}
