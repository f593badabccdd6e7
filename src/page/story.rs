//! What a disclosure tells first: what its body does in its own words, which lines made it more or
//! less than before, what its largest projects promise, and what was checked.

#![deny(clippy::arithmetic_side_effects)]

use serde::Serialize;

use super::change::{LineContext, alone, comparisons_link, unit};
use super::context::figure;
use super::promises::{PromiseContext, largest};
use super::proof::{CountsContext, counts};
use super::{Link, View};
use crate::content::{Paragraph, without_ordinal};
use crate::format;
use crate::model::comparison::compared;
use crate::model::{At, Disclosure};
use crate::url;

/// What a disclosure tells first.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct StoryContext {
    /// What its body does; nothing where the text does not say, or the profile not where.
    pub office: Option<OfficeContext>,
    /// What made it more or less than before; nothing without an earlier year.
    pub causes: Option<CausesContext>,
    /// Its largest projects with what they promise.
    pub promises: Vec<PromiseContext>,
    /// How many projects it has.
    pub project_count: usize,
    /// The list of them; empty without any.
    pub projects_url: String,
    /// How the relations between its figures came out.
    pub counts: CountsContext,
    /// The page that proves them; empty without one.
    pub proof_url: String,
    /// Its data files; empty without any.
    pub downloads_url: String,
    /// The workbook that holds all of it; empty without one.
    pub workbook_url: String,
    /// The document that holds all of it, to be printed; empty without one.
    pub book_url: String,
}

/// What a body does: the beginning of its own text.
#[derive(Clone, Debug, Serialize)]
pub(super) struct OfficeContext {
    /// The clauses, without their ordinals and last signs.
    pub clauses: Vec<String>,
    /// Whether the text goes on.
    pub more: bool,
    /// The section they are from; nothing where it has no page.
    pub source: Option<Link>,
}

/// The lines that made the first large figure more or less than in the nearest earlier year.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CausesContext {
    /// That year as printed.
    pub year: String,
    /// The unit of the lines.
    pub unit: String,
    /// The lines, none a sum of others: the largest change first.
    pub lines: Vec<LineContext>,
    /// Everything that changed; nothing where no page lists it.
    pub all: Option<Link>,
}

/// How many lines are named.
const CAUSES: usize = 4;

/// How many projects.
const PROJECTS: usize = 5;

/// What a disclosure tells, as this page links it.
pub(super) fn story(view: &View, disclosure: &Disclosure) -> StoryContext {
    let link = |path: String| {
        if (view.exists)(&path) { view.link(&path) } else { String::new() }
    };
    let whole = |ending| url::disclosure_data(disclosure, &url::own_name(disclosure), ending);
    StoryContext {
        office: office(view, disclosure),
        causes: causes(view, disclosure),
        promises: largest(view, disclosure, PROJECTS),
        project_count: disclosure.projects.len(),
        projects_url: link(url::projects(disclosure)),
        counts: counts(disclosure.relations(view.portal).iter()),
        proof_url: link(url::verification(disclosure)),
        downloads_url: link(url::downloads(disclosure)),
        workbook_url: link(whole("xlsx")),
        book_url: link(whole("pdf")),
    }
}

/// The story of an organisation: that of its newest disclosure with a large figure, or of its newest.
pub(super) fn of_organisation(view: &View, organisation: usize) -> StoryContext {
    let newest = || view.portal.disclosures_of(organisation);
    let told = newest().find(|one| !one.profile.headline.is_empty()).or_else(|| newest().next());
    told.map(|disclosure| story(view, disclosure)).unwrap_or_default()
}

/// The largest changes of lines in the table and column of the first large figure. A line is no
/// sum of others, so nothing counts twice.
fn causes(view: &View, disclosure: &Disclosure) -> Option<CausesContext> {
    let earlier = view.portal.earlier(disclosure)?;
    let (_, _, at) = figure(view, disclosure, &disclosure.profile.headline.first()?.address)?;
    let At::Cell(table, panel, _, column) = at else { return None };
    let comparison = compared(disclosure, earlier, &disclosure.tables[table].spec.id)?;
    let mut columns = comparison.columns.iter();
    let compared = columns.find(|one| one.panel[0] == panel && one.column[0] == column)?;
    let page = url::comparison(disclosure, earlier, comparison.tables()[0]);
    let has_page = (view.exists)(&page);
    let line = |one| {
        let line = alone(view, &comparison, compared, one);
        let url = if has_page { line.url } else { line.now.url.clone() };
        LineContext { url, ..line }
    };
    let lines: Vec<LineContext> = comparison.largest(compared, CAUSES).iter().map(line).collect();
    (!lines.is_empty()).then(|| CausesContext {
        year: format::year(earlier),
        unit: unit(comparison.tables()[0], panel, column),
        lines,
        all: comparisons_link(view, disclosure),
    })
}

/// How many characters of the text are quoted, the first clause aside.
const QUOTED: usize = 80;

/// The beginning of what a section says its body does: whole clauses, up to the end of a sentence.
fn office(view: &View, disclosure: &Disclosure) -> Option<OfficeContext> {
    let spec = disclosure.profile.sections.values().find(|spec| spec.mandate.is_some())?;
    let section = disclosure.sections.iter().find(|section| section.id == spec.id)?;
    let word = spec.mandate.as_deref().unwrap_or_default();
    let paragraphs = under(&section.paragraphs, word);
    let mut clauses: Vec<String> = Vec::new();
    let mut length = 0_usize;
    let mut is_over = false;
    let mut more = false;
    let said = paragraphs.iter().take_while(|one| !one.heading).filter(|one| one.cell.is_none());
    for paragraph in said {
        let text = without_ordinal(&paragraph.text);
        // What only leads to a list says nothing of itself.
        if text.is_empty() || text.ends_with([':', '：']) {
            continue;
        }
        let (sentence, rest) = first_sentence(text);
        length = length.saturating_add(sentence.chars().count());
        if is_over || (length > QUOTED && !clauses.is_empty()) {
            more = true;
            break;
        }
        let clause = sentence.trim_end_matches(CLAUSE_ENDS).to_owned();
        is_over = sentence.ends_with(SENTENCE_ENDS);
        more = !rest.is_empty();
        clauses.push(clause);
        if more {
            break;
        }
    }
    let path = url::section(disclosure, section);
    let source = (view.exists)(&path).then(|| view.to(&path, section.title.clone()));
    (!clauses.is_empty()).then_some(OfficeContext { clauses, more, source })
}

/// What ends a sentence.
const SENTENCE_ENDS: [char; 3] = ['。', '！', '.'];

/// What ends a clause.
const CLAUSE_ENDS: [char; 6] = ['。', '！', '.', '；', ';', '，'];

/// The paragraphs behind the last heading that holds a word; all where none does.
fn under<'a>(paragraphs: &'a [Paragraph], word: &str) -> &'a [Paragraph] {
    let holds = |one: &Paragraph| one.heading && !word.is_empty() && one.text.contains(word);
    let skipped = paragraphs.iter().rposition(holds).map_or(0, |at| at.saturating_add(1));
    let rest = &paragraphs[skipped..];
    let first = rest.iter().position(|one| !one.heading).unwrap_or(rest.len());
    &rest[first..]
}

/// The first sentence of a paragraph with its last sign, and what stands behind it.
fn first_sentence(text: &str) -> (&str, &str) {
    let ends = |(at, sign): (usize, char)| {
        let end = at.saturating_add(sign.len_utf8());
        let is_end = match sign {
            '。' | '！' => true,
            '.' => text[end..].starts_with(' '),
            _ => false,
        };
        is_end.then_some(end)
    };
    let end = text.char_indices().find_map(ends).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn a_sentence_ends_at_its_stop_and_not_within_a_figure() {
        assert_eq!(first_sentence("管书。借书。"), ("管书。", "借书。"));
        assert_eq!(
            first_sentence("It lends 1.5 million books. It"),
            ("It lends 1.5 million books.", "It")
        );
        assert_eq!(first_sentence("管书；"), ("管书；", ""));
    }
}
