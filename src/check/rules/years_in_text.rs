//! The years that stand beside bound figures, where the figures are of another year.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::content::{Paragraph, digit, is_year};
use crate::model::prose::{Binding, clause};
use crate::model::{At, Disclosure, Lookup, Model, is_slip};
use crate::profile::{Header, Prose, held};

/// A year in a text.
struct Year<'a> {
    /// Its digits and the word behind them.
    range: Range<usize>,
    number: u32,
    /// Whether its digits are those of no year as they stand: `202年`, `2O24年`.
    is_mistyped: bool,
    /// Whether it has its last two digits only.
    is_short: bool,
    /// What stands before and behind it in its clause.
    before: &'a str,
    behind: &'a str,
}

/// The years of a paragraph that stand in the clause of a bound figure, or alone in the clause before
/// it, and are not the year of that figure.
pub(super) fn beside_figures(
    portal: &Model,
    disclosure: &Disclosure,
    paragraph: &Paragraph,
    bindings: &[&Binding],
) -> Vec<Range<usize>> {
    let text = paragraph.text.as_str();
    let form = Form::of(disclosure);
    let link = |binding: &Binding| {
        let at = paragraph.links.binary_search_by_key(&binding.range.start, |(_, start)| *start);
        at.ok().map(|at| paragraph.links[at].0.clone())
    };
    let figures: Vec<_> =
        bindings.iter().filter_map(|binding| Some((*binding, link(binding)?))).collect();
    let mut hits = Vec::new();
    for (index, (binding, at)) in figures.iter().enumerate() {
        if binding.addresses().next().is_none() {
            continue;
        }
        let clause = clause(text, at.start);
        let before = index.checked_sub(1).map(|before| figures[before].1.end);
        let start = before.filter(|end| *end > clause.start);
        let is_last = figures.get(index + 1).is_none_or(|(_, next)| next.start >= clause.end);
        let mut stretches: Vec<Range<usize>> = Vec::with_capacity(4);
        stretches.push(start.unwrap_or(clause.start)..at.start);
        // Without a sign behind it a year is a number like others.
        stretches.extend(form.sign.map(|_| at.clone()));
        if start.is_none() {
            stretches.extend(alone_before(text, clause.start));
        }
        if is_last {
            stretches.push(at.end..clause.end.max(at.end));
        }
        let words = &text[clause];
        for stretch in stretches {
            let years = years(text, stretch, &form);
            let wrong =
                years.into_iter().filter(|year| is_wrong(portal, disclosure, binding, words, year));
            hits.extend(wrong.map(|year| year.range));
        }
    }
    hits
}

/// The years of headings, of lines that end in a colon and of heads of columns, where every bound figure
/// below them is of another; with the number of their paragraph.
pub(super) fn above_figures(
    portal: &Model,
    disclosure: &Disclosure,
    paragraphs: &[Paragraph],
    bindings: &BTreeMap<usize, Vec<&Binding>>,
) -> BTreeMap<usize, Vec<Range<usize>>> {
    if bindings.is_empty() {
        return BTreeMap::new();
    }
    let mut below: BTreeMap<usize, Vec<&Binding>> = BTreeMap::new();
    let (mut heading, mut line, mut heads) = (None, None, Vec::new());
    for (index, paragraph) in paragraphs.iter().enumerate() {
        match paragraph.cell {
            Some((true, column)) => heads.push((column, index)),
            None => heads.clear(),
            Some(_) => {}
        }
        if let Some(bound) = bindings.get(&index) {
            let is_over = |head: &&(usize, usize)| paragraph.cell == Some((false, head.0));
            let heads = heads.iter().filter(is_over).map(|head| head.1);
            for above in heading.into_iter().chain(line).chain(heads) {
                let bound = bound.iter().filter(|binding| binding.addresses().next().is_some());
                below.entry(above).or_default().extend(bound);
            }
        }
        if paragraph.heading {
            // The first is the title of the section.
            (heading, line) = ((index > 0).then_some(index), None);
        } else {
            let text = paragraph.text.trim();
            let is_line = text.chars().count() <= SHORT && text.ends_with(['：', ':']);
            line = is_line.then_some(index);
        }
    }
    let form = Form::of(disclosure);
    let wrong = below.into_iter().filter(|(_, bound)| !bound.is_empty()).map(|(above, bound)| {
        let text = paragraphs[above].text.as_str();
        let is_wrong = |year: &Year| {
            bound.iter().all(|binding| is_wrong(portal, disclosure, binding, text, year))
        };
        let years = years(text, 0..text.len(), &form).into_iter().filter(is_wrong);
        (above, years.map(|year| year.range).collect())
    });
    wrong.collect()
}

/// A line that leads to a list has no more characters than these: `2025年度，其中：`.
const SHORT: usize = 16;

/// The clause before a place, where it is a year and next to nothing else: `2025年，`, `2025年度：`.
fn alone_before(text: &str, start: usize) -> Option<Range<usize>> {
    const NEXT_TO_NOTHING: usize = 8;
    let before = text[..start].strip_suffix(['，', '：', '；', ',', ':', ';'])?;
    let range = clause(text, before.len());
    let words = text.get(range.start..before.len())?;
    let is_alone = words.trim().chars().count() <= NEXT_TO_NOTHING
        && words.trim_start().starts_with(|c| digit(c).is_some());
    is_alone.then_some(range.start..before.len())
}

/// How the years of a disclosure are written.
struct Form {
    /// What stands behind a year, if anything.
    sign: Option<char>,
    /// Whether its years are two in a row.
    is_double: bool,
    /// Its years and the one before.
    near: Vec<u32>,
}

impl Form {
    fn of(disclosure: &Disclosure) -> Form {
        let sign = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default();
        let mut near = disclosure.own_years();
        near.extend(near.iter().min().map(|first| first.saturating_sub(1)));
        let is_double = disclosure.fiscal_years().len() > 1;
        Form { sign: sign.trim().chars().next(), is_double, near }
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
    fn signed<'a>(&self, behind: &'a str) -> Option<&'a str> {
        if let Some(sign) = self.sign {
            return behind.strip_prefix(sign);
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

/// The years in a stretch of a text.
fn years<'a>(text: &'a str, stretch: Range<usize>, form: &Form) -> Vec<Year<'a>> {
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
        let signed = form.signed(behind);
        let behind = signed.unwrap_or(behind);
        let before = words[..start].trim_end();
        // One of several years is nobody's in particular.
        let is_range = before.ends_with(RANGES) || behind.starts_with(RANGES);
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
        found.push(Year { range, number, is_mistyped, is_short, before, behind });
    }
    found
}

/// Signs between two years.
const RANGES: [char; 10] = ['-', '–', '—', '－', '~', '～', '至', '/', '、', '和'];

/// Whether a year is not that of the figure it stands beside.
fn is_wrong(
    portal: &Model,
    disclosure: &Disclosure,
    binding: &Binding,
    clause: &str,
    year: &Year,
) -> bool {
    let own = disclosure.own_years();
    let Some(first) = own.iter().min() else { return false };
    let is_before = year.number.checked_add(1) == Some(*first);
    let (has_prior, has_own) =
        (binding.is_change(), binding.addresses().any(|address| !address.prior));
    let is_meant = (own.contains(&year.number) && has_own) || (is_before && has_prior);
    if is_meant && !year.is_mistyped {
        return false;
    }
    let none = Prose::default();
    let prose = disclosure.profile.prose.as_ref().unwrap_or(&none);
    let is_day = year.behind.starts_with(|c| digit(c).is_some())
        || prose.as_of.iter().any(|word| year.behind.starts_with(word.as_str()));
    let is_compared = prose.before_year.iter().any(|word| year.before.ends_with(word.as_str()));
    if (is_before || own.contains(&year.number)) && (is_day || is_compared) {
        return false;
    }
    let digits = year.number.to_string();
    let is_said =
        |words: &str| words.contains(&digits) || held(&prose.other_year, words).next().is_some();
    if held(&prose.other_year, clause).next().is_some() {
        return false;
    }
    let names = names(portal, disclosure, binding);
    if names.iter().any(|words| is_said(words)) {
        return false;
    }
    is_named(prose, &names, year) || (!year.is_short && begins(portal, prose, year))
}

/// Whether the words behind a year are those of a budget, or of what the figure is.
fn is_named(prose: &Prose, names: &[String], year: &Year) -> bool {
    // A word such as 度 or 的 may stand between.
    const BETWEEN: usize = 2;
    let starts = year.behind.char_indices().take(BETWEEN + 1);
    let mut rests = starts.map(|(at, _)| &year.behind[at..]);
    rests.any(|rest| {
        let words = prose.after_year.iter().chain(names);
        words.into_iter().any(|word| word.chars().count() > 1 && rest.starts_with(word.as_str()))
    })
}

/// Whether a year begins its clause, so that it is not the year of another noun: after an ordinal, the name
/// of the organisation or a word that the profile puts before years at most.
fn begins(portal: &Model, prose: &Prose, year: &Year) -> bool {
    let before = year.before;
    let is_ordinal = |c: char| !c.is_alphanumeric() || c == '十' || digit(c).is_some();
    before.chars().all(is_ordinal)
        || prose.before_year.iter().any(|word| before.ends_with(word.as_str()))
        || portal.outline.named_at_end(before).is_some()
}

/// What names the cells of a figure: their tables, rows and columns.
fn names(portal: &Model, disclosure: &Disclosure, binding: &Binding) -> Vec<String> {
    let mut names = Vec::new();
    for address in binding.addresses() {
        let Lookup::Figures(figures) = disclosure.find(portal, address, None) else { continue };
        for figure in figures {
            let home = disclosure.home(portal, figure);
            names.push(home.words_of(figure.at).zh);
            if let At::Cell(table, panel, _, column) = figure.at {
                let spec = &home.tables[table].spec.panels[panel];
                over(&spec.header, column, &mut names);
            }
        }
    }
    names
}

/// The headings over a column.
fn over(header: &[Header], column: usize, names: &mut Vec<String>) -> bool {
    header.iter().any(|heading| match heading {
        Header::Column(index) => *index == column,
        Header::Group(title, below) => {
            let is_over = over(below, column, names);
            names.extend(is_over.then(|| title.clone()));
            is_over
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str, sign: Option<char>) -> Vec<u32> {
        let form = Form { sign, is_double: sign.is_none(), near: vec![2025, 2024] };
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
        ] {
            assert_eq!(numbers(text, Some('年')), wanted, "{text}");
        }
        assert_eq!(numbers("in 2024 it spends", None), [2024]);
        assert_eq!(numbers("2024/25 or 2,024 or A2024", None), Vec::<u32>::new());
    }
}
