//! The code of a number format (`#,##0.00_);(#,##0.00)`) → its sections, after ECMA-376, part 1,
//! 18.8.30 and 18.8.31.

use std::cmp::Ordering;
use std::iter::Peekable;
use std::str::Chars;

use super::number::Number;

/// Office programs take codes of 255 characters.
const LONGEST: usize = 1024;

/// A number format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Format {
    /// What it does with numbers, one to three sections.
    pub(super) sections: Vec<Section>,
    /// What it does with text.
    pub(super) text: Option<Section>,
    /// Whether it is known what its code stands for.
    pub(super) is_known: bool,
}

/// A part of a format, for some numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) condition: Option<(Comparison, Number)>,
    pub(super) tokens: Vec<Token>,
    /// Whether digits before the point stand in threes.
    pub(super) is_grouped: bool,
    /// How many times it shows a hundredth and a thousandth of the number.
    pub(super) percents: i32,
    pub(super) thousands: i32,
    /// Whether it shows a day or a time.
    pub(super) is_date: bool,
    /// Whether it holds a form that is not followed here: fractions, other numerals, names of months.
    pub(super) is_strange: bool,
}

/// How a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    AtMost,
    Equal,
    Unequal,
    AtLeast,
    More,
}

/// What is printed in turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Words as they stand.
    Words(String),
    /// A digit: always, if there is one, or a blank in its place (`0`, `#`, `?`).
    Digit(char),
    /// The decimal point.
    Point,
    /// The exponent begins, with or without a sign for positive ones.
    Exponent(bool),
    /// The number as the general format shows it.
    General,
    /// The text of the cell.
    Text,
    /// A part of a date, so many letters: `y`, `m`, `d`, `h`, `s`, `a`, and `n` for minutes.
    Date(char, usize),
    /// Hours, minutes or seconds in all.
    Elapsed(char),
}

impl Comparison {
    pub(super) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Equal => order.is_eq(),
            Self::Unequal => order.is_ne(),
            Self::AtLeast => order.is_ge(),
            Self::More => order.is_gt(),
        }
    }
}

impl Format {
    /// The format of a code of XLSX and XLS.
    pub(super) fn parse(code: &str) -> Self {
        if code.len() > LONGEST {
            return Self::unknown();
        }
        let mut sections: Vec<Section> = Vec::new();
        let mut chars = code.chars().peekable();
        loop {
            let (section, is_last) = Section::parse(&mut chars);
            sections.push(section);
            if is_last {
                break;
            }
        }
        let is_text = |section: &Section| section.tokens.contains(&Token::Text);
        let text = match sections.len() {
            4.. => sections.get(3).cloned(),
            _ if sections.last().is_some_and(is_text) => sections.last().cloned(),
            _ => None,
        };
        let is_known = sections.len() <= 4;
        sections.truncate(3);
        // A last section with `@` is for text alone.
        if text.is_some() && sections.len() > 1 && sections.last() == text.as_ref() {
            sections.pop();
        }
        Self { sections, text, is_known }
    }

    /// A format of which nothing is known.
    pub(super) fn unknown() -> Self {
        Self { is_known: false, ..Self::parse("General") }
    }

    /// A format that every program has, by its number (18.8.30); those of other languages are given
    /// in Chinese.
    pub(super) fn built_in(id: usize) -> Self {
        let code = match id {
            0 => "General",
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 50 | 52 | 57 => "yyyy\"年\"m\"月\"",
            28 | 29 | 51 | 53 | 54 | 58 => "m\"月\"d\"日\"",
            30 => "m-d-yy",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            32 => "h\"时\"mm\"分\"",
            33 => "h\"时\"mm\"分\"ss\"秒\"",
            37 => "#,##0_);(#,##0)",
            38 => "#,##0_);[Red](#,##0)",
            39 => "#,##0.00_);(#,##0.00)",
            40 => "#,##0.00_);[Red](#,##0.00)",
            41 => "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
            43 => "_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            48 => "##0.0E+0",
            49 => "@",
            _ => return Self::unknown(),
        };
        Self::parse(code)
    }
}

impl Section {
    /// The section that stands next, and whether it is the last.
    fn parse(chars: &mut Peekable<Chars>) -> (Self, bool) {
        let mut section = Self::default();
        let mut is_last = true;
        while let Some(character) = chars.next() {
            if character == ';' {
                is_last = false;
                break;
            }
            section.take(character, chars);
        }
        section.settle();
        (section, is_last)
    }

    fn take(&mut self, character: char, chars: &mut Peekable<Chars>) {
        match character {
            '"' => {
                let words: String = chars.by_ref().take_while(|next| *next != '"').collect();
                self.words(&words);
            }
            // Some programs write it for `\`, others show it.
            '!' => self.is_strange = true,
            '\\' => {
                let words: String = chars.next().into_iter().collect();
                self.words(&words);
            }
            '_' => {
                chars.next();
                self.words(" ");
            }
            '*' => {
                chars.next();
            }
            '[' => {
                let words: String = chars.by_ref().take_while(|next| *next != ']').collect();
                self.bracket(&words);
            }
            '0' | '#' | '?' => self.tokens.push(Token::Digit(character)),
            '.' => self.tokens.push(Token::Point),
            ',' => self.comma(chars),
            '%' => {
                self.percents = self.percents.saturating_add(1);
                self.words("%");
            }
            '@' => self.tokens.push(Token::Text),
            'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => {
                let is_signed = chars.next() == Some('+');
                self.tokens.push(Token::Exponent(is_signed));
            }
            'G' | 'g' => self.general(character, chars),
            'A' | 'a' | '上' if is_next(chars, &["M/PM", "/P", "午/下午"]) => {
                self.is_strange = true;
                self.is_date = true;
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'a' => {
                let letter = character.to_ascii_lowercase();
                let mut count: usize = 1;
                while chars.next_if(|next| next.to_ascii_lowercase() == letter).is_some() {
                    count = count.saturating_add(1);
                }
                self.is_date = true;
                let letter = if letter == 'e' { 'y' } else { letter };
                self.tokens
                    .push(Token::Date(letter, count.max(if character == 'e' { 4 } else { 1 })));
            }
            _ => self.words(character.encode_utf8(&mut [0; 4])),
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(Token::Words(before)) = self.tokens.last_mut() {
            before.push_str(words);
        } else {
            self.tokens.push(Token::Words(words.to_owned()));
        }
    }

    /// `General`, or an era of another calendar.
    fn general(&mut self, first: char, chars: &mut Peekable<Chars>) {
        if is_next(chars, &["eneral", "ENERAL", "/通用格式"]) {
            self.tokens.push(Token::General);
        } else {
            self.is_strange = true;
            self.words(first.encode_utf8(&mut [0; 4]));
        }
    }

    /// A comma between digits asks for groups of three, one behind them for thousandths.
    fn comma(&mut self, chars: &mut Peekable<Chars>) {
        if !matches!(self.tokens.last(), Some(Token::Digit(_))) {
            self.words(",");
            return;
        }
        let mut count: i32 = 1;
        while chars.next_if_eq(&',').is_some() {
            count = count.saturating_add(1);
        }
        if matches!(chars.peek(), Some('0' | '#' | '?')) {
            self.is_grouped = true;
        } else {
            self.thousands = self.thousands.saturating_add(count);
        }
    }

    /// A condition, a currency, a colour, a time in all, other numerals.
    fn bracket(&mut self, words: &str) {
        let lower = words.to_ascii_lowercase();
        let signs = [
            ("<=", Comparison::AtMost),
            ("<>", Comparison::Unequal),
            ("<", Comparison::Less),
            (">=", Comparison::AtLeast),
            (">", Comparison::More),
            ("=", Comparison::Equal),
        ];
        if let Some((sign, comparison)) = signs.iter().find(|(sign, _)| words.starts_with(sign)) {
            let limit = Number::read(words.get(sign.len()..).unwrap_or_default());
            self.condition = limit.map(|(limit, _)| (*comparison, limit));
            self.is_strange |= limit.is_none();
        } else if let Some(currency) = words.strip_prefix('$') {
            let (sign, language) = currency.split_once('-').unwrap_or((currency, ""));
            // A day or a time as the computer's own settings print it.
            self.is_strange |= matches!(language, "F800" | "F400");
            self.words(sign);
        } else if lower.starts_with("dbnum") || lower.starts_with("natnum") {
            self.is_strange = true;
        } else if let Some(letter @ ('h' | 'm' | 's')) = lower.chars().next()
            && lower.chars().all(|other| other == letter)
        {
            self.is_date = true;
            self.tokens.push(Token::Elapsed(letter));
        }
    }

    /// Tells minutes from months and fractions from words, once the whole section is read.
    fn settle(&mut self) {
        let mut before = ' ';
        let mut waiting: Option<usize> = None;
        for at in 0..self.tokens.len() {
            let (letter, is_month) = match self.tokens[at] {
                Token::Date(letter, count) => (letter, letter == 'm' && count <= 2),
                Token::Elapsed(letter) => (letter, false),
                _ => continue,
            };
            if is_month && before == 'h' {
                self.minutes(at);
            }
            if letter == 's'
                && let Some(month) = waiting
            {
                self.minutes(month);
            }
            waiting = is_month.then_some(at);
            before = letter;
        }
        let is_digit = |token: &Token| matches!(token, Token::Digit(_));
        let has_digits = self.tokens.iter().any(is_digit);
        self.is_strange |= !self.is_date && self.is_fraction();
        self.is_strange |= self.is_date && has_digits;
        self.is_strange |= self.tokens.iter().any(|token| match token {
            Token::Date('m' | 'd', count) => *count > 2,
            Token::Date('a', count) => *count != 3 && *count != 4,
            _ => false,
        });
    }

    fn minutes(&mut self, at: usize) {
        if let Some(Token::Date(letter, _)) = self.tokens.get_mut(at) {
            *letter = 'n';
        }
    }

    /// Whether a stroke stands between digits.
    fn is_fraction(&self) -> bool {
        let is_digit = |token: &Token| matches!(token, Token::Digit(_));
        let is_stroke = |token: &Token| matches!(token, Token::Words(words) if words.contains('/'));
        self.tokens.iter().position(is_stroke).is_some_and(|at| {
            self.tokens[..at].iter().any(is_digit) && self.tokens[at..].iter().any(is_digit)
        })
    }
}

/// Takes the first of some words that stand next.
fn is_next(chars: &mut Peekable<Chars>, words: &[&str]) -> bool {
    let rest = chars.clone().collect::<String>();
    let found = words.iter().find(|word| rest.starts_with(**word));
    if let Some(word) = found {
        chars.nth(word.chars().count().saturating_sub(1));
    }
    found.is_some()
}
