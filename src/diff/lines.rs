//! What differs → lines with a depth and a sign, which the formats for people lay out each in its way.

use super::{
    ColumnDiff, Diff, DisclosureDiff, FactDiff, Fate, ProjectDiff, RelationDiff, RowDiff,
    SectionDiff, Side, TableDiff, Turn, ValueDiff,
};
use crate::diagnostic::{Text, text};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// The name of a disclosure.
    Disclosure,
    /// The name of a table, a project, a section.
    Part,
    /// Something that differs.
    Item,
    /// Something that came.
    Added,
    /// Something that went.
    Removed,
}

/// One line.
pub(super) struct DiffLine {
    pub(super) kind: LineKind,
    /// How deep it stands below its part.
    pub(super) depth: usize,
    pub(super) text: Text,
}

/// The lines of all that differs.
pub(super) fn lines(diff: &Diff) -> Vec<DiffLine> {
    let mut all = Vec::new();
    for disclosure in &diff.disclosures {
        of_disclosure(disclosure, &mut all);
    }
    all
}

fn line(kind: LineKind, depth: usize, text: Text) -> DiffLine {
    DiffLine { kind, depth, text }
}

fn kind(fate: Fate) -> LineKind {
    match fate {
        Fate::Added => LineKind::Added,
        Fate::Removed => LineKind::Removed,
        Fate::Changed | Fate::Renamed => LineKind::Item,
    }
}

fn of_disclosure(diff: &DisclosureDiff, all: &mut Vec<DiffLine>) {
    let DisclosureDiff { disclosure, title, .. } = diff;
    let fate = fate(diff.fate);
    let name = text!(zh: "{title}（{disclosure}）{zh}", en: "{title} ({disclosure}){en}", zh = fate.zh, en = fate.en);
    all.push(line(LineKind::Disclosure, 0, name));
    all.extend(diff.facts.iter().map(|one| line(LineKind::Item, 0, fact(one))));
    diff.tables.iter().for_each(|table| of_table(table, all));
    diff.projects.iter().for_each(|project| of_project(project, all));
    diff.sections.iter().for_each(|section| of_section(section, all));
    if !diff.relations.is_empty() {
        all.push(line(LineKind::Part, 0, text!(zh: "勾稽关系", en: "Relations")));
        all.extend(diff.relations.iter().map(relation));
    }
}

/// What became of a whole; nothing of what is there in both states.
fn fate(fate: Fate) -> Text {
    match fate {
        Fate::Added => text!(zh: "：新增", en: ": new"),
        Fate::Removed => text!(zh: "：没有了", en: ": gone"),
        Fate::Changed | Fate::Renamed => Text::default(),
    }
}

fn fact(fact: &FactDiff) -> Text {
    let FactDiff { name, before, after } = fact;
    match (before.as_str(), after.as_str()) {
        ("", after) => {
            text!(zh: "{zh}：加上“{after}”", en: "{en}: now “{after}”", zh = name.zh, en = name.en)
        }
        (before, "") => {
            text!(zh: "{zh}：去掉“{before}”", en: "{en}: no longer “{before}”", zh = name.zh, en = name.en)
        }
        (before, after) => {
            text!(zh: "{zh}：“{before}” → “{after}”", en: "{en}: “{before}” → “{after}”", zh = name.zh, en = name.en)
        }
    }
}

fn of_table(table: &TableDiff, all: &mut Vec<DiffLine>) {
    let fate = fate(table.fate);
    let TableDiff { table: id, title, .. } = table;
    let name =
        text!(zh: "{title}（{id}）{zh}", en: "{title} ({id}){en}", zh = fate.zh, en = fate.en);
    all.push(line(LineKind::Part, 0, name));
    all.extend(table.facts.iter().map(|one| line(LineKind::Item, 0, fact(one))));
    all.extend(table.columns.iter().map(column));
    table.rows.iter().for_each(|row| of_row(row, all));
}

fn column(column: &ColumnDiff) -> DiffLine {
    let ColumnDiff { column: id, title, was, fate } = column;
    let text = match was {
        Some(was) => {
            text!(zh: "栏“{was}”改称“{title}”（{id}）", en: "column “{was}” is now “{title}” ({id})")
        }
        None => text!(zh: "栏“{title}”（{id}）", en: "column “{title}” ({id})"),
    };
    line(kind(*fate), 0, text)
}

/// A row on one line where one cell of it differs, else its cells below it.
fn of_row(row: &RowDiff, all: &mut Vec<DiffLine>) {
    let name = match (&row.was, row.row.as_str()) {
        (Some(was), name) => text!(zh: "“{was}”改称“{name}”", en: "“{was}” is now “{name}”"),
        (None, "") => Text::same(row.address.as_str()),
        (None, name) => Text::same(name),
    };
    let kind = kind(row.fate);
    if kind != LineKind::Item {
        let cells = row.values.iter().map(|cell| {
            let said = cell.after.as_deref().or(cell.before.as_deref()).unwrap_or_default();
            format!("{} {said}", cell.name)
        });
        let cells: Vec<String> = cells.collect();
        let text = if cells.is_empty() {
            name
        } else {
            text!(zh: "{zh}：{zh_cells}", en: "{en}: {en_cells}", zh = name.zh, en = name.en, zh_cells = cells.join("，"), en_cells = cells.join(", "))
        };
        all.push(line(kind, 0, text));
    } else if let ([value], None) = (row.values.as_slice(), &row.was) {
        let said = of_value(value);
        all.push(line(kind, 0, text!(zh: "{zh} · {said_zh}", en: "{en} · {said_en}", zh = name.zh, en = name.en, said_zh = said.zh, said_en = said.en)));
    } else {
        all.push(line(kind, 0, name));
        all.extend(row.values.iter().map(|value| line(LineKind::Item, 1, of_value(value))));
    }
}

pub(super) fn of_value(value: &ValueDiff) -> Text {
    let ValueDiff { name, before, after, by, unit, withheld, .. } = value;
    match withheld {
        Some(Side::After) => return text!(zh: "{name}：改为不公开", en: "{name}: now withheld"),
        Some(Side::Before) => {
            return text!(zh: "{name}：原来不公开，现在公开", en: "{name}: was withheld, is public now");
        }
        None => {}
    }
    let said = |said: &Option<String>| match said.as_deref() {
        None | Some("") => text!(zh: "（空）", en: "(blank)"),
        Some(said) => Text::same(said.replace('\n', " / ")),
    };
    let is_filled = after.as_deref().is_some_and(|after| !after.is_empty());
    let (before, after) = (said(before), said(after));
    let unit = unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    // The unit stands behind the last figure.
    let (unit_before, unit) = if is_filled { ("", unit.as_str()) } else { (unit.as_str(), "") };
    let mut text = text!(
        zh: "{name}：{before_zh}{unit_before} → {after_zh}{unit}", en: "{name}: {before_en}{unit_before} → {after_en}{unit}",
        before_zh = before.zh, before_en = before.en, after_zh = after.zh, after_en = after.en,
    );
    if let Some(by) = by {
        let sign = if by.starts_with('-') { "" } else { "+" };
        text.zh.push_str(&format!("（{sign}{by}）"));
        text.en.push_str(&format!(" ({sign}{by})"));
    }
    text
}

fn of_project(project: &ProjectDiff, all: &mut Vec<DiffLine>) {
    let fate = fate(project.fate);
    let ProjectDiff { project: id, name, was, .. } = project;
    let name = match was {
        Some(was) => {
            text!(zh: "项目“{was}”改称“{name}”（{id}）", en: "Project “{was}” is now “{name}” ({id})")
        }
        None => {
            text!(zh: "项目“{name}”（{id}）{zh}", en: "Project “{name}” ({id}){en}", zh = fate.zh, en = fate.en)
        }
    };
    all.push(line(LineKind::Part, 0, name));
    let said = |value: &ValueDiff| {
        let is_alone = matches!(project.fate, Fate::Added | Fate::Removed);
        let said = value.after.as_ref().or(value.before.as_ref()).filter(|_| is_alone);
        match said {
            Some(said) => Text::same(format!("{} {}", value.name, said.replace('\n', " / "))),
            None => of_value(value),
        }
    };
    all.extend(project.values.iter().map(|value| line(kind(project.fate), 0, said(value))));
}

fn of_section(section: &SectionDiff, all: &mut Vec<DiffLine>) {
    let fate = fate(section.fate);
    let SectionDiff { section: id, title, .. } = section;
    let name = text!(zh: "{title}（narrative/{id}）{zh}", en: "{title} (narrative/{id}){en}", zh = fate.zh, en = fate.en);
    all.push(line(LineKind::Part, 0, name));
    for sentence in &section.sentences {
        let before = sentence.before.as_deref().map(|said| (LineKind::Removed, said));
        let after = sentence.after.as_deref().map(|said| (LineKind::Added, said));
        let both = before.into_iter().chain(after);
        all.extend(both.map(|(kind, said)| line(kind, 0, Text::same(said))));
    }
}

fn relation(relation: &RelationDiff) -> DiffLine {
    let Text { zh, en } = &relation.message;
    let (kind, text) = match relation.turn {
        Turn::Broken => {
            (LineKind::Removed, text!(zh: "现在不相符：{zh}", en: "does not hold now: {en}"))
        }
        Turn::Mended => (
            LineKind::Added,
            text!(zh: "已经改好，原来是：{zh}", en: "holds or is gone now; before: {en}"),
        ),
        Turn::Unproved => (
            LineKind::Removed,
            text!(zh: "现在无法核对：{zh}", en: "can no longer be checked: {en}"),
        ),
        Turn::Proved => (
            LineKind::Added,
            text!(zh: "现在可以核对，相符：{zh}", en: "can be checked now, and holds: {en}"),
        ),
    };
    line(kind, 0, text)
}
