//! The proof of one disclosure, as an auditor's working paper: every relation in words,
//! both sides, how far apart and how far rounding carries them; what is accepted and why;
//! what could not be checked and why.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Serialize;

use super::proof::{
    self, AcceptanceContext, CountsContext, KindContext, RelationContext, acceptances, counts,
    kinds, relation,
};
use super::{Maker, Page, PageKind, PageScope, Subject, View, context, trail_of_disclosure};
use crate::model::{At, Disclosure, Outcome, Portal, Verdict};
use crate::{format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "verification",
    template: "verification.html",
    scope: PageScope::Organisation(Maker { plan, trail: trail_of_disclosure, context: build }),
};

/// What `verification.html` gets.
#[derive(Serialize)]
struct VerificationContext {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// How all relations came out.
    counts: CountsContext,
    /// Those that do not hold, between tables first, then table by table.
    broken: Vec<GroupContext>,
    /// Those that hold within rounding.
    rounding: Vec<GroupContext>,
    /// Those that could not be worked out, folded by reason.
    not_run: Vec<UnprovedContext>,
    /// Those between tables that hold to the digit, by rule.
    ties: Vec<TieContext>,
    /// Those within tables, counted.
    tables: Vec<TableContext>,
    /// Known exceptions with their reasons.
    acceptances: Vec<AcceptanceContext>,
}

/// Relations of one table, of the projects, between tables, or of figures in the text.
#[derive(Serialize)]
struct GroupContext {
    /// `between`, `text_figures`, `within` or `projects`.
    kind: &'static str,
    /// The table; empty for the others.
    title: String,
    /// Its page, or the list of projects; empty for the others.
    url: String,
    /// The relations.
    relations: Vec<RelationContext>,
}

/// Relations that could not be worked out, of one reason.
#[derive(Serialize)]
struct UnprovedContext {
    /// Why they were not.
    why: String,
    /// What should have been compared.
    relations: Vec<UnprovedRelation>,
}

/// A relation that could not be worked out.
#[derive(Serialize)]
struct UnprovedRelation {
    /// What should have been compared.
    relation: String,
    /// How many of the same words.
    count: usize,
}

/// One rule between tables, and the relations of it that hold to the digit.
#[derive(Serialize)]
struct TieContext {
    /// Its name in the profile, and its anchor.
    id: String,
    /// Why it must hold.
    because: String,
    /// The relation, where it is one.
    relation: Option<RelationContext>,
    /// What it compares, where it is one relation a row: the name of a table on either side.
    sides: Vec<String>,
    /// Their figures, one a row, each with its cell.
    rows: Vec<RowContext>,
}

/// A relation that a rule states for every row.
#[derive(Serialize)]
struct RowContext {
    /// The row.
    name: String,
    /// The figure.
    text: String,
    /// Its cell.
    url: String,
}

/// The relations within one table, among the projects, or of figures in the text.
#[derive(Serialize)]
struct TableContext {
    /// `text_figures`, `within` or `projects`.
    kind: &'static str,
    /// Its title; empty where it is no table.
    title: String,
    /// Its page; empty for figures in the text.
    url: String,
    /// Those that hold to the digit, a line each.
    lines: Vec<LineContext>,
    /// How they came out.
    counts: CountsContext,
    /// How many of each kind there are.
    kinds: Vec<KindContext>,
}

/// A relation that holds to the digit.
#[derive(Serialize)]
struct LineContext {
    /// What all its figures share; empty where they share nothing.
    about: String,
    /// The figure on the left.
    name: String,
    /// Its cell.
    url: String,
    /// Both sides in figures.
    sums: String,
}

/// What relations are listed under.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Between,
    Text,
    Table(usize),
    Projects,
}

fn plan(portal: &Portal) -> Vec<Page> {
    let page = |(index, disclosure): (usize, &Disclosure)| Page {
        path: url::verification(disclosure),
        title: String::new(),
        subject: Subject { organisation: disclosure.organisation, disclosure: index, item: 0 },
    };
    portal.disclosures.iter().enumerate().map(page).collect()
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    let outcomes = disclosure.relations(view.portal);
    let language = view.portal.site.message_language();
    let mut not_run: IndexMap<String, Vec<UnprovedRelation>> = IndexMap::new();
    for unproved in disclosure.unproved(view.portal, outcomes) {
        let why = unproved.why.get(language);
        let relation = UnprovedRelation {
            relation: unproved.relation.get(language).to_owned(),
            count: unproved.count,
        };
        not_run.entry(why.to_owned()).or_default().push(relation);
    }
    let not_run = not_run.into_iter().map(|(why, relations)| UnprovedContext { why, relations });
    let not_run = not_run.collect();
    context(&VerificationContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        counts: counts(outcomes.iter()),
        broken: groups(view, disclosure, outcomes, Verdict::Broken),
        rounding: groups(view, disclosure, outcomes, Verdict::WithinRounding),
        not_run,
        ties: ties(view, disclosure, outcomes),
        tables: tables(view, disclosure, outcomes),
        acceptances: acceptances(view, disclosure, disclosure.acceptances().iter()),
    })
}

fn group(outcome: &Outcome) -> Group {
    if outcome.tie_out().is_some() {
        return Group::Between;
    }
    match outcome.figures().next().map(|figure| figure.at) {
        Some(At::Cell(table, ..)) => Group::Table(table),
        Some(At::Field(..) | At::Indicator(..)) => Group::Projects,
        Some(At::Slot(..)) => Group::Text,
        None => Group::Between,
    }
}

impl Group {
    fn kind(self) -> &'static str {
        match self {
            Group::Between => "between",
            Group::Text => "text_figures",
            Group::Table(_) => "within",
            Group::Projects => "projects",
        }
    }
}

/// The title and page of a group.
fn heading(view: &View, disclosure: &Disclosure, group: Group) -> (String, String) {
    match group {
        Group::Between | Group::Text => (String::new(), String::new()),
        Group::Table(index) => {
            let table = &disclosure.tables[index];
            (table.title.clone(), view.link(&url::table(disclosure, table)))
        }
        Group::Projects => (String::new(), view.link(&url::projects(disclosure))),
    }
}

/// Every group there is, in order.
fn all_groups(disclosure: &Disclosure) -> impl Iterator<Item = Group> {
    let tables = (0..disclosure.tables.len()).map(Group::Table);
    [Group::Between, Group::Text].into_iter().chain(tables).chain([Group::Projects])
}

/// The relations that came out one way, under their groups.
fn groups(
    view: &View,
    disclosure: &Disclosure,
    outcomes: &[Outcome],
    verdict: Verdict,
) -> Vec<GroupContext> {
    let mut groups = Vec::new();
    for wanted in all_groups(disclosure) {
        let fits = |outcome: &&Outcome| outcome.verdict == verdict && group(outcome) == wanted;
        let relations: Vec<RelationContext> = outcomes
            .iter()
            .filter(fits)
            .map(|outcome| relation(view, disclosure, outcome))
            .collect();
        if !relations.is_empty() {
            let (title, url) = heading(view, disclosure, wanted);
            groups.push(GroupContext { kind: wanted.kind(), title, url, relations });
        }
    }
    groups
}

/// The rules between tables, each with what holds of it to the digit.
fn ties(view: &View, disclosure: &Disclosure, outcomes: &[Outcome]) -> Vec<TieContext> {
    let mut ties = Vec::new();
    let mut of: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Exact) {
        if let Some(tie_out) = outcome.tie_out() {
            of.entry(&tie_out.id).or_default().push(outcome);
        }
    }
    for tie_out in &disclosure.profile.tie_outs {
        let Some(exact) = of.get(tie_out.id.as_str()) else { continue };
        let first = exact[0];
        let is_single = exact.len() == 1;
        ties.push(TieContext {
            id: tie_out.id.clone(),
            because: tie_out.because.clone(),
            relation: is_single.then(|| relation(view, disclosure, first)),
            sides: if is_single { Vec::new() } else { sides(disclosure, first) },
            rows: if is_single {
                Vec::new()
            } else {
                exact.iter().filter_map(|outcome| row(view, disclosure, outcome)).collect()
            },
        });
    }
    ties
}

/// The tables a rule compares row by row, each once.
fn sides(disclosure: &Disclosure, outcome: &Outcome) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for figure in outcome.figures() {
        if let At::Cell(table, panel, _, column) = figure.at {
            let table = &disclosure.tables[table];
            let title =
                format!("{} · {}", table.title, table.spec.panels[panel].columns[column].title);
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
    }
    titles
}

/// One row of a rule that holds for every row.
fn row(view: &View, disclosure: &Disclosure, outcome: &Outcome) -> Option<RowContext> {
    let printed = outcome.left.iter().chain(&outcome.right).find(|operand| operand.value.is_some());
    let operand = printed?;
    let figure = operand.figure?;
    let name = match figure.at {
        At::Cell(table, panel, row, _) => {
            let row = &disclosure.home(view.portal, figure).tables[table].panels[panel].rows[row];
            row.code.clone().unwrap_or_else(|| row.name.clone())
        }
        _ => proof::words(view, disclosure, figure),
    };
    Some(RowContext {
        name,
        text: operand.value?.to_string(),
        url: proof::link(view, disclosure, figure),
    })
}

/// The relations within each table, within the projects and in the text.
fn tables(view: &View, disclosure: &Disclosure, outcomes: &[Outcome]) -> Vec<TableContext> {
    let mut tables = Vec::new();
    for wanted in all_groups(disclosure).filter(|group| *group != Group::Between) {
        let own = || outcomes.iter().filter(|outcome| group(outcome) == wanted);
        if own().next().is_none() {
            continue;
        }
        let (title, url) = heading(view, disclosure, wanted);
        let exact = own().filter(|outcome| outcome.verdict == Verdict::Exact);
        tables.push(TableContext {
            kind: wanted.kind(),
            title,
            url,
            lines: exact.map(|outcome| line(view, disclosure, outcome)).collect(),
            counts: counts(own()),
            kinds: kinds(own()),
        });
    }
    tables
}

fn line(view: &View, disclosure: &Disclosure, outcome: &Outcome) -> LineContext {
    let proof::InShort { about, sums, url, name } = proof::line(view, disclosure, outcome);
    LineContext { about, name, url, sums }
}
