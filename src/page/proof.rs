//! Relations in a reader's words, for the page that proves a disclosure and for the
//! lines beside each table: what is compared, both sides, how far apart, every figure linked.

use serde::Serialize;

use super::View;
use crate::address::Address;
use crate::content::Acceptance;
use crate::diagnostic::Text;
use crate::model::{
    Amount, At, Disclosure, FigureRef, Joined, Lookup, Operand, Outcome, RelationKind, Verdict,
    row_words,
};
use crate::profile::equation::Operator;
use crate::{format, url};

/// How many figures of a side are named one by one.
const NAMED: usize = 4;

/// How relations came out.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(super) struct CountsContext {
    /// How many there are, those that could not be worked out too.
    pub all: usize,
    /// How many hold to the digit.
    pub exact: usize,
    /// How many hold within rounding.
    pub rounding: usize,
    /// How many do not hold.
    pub broken: usize,
    /// How many could not be worked out.
    pub not_run: usize,
}

/// One relation, worked out.
#[derive(Clone, Debug, Serialize)]
pub(super) struct RelationContext {
    /// `cross_foot`, `foot`, `roll_up`, `tie_out`, `product`, `part`, `opening`, `change` or `in_text`.
    pub kind: &'static str,
    /// What all its figures share: a row, a column or a project; empty where they share none.
    pub about: String,
    /// The figures left of the sign.
    pub left: SideContext,
    /// `=`, `≤` or `≥`.
    pub sign: &'static str,
    /// The figures right of it.
    pub right: SideContext,
    /// How far the two sides are apart.
    pub difference: String,
    /// How far rounding may carry them; empty where it may not.
    pub allowed: String,
    /// The unit of all its figures.
    pub unit: String,
    /// `exact`, `rounding`, `broken` or `not_run`.
    pub verdict: &'static str,
    /// Why it must hold, where the profile says so.
    pub because: String,
    /// What the authors say of it where it does not hold.
    pub reasons: Vec<String>,
}

/// One side of a relation.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SideContext {
    /// The figures named in words; empty where there are too many.
    pub names: Vec<TermContext>,
    /// What the first is called, where there are too many to name.
    pub first: String,
    /// How many there are.
    pub count: usize,
    /// The figures as printed, each with its cell; blanks left out.
    pub figures: Vec<TermContext>,
    /// What they come to.
    pub sum: String,
}

/// One figure of a side.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TermContext {
    /// `+`, `−`, `×` or `÷`; empty before the first.
    pub sign: &'static str,
    /// Its name, or the figure.
    pub text: String,
    /// Its cell; empty for a plain number.
    pub url: String,
}

/// How many relations of a kind a table has.
#[derive(Clone, Debug, Serialize)]
pub(super) struct KindContext {
    /// As in [`RelationContext::kind`].
    pub kind: &'static str,
    /// How many.
    pub count: usize,
}

/// A known exception.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AcceptanceContext {
    /// What it is about, in words.
    pub about: String,
    /// The cell it is about, or the page where it is about more than one.
    pub url: String,
    /// Why it is as it is.
    pub reason: String,
    /// Who says so.
    pub by: String,
    /// Until when, `YYYY-MM-DD`.
    pub until: String,
}

/// What the figures of a relation share.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shared {
    Row(usize, usize, usize),
    Column(usize, usize, usize),
    Project(usize),
    Nothing,
}

/// Counts relations by how they came out.
pub(super) fn counts<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> CountsContext {
    let mut counts = CountsContext::default();
    for outcome in outcomes {
        counts.all += 1;
        match outcome.verdict {
            Verdict::Exact => counts.exact += 1,
            Verdict::WithinRounding => counts.rounding += 1,
            Verdict::Broken => counts.broken += 1,
            Verdict::Withheld | Verdict::Missing => counts.not_run += 1,
        }
    }
    counts
}

/// Counts relations by kind, in a fixed order.
pub(super) fn kinds<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Vec<KindContext> {
    let mut kinds: Vec<RelationKind> = outcomes.map(|outcome| outcome.kind).collect();
    kinds.sort_unstable();
    let same = kinds.chunk_by(|a, b| a == b);
    same.map(|kinds| KindContext { kind: kind(kinds[0]), count: kinds.len() }).collect()
}

/// Known exceptions of a disclosure.
pub(super) fn acceptances<'a>(
    view: &View,
    disclosure: &Disclosure,
    wanted: impl Iterator<Item = &'a Acceptance>,
) -> Vec<AcceptanceContext> {
    wanted.map(|acceptance| self::acceptance(view, disclosure, acceptance)).collect()
}

fn acceptance(view: &View, disclosure: &Disclosure, acceptance: &Acceptance) -> AcceptanceContext {
    let found =
        Address::parse(&acceptance.at).map(|address| disclosure.find(view.portal, &address, None));
    let figure = match found {
        Some(Lookup::Figures(figures)) if figures.len() == 1 => Some(figures[0]),
        _ => None,
    };
    let language = view.portal.site.message_language();
    let (about, url) = match figure {
        Some(figure) => (
            disclosure.words_of(figure.at).get(language).to_owned(),
            link(view, disclosure, figure),
        ),
        None => home(view, disclosure, &acceptance.at),
    };
    AcceptanceContext {
        about,
        url,
        reason: acceptance.reason.clone(),
        by: acceptance.by.clone(),
        until: acceptance.until.clone(),
    }
}

/// The page that an address without a figure leads to, and its title: a project, a section, a
/// table; the disclosure for what is about all of it.
pub(super) fn home(view: &View, disclosure: &Disclosure, at: &str) -> (String, String) {
    let (title, page) = titled(disclosure, at);
    (title, view.link(&page))
}

/// As [`home`], the page by its path in the site.
pub(super) fn titled(disclosure: &Disclosure, at: &str) -> (String, String) {
    let mut parts = at.split('/');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let project = disclosure.projects.iter().find(|project| project.slug == second);
    let section = disclosure.sections.iter().find(|section| section.id == second);
    match (first, project, section, disclosure.tables.get(first)) {
        ("projects", Some(project), ..) => {
            (project.name.clone(), url::project(disclosure, project))
        }
        ("narrative", _, Some(section), _) => {
            (section.title.clone(), url::section(disclosure, section))
        }
        (.., Some(table)) => (table.title.clone(), url::table(disclosure, table)),
        _ => (format::short_title(disclosure), url::disclosure(disclosure)),
    }
}

/// A relation in words.
pub(super) fn relation(view: &View, disclosure: &Disclosure, outcome: &Outcome) -> RelationContext {
    let shared = shared(outcome);
    let side = |operands: &[Operand], sum: crate::amount::Decimal| {
        side(view, disclosure, shared, operands, sum)
    };
    RelationContext {
        kind: kind(outcome.kind),
        about: about(disclosure, shared),
        left: side(&outcome.left, outcome.left_sum),
        sign: outcome.operator.sign(),
        right: side(&outcome.right, outcome.right_sum),
        difference: outcome.difference().abs().normalize().to_string(),
        allowed: if outcome.allowed.is_zero() || outcome.operator != Operator::Equal {
            String::new()
        } else {
            outcome.allowed.normalize().to_string()
        },
        unit: outcome.unit().unwrap_or_default().to_owned(),
        verdict: match outcome.verdict {
            Verdict::Exact => "exact",
            Verdict::WithinRounding => "rounding",
            Verdict::Broken => "broken",
            Verdict::Withheld | Verdict::Missing => "not_run",
        },
        because: outcome.tie_out().map(|tie_out| tie_out.because.clone()).unwrap_or_default(),
        reasons: reasons(disclosure, outcome),
    }
}

/// Why the authors let a relation stand that does not hold: what they say of any of its figures.
fn reasons(disclosure: &Disclosure, outcome: &Outcome) -> Vec<String> {
    if outcome.verdict != Verdict::Broken {
        return Vec::new();
    }
    let own = outcome.figures().filter(|figure| figure.is_own());
    let places: Vec<String> = own.map(|figure| disclosure.address_of(figure.at)).collect();
    let said = disclosure.acceptances().iter().filter(|one| places.contains(&one.at));
    said.map(|one| one.reason.clone()).collect()
}

fn kind(kind: RelationKind) -> &'static str {
    match kind {
        RelationKind::CrossFoot => "cross_foot",
        RelationKind::Foot => "foot",
        RelationKind::RollUp => "roll_up",
        RelationKind::TieOut => "tie_out",
        RelationKind::Bound | RelationKind::Direction | RelationKind::Narrative => "in_text",
        RelationKind::Product => "product",
        RelationKind::Part => "part",
        RelationKind::Opening => "opening",
        RelationKind::Change => "change",
    }
}

fn shared(outcome: &Outcome) -> Shared {
    let apart = [RelationKind::TieOut, RelationKind::Opening, RelationKind::Change];
    if apart.contains(&outcome.kind) {
        return Shared::Nothing;
    }
    let row = |at: At| match at {
        At::Cell(table, panel, row, _) => Shared::Row(table, panel, row),
        At::Field(project, _) => Shared::Project(project),
        _ => Shared::Nothing,
    };
    let column = |at: At| match at {
        At::Cell(table, panel, _, column) => Shared::Column(table, panel, column),
        _ => Shared::Nothing,
    };
    let Some(first) = outcome.figures().next() else { return Shared::Nothing };
    let is_own = outcome.figures().all(FigureRef::is_own);
    if is_own && outcome.figures().all(|figure| row(figure.at) == row(first.at)) {
        row(first.at)
    } else if is_own && outcome.figures().all(|figure| column(figure.at) == column(first.at)) {
        column(first.at)
    } else {
        Shared::Nothing
    }
}

/// What the figures share, in words.
fn about(disclosure: &Disclosure, shared: Shared) -> String {
    match shared {
        Shared::Row(table, panel, row) => row_words(&disclosure.tables[table], panel, row),
        Shared::Column(table, panel, column) => {
            disclosure.tables[table].spec.panels[panel].columns[column].title.clone()
        }
        Shared::Project(project) => disclosure.projects[project].name.clone(),
        Shared::Nothing => String::new(),
    }
}

/// What a figure is called beside others that share as much.
fn name(view: &View, disclosure: &Disclosure, shared: Shared, figure: FigureRef) -> String {
    match (shared, figure.at) {
        (Shared::Row(..), At::Cell(table, panel, _, column)) => {
            disclosure.tables[table].spec.panels[panel].columns[column].title.clone()
        }
        (Shared::Column(..), At::Cell(table, panel, row, _)) => {
            row_words(&disclosure.tables[table], panel, row)
        }
        (Shared::Project(_), At::Field(_, field)) => {
            let spec = disclosure.project_spec().and_then(|spec| spec.fields.get_index(field));
            spec.map(|(_, field)| field.title.clone()).unwrap_or_default()
        }
        _ => words(view, disclosure, figure),
    }
}

/// What a figure is, wherever it stands.
pub(super) fn words(view: &View, disclosure: &Disclosure, figure: FigureRef) -> String {
    let Text { zh, en } = disclosure.called(view.portal, figure);
    match view.portal.site.message_language() {
        crate::diagnostic::Language::Chinese => zh,
        crate::diagnostic::Language::English => en,
    }
}

/// The cell of a figure, from this page.
pub(super) fn link(view: &View, disclosure: &Disclosure, figure: FigureRef) -> String {
    view.link(&url::figure(disclosure.home(view.portal, figure), figure.at))
}

/// A relation on one line.
pub(super) struct InShort {
    /// What all its figures share.
    pub about: String,
    /// Both sides as printed.
    pub sums: String,
    /// The cell of its first figure.
    pub url: String,
    /// What that figure is called.
    pub name: String,
}

/// A relation on one line.
pub(super) fn line(view: &View, disclosure: &Disclosure, outcome: &Outcome) -> InShort {
    let shared = shared(outcome);
    let [left, right] = [&outcome.left, &outcome.right].map(|side| written(view, disclosure, side));
    let mut sums = String::new();
    for (side, figures) in [&left, &right].into_iter().enumerate() {
        if side == 1 {
            sums.extend([" ", outcome.operator.sign(), " "]);
        }
        for (index, operand) in figures.iter().enumerate() {
            let sign = sign(index, operand);
            let before = if index > 0 { " " } else { "" };
            let between = if sign.is_empty() { "" } else { " " };
            let figure = operand.value.unwrap_or_default().to_string();
            sums.extend([before, sign, between, &figure]);
        }
    }
    let first = left.first();
    InShort {
        about: about(disclosure, shared),
        sums,
        url: first.map(|operand| url_of(view, disclosure, operand)).unwrap_or_default(),
        name: first.map(|operand| named(view, disclosure, shared, operand)).unwrap_or_default(),
    }
}

/// The figures of a side that are printed; of one that is blank altogether the first.
fn written<'a>(view: &View, disclosure: &Disclosure, operands: &'a [Operand]) -> Vec<&'a Operand> {
    let is_printed = |operand: &&Operand| match operand.figure {
        Some(figure) => disclosure.home(view.portal, figure).amount(figure.at) != Amount::Blank,
        None => true,
    };
    let mut written: Vec<&Operand> = operands.iter().filter(is_printed).collect();
    if written.is_empty() {
        written.extend(operands.first());
    }
    written
}

fn sign(index: usize, operand: &Operand) -> &'static str {
    match (index, operand.joined) {
        (_, Joined::Added) if operand.negative => "−",
        (0, _) => "",
        (_, Joined::Times) => "×",
        (_, Joined::Over) => "÷",
        (_, Joined::Added | Joined::Within) => "+",
    }
}

fn named(view: &View, disclosure: &Disclosure, shared: Shared, operand: &Operand) -> String {
    match operand.figure {
        Some(figure) => name(view, disclosure, shared, figure),
        None => operand.value.unwrap_or_default().to_string(),
    }
}

/// The cell of an operand; empty where nothing is printed, or it is a plain number.
fn url_of(view: &View, disclosure: &Disclosure, operand: &Operand) -> String {
    let figure = operand.figure.filter(|_| operand.value.is_some());
    figure.map(|figure| link(view, disclosure, figure)).unwrap_or_default()
}

fn side(
    view: &View,
    disclosure: &Disclosure,
    shared: Shared,
    operands: &[Operand],
    sum: crate::amount::Decimal,
) -> SideContext {
    let written = written(view, disclosure, operands);
    let figures: Vec<TermContext> = written
        .iter()
        .enumerate()
        .map(|(index, operand)| TermContext {
            sign: sign(index, operand),
            text: operand.value.unwrap_or_default().to_string(),
            url: url_of(view, disclosure, operand),
        })
        .collect();
    let is_short = written.len() <= NAMED;
    let named = |operand: &Operand| named(view, disclosure, shared, operand);
    let short = figures.iter().zip(&written).filter(|_| is_short);
    SideContext {
        names: short
            .map(|(term, operand)| TermContext { text: named(operand), ..term.clone() })
            .collect(),
        first: if is_short { String::new() } else { named(written[0]) },
        count: written.len(),
        figures,
        sum: sum.to_string(),
    }
}
