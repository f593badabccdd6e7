//! The figures of a text, in digits or in Chinese numerals, with the unit that stands behind them or
//! at the head of their column.

use std::ops::Range;

use crate::amount::Decimal;

/// A figure as a text says it.
pub(super) struct Figure {
    /// Where its number stands.
    pub range: Range<usize>,
    /// The number, without its sign.
    pub value: Decimal,
    /// How many units of the base its unit is worth, where it has one.
    pub unit: Option<Decimal>,
    /// Whether without a unit it is too long to be a count, a year or a number of something.
    pub is_long: bool,
    /// Whether it has so many digits that an equal one is no accident.
    pub is_telling: bool,
    /// Whether it is a share in per cent.
    pub is_percent: bool,
}

/// The names of units, with how many of the base each is worth; longer names first.
pub(super) struct Units<'a>(Vec<(&'a str, Decimal)>);

impl<'a> Units<'a> {
    pub(super) fn of(units: impl Iterator<Item = (&'a String, &'a Decimal)>) -> Units<'a> {
        let mut all: Vec<_> = units.map(|(name, factor)| (name.as_str(), *factor)).collect();
        all.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Units(all)
    }

    /// What each is worth.
    pub(super) fn factors(&self) -> impl Iterator<Item = Decimal> + '_ {
        self.0.iter().map(|(_, factor)| *factor)
    }

    fn at(&self, rest: &str) -> Option<Decimal> {
        self.0.iter().find(|(name, _)| rest.starts_with(name)).map(|(_, factor)| *factor)
    }

    fn within(&self, head: &str) -> Option<Decimal> {
        self.0.iter().find(|(name, _)| head.contains(name)).map(|(_, factor)| *factor)
    }
}

/// The digits of a value but for noughts at either end.
pub(super) fn significant(value: Decimal) -> usize {
    let digits = value.normalize().mantissa().unsigned_abs().to_string();
    digits.trim_end_matches('0').len()
}

/// Every figure of a text.
pub(super) fn figures(text: &str, units: &Units) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut heads: [Option<&str>; SEPARATORS.len()] = [None; SEPARATORS.len()];
    let mut start = 0;
    for line in text.split('\n') {
        for (head, separator) in heads.iter_mut().zip(SEPARATORS) {
            *head = if line.contains(separator) { head.or(Some(line)) } else { None };
        }
        let from = found.len();
        read_line(line, units, &mut found);
        for figure in &mut found[from..] {
            if figure.unit.is_none() && !figure.is_percent {
                figure.unit = unit_of_column(line, figure, &heads, units);
            }
            figure.range = figure.range.start + start..figure.range.end + start;
        }
        start += line.len() + 1;
    }
    found
}

/// What parts the cells of a line.
const SEPARATORS: [char; 3] = ['|', '\t', ','];

/// The unit that the first line of a table states for a figure alone in its cell.
fn unit_of_column(
    line: &str,
    figure: &Figure,
    heads: &[Option<&str>],
    units: &Units,
) -> Option<Decimal> {
    let is_around = |c: char| c == ' ' || c == '"' || c == '\r';
    let before = line[..figure.range.start].trim_end_matches(is_around);
    let after = line[figure.range.end..].trim_start_matches(is_around);
    heads.iter().zip(SEPARATORS).find_map(|(head, separator)| {
        let is_alone = (before.is_empty() || before.ends_with(separator))
            && (after.is_empty() || after.starts_with(separator));
        let head = head.filter(|head| is_alone && !std::ptr::eq(*head, line))?;
        units.within(head.split(separator).nth(before.matches(separator).count())?)
    })
}

fn read_line(line: &str, units: &Units, found: &mut Vec<Figure>) {
    let (mut at, mut end_of_group) = (0, 0);
    while let Some(c) = line[at..].chars().next() {
        let is_arabic = is_arabic(&line[at..]);
        if !is_arabic && digit(c).is_none_or(|digit| digit == 0) && !is_ten(c) {
            at += c.len_utf8();
            continue;
        }
        if at >= end_of_group
            && let Some((value, end)) = grouped(line, at)
        {
            found.push(figure(line, at..end, value, units));
            end_of_group = end;
        }
        let Some((value, end)) = numeral(line, at, units) else {
            at = if is_arabic { arabic(line, at).1 } else { at + c.len_utf8() };
            continue;
        };
        let mut figure = figure(line, at..end, value, units);
        // Of `30,800 yuan` the 800 is no figure with a unit.
        figure.unit = figure.unit.filter(|_| at >= end_of_group || end < end_of_group);
        found.push(figure);
        at = end;
    }
}

fn figure(line: &str, range: Range<usize>, value: Decimal, units: &Units) -> Figure {
    let written = &line[range.clone()];
    let rest = &line[range.end..];
    let unit = units.at(rest.trim_start());
    // A number with a scale and no counter behind it is one of base units.
    let is_scaled = written.ends_with(|c| big_scale(c).is_some());
    let is_bare = !rest.starts_with(char::is_alphanumeric);
    let digits = written.chars().filter(|c| digit(*c).is_some() || c.is_ascii_digit()).count();
    let has_decimals = written.contains(['.', POINT]) && digits > 2;
    let significant = significant(value);
    let is_telling = significant > 2 || (has_decimals && digits > 3);
    Figure {
        unit: unit.or(Some(Decimal::ONE).filter(|_| is_scaled && is_bare)),
        is_long: (has_decimals && (significant > 1 || is_telling))
            || (significant > 2 && value >= Decimal::from(10_000)),
        is_telling,
        is_percent: rest.trim_start().starts_with('%'),
        range,
        value,
    }
}

fn is_arabic(rest: &str) -> bool {
    rest.strip_prefix('.').unwrap_or(rest).starts_with(|c: char| c.is_ascii_digit())
}

/// A number in digits with decimals, and where it ends; nothing where it goes on as no number does.
fn arabic(line: &str, at: usize) -> (Option<Decimal>, usize) {
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let run = line[at..].find(|c| !is_part(c)).map_or(line.len(), |end| at + end);
    let end = at + line[at..run].trim_end_matches('.').len();
    let written = &line[at..end];
    let is_number = written.matches('.').count() < 2 && !line[..at].ends_with('.');
    let value = if written.starts_with('.') { format!("0{written}") } else { written.to_owned() };
    (Decimal::read(&value).filter(|_| is_number), end)
}

/// A number in digits whose thousands are parted by commas, blanks or apostrophes.
fn grouped(line: &str, at: usize) -> Option<(Decimal, usize)> {
    let count = |at: usize| line[at..].bytes().take_while(u8::is_ascii_digit).count();
    let mut end = at + Some(count(at)).filter(|first| (1..=3).contains(first))?;
    let separator = line[end..].chars().next().filter(|c| matches!(c, ',' | ' ' | '\'' | '’'))?;
    let mut digits = line[at..end].to_owned();
    while line[end..].starts_with(separator) && count(end + separator.len_utf8()) == 3 {
        let start = end + separator.len_utf8();
        end = start + 3;
        digits.push_str(&line[start..end]);
    }
    if digits.len() <= count(at) {
        return None;
    }
    if line[end..].starts_with('.') && count(end + 1) > 0 {
        let decimals = end..end + 1 + count(end + 1);
        digits.push_str(&line[decimals.clone()]);
        end = decimals.end;
    }
    Some((Decimal::read(&digits)?, end))
}

/// Chinese numerals, everyday and financial; digits may stand in them: 三万零八百, 叁万零捌佰, 3万800.
fn numeral(line: &str, at: usize, units: &Units) -> Option<(Decimal, usize)> {
    let mut number = Number::default();
    let mut end = at;
    while let Some(c) = line[end..].chars().next() {
        // A unit may begin with a word of scale.
        if end > at && number.high.is_zero() && units.at(line[end..].trim_start()).is_some() {
            break;
        }
        if number.current.is_none() && is_arabic(&line[end..]) {
            let (value, after) = arabic(line, end);
            (number.current, number.is_arabic) = (Some(value?), true);
            end = after;
        } else if !number.is_arabic && c == POINT {
            let Some((value, after)) = number.current.and_then(|whole| decimals(line, end, whole))
            else {
                break;
            };
            (number.current, number.is_arabic) = (Some(value), true);
            end = after;
        } else if number.take(c)? {
            end += c.len_utf8();
        } else {
            break;
        }
    }
    let value = number.high.checked_add(number.section)?;
    let value = value.checked_add(number.current.unwrap_or_default())?;
    (end > at).then_some((value, end))
}

/// The digits behind a point in words.
fn decimals(line: &str, point: usize, whole: Decimal) -> Option<(Decimal, usize)> {
    let mut end = point + POINT.len_utf8();
    let mut text = format!("{whole}.");
    while let Some((c, digit)) = line[end..].chars().next().and_then(|c| Some((c, digit(c)?))) {
        text.push_str(&digit.to_string());
        end += c.len_utf8();
    }
    Some((Decimal::read(&text).filter(|_| !text.ends_with('.'))?, end))
}

/// A number being read from the left.
#[derive(Default)]
struct Number {
    /// Whole ten thousands and hundred millions.
    high: Decimal,
    /// Tens, hundreds and thousands since.
    section: Decimal,
    /// The digits since.
    current: Option<Decimal>,
    /// Whether these are complete.
    is_arabic: bool,
}

impl Number {
    /// Takes one sign, if it goes on with it; nothing where the number grows too large.
    fn take(&mut self, c: char) -> Option<bool> {
        if let Some(digit) = digit(c).filter(|_| !self.is_arabic) {
            let tens = self.current.unwrap_or_default().checked_mul(Decimal::TEN)?;
            self.current = Some(tens.checked_add(digit.into())?);
            return Some(true);
        }
        let is_begun = self.current.is_some() || !self.section.is_zero();
        if let Some(scale) = small_scale(c).filter(|_| self.current.is_some() || is_ten(c)) {
            let count = self.current.take().filter(|count| !count.is_zero());
            let part = count.unwrap_or(Decimal::ONE).checked_mul(scale.into())?;
            self.section = self.section.checked_add(part)?;
        } else if let Some(scale) = big_scale(c).filter(|_| is_begun || !self.high.is_zero()) {
            let low = self.section.checked_add(self.current.take().unwrap_or_default())?;
            let all = self.high.checked_add(low)?;
            self.high = if scale > 10_000 {
                all.checked_mul(scale.into())?
            } else {
                self.high.checked_add(low.checked_mul(scale.into())?)?
            };
            self.section = Decimal::ZERO;
        } else {
            return Some(false);
        }
        self.is_arabic = false;
        Some(true)
    }
}

const POINT: char = '点';

fn digit(c: char) -> Option<u32> {
    const DIGITS: [&str; 10] =
        ["〇零○", "一壹", "二贰貳两", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖"];
    let at = DIGITS.iter().position(|signs| signs.contains(c))?;
    u32::try_from(at).ok()
}

fn is_ten(c: char) -> bool {
    matches!(c, '十' | '拾')
}

fn small_scale(c: char) -> Option<u32> {
    match c {
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1000),
        c => is_ten(c).then_some(10),
    }
}

fn big_scale(c: char) -> Option<u32> {
    match c {
        '万' | '萬' => Some(10_000),
        '亿' | '億' => Some(100_000_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;
    use crate::secrecy::plain::{Markup, Plain};

    /// Every figure with a unit, in base units, and every long one without.
    fn read(written: &str, markup: Markup) -> Vec<String> {
        let names = [("元", 1), ("千元", 1000), ("万元", 10_000), ("亿元", 100_000_000)];
        let units: IndexMap<String, Decimal> =
            names.into_iter().map(|(name, worth)| (name.to_owned(), worth.into())).collect();
        let plain = Plain::of(written, markup);
        let all = figures(&plain.text, &Units::of(units.iter()));
        let said = |figure: Figure| {
            let value = figure.value.normalize();
            match figure.unit {
                Some(unit) => Some(format!("{} yuan", (value * unit).normalize())),
                None => Some(value.to_string()).filter(|_| figure.is_long),
            }
        };
        all.into_iter().filter_map(said).collect()
    }

    #[test]
    fn one_amount_in_every_way_of_writing_it() {
        for (markup, written) in [
            (Markup::Words, "３．０８万元"),
            (Markup::Words, "30,800元"),
            (Markup::Words, "30，800 元"),
            (Markup::Words, "30 800元"),
            (Markup::Words, "30800元"),
            (Markup::Words, "三万零八百元"),
            (Markup::Words, "叁万零捌佰元整"),
            (Markup::Words, "三点零八万元"),
            (Markup::Words, "3.08万，"),
            (Markup::Words, "3万800元"),
            (Markup::Words, "0.000308亿元"),
            (Markup::Words, "30.8千元"),
            (Markup::Words, "3.\u{200b}08\u{a0}万元"),
            (Markup::Html, "<b>3</b>.08<i> 万元</i>"),
            (Markup::Html, "3&#46;08&nbsp;万元"),
            (Markup::Html, "3&shy;.08<!-- --> 万元"),
            (Markup::Html, "<img alt='3.08万元'>"),
            (Markup::Html, "<!-- 3.08万元 -->"),
            (Markup::Html, "<script>x=\"3\\u002e08万元\"</script>"),
            (Markup::Markdown, "**3**.0*8*万元"),
            (Markup::Markdown, "[3.08](=table/row)万元"),
            (Markup::Markdown, "| 项目 | 金额（万元） |\n|---|---|\n| 甲 | 3.08 |"),
            (Markup::Words, "项目,金额（万元）\n甲,3.08"),
            (Markup::Style, "p::after { content: \"3.08万元\" }"),
            (Markup::Script, "const a = {\"t\":\"<b>3</b>.08万元\"}"),
        ] {
            let found = read(written, markup);
            assert!(found.contains(&"30800 yuan".to_owned()), "{written}: {found:?}");
        }
    }

    #[test]
    fn what_is_no_amount_is_left_alone() {
        for (markup, written) in [
            (Markup::Words, "2025年 第3条 100人 一般公共预算 v1.2.3 2024.12.31"),
            (Markup::Html, "<rect width=\"30.80%\" x='3.08' style=\"width:30.8px\"/>"),
            (Markup::Style, "p { width: 30.80%; margin: 1.25rem }"),
            (Markup::Words, "三公经费 二〇二五年 十分重要"),
        ] {
            assert_eq!(read(written, markup), Vec::<String>::new(), "{written}");
        }
    }

    #[test]
    fn nothing_that_can_be_written_is_a_crash() {
        for written in [
            "九九九九九九九九九九九九九九九九九九九九九九九九九九九九九九九九",
            "万亿亿亿亿",
            "1亿亿亿亿亿亿",
            "<",
            "</",
            "<a",
            "<a b=",
            "<a b='",
            "](",
            "](x",
            "&#x110000;",
            "&",
            "\\",
            "\\u12",
            "点",
            "三点",
            "..",
            ".",
            "1.",
            "1,",
            "1,234,",
            "/*",
            "\"",
            "<style",
            "<script>",
            "<script><script><script></script>",
            "￾３",
            "<a b=\"é>é",
            "\\é",
        ] {
            for markup in
                [Markup::Words, Markup::Markdown, Markup::Html, Markup::Style, Markup::Script]
            {
                read(written, markup);
            }
        }
    }
}
