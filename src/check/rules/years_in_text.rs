//! The years that stand beside bound figures, where the figures are of another year.

use std::ops::Range;

use crate::content::{Paragraph, digit, is_year};
use crate::model::prose::{Binding, clause};
use crate::model::{At, Disclosure, Lookup, Model};
use crate::profile::{Header, Prose, held};

/// A year in a text.
struct Year<'a> {
    /// Its digits and the word behind them.
    range: Range<usize>,
    number: u32,
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
    let sign = disclosure.profile.words.year.rsplit('}').next().unwrap_or_default();
    let sign = sign.trim().chars().next();
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
        let mut stretches: Vec<Range<usize>> = Vec::with_capacity(3);
        stretches.push(start.unwrap_or(clause.start)..at.start);
        if start.is_none() {
            stretches.extend(alone_before(text, clause.start));
        }
        if is_last {
            stretches.push(at.end..clause.end.max(at.end));
        }
        let words = &text[clause];
        for stretch in stretches {
            let years = years(text, stretch, sign);
            let wrong =
                years.into_iter().filter(|year| is_wrong(portal, disclosure, binding, words, year));
            hits.extend(wrong.map(|year| year.range));
        }
    }
    hits
}

/// The clause before a place, where it is a year and next to nothing else: `2025年，`.
fn alone_before(text: &str, start: usize) -> Option<Range<usize>> {
    const NEXT_TO_NOTHING: usize = 8;
    let before = text[..start].strip_suffix('，')?;
    let range = clause(text, before.len());
    let words = text.get(range.start..before.len())?;
    (words.trim().chars().count() <= NEXT_TO_NOTHING).then_some(range.start..before.len())
}

/// The years in a stretch of a text; `sign` is what the form writes behind a year, if anything.
fn years(text: &str, stretch: Range<usize>, sign: Option<char>) -> Vec<Year<'_>> {
    let words = &text[stretch.clone()];
    let mut found = Vec::new();
    let mut rest = words.char_indices().peekable();
    while let Some((start, c)) = rest.next() {
        let Some(first) = digit(c) else { continue };
        let mut digits = String::from(first);
        while let Some((_, next)) = rest.next_if(|(_, c)| digit(*c).is_some()) {
            digits.extend(digit(next));
        }
        let end = rest.peek().map_or(words.len(), |(at, _)| *at);
        let behind = words[end..].trim_start();
        let (behind, is_signed) = match sign {
            Some(sign) => (behind.strip_prefix(sign).unwrap_or(behind), behind.starts_with(sign)),
            None => (behind, !behind.starts_with(['.', ',']) || behind.starts_with(", ")),
        };
        let before = words[..start].trim_end();
        // One of several years is nobody's in particular.
        let is_range = before.ends_with(RANGES) || behind.starts_with(RANGES);
        let is_part = before.ends_with(|c: char| c.is_ascii_alphanumeric() || ".,".contains(c))
            && before.len() == start;
        if !is_year(&digits) || !is_signed || is_range || is_part {
            continue;
        }
        let until = words.len() - behind.len();
        found.push(Year {
            range: stretch.start + start..stretch.start + until,
            number: digits.parse().unwrap_or_default(),
            before,
            behind,
        });
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
    if (own.contains(&year.number) && has_own) || (is_before && has_prior) {
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
    held(&prose.other_year, clause).next().is_none()
        && !names(portal, disclosure, binding).iter().any(|words| is_said(words))
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
        years(text, 0..text.len(), sign).into_iter().map(|year| year.number).collect()
    }

    #[test]
    fn years_are_found_in_every_width_and_script() {
        for (text, wanted) in [
            ("2025年预算收入", vec![2025]),
            ("２０２５年、二〇二四年度", vec![]),
            ("２０２５年收入", vec![2025]),
            ("二〇二四 年度支出", vec![2024]),
            ("2023年至2025年", vec![]),
            ("2023-2025年", vec![]),
            ("编码13070025年", vec![]),
            ("2025元，12025年", vec![]),
            ("共2024.50万元", vec![]),
        ] {
            assert_eq!(numbers(text, Some('年')), wanted, "{text}");
        }
        assert_eq!(numbers("in 2024 it spends", None), [2024]);
        assert_eq!(numbers("2024/25 or 2,024 or A2024", None), Vec::<u32>::new());
    }
}
