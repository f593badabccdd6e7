//! Days a text says beside a bound figure that lie after the day its table is of: `2025年末` over one of 2024-12-31.

use std::ops::Range;

use super::stated_date::Stated;
use super::year_words::{Form, Year, years};
use super::years_in_text::{alone_before, over_lines};
use crate::address::{Address, Target};
use crate::content::Paragraph;
use crate::content::date::days_between;
use crate::model::Disclosure;
use crate::model::prose::Binding;
use crate::profile::Prose;

/// The years in the clauses of bound figures whose end, or whose day, comes after the day the table of the figure
/// states, with the year of that day.
pub(super) fn after_their_tables(
    (disclosure, form): (&Disclosure, &Form),
    paragraph: &Paragraph,
    bindings: &[&Binding],
) -> Vec<(u32, Range<usize>)> {
    let Some(prose) = &disclosure.profile.prose else { return Vec::new() };
    let text = paragraph.text.as_str();
    let mut hits = Vec::new();
    for binding in bindings {
        let Some(stated) = day_of_table(disclosure, binding) else { continue };
        let (Some(of_table), Some(day)) = (stated.year, stated.day()) else { continue };
        // A day that is far off is wrong itself.
        if !form.own.iter().any(|own| *own == of_table || own.saturating_sub(1) == of_table) {
            continue;
        }
        let at = paragraph.links.binary_search_by_key(&binding.range.start, |(_, start)| *start);
        let Some((link, _)) = at.ok().map(|at| &paragraph.links[at]) else { continue };
        let clause = over_lines(text, link.start);
        let is_after = |year: &Year| {
            let stated = Stated::read(&text[year.range.start..]).and_then(|stated| stated.day());
            match stated.and_then(|stated| days_between(&day, &stated)) {
                // The day after the last of a year is the first of the next.
                Some(days) => days > 1,
                None => year.number > of_table && is_end(prose, year.behind),
            }
        };
        let before = alone_before(text, clause.start, form);
        let stretches = before.into_iter().chain(std::iter::once(clause.start..link.start));
        let all = stretches.flat_map(|stretch| years(text, stretch, form)).filter(is_after);
        hits.extend(all.map(|year| (of_table, year.range)));
    }
    hits
}

fn is_end(prose: &Prose, behind: &str) -> bool {
    prose.year_end.iter().any(|word| behind.starts_with(word.as_str()))
}

/// The last day that is stated above the table of a figure.
fn day_of_table(disclosure: &Disclosure, binding: &Binding) -> Option<Stated> {
    let address =
        binding.addresses().next().filter(|_| binding.addresses().all(Address::is_own))?;
    let Target::Cells { table, .. } = &address.target else { return None };
    let facts = disclosure.tables.get(table)?.facts.iter();
    let days = facts.filter_map(|(_, value)| Stated::read(value));
    days.filter(|stated| stated.day().is_some()).max_by_key(Stated::day)
}
