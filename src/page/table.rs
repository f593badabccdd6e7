//! One table, whole.

use serde::Serialize;

use super::context::neighbours;
use super::disclosure::table_links;
use super::grid::{GridContext, grid};
use super::proof::{
    AcceptanceContext, CountsContext, KindContext, RelationContext, acceptances, counts, kinds,
    relation,
};
use super::{Link, Page, PageKind, Subject, View, context, trail_of_disclosure};
use crate::model::{At, Disclosure, FigureRef, Outcome, Portal, Verdict};
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "table",
    template: "table.html",
    plan,
    trail: trail_of_disclosure,
    context: build,
};

/// What `table.html` gets.
#[derive(Serialize)]
struct TableContext {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The table.
    grid: GridContext,
    /// The section it belongs to.
    section: Option<Link>,
    /// Known exceptions in it, with their reasons.
    acceptances: Vec<AcceptanceContext>,
    /// What was checked of it; nothing where no relation touches it.
    proof: Option<ProofContext>,
    /// Its data files.
    downloads: Vec<Link>,
    /// The table before it.
    previous: Option<Link>,
    /// The table after it.
    next: Option<Link>,
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
    /// Those that do not agree to the digit, in words.
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
    let (previous, next) = neighbours(&table_links(view, disclosure), index);
    let data = (view.data)(view.page.path.trim_end_matches(".html"));
    context(&TableContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        grid: grid(table),
        section: section(view, disclosure, table.spec.section.as_deref()),
        acceptances: acceptances(view, disclosure, |at| of_table(&table.spec.id, at)),
        proof: proof(view, disclosure, index),
        downloads: data.into_iter().map(|(title, path)| view.to(&path, title)).collect(),
        previous,
        next,
    })
}

fn section(view: &View, disclosure: &Disclosure, id: Option<&str>) -> Option<Link> {
    let section = disclosure.sections.iter().find(|section| Some(section.id.as_str()) == id)?;
    Some(view.to(&url::section(disclosure, section), section.title.clone()))
}

/// What was checked of a table; nothing where no relation touches it.
fn proof(view: &View, disclosure: &Disclosure, index: usize) -> Option<ProofContext> {
    let outcomes = disclosure.relations(view.portal);
    let is_here = |figure: FigureRef| {
        !figure.prior && matches!(figure.at, At::Cell(table, ..) if table == index)
    };
    let (own, others): (Vec<&Outcome>, Vec<&Outcome>) = outcomes
        .iter()
        .filter(|outcome| outcome.figures().any(is_here))
        .partition(|outcome| outcome.tie_out.is_none());
    if own.is_empty() && others.is_empty() {
        return None;
    }
    let all = || own.iter().chain(&others).copied();
    let is_told =
        |outcome: &&Outcome| matches!(outcome.verdict, Verdict::WithinRounding | Verdict::Broken);
    Some(ProofContext {
        kinds: kinds(own.iter().copied()),
        relations: all()
            .filter(is_told)
            .map(|outcome| relation(view, disclosure, outcome))
            .collect(),
        own: counts(own.iter().copied()),
        others: counts(others.iter().copied()),
        url: view.link(&url::verification(disclosure)),
    })
}

fn of_table(table: &str, at: &str) -> bool {
    at == table || at.strip_prefix(table).is_some_and(|rest| rest.starts_with('/'))
}
