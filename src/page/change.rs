//! A figure in two years, as every page that compares prints it.

#![deny(clippy::arithmetic_side_effects)]

use serde::Serialize;

use super::{Link, View};
use crate::amount::Decimal;
use crate::format;
use crate::model::comparison::{Change, ComparedColumn, ComparedLine, Comparison, compared};
use crate::model::subjects::class_code;
use crate::model::years::Link as Kinship;
use crate::model::{At, Cell, Disclosure, Row, Table, row_words};
use crate::url;

/// A figure of one year, for a link to its cell.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct FigureContext {
    /// The figure as printed; empty where nothing is.
    pub text: String,
    /// Its cell; empty where there is none.
    pub url: String,
    /// `figure`, `blank`, `na` or `withheld`.
    pub kind: &'static str,
}

/// How far a figure is from that of an earlier year.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct ChangeContext {
    /// `more`, `less` or `same`; empty where the two cannot be compared.
    pub direction: &'static str,
    /// How far, with its sign and commas: `+128.97`.
    pub signed: String,
    /// The same without its sign: `128.97`.
    pub difference: String,
    /// The same in per cent of the earlier figure, without its sign; empty where that is nought.
    pub percent: String,
    /// Whether it is a change from nought, which has no per cent.
    pub from_nought: bool,
    /// The same for machines: `-128.97`.
    pub value: String,
}

/// Something the reader must know before comparing: a word of the theme (`line_…`), and what it is about.
#[derive(Clone, Debug, Serialize)]
pub(super) struct MarkContext {
    /// The name of the word.
    pub kind: &'static str,
    /// What it is about; may be empty.
    pub text: String,
}

/// A bar from the middle of a strip 200 wide: to the right for more, to the left for less.
#[derive(Clone, Debug, Serialize)]
pub(super) struct BarContext {
    /// Where it begins.
    pub x: String,
    /// How wide it is.
    pub width: String,
}

/// One line in two years.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct LineContext {
    /// Its anchor on the page that compares.
    pub id: String,
    /// Its code, where it is printed.
    pub code: String,
    /// The page of that code; empty where there is none.
    pub code_url: String,
    /// What it is called.
    pub name: String,
    /// Where its name leads; empty where it leads nowhere.
    pub url: String,
    /// `total`, `subtotal`, `memo` or `detail`.
    pub role: &'static str,
    /// How deep it stands, 1 being the highest; totals stand at 0.
    pub level: usize,
    /// This year's figure.
    pub now: FigureContext,
    /// The earlier one.
    pub before: FigureContext,
    /// From the earlier to this year's.
    pub change: ChangeContext,
    /// How large that is beside the largest; nothing where it cannot be said.
    pub bar: Option<BarContext>,
    /// What the reader must know of it.
    pub marks: Vec<MarkContext>,
}

/// A table beside the same of an earlier year, in short.
#[derive(Serialize)]
pub(super) struct BriefContext {
    /// The earlier year as printed.
    pub year: String,
    /// How many years between the two are not part of the portal.
    pub gap: usize,
    /// The whole comparison.
    pub url: String,
    /// The unit of the figures.
    pub unit: String,
    /// The grandest total that both years have; nothing where they have none.
    pub total: Option<LineContext>,
    /// The largest changes of single lines, at most three.
    pub largest: Vec<LineContext>,
    /// How many lines the earlier year had that this one has not.
    pub ended: usize,
}

/// How many lines a page that compares in short names.
const LARGEST: usize = 3;

/// How many years lie between a disclosure and an earlier one.
pub(super) fn gap(disclosure: &Disclosure, earlier: &Disclosure) -> usize {
    usize::try_from(disclosure.year.saturating_sub(earlier.year.saturating_add(1)))
        .unwrap_or_default()
}

/// The list of what is compared with the nearest earlier disclosure; nothing where there is none.
pub(super) fn comparisons_link(view: &View, disclosure: &Disclosure) -> Option<Link> {
    let earlier = view.portal.earlier(disclosure)?;
    let path = url::comparisons(disclosure, earlier);
    (view.exists)(&path).then(|| view.to(&path, format::year(earlier)))
}

/// A table beside the same of the nearest earlier year; nothing where they cannot be compared.
pub(super) fn brief(view: &View, disclosure: &Disclosure, table: usize) -> Option<BriefContext> {
    let earlier = view.portal.earlier(disclosure)?;
    let comparison = compared(disclosure, earlier, &disclosure.tables[table].spec.id)?;
    let column = comparison.main()?;
    let page = url::comparison(disclosure, earlier, comparison.tables()[0]);
    let brief = |one: &ComparedLine| alone(view, &comparison, column, one);
    Some(BriefContext {
        year: format::year(earlier),
        gap: gap(disclosure, earlier),
        url: view.link(&page),
        unit: unit(comparison.tables()[0], column.panel[0], column.column[0]),
        total: comparison.total(column).as_ref().map(brief),
        largest: comparison.largest(column, LARGEST).iter().map(brief).collect(),
        ended: column.lines.iter().filter(|line| line.now.is_none()).count(),
    })
}

/// A line on its own: it leads to its comparison, and its name says where it stands.
pub(super) fn alone(
    view: &View,
    comparison: &Comparison,
    column: &ComparedColumn,
    one: &ComparedLine,
) -> LineContext {
    let tables = comparison.tables();
    let page = url::comparison(comparison.disclosure, comparison.earlier, tables[0]);
    let line = line(view, comparison, column, one, None);
    let path = format!("{page}#{}", url::fragment(&line.id));
    let side = usize::from(one.now.is_none());
    let row = one.now.or(one.before).map(|row| (column.panel[side], row));
    let name =
        row.and_then(|at| over(tables[side], at)).map(|over| format!("{over} › {}", line.name));
    LineContext { url: view.link(&path), name: name.unwrap_or(line.name.clone()), ..line }
}

/// Where a cell is compared with the nearest earlier year, as a path of the site.
pub(super) fn place(view: &View, disclosure: &Disclosure, at: At) -> Option<String> {
    let At::Cell(table, panel, row, column) = at else { return None };
    let earlier = view.portal.earlier(disclosure)?;
    let content = &disclosure.tables[table];
    let path = url::comparison(disclosure, earlier, content);
    let other = &earlier.tables.get(&content.spec.id)?.spec;
    let form = &content.spec.panels[panel];
    let other = &other.panels[other.panel(&form.id)?];
    let is_there = other.column(&form.columns[column].id).is_some();
    let anchor = url::fragment(&url::cell_anchor(content, panel, row, column));
    (is_there && (view.exists)(&path)).then(|| format!("{path}#{anchor}"))
}

/// The unit a column is printed in; empty for numbers of things.
pub(super) fn unit(table: &Table, panel: usize, column: usize) -> String {
    let spec = &table.spec.panels[panel].columns[column];
    table.spec.unit_of(spec).unwrap_or_default().to_owned()
}

/// A change in per cent of the figure before: nothing only where nothing changed, all only where nothing is left.
fn share(change: Change, percent: Decimal) -> String {
    let (is_same, is_gone) = match change {
        Change::By(now, before) => (now == before, now.is_zero()),
        _ => (true, true),
    };
    if percent.is_zero() && !is_same {
        "<0.1".to_owned()
    } else if percent == -Decimal::ONE_HUNDRED && !is_gone {
        ">99.9".to_owned()
    } else {
        percent.abs().to_string()
    }
}

/// How far one figure is from another.
pub(super) fn change(disclosure: &Disclosure, change: Change) -> ChangeContext {
    let Some(difference) = change.difference() else { return ChangeContext::default() };
    let percent = change.percent().map(|percent| format!("{}%", share(change, percent)));
    ChangeContext {
        direction: direction(difference),
        signed: format::change(disclosure, difference),
        difference: format::figure(disclosure, difference.abs()),
        percent: percent.unwrap_or_default(),
        from_nought: matches!(change, Change::By(_, before) if before.is_zero())
            && !difference.is_zero(),
        value: difference.to_string(),
    }
}

/// The first amount of a project and its unit; nothing where the form has none.
pub(super) fn amount(disclosure: &Disclosure, project: usize) -> Option<(&Cell, &str)> {
    let spec = disclosure.project_spec()?;
    let field = disclosure.budget_field()?;
    let unit = spec.unit.as_deref().unwrap_or_default();
    Some((&disclosure.projects[project].fields[field], unit))
}

/// How far the amount of a project is from that of an earlier one; nothing is said where
/// either form has no amount, or they cannot be compared.
pub(super) fn of_amounts(
    disclosure: &Disclosure,
    now: Option<(&Cell, &str)>,
    before: Option<(&Cell, &str)>,
) -> ChangeContext {
    match (now, before) {
        (Some((Cell::Figure(now, _), unit)), Some((Cell::Figure(before, _), other)))
            if unit == other =>
        {
            change(disclosure, Change::By(*now, *before))
        }
        _ => ChangeContext::default(),
    }
}

fn direction(difference: Decimal) -> &'static str {
    match difference.cmp(&Decimal::ZERO) {
        std::cmp::Ordering::Greater => "more",
        std::cmp::Ordering::Less => "less",
        std::cmp::Ordering::Equal => "same",
    }
}

/// Half the width of the strip a bar is drawn in.
const HALF: Decimal = Decimal::ONE_HUNDRED;

/// A bar as long as a difference is beside the largest one.
pub(super) fn bar(difference: Decimal, largest: Decimal) -> Option<BarContext> {
    let width = difference.abs().checked_mul(HALF)?.checked_div(largest)?.round_dp(1);
    let x = if difference.is_sign_negative() { HALF - width } else { HALF };
    let text = |value: Decimal| value.normalize().to_string();
    (!width.is_zero()).then(|| BarContext { x: text(x), width: text(width) })
}

/// One line of a comparison. A bar is drawn where the largest change is given.
pub(super) fn line(
    view: &View,
    comparison: &Comparison,
    column: &ComparedColumn,
    line: &ComparedLine,
    largest: Option<Decimal>,
) -> LineContext {
    let (disclosures, tables) = ([comparison.disclosure, comparison.earlier], comparison.tables());
    let rows = [line.now, line.before];
    let figure = |side: usize| {
        rows[side].map_or_else(FigureContext::default, |row| {
            let at = At::Cell(comparison.table[side], column.panel[side], row, column.column[side]);
            let cell =
                &tables[side].panels[column.panel[side]].rows[row].cells[column.column[side]];
            self::figure(view, disclosures[side], at, cell)
        })
    };
    let side = usize::from(line.now.is_none());
    let (table, panel, row) =
        (tables[side], column.panel[side], rows[side].expect("a line stands in one of the years"));
    let content = &table.panels[panel].rows[row];
    let code = class_code(&table.spec.panels[panel], content);
    let path = code.map(|(classification, code)| {
        url::subject(view.portal, disclosures[side].organisation, classification, code)
    });
    let anchor = url::cell_anchor(table, panel, row, column.column[side]);
    let difference = line.change.difference();
    LineContext {
        id: if side == 0 { anchor } else { format!("ended.{anchor}") },
        code: code.map(|(_, code)| code.to_owned()).unwrap_or_default(),
        code_url: path.map(|path| view.link(&path)).unwrap_or_default(),
        name: if code.is_some() { content.name.clone() } else { name(table, panel, row) },
        url: String::new(),
        role: content.role.word(),
        level: content.level,
        now: figure(0),
        before: figure(1),
        change: change(disclosures[0], line.change),
        bar: difference.zip(largest).and_then(|(difference, largest)| bar(difference, largest)),
        marks: marks(comparison, column, line),
    }
}

/// What a row is called, with the words that tell it from others of its name.
fn name(table: &Table, panel: usize, row: usize) -> String {
    let content = &table.panels[panel].rows[row];
    let key = table.spec.panels[panel].key.map(|column| content.says(column).into_owned());
    let words = row_words(table, panel, row);
    match key.filter(|key| !key.is_empty() && *key != words) {
        Some(key) => format!("{words} · {key}"),
        None => words,
    }
}

/// Where a row stands whose name the table prints twice: under which row, or in which panel.
fn over(table: &Table, (panel, row): (usize, usize)) -> Option<&str> {
    let all = table
        .panels
        .iter()
        .enumerate()
        .flat_map(|(panel, content)| (0..content.rows.len()).map(move |row| (panel, row)));
    let own = row_words(table, panel, row);
    let is_twice = all
        .filter(|other| *other != (panel, row))
        .any(|other| row_words(table, other.0, other.1) == own);
    let rows = &table.panels[panel].rows;
    let above = rows[..row].iter().rfind(|above| above.level < rows[row].level);
    let title =
        above.map(|above| above.name.as_str()).or(table.spec.panels[panel].title.as_deref());
    title.filter(|_| is_twice)
}

/// A cell as a figure with its link.
pub(super) fn figure(view: &View, disclosure: &Disclosure, at: At, cell: &Cell) -> FigureContext {
    let kind = match cell {
        Cell::Blank => return FigureContext { kind: "blank", ..FigureContext::default() },
        Cell::Figure(..) | Cell::Text(_) => "figure",
        Cell::NotApplicable(_) => "na",
        Cell::Withheld(_) => "withheld",
    };
    FigureContext { text: cell.text(), url: view.link(&url::figure(disclosure, at)), kind }
}

fn marks(
    comparison: &Comparison,
    column: &ComparedColumn,
    line: &ComparedLine,
) -> Vec<MarkContext> {
    let mut marks = Vec::new();
    let mut mark = |kind: &'static str, text: String| marks.push(MarkContext { kind, text });
    let [_, before] = comparison.rows(column, line);
    let called = |row: Option<&Row>| row.map(|row| row.name.clone()).unwrap_or_default();
    match line.link {
        Kinship::Same | Kinship::Name => {}
        Kinship::Renamed => mark("line_renamed", called(before)),
        Kinship::Concordance(change) => {
            let code = before.and_then(|row| row.code.clone());
            let words: Vec<String> = code.into_iter().chain([called(before)]).collect();
            mark("line_renumbered", words.join(" "));
            mark("line_because", change.why.clone());
        }
        Kinship::New if line.change == Change::NoRow => mark("line_no_row_before", String::new()),
        Kinship::Ended if line.change == Change::NoRow => mark("line_no_row_now", String::new()),
        Kinship::New => mark("line_new", String::new()),
        Kinship::Ended => mark("line_ended", String::new()),
    }
    if line.is_recomposed {
        mark("line_recomposed", String::new());
    }
    match line.change {
        Change::Withheld => mark("line_withheld", String::new()),
        Change::NotApplicable => mark("line_not_applicable", String::new()),
        Change::Units => mark("line_units", String::new()),
        Change::By(..) | Change::NoRow => {}
    }
    marks
}
