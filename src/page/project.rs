//! One project's performance target form.

use std::borrow::Cow;

use serde::Serialize;

use super::change::{ChangeContext, amount, of_amounts};
use super::context::TargetShare;
use super::corrections::{CorrectionContext, Of, corrections};
use super::deeds::{BoughtContext, OutcomeContext, bought, outcomes};
use super::field_value::{Field, FieldValue, if_used, values};
use super::project_fields::{GroupContext, cell_kind, column_kind, groups};
use super::proof::{RelationContext, relation};
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::amount::Decimal;
use crate::model::{Cell, Disclosure, Portal, Project};
use crate::profile::{ColumnKind, ColumnSpec, ProjectSpec};
use crate::{chart, format, url};

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "project",
    template: "project.html",
    scope: PageScope::Organisation(Maker { plan, trail, context: build }),
};

/// What `project.html` gets.
#[derive(Serialize)]
struct ProjectContext<'a> {
    /// The organisation.
    organisation: String,
    /// The year as printed.
    year: String,
    /// The project's name.
    name: String,
    /// Its printed number.
    number: String,
    /// The unit of its amounts.
    unit: String,
    /// Its first amount, alone and large; empty where it has none.
    amount: String,
    /// What that amount is called.
    amount_title: String,
    /// The fields in printed order, in the groups of the form; the name is left to the title.
    groups: Vec<GroupContext>,
    /// The heading of the payment plan; empty where the form has none.
    plan_title: String,
    /// Its steps.
    plan: Vec<StepContext>,
    /// The steps as one bar: markup; empty where there is nothing to draw.
    plan_svg: String,
    /// The heading over the goals.
    goals_title: String,
    /// The goals, in parts where the form has several.
    goals: Vec<GoalsContext>,
    /// Headings of the indicators.
    columns: Vec<ColumnContext>,
    /// The indicators; leading columns that repeat are merged as printed.
    #[serde(skip)]
    indicators: Vec<Vec<IndicatorCell<'a>>>,
    /// How many of its targets can be measured.
    targets: TargetShare,
    /// The lines of tables that name it: what was bought for it.
    bought: Vec<BoughtContext>,
    /// What other documents of its year say of it: what was reached.
    outcomes: Vec<OutcomeContext>,
    /// The same project in other years, the newest first.
    years: Vec<OtherYear>,
    /// The relations between its own figures, and of those with others, that do not hold.
    broken: Vec<RelationContext>,
    /// The page that proves the whole disclosure.
    proof_url: String,
    /// What was changed in it after publication.
    corrections: Vec<CorrectionContext>,
    /// Why known exceptions in it are as they are.
    acceptances: Vec<String>,
    /// The project before it.
    previous: Option<Link>,
    /// The project after it.
    next: Option<Link>,
}

/// The same project in another year.
#[derive(Serialize)]
struct OtherYear {
    /// The year as printed.
    year: String,
    /// Its name there.
    name: String,
    /// Its page there.
    url: String,
    /// Its amount there; empty where the form has none.
    amount: String,
    /// The unit of that amount.
    unit: String,
    /// From the earlier of the two years to the later; empty where it cannot be said.
    change: ChangeContext,
}

/// One step of the payment plan.
#[derive(Serialize)]
struct StepContext {
    /// When.
    title: String,
    /// How much by then, in per cent, as printed.
    text: String,
    /// The mark that leads to it in the bar: markup; empty where it adds nothing.
    swatch: String,
    /// `figure`, `blank` or `withheld`.
    kind: &'static str,
}

/// Goals under one heading.
#[derive(Serialize)]
struct GoalsContext {
    /// The heading; empty where the form has one part.
    title: String,
    /// The goals, with the numbers they are printed with.
    items: Vec<String>,
}

/// A heading of the indicators.
#[derive(Serialize)]
struct ColumnContext {
    /// The words.
    title: String,
    /// `label`, `text`, `target` or `figure`.
    kind: &'static str,
    /// Whether what stands below it says nothing without it: figures, and what was reached of a target.
    is_needed: bool,
}

/// A cell of the indicators.
struct IndicatorCell<'a> {
    /// What is printed.
    text: Cow<'a, str>,
    /// As [`FieldContext::kind`], and `target`.
    kind: &'static str,
    /// Whether it names its row.
    header: bool,
    /// How many rows it covers; 0 where the row above covers it.
    rowspan: usize,
}

/// The fields of [`IndicatorCell`].
fn fields<'a>() -> [Field<IndicatorCell<'a>>; 4] {
    [
        ("text", |cell| FieldValue::Text(&cell.text)),
        ("kind", |cell| FieldValue::Text(cell.kind)),
        ("header", |cell| FieldValue::Flag(cell.header)),
        ("rowspan", |cell| FieldValue::Number(cell.rowspan)),
    ]
}

fn cell_values<'a>(rows: &[Vec<IndicatorCell<'a>>], uses: &dyn Fn(&str) -> bool) -> tera::Value {
    let fields = if_used(&fields(), uses);
    let row = |row: &Vec<IndicatorCell<'a>>| -> Vec<tera::Value> {
        row.iter().map(|cell| values(&fields, cell)).collect()
    };
    rows.iter().map(row).collect::<Vec<_>>().into()
}

fn plan(portal: &Portal) -> Vec<Page> {
    let mut pages = Vec::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        for (item, project) in disclosure.projects.iter().enumerate() {
            let pattern = disclosure.project_spec().map_or("{name}", |spec| spec.title.as_str());
            pages.push(Page {
                path: url::project(disclosure, project),
                title: pattern.replace("{name}", &project.name),
                subject: Subject { organisation: disclosure.organisation, disclosure: index, item },
            });
        }
    }
    pages
}

fn trail(portal: &Portal, page: &Page) -> Vec<(String, String)> {
    let mut trail = super::trail_of_disclosure(portal, page);
    trail.push((url::projects(&portal.disclosures[page.subject.disclosure]), String::new()));
    trail
}

fn build(view: &View) -> tera::Context {
    let disclosure = view.disclosure();
    let project = &disclosure.projects[view.page.subject.item];
    let spec =
        disclosure.project_spec().expect("projects are read only where the profile has a form");
    let beside = |index: usize| {
        let other = disclosure.projects.get(index)?;
        Some(view.to(&url::project(disclosure, other), other.name.clone()))
    };
    let index = view.page.subject.item;
    let (previous, next) = (index.checked_sub(1).and_then(beside), beside(index + 1));
    let plan_title = spec.payment_plan.as_ref().map(|plan| plan.title.clone()).unwrap_or_default();
    let is_drawn = (view.uses)("plan_svg");
    let (plan, plan_svg) = plan_of(disclosure, project, &plan_title, is_drawn);
    let amount = spec.fields.values().position(|field| field.kind == ColumnKind::Amount);
    let fields = ProjectContext {
        organisation: view.portal.organisation(disclosure).written.name.clone(),
        year: format::year(disclosure),
        name: project.name.clone(),
        number: project.number.clone().unwrap_or_default(),
        unit: spec.unit.clone().unwrap_or_default(),
        amount: amount.map(|index| project.fields[index].text()).unwrap_or_default(),
        amount_title: amount.map(|index| spec.name_of(&spec.fields[index])).unwrap_or_default(),
        groups: groups(view, disclosure, index),
        plan_title,
        plan,
        plan_svg,
        goals_title: spec.goals.clone().unwrap_or_default(),
        goals: project
            .goals
            .iter()
            .map(|(title, items)| GoalsContext { title: title.clone(), items: items.clone() })
            .collect(),
        columns: columns(disclosure, spec),
        indicators: indicators(spec, project),
        targets: view.if_used("targets", || TargetShare::of(disclosure, [project])),
        bought: view.if_used("bought", || bought(view, disclosure, index)),
        outcomes: view.if_used("outcomes", || outcomes(view, disclosure, index)),
        years: view.if_used("years", || other_years(view, disclosure, index)),
        broken: view.if_used("broken", || broken(view, disclosure, index)),
        proof_url: view.link(&url::verification(disclosure)),
        corrections: view.if_used("corrections", || {
            corrections(view, disclosure, Of::Project(index, &project.slug))
        }),
        acceptances: acceptances(view, disclosure, project),
        previous,
        next,
    };
    let mut context = context(&fields);
    context.insert_value("indicators", cell_values(&fields.indicators, view.uses));
    context
}

/// The same project in every other year of the portal.
fn other_years(view: &View, disclosure: &Disclosure, index: usize) -> Vec<OtherYear> {
    let year = |(other, found): &(usize, usize)| {
        let (other, found) = (&view.portal.disclosures[*other], *found);
        let project = &other.projects[found];
        let [own, there] = [amount(disclosure, index), amount(other, found)];
        // What is said of two years goes from the earlier to the later.
        let is_earlier = other.year < disclosure.year;
        OtherYear {
            year: format::year(other),
            name: project.name.clone(),
            url: view.link(&url::project(other, project)),
            amount: there.map(|(cell, _)| cell.text()).unwrap_or_default(),
            unit: there.map(|(_, unit)| unit.to_owned()).unwrap_or_default(),
            change: if is_earlier {
                of_amounts(disclosure, own, there)
            } else {
                of_amounts(disclosure, there, own)
            },
        }
    };
    view.portal.project_years(view.page.subject.disclosure, index).iter().map(year).collect()
}

/// The relations of a project that do not hold.
fn broken(view: &View, disclosure: &Disclosure, index: usize) -> Vec<RelationContext> {
    let broken = disclosure.broken_of_project(view.portal, index);
    broken.map(|outcome| relation(view, disclosure, outcome)).collect()
}

/// The reasons of known exceptions about a project, each once.
fn acceptances(view: &View, disclosure: &Disclosure, project: &Project) -> Vec<String> {
    let home = format!("projects/{}", project.slug);
    let own = disclosure.accepted_below(view.portal, &home).filter(|accepted| accepted.at != home);
    let mut reasons: Vec<String> = own.map(|accepted| accepted.reason.clone()).collect();
    reasons.dedup();
    reasons
}

/// The steps of the payment plan, and the bar they make up. A plan that falls, leaves the
/// range or is withheld is not drawn.
fn plan_of(
    disclosure: &Disclosure,
    project: &Project,
    title: &str,
    is_drawn: bool,
) -> (Vec<StepContext>, String) {
    let Some(plan) = disclosure.project_spec().and_then(|spec| spec.payment_plan.as_ref()) else {
        return (Vec::new(), String::new());
    };
    let mut steps: Vec<StepContext> = plan
        .steps
        .values()
        .zip(&project.plan)
        .map(|(title, cell)| StepContext {
            title: title.clone(),
            text: cell.figure().map_or_else(|| cell.text(), |value| format!("{value}%")),
            swatch: String::new(),
            kind: cell_kind(cell, ColumnKind::Percent),
        })
        .collect();
    let mut parts: Vec<Decimal> = Vec::new();
    let mut reached = Decimal::ZERO;
    for (index, cell) in project.plan.iter().enumerate() {
        let value = match cell {
            Cell::Figure(value, _) if *value >= reached && *value <= Decimal::ONE_HUNDRED => *value,
            Cell::Blank | Cell::NotApplicable(_) => continue,
            _ => return (steps, String::new()),
        };
        if value > reached {
            steps[index].swatch = chart::swatch(PLAN, parts.len());
            parts.push(value - reached);
            reached = value;
        }
    }
    if parts.is_empty() || !is_drawn {
        return (steps, String::new());
    }
    let said = steps.iter().filter(|step| !step.text.is_empty());
    let description: Vec<String> =
        said.map(|step| format!("{} {}", step.title, step.text)).collect();
    let words = chart::ChartWords { id: PLAN, title, description: &description.join("; ") };
    let svg = chart::bar(words, &parts, Decimal::ONE_HUNDRED);
    (steps, svg)
}

/// The id of the drawing of a payment plan.
const PLAN: &str = "plan";

/// Cells of leading text columns that repeat the row above are merged, as the printed form does.
fn indicators<'a>(spec: &ProjectSpec, project: &'a Project) -> Vec<Vec<IndicatorCell<'a>>> {
    let leading = spec.indicators.iter().take_while(|column| column.kind == ColumnKind::Text);
    let merged = leading.count();
    let rows = &project.indicators;
    let same = |row: usize, other: usize, column: usize| {
        rows[row][..=column] == rows[other][..=column] && !rows[row][column].is_blank()
    };
    let mut all = Vec::with_capacity(rows.len());
    for (index, cells) in rows.iter().enumerate() {
        let mut line = Vec::with_capacity(cells.len());
        for (column, cell) in cells.iter().enumerate() {
            let is_merged = column < merged;
            let covered = is_merged && index > 0 && same(index, index - 1, column);
            let below = (index + 1..rows.len()).take_while(|row| same(*row, index, column));
            line.push(IndicatorCell {
                text: cell.words(),
                kind: cell_kind(cell, spec.indicators[column].kind),
                header: spec.indicators[column].kind == ColumnKind::Label || is_merged,
                rowspan: match (covered, is_merged) {
                    (true, _) => 0,
                    (false, true) => below.count() + 1,
                    (false, false) => 1,
                },
            });
        }
        all.push(line);
    }
    all
}

fn columns(disclosure: &Disclosure, spec: &ProjectSpec) -> Vec<ColumnContext> {
    let actual = disclosure.profile.targets.as_ref().and_then(|targets| targets.actual);
    let context = |(index, column): (usize, &ColumnSpec)| ColumnContext {
        title: column.title.clone(),
        kind: column_kind(column.kind),
        is_needed: column.kind.is_figure() || actual == Some(index),
    };
    spec.indicators.iter().enumerate().map(context).collect()
}
