//! The years that stand beside bound figures, where the figures are of another year.

use std::collections::BTreeMap;
use std::ops::Range;

use super::year_words::{Form, RANGES, Year, years};
use crate::content::{Paragraph, digit, without_ordinal};
use crate::model::prose::{Binding, clause};
use crate::model::{At, Disclosure, FigureRef, Lookup, Model};
use crate::profile::{Header, Prose};

/// The years of a paragraph that stand in the clause of a bound figure, or alone in the clause before
/// it, and are not the year of that figure.
pub(super) fn beside_figures(
    portal: &Model,
    (disclosure, form): (&Disclosure, &Form),
    paragraph: &Paragraph,
    bindings: &[&Binding],
) -> Vec<Range<usize>> {
    if bindings.is_empty() {
        return Vec::new();
    }
    let text = paragraph.text.as_str();
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
        let clause = over_lines(text, at.start);
        let before = index.checked_sub(1).map(|before| figures[before].1.end);
        let start = before.filter(|end| *end > clause.start);
        let is_last = figures.get(index + 1).is_none_or(|(_, next)| next.start >= clause.end);
        let mut stretches: Vec<Range<usize>> = Vec::with_capacity(4);
        stretches.push(start.unwrap_or(clause.start)..at.start);
        // Without a sign behind it a year is a number like others.
        stretches.extend(form.sign.map(|_| at.clone()));
        if start.is_none() {
            stretches.extend(alone_before(text, clause.start, form));
        }
        if is_last {
            stretches.push(at.end..clause.end.max(at.end));
        }
        let words = &text[clause];
        for stretch in stretches {
            let years = years(text, stretch, form).into_iter();
            let wrong =
                years.filter(|year| is_wrong(portal, (disclosure, form), binding, words, year));
            hits.extend(wrong.map(|year| year.range));
        }
    }
    hits
}

/// The years of headings, of lines that end in a colon and of heads of columns, where every bound figure
/// below them is of another; with the number of their paragraph.
pub(super) fn above_figures(
    portal: &Model,
    (disclosure, form): (&Disclosure, &Form),
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
    let wrong = below.into_iter().filter(|(_, bound)| !bound.is_empty()).map(|(above, bound)| {
        let text = paragraphs[above].text.as_str();
        let is_wrong = |year: &Year| {
            bound.iter().all(|binding| is_wrong(portal, (disclosure, form), binding, text, year))
        };
        let years = years(text, 0..text.len(), form).into_iter().filter(is_wrong);
        (above, years.map(|year| year.range).collect())
    });
    wrong.collect()
}

/// A line that leads to a list has no more characters than these: `2025年度，其中：`.
const SHORT: usize = 16;

/// The clause before a place, where it is a year and next to nothing else: `2025年，`, `2025年度：`.
pub(super) fn alone_before(text: &str, start: usize, form: &Form) -> Option<Range<usize>> {
    const NEXT_TO_NOTHING: usize = 8;
    let before = text[..start].strip_suffix(['，', '：', '；', ',', ':', ';'])?;
    let range = clause(text, before.len());
    let words = text.get(range.start..before.len())?;
    let words = words.trim();
    let length = match form.relative_at(words) {
        Some((word, _)) => word.chars().count() + 1,
        None if words.starts_with(|c| digit(c).is_some()) => NEXT_TO_NOTHING,
        None => return None,
    };
    let is_alone = words.chars().count() <= length;
    is_alone.then_some(range.start..before.len())
}

/// Whether a year is not that of the figure it stands beside.
fn is_wrong(
    portal: &Model,
    (disclosure, form): (&Disclosure, &Form),
    binding: &Binding,
    clause: &str,
    year: &Year,
) -> bool {
    let own = &form.own;
    let Some(first) = own.iter().min() else { return false };
    let is_before = year.number.checked_add(1) == Some(*first);
    let (has_prior, has_own) =
        (binding.is_change(), binding.addresses().any(crate::address::Address::is_own));
    let is_meant = (own.contains(&year.number) && has_own) || (is_before && has_prior);
    if is_meant && !year.is_mistyped {
        return false;
    }
    let none = Prose::default();
    let prose = disclosure.profile.prose.as_ref().unwrap_or(&none);
    let is_day = is_day(prose, year.behind);
    let is_compared = is_compared(prose, year.before);
    if (is_before || own.contains(&year.number)) && (is_day || is_compared) {
        return false;
    }
    // A figure of the year before may be compared with the year before that.
    let is_earlier = !has_own && year.number.checked_add(2) == Some(*first);
    if (is_earlier && is_compared) || (year.is_relative && is_of_change(prose, year.behind)) {
        return false;
    }
    let digits = year.number.to_string();
    let is_said = |words: &str| {
        words.contains(&digits)
            || prose.other_year.held(words).next().is_some()
            || form.names_relative(words, year.number)
    };
    if prose.other_year.held(clause).next().is_some() {
        return false;
    }
    let names = names(portal, disclosure, binding);
    if names.iter().any(|words| is_said(words)) {
        return false;
    }
    is_named(prose, &names, year)
        || (!year.is_short && begins(portal, prose, year))
        || is_in_brackets(portal, (disclosure, prose), binding, year)
}

/// Whether a month or a quarter stands behind a year, or a word for a day of it: `12月31日`, `一季度`, `末`. A
/// figure in words that begins a noun is none: `一般公共预算`.
fn is_day(prose: &Prose, behind: &str) -> bool {
    let is_number = |c: char| digit(c).is_some() || c == '十' || RANGES.contains(&c);
    let rest = behind.trim_start_matches(is_number);
    (rest.len() < behind.len() && rest.starts_with(['月', '季']))
        || prose.as_of.iter().any(|word| behind.starts_with(word.as_str()))
}

/// The clause around a place; one that begins a line goes on from the line before.
pub(super) fn over_lines(text: &str, at: usize) -> Range<usize> {
    const LINES: usize = 2;
    let mut range = clause(text, at);
    for _ in 0..LINES {
        let Some(end) = range.start.checked_sub(1).filter(|_| text[..range.start].ends_with('\n'))
        else {
            break;
        };
        range.start = clause(text, end).start;
    }
    range
}

/// Whether a year stands alone in brackets behind what the figure is called: `预算收入（2024年）`.
fn is_in_brackets(
    portal: &Model,
    (disclosure, prose): (&Disclosure, &Prose),
    binding: &Binding,
    year: &Year,
) -> bool {
    let behind = year.behind.trim_start_matches(|c: char| c.is_alphabetic());
    let words = year.behind[..year.behind.len() - behind.len()].chars().count();
    let Some(noun) = year.before.strip_suffix(['（', '(']) else { return false };
    if words > SHORT_WORD || !behind.starts_with(['）', ')']) {
        return false;
    }
    let is_called = |word: &String| word.chars().count() > 1 && noun.ends_with(word.as_str());
    prose.after_year.iter().any(is_called)
        || titles(portal, disclosure, binding).iter().any(is_called)
}

/// A word such as 度 or 的 may stand between a year and what it is the year of.
const SHORT_WORD: usize = 2;

/// Whether the words before a year are those that a figure is compared by.
pub(super) fn is_compared(prose: &Prose, before: &str) -> bool {
    prose.before_year.iter().any(|word| before.ends_with(word.as_str()))
}

/// Whether the words behind a year say at once which way a figure went: `上年减少` compares with it.
fn is_of_change(prose: &Prose, behind: &str) -> bool {
    let mut words = prose.increase.iter().chain(&prose.decrease).chain(&prose.unchanged);
    words.any(|word| behind.starts_with(word.as_str()))
}

/// Whether the words behind a year are those of a budget, or of what the figure is.
fn is_named(prose: &Prose, names: &[String], year: &Year) -> bool {
    let starts = year.behind.char_indices().take(SHORT_WORD + 1);
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
        || is_compared(prose, before)
        || portal.outline.named_at_end(before).is_some()
}

/// The figures that a bound one is of.
fn figures(portal: &Model, disclosure: &Disclosure, binding: &Binding) -> Vec<FigureRef> {
    let found = binding.addresses().map(|address| disclosure.find(portal, address, None));
    let figures = found.filter_map(|found| match found {
        Lookup::Figures(figures) => Some(figures),
        _ => None,
    });
    figures.flatten().collect()
}

/// What names the cells of a figure: their tables, rows and columns.
fn names(portal: &Model, disclosure: &Disclosure, binding: &Binding) -> Vec<String> {
    let mut names = Vec::new();
    for figure in figures(portal, disclosure, binding) {
        let home = disclosure.home(portal, figure);
        names.push(home.words_of(figure.at).zh);
        if let At::Cell(table, panel, _, column) = figure.at {
            over(&home.tables[table].spec.panels[panel].header, column, &mut names);
        }
    }
    names
}

/// The names of the rows and the columns of a figure, without the ordinals before them.
fn titles(portal: &Model, disclosure: &Disclosure, binding: &Binding) -> Vec<String> {
    let mut all = Vec::new();
    for figure in figures(portal, disclosure, binding) {
        let At::Cell(table, panel, row, column) = figure.at else { continue };
        let table = &disclosure.home(portal, figure).tables[table];
        let names =
            [&table.spec.panels[panel].columns[column].title, &table.panels[panel].rows[row].name];
        all.extend(names.map(|name| without_ordinal(name).to_owned()));
    }
    all
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
