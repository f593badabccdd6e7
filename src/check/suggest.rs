//! What an address that leads nowhere was meant to be: every part of it is one of a known set.

use std::collections::BTreeSet;

use crate::address::{Address, Rows, Target, quoted};
use crate::diagnostic::{Text, text};
use crate::model::{Disclosure, Lookup, Model, Table};
use crate::profile::same_name;
use crate::yaml::{nearest, suggestion};

/// So many names of rows are compared with a written one.
const COMPARED: usize = 2_000;

/// What to say beside an address of this disclosure that leads nowhere.
pub(super) fn address(portal: &Model, disclosure: &Disclosure, written: &Address) -> Option<Text> {
    match &written.target {
        Target::Cells { .. } => cells(portal, disclosure, written),
        Target::Field { projects, field } => {
            let spec = disclosure.project_spec()?;
            if !spec.fields.contains_key(field) {
                let ids: Vec<&str> = spec.fields.keys().map(String::as_str).collect();
                let titled = spec.fields.values().find(|known| same_name(&known.title, field));
                return Some(one_of(field, titled.map(|known| known.id.as_str()), &ids));
            }
            let Rows::Key(project) = projects else { return None };
            let slugs: Vec<&str> =
                disclosure.projects.iter().map(|project| project.slug.as_str()).collect();
            Some(match renamed(project, &slugs) {
                Some(slug) => text!(zh: "是不是“{slug}”？", en: "did you mean `{slug}`?"),
                None => suggestion(project, &slugs),
            })
        }
        Target::Column { column, .. } => {
            let columns = &disclosure.project_spec()?.indicators;
            let ids: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
            (!ids.contains(&column.as_str())).then(|| suggestion(column, &ids))
        }
        Target::Indicators { kind, .. } => {
            let kinds = &disclosure.project_spec()?.kinds;
            (!kinds.contains_key(kind))
                .then(|| suggestion(kind, &kinds.keys().map(String::as_str).collect::<Vec<_>>()))
        }
        Target::Slot { section, slot } => {
            let known = disclosure.sections.iter().find(|known| known.id == *section);
            let Some(known) = known else {
                let ids: Vec<&str> =
                    disclosure.sections.iter().map(|section| section.id.as_str()).collect();
                return Some(suggestion(section, &ids));
            };
            let names: Vec<&str> = known
                .bindings
                .iter()
                .flat_map(|binding| &binding.names)
                .map(String::as_str)
                .collect();
            Some(suggestion(slot, &names))
        }
    }
}

/// What to say beside words that are no address: the one they were meant to be, or how one is written.
pub(super) fn words(portal: &Model, disclosure: &Disclosure, words: &str) -> Text {
    meant(portal, disclosure, words).unwrap_or_else(|| whole_address(disclosure, words))
}

/// What a whole address is, for words that are a part of one.
fn whole_address(disclosure: &Disclosure, target: &str) -> Text {
    let (table, row) =
        target.split_once('/').map_or((target, None), |(table, row)| (table, Some(row)));
    let Some(known) = disclosure.tables.get(table) else {
        return text!(zh: "地址写成 表/行/栏", en: "an address is table/row/column");
    };
    let columns = known.spec.panels.iter().flat_map(|panel| &panel.columns);
    let columns: Vec<&str> =
        columns.filter(|column| column.kind.is_figure()).map(|column| column.id.as_str()).collect();
    let (list, en) = (columns.join("、"), columns.join(", "));
    match row {
        Some(row) => {
            text!(zh: "还缺一栏：写成 {table}/{row}/栏，栏有 {list}", en: "the column is missing: write {table}/{row}/column, of {en}")
        }
        None => text!(
            zh: "“{table}”是一张表：连一个数，写成 {table}/行/栏；放整张表，链接单独成一段", en: "`{table}` is a whole table: bind a figure to {table}/row/column; to place the table, let the link stand in a paragraph of its own",
        ),
    }
}

/// The address that a text with other signs, or with the name of a file, was meant to be, where it leads somewhere.
fn meant(portal: &Model, disclosure: &Disclosure, target: &str) -> Option<Text> {
    let plain = target.replace(['／', '\\', '＼', '|', '｜', '>', '＞'], "/").replace("//", "/");
    let plain = plain.trim_start_matches(['/', '=', '＝', '.']).trim_end_matches('/');
    // A table by the path of its file, and points between the parts.
    let inner = plain.rsplit_once(".yaml/").map_or(plain.to_owned(), |(path, rest)| {
        format!("{}/{rest}", path.rsplit('/').next().unwrap_or(path))
    });
    let inner = inner.strip_prefix("tables/").unwrap_or(&inner);
    let all = [inner.to_owned(), inner.replacen(['.', '-', '，', '、', ','], "/", 2)];
    let known = all.into_iter().find(|text| {
        let address = Address::parse(text);
        address.is_some_and(|address| {
            matches!(disclosure.find(portal, &address, None), Lookup::Figures(figures) if !figures.is_empty())
        })
    })?;
    Some(text!(zh: "是不是“{known}”？", en: "did you mean `{known}`?"))
}

/// “Did you mean …” by the printed title, or by the nearest word.
fn one_of(written: &str, titled: Option<&str>, known: &[&str]) -> Text {
    match titled {
        Some(name) => {
            text!(zh: "“{written}”的键是“{name}”", en: "the key of `{written}` is `{name}`")
        }
        None => suggestion(written, known),
    }
}

/// The address mended part by part: table, column, row; where a part cannot be told, what there is.
fn cells(portal: &Model, disclosure: &Disclosure, written: &Address) -> Option<Text> {
    let Target::Cells { table, panel, rows, column } = &written.target else { return None };
    let tables: Vec<&str> = disclosure.profile.tables.keys().map(String::as_str).collect();
    let by_title = || {
        let titles = disclosure.profile.tables.values();
        named(table, titles.map(|spec| (spec.id.as_str(), spec.title.as_str())))
    };
    let is_known = tables.contains(&table.as_str());
    let id = if is_known {
        table.as_str()
    } else {
        match by_title().or_else(|| nearest(table, &tables)) {
            Some(id) => id,
            None => return Some(suggestion(table, &tables)),
        }
    };
    let found = disclosure.tables.get(id)?;
    let columns = columns(found, panel.as_deref());
    let ids: Vec<&str> = columns.iter().map(|(id, _)| *id).collect();
    let column = if ids.contains(&column.as_str()) {
        column.as_str()
    } else {
        let titled = named(column, columns.iter().copied());
        match titled.or_else(|| nearest(column, &ids)) {
            Some(id) => id,
            None => {
                return Some(text!(
                    zh: "表“{id}”的栏有：{list}", en: "the columns of `{id}`: {en}", list = ids.join("、"), en = ids.join(", "),
                ));
            }
        }
    };
    let panel_mended = panel.as_ref().filter(|panel| found.spec.panel(panel).is_some());
    let mended = |rows: Rows, panel: Option<String>| {
        let target = Target::Cells { table: id.to_owned(), panel, rows, column: column.to_owned() };
        let address = Address { target, ..written.clone() };
        let leads = disclosure.find(portal, &address, None);
        matches!(leads, Lookup::Figures(figures) if !figures.is_empty()).then_some(address)
    };
    let row = |name: &str| Rows::Key(name.to_owned());
    let address = mended(rows.clone(), panel.clone())
        .or_else(|| mended(rows.clone(), panel_mended.cloned()))
        .or_else(|| {
            let Rows::Key(key) = rows else { return None };
            mended(row(nearest_row(found, panel.as_deref(), key)?), panel_mended.cloned())
        });
    match (address, rows) {
        (Some(address), _) => {
            Some(text!(zh: "是不是“{address}”？", en: "did you mean `{address}`?"))
        }
        (None, Rows::Key(key)) => {
            let (title, key) = (&found.title, quoted(key));
            Some(
                text!(zh: "表“{title}”里没有叫 {key} 的行：写科目代码或印出的行名", en: "the table `{id}` has no row {key}: write its code, or its name as printed"),
            )
        }
        _ => None,
    }
}

/// What has a word for its printed title, or is the only one of which it is a part of the title.
pub(super) fn named<'a>(
    word: &str,
    all: impl Iterator<Item = (&'a str, &'a str)> + Clone,
) -> Option<&'a str> {
    let same = all.clone().find(|(_, title)| same_name(title, word));
    let mut parts = all.filter(|(_, title)| word.chars().count() > 1 && title.contains(word));
    let only = || parts.next().filter(|_| parts.next().is_none());
    same.or_else(only).map(|(id, _)| id)
}

/// The project whose file has the same words behind another number, or the same number before other words.
fn renamed<'a>(written: &str, slugs: &[&'a str]) -> Option<&'a str> {
    let parts = |slug: &'a str| slug.split_once('-').unwrap_or(("", slug));
    let (number, words) = match written.split_once('-') {
        Some((number, words)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            (number, words)
        }
        _ => ("", written),
    };
    let only = |is: &dyn Fn((&str, &str)) -> bool| {
        let mut found = slugs.iter().copied().filter(|slug| is(parts(slug)));
        found.next().filter(|_| found.next().is_none())
    };
    only(&|(_, own)| own == words).or_else(|| only(&|(own, _)| !number.is_empty() && own == number))
}

/// Ids and titles of the columns of a table, or of one of its panels.
fn columns<'a>(table: &'a Table, panel: Option<&str>) -> Vec<(&'a str, &'a str)> {
    let panels = table.spec.panels.iter().filter(|form| panel.is_none_or(|panel| panel == form.id));
    let mut seen = BTreeSet::new();
    panels
        .flat_map(|form| &form.columns)
        .filter(|column| seen.insert(column.id.as_str()))
        .map(|column| (column.id.as_str(), column.title.as_str()))
        .collect()
}

/// The key, name or code of a row that is nearest to a written one.
fn nearest_row<'a>(table: &'a Table, panel: Option<&str>, written: &str) -> Option<&'a str> {
    let panels = table.panels().filter(|(_, form, _)| panel.is_none_or(|panel| panel == form.id));
    let rows = panels.flat_map(|(_, _, panel)| &panel.rows).take(COMPARED);
    let names: Vec<&str> = rows
        .flat_map(|row| [Some(row.key.as_str()), Some(row.name.as_str()), row.code.as_deref()])
        .flatten()
        .collect();
    nearest(written, &names)
}
