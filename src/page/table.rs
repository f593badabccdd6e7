//! One table, whole.

use indexmap::IndexMap;
use serde::Serialize;

use super::change::{BriefContext, brief};
use super::charts::{ChartContext, Where, charts};
use super::context::neighbours;
use super::corrections::{CorrectionContext, Of, corrections, mark};
use super::dataset;
use super::disclosure::table_link;
use super::first_use::FirstUse;
use super::grid::{GridContext, grid};
use super::proof::{
    AcceptanceContext, CountsContext, KindContext, RelationContext, acceptances, counts, kinds,
    relation,
};
use super::summary::{SentenceContext, summary};
use super::whereabouts::{EchoContext, SumContext, whereabouts};
use super::year_before::years_before;
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context, trail_of_disclosure};
use crate::model::{At, Disclosure, Outcome, Portal, Verdict, row_words};
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "table",
    template: "table.html",
    scope: PageScope::Organisation(Maker { plan, trail: trail_of_disclosure, context: build }),
};

/// What `table.html` gets.
#[derive(Serialize)]
struct TableContext<'a> {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The table.
    #[serde(skip)]
    grid: GridContext<'a>,
    /// What it says in a few sentences; empty where its profile has none.
    summary: Vec<SentenceContext>,
    /// What it says to search engines of data: JSON-LD.
    dataset: String,
    /// The charts drawn from it.
    charts: Vec<ChartContext>,
    /// The section it belongs to.
    section: Option<Link>,
    /// What was changed in it after publication.
    corrections: Vec<CorrectionContext>,
    /// Known exceptions in it, with their reasons.
    acceptances: Vec<AcceptanceContext>,
    /// What was checked of it; nothing where no relation touches it.
    proof: Option<ProofContext>,
    /// Where else its figures stand.
    echoes: Vec<EchoContext>,
    /// Which of its figures are sums, and of which others.
    sums: Vec<SumContext>,
    /// The same table in the nearest earlier year; nothing where the two cannot be compared.
    comparison: Option<BriefContext>,
    /// Its data files.
    downloads: Vec<Link>,
    /// The table before it.
    previous: Option<Link>,
    /// The table after it.
    next: Option<Link>,
}

/// Sums of one row that rounding keeps apart from their parts by as much.
#[derive(Serialize)]
struct DriftContext {
    /// The row.
    row: String,
    /// The columns.
    columns: Vec<String>,
    /// How far.
    difference: String,
}

/// What was checked of a table.
#[derive(Serialize)]
struct ProofContext {
    /// How the relations within it came out.
    own: CountsContext,
    /// How many of each kind there are.
    kinds: Vec<KindContext>,
    /// How its relations with other places came out.
    others: CountsContext,
    /// Those within it that rounding keeps apart, a row and a difference each.
    drifts: Vec<DriftContext>,
    /// The others that do not agree to the digit.
    relations: Vec<RelationContext>,
    /// The page that proves the whole disclosure.
    url: String,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let mut pages = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        for (item, table) in disclosure.tables.values().enumerate() {
            pages.push(Page {
                path: url::table(disclosure, table),
                title: table.title.clone(),
                subject: Subject { organisation: disclosure.organisation, disclosure: index, item },
            });
        }
    }
    pages
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    let index = view.page.subject.item;
    let table = &disclosure.tables[index];
    let tables: Vec<_> = disclosure.tables.values().collect();
    let (previous, next) = neighbours(&tables, index, |table| table_link(view, disclosure, table));
    let is_around = (view.uses)("echoes") || (view.uses)("sums");
    let (echoes, sums) =
        if is_around { whereabouts(view, disclosure, index) } else { Default::default() };
    let subject = |classification: &str, code: &str| {
        view.link(&url::subject(view.portal, disclosure.organisation, classification, code))
    };
    let years = view.if_used("prior", || years_before(view, disclosure, index));
    let mut grid = grid(table, &subject, &years);
    mark(view, disclosure, index, &mut grid);
    if (view.uses)(".term") {
        FirstUse::on(view, std::iter::empty()).in_grid(&mut grid);
    }
    let data = (view.data)(view.page.path.trim_end_matches(".html"));
    let fields = TableContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        grid,
        summary: view.if_used("summary", || summary(view, disclosure, &table.spec.summary)),
        dataset: view.if_used("dataset", || dataset::of_table(view, disclosure, table)),
        charts: view.if_used("charts", || charts(view, disclosure, Where::Table(index))),
        section: section(view, disclosure, table.spec.section.as_deref()),
        corrections: view.if_used("corrections", || {
            corrections(view, disclosure, Of::Table(index, &table.spec.id))
        }),
        acceptances: acceptances(
            view,
            disclosure,
            disclosure.accepted_below(view.portal, &table.spec.id),
        ),
        proof: view.if_used("proof", || proof(view, disclosure, index)),
        echoes,
        sums,
        comparison: view.if_used("comparison", || brief(view, disclosure, index)),
        downloads: data.into_iter().map(|(title, path)| view.to(&path, title)).collect(),
        previous,
        next,
    };
    let mut context = context(&fields);
    context.insert_value("grid", fields.grid.values(view.uses));
    context
}

fn section(view: &View, disclosure: &Disclosure, id: Option<&str>) -> Option<Link> {
    let section = disclosure.sections.iter().find(|section| Some(section.id.as_str()) == id)?;
    Some(view.to(&url::section(disclosure, section), section.title.clone()))
}

/// What was checked of a table; nothing where no relation touches it.
fn proof(view: &View, disclosure: &Disclosure, index: usize) -> Option<ProofContext> {
    let (own, others): (Vec<&Outcome>, Vec<&Outcome>) = disclosure
        .relations_of_table(view.portal, index)
        .partition(|outcome| outcome.tie_out().is_none());
    if own.is_empty() && others.is_empty() {
        return None;
    }
    let all = || own.iter().chain(&others).copied();
    let is_told = |outcome: &&Outcome| match outcome.verdict {
        Verdict::Broken => true,
        Verdict::WithinRounding => drift(disclosure, outcome).is_none(),
        _ => false,
    };
    Some(ProofContext {
        kinds: kinds(own.iter().copied()),
        drifts: drifts(disclosure, &own),
        relations: all()
            .filter(is_told)
            .map(|outcome| relation(view, disclosure, outcome))
            .collect(),
        own: counts(own.iter().copied()),
        others: counts(others.iter().copied()),
        url: view.link(&url::verification(disclosure)),
    })
}

/// The row and column of a sum that rounding keeps apart from its parts.
fn drift(disclosure: &Disclosure, outcome: &Outcome) -> Option<(String, String)> {
    let is_sum = outcome.tie_out().is_none() && outcome.left.len() == 1;
    match outcome.left.first()?.figure?.at {
        At::Cell(table, panel, row, column) if is_sum => {
            let table = &disclosure.tables[table];
            let title = table.spec.panels[panel].columns[column].title.clone();
            Some((row_words(table, panel, row), title))
        }
        _ => None,
    }
}

fn drifts(disclosure: &Disclosure, outcomes: &[&Outcome]) -> Vec<DriftContext> {
    let mut drifts: IndexMap<(String, String), Vec<String>> = IndexMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.verdict == Verdict::WithinRounding) {
        let Some((row, column)) = drift(disclosure, outcome) else { continue };
        let difference = outcome.difference().abs().normalize().to_string();
        let columns = drifts.entry((row, difference)).or_default();
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    let context = |((row, difference), columns)| DriftContext { row, columns, difference };
    drifts.into_iter().map(context).collect()
}
