//! A printed target read as what it states: a number with its comparator and
//! unit, a share, an amount of money, a date, a deadline, a period, or words.
//! The printed string stays the truth; the words come from the profile.

#![deny(clippy::arithmetic_side_effects)]

use crate::amount::{self, Decimal};
use crate::profile::Profile;
use crate::profile::targets::{TargetWords, is_one_of};

/// A target that states a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `≤`, `≥`, … or nothing.
    pub comparator: Option<char>,
    /// The number.
    pub value: Decimal,
    /// What stands after it.
    pub unit: String,
}

/// Reads a target; words without a number are no [`Target`].
pub fn parse(printed: &str) -> Option<Target> {
    let printed = printed.trim();
    let comparator = printed.chars().next().filter(|c| "≤≥<>=＜＞＝≦≧".contains(*c));
    let rest = printed.trim_start_matches(|c| Some(c) == comparator).trim_start();
    let end =
        rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
    let value = amount::parse(&rest[..end]).ok()?.value;
    Some(Target { comparator, value, unit: rest[end..].trim().to_owned() })
}

/// What a printed target states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing was printed.
    Blank,
    /// Withheld for secrecy.
    Withheld,
    /// A number, a share or an amount of money.
    Quantity(Quantity),
    /// A day, a month or a year.
    Date(Date),
    /// To be done by then.
    Deadline(Date),
    /// From one date to another.
    Period(Date, Date),
    /// A quality in words.
    Words,
}

/// A number as a target states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Which way it bounds.
    pub bound: Bound,
    /// The number; money in base units, others with their scale multiplied out.
    pub value: Decimal,
    /// The other end of a range.
    pub upper: Option<Decimal>,
    /// What it measures.
    pub measure: Measure,
    /// The unit as printed, its scale taken off.
    pub unit: String,
    /// What it is for one of: the `家` of `2万元/家`.
    pub per: Option<String>,
    /// Whether a scale such as 万 was multiplied out.
    pub scaled: bool,
}

/// Which way a number bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// No less.
    AtLeast,
    /// No more.
    AtMost,
    /// This very number.
    Exactly,
}

/// What a number measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A share in per cent.
    Percent,
    /// Money.
    Money,
    /// Anything else.
    Count,
}

/// A date as far as it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// The year.
    pub year: Option<u32>,
    /// The month.
    pub month: Option<u32>,
    /// The day.
    pub day: Option<u32>,
}

impl Reading {
    /// Whether anybody could measure if it was reached.
    pub fn is_measurable(&self) -> bool {
        !matches!(self, Reading::Blank | Reading::Withheld | Reading::Words)
    }

    /// The first and the last year it names.
    pub fn years(&self) -> Option<(u32, u32)> {
        match self {
            Reading::Date(date) | Reading::Deadline(date) => date.year.map(|year| (year, year)),
            Reading::Period(from, to) => Some((from.year.or(to.year)?, to.year.or(from.year)?)),
            _ => None,
        }
    }

    /// The number it states.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Reading::Quantity(quantity) => Some(quantity),
            _ => None,
        }
    }
}

impl Quantity {
    /// It as money in base units; a number with a scale and no unit is money where money is meant.
    pub fn money(&self) -> Option<Decimal> {
        let is_money = self.measure == Measure::Money || (self.scaled && self.unit.is_empty());
        is_money.then_some(self.value)
    }
}

/// Reads a printed target in the words of a profile. Whatever is printed, it reads as something.
pub fn read(profile: &Profile, printed: &str) -> Reading {
    let printed = printed.trim();
    if printed.is_empty() {
        return Reading::Blank;
    }
    if is_one_of(&profile.marks.withheld, printed) {
        return Reading::Withheld;
    }
    let none = TargetWords::default();
    let words = profile.targets.as_ref().map_or(&none, |spec| &spec.words);
    let scan = || {
        let mut scan = Scan { rest: printed, saw_word: false };
        scan.skip_all(&words.lead);
        scan
    };
    scan()
        .dates(words)
        .or_else(|| quantity(profile, words, scan()).map(Reading::Quantity))
        .unwrap_or(Reading::Words)
}

/// Every amount of money a text names, in base units.
pub fn amounts_in(profile: &Profile, text: &str) -> Vec<Decimal> {
    let none = TargetWords::default();
    let words = profile.targets.as_ref().map_or(&none, |spec| &spec.words);
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[at..];
        let end =
            rest.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        let tail = after.trim_start();
        let longest = |names: &mut dyn Iterator<Item = (&String, &Decimal)>| {
            names
                .filter(|(name, _)| tail.starts_with(name.as_str()))
                .max_by_key(|(name, _)| name.len())
                .map(|(name, factor)| (name.len(), *factor))
        };
        let unit = longest(&mut profile.units.iter()).or_else(|| {
            // `4万，` is money without its last word; `4万人` is not.
            longest(&mut words.scales.iter())
                .filter(|(length, _)| !tail[*length..].starts_with(|c: char| c.is_alphanumeric()))
        });
        let figure = amount::parse(digits.trim_end_matches([',', '.'])).ok();
        if let (Some(figure), Some((_, factor))) = (figure, unit) {
            all.extend(figure.value.checked_mul(factor));
        }
        rest = after;
    }
    all
}

/// A text being read from the left.
#[derive(Clone)]
struct Scan<'a> {
    rest: &'a str,
    /// Whether a word of a date was met: digits and dots alone are a number.
    saw_word: bool,
}

impl<'a> Scan<'a> {
    /// Takes the longest of these words, spaces before it aside.
    fn word(&mut self, list: &[String]) -> bool {
        let rest = self.rest.trim_start();
        let longest =
            list.iter().filter(|word| rest.starts_with(word.as_str())).map(String::len).max();
        if let Some(length) = longest.filter(|length| *length > 0) {
            self.rest = &rest[length..];
        }
        longest.is_some_and(|length| length > 0)
    }

    fn date_word(&mut self, list: &[String]) -> bool {
        let found = self.word(list);
        self.saw_word |= found;
        found
    }

    fn skip_all(&mut self, list: &[String]) {
        while self.word(list) {}
    }

    /// Takes a run of digits.
    fn digits(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at(end);
        if digits.is_empty() {
            return None;
        }
        self.rest = after;
        Some(digits)
    }

    /// A date, a deadline or a period, where that is all there is.
    fn dates(mut self, words: &TargetWords) -> Option<Reading> {
        let from = self.date(words)?;
        let to = if self.word(&words.through) { Some(self.date(words)?) } else { None };
        let mut is_deadline = false;
        while self.word(&words.deadline) {
            is_deadline = true;
        }
        if !self.rest.trim().is_empty() || !self.saw_word {
            return None;
        }
        Some(match to {
            Some(to) => Reading::Period(from, Date { year: to.year.or(from.year), ..to }),
            None if is_deadline => Reading::Deadline(from),
            None => Reading::Date(from),
        })
    }

    fn date(&mut self, words: &TargetWords) -> Option<Date> {
        let mut date = Date::default();
        let mut digits = self.digits()?;
        let mut dotted = false;
        if digits.len() == 4 {
            date.year = digits.parse().ok();
            let with_word = self.date_word(&words.year);
            if !with_word {
                self.rest = self.rest.strip_prefix(['.', '/'])?;
                dotted = true;
            }
            let mut ahead = self.clone();
            match ahead.digits() {
                Some(next) => digits = next,
                None if with_word => return Some(date),
                None => return None,
            }
            *self = ahead;
        }
        date.month = digits.parse().ok().filter(|month| (1..=12).contains(month));
        date.month?;
        let with_word = self.date_word(&words.month);
        if !with_word && !dotted && !self.clone().word(&words.through) {
            return None;
        }
        let mut ahead = self.clone();
        if with_word && let Some(day) = ahead.digits() {
            ahead.date_word(&words.day).then_some(())?;
            date.day = day.parse().ok().filter(|day| (1..=31).contains(day));
            date.day?;
            *self = ahead;
        }
        Some(date)
    }
}

/// A number with its unit, where the target begins with one.
fn quantity(profile: &Profile, words: &TargetWords, mut scan: Scan) -> Option<Quantity> {
    let mut bound = bound(words, &mut scan);
    scan.skip_all(&words.lead);
    let (mut value, mut rest) = number(&scan)?;
    if bound == Bound::Exactly {
        for (list, meant) in [(&words.at_least, Bound::AtLeast), (&words.at_most, Bound::AtMost)] {
            let end = list.iter().find_map(|word| rest.strip_suffix(word.as_str()));
            if let Some(before) = end {
                (rest, bound) = (before.trim_end(), meant);
            }
        }
    }
    let mut upper = None;
    for joiner in words.through.iter().filter(|joiner| rest.contains(joiner.as_str())) {
        if let Some((_, after)) = rest.split_once(joiner.as_str())
            && let Some((other, unit)) = number(&Scan { rest: after, saw_word: false })
        {
            (upper, rest) = (Some(other), unit);
            break;
        }
    }
    let unit = unwrapped(rest);
    let (money, per) = match unit.split_once('/') {
        Some((money, per)) => (money.trim(), Some(per.trim().to_owned())),
        None => (unit, None),
    };
    let (factor, measure, unit, per, scaled) = if is_one_of(&words.percent, unit) {
        (Decimal::ONE, Measure::Percent, unit, None, false)
    } else if let Some(factor) = profile.units.get(money) {
        (*factor, Measure::Money, money, per, false)
    } else {
        let scale = words.scales.iter().find_map(|(word, factor)| {
            Some((*factor, unit.strip_prefix(word.as_str())?.trim_start()))
        });
        let (factor, bare) = scale.unwrap_or((Decimal::ONE, unit));
        (factor, Measure::Count, bare, None, scale.is_some())
    };
    value = value.checked_mul(factor)?;
    let upper = match upper {
        Some(upper) => Some(upper.checked_mul(factor)?),
        None => None,
    };
    Some(Quantity { bound, value, upper, measure, unit: unit.to_owned(), per, scaled })
}

fn bound(words: &TargetWords, scan: &mut Scan) -> Bound {
    let rest = scan.rest.trim_start();
    let signs = rest.trim_start_matches(['≤', '≥', '<', '>', '=', '＜', '＞', '＝', '≦', '≧']);
    let sign = rest.chars().next().filter(|_| signs.len() < rest.len());
    scan.rest = signs;
    match sign {
        Some('≥' | '≧' | '>' | '＞') => Bound::AtLeast,
        Some('≤' | '≦' | '<' | '＜') => Bound::AtMost,
        None if scan.word(&words.at_least) => Bound::AtLeast,
        None if scan.word(&words.at_most) => Bound::AtMost,
        _ => Bound::Exactly,
    }
}

/// A figure and what stands after it.
fn number<'a>(scan: &Scan<'a>) -> Option<(Decimal, &'a str)> {
    let rest = scan.rest.trim_start();
    let sign = rest.len().saturating_sub(rest.trim_start_matches(['-', '−']).len());
    let end = rest[sign..]
        .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
        .map_or(rest.len(), |end| end.saturating_add(sign));
    let value = amount::parse(&rest[..end]).ok()?.value;
    Some((value, rest[end..].trim()))
}

/// A unit without the brackets around it.
fn unwrapped(unit: &str) -> &str {
    let inner = |open, close| Some(unit.strip_prefix(open)?.strip_suffix(close)?.trim());
    inner('(', ')').or_else(|| inner('（', '）')).unwrap_or(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Report;
    use crate::source::Sources;

    const PROFILE: &str = "hebei/department-budget/2025";

    /// In the words of the embedded profile, as the seeds are read.
    fn say(printed: &str) -> String {
        let mut report = Report::default();
        let sources = Sources::embedded();
        let profiles = crate::profile::resolve(&mut report, &sources, [PROFILE.to_owned()]);
        assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
        let date = |date: &Date| {
            let part = |part: Option<u32>| part.map_or("?".to_owned(), |part| part.to_string());
            format!("{}-{}-{}", part(date.year), part(date.month), part(date.day))
        };
        match read(&profiles[PROFILE], printed) {
            Reading::Quantity(quantity) => {
                let sign = match quantity.bound {
                    Bound::AtLeast => "≥",
                    Bound::AtMost => "≤",
                    Bound::Exactly => "=",
                };
                let upper = quantity.upper.map(|upper| format!("..{upper}")).unwrap_or_default();
                let per = quantity.per.map(|per| format!("/{per}")).unwrap_or_default();
                let unit = match quantity.measure {
                    Measure::Percent => "percent",
                    Measure::Money => "yuan",
                    Measure::Count => &quantity.unit,
                };
                format!("{sign}{}{upper} {unit}{per}", quantity.value.normalize())
            }
            Reading::Date(on) => format!("on {}", date(&on)),
            Reading::Deadline(by) => format!("by {}", date(&by)),
            Reading::Period(from, to) => format!("{} to {}", date(&from), date(&to)),
            Reading::Words => "words".to_owned(),
            Reading::Withheld => "withheld".to_owned(),
            Reading::Blank => "blank".to_owned(),
        }
    }

    #[test]
    fn every_form_of_target_the_seeds_print_is_read() {
        for (printed, read) in [
            ("≥130 次", "≥130 次"),
            ("100%", "=100 percent"),
            ("≤17.5 万元", "≤175000 yuan"),
            ("≤115万", "≤1150000 "),
            ("≤755元", "≤755 yuan"),
            ("≥90 百分比", "≥90 percent"),
            ("4172.22 平方米", "=4172.22 平方米"),
            ("5 个月", "=5 个月"),
            ("22人", "=22 人"),
            ("≥5000 人次", "≥5000 人次"),
            ("≤1.94万度", "≤19400 度"),
            ("≥18 度", "≥18 度"),
            ("全年4篇", "=4 篇"),
            ("2024 年 1 月-12 月", "2024-1-? to 2024-12-?"),
            ("2025年1月至11月", "2025-1-? to 2025-11-?"),
            ("2022.1-3月", "2022-1-? to 2022-3-?"),
            ("2022.9月", "on 2022-9-?"),
            ("2022年", "on 2022-?-?"),
            ("2024 年 12 月", "on 2024-12-?"),
            ("2024年11月15日前", "by 2024-11-15"),
            ("12月15日前", "by ?-12-15"),
            ("2025年11月底", "by 2025-11-?"),
            ("按期进行电费缴纳", "words"),
            ("进一步提升", "words"),
            ("较上年度提升", "words"),
            ("符合“八有标准”", "words"),
            ("内容丰富、形式多样", "words"),
            ("涉密", "withheld"),
            ("", "blank"),
        ] {
            assert_eq!(say(printed), read, "{printed}");
        }
    }

    #[test]
    fn forms_of_other_places_are_read_too() {
        for (printed, read) in [
            ("≥13459.00(平方米)", "≥13459 平方米"),
            ("=100.00(%)", "=100 percent"),
            ("不低于50%", "≥50 percent"),
            ("95%以上", "≥95 percent"),
            ("80%-90%", "=80..90 percent"),
            ("≤2万元/家", "≤20000 yuan/家"),
            ("＞1,200 人", "≥1200 人"),
            ("12月底前", "by ?-12-?"),
            ("2024年3月-2025年6月", "2024-3-? to 2025-6-?"),
        ] {
            assert_eq!(say(printed), read, "{printed}");
        }
    }

    #[test]
    fn nothing_that_can_be_printed_is_a_crash() {
        for printed in [
            "≥",
            "≤≤",
            "%",
            "万",
            "1.2.3",
            "-",
            "--5",
            "2025",
            "2025年",
            "2025.",
            "13月",
            "2月31日",
            "99999999999999999999999999亿元",
            "79228162514264337593543950335万人",
            "（",
            "(%)",
            "至",
            "12月-",
            "２０２５年",
            "年月日",
            "🙂",
            "1/2",
            "≥\u{3000}5",
            "0年0月0日",
            "9999年99月",
        ] {
            say(printed);
        }
    }

    #[test]
    fn numbers_are_found_and_words_are_left_alone() {
        let read = |text| parse(text).map(|t| (t.comparator, t.value.to_string(), t.unit));
        assert_eq!(read("≤17.5 万元"), Some((Some('≤'), "17.5".into(), "万元".into())));
        assert_eq!(read("4172.22 平方米"), Some((None, "4172.22".into(), "平方米".into())));
        assert_eq!(read("≤755元"), Some((Some('≤'), "755".into(), "元".into())));
        assert_eq!(read("进一步提升"), None);
    }
}
