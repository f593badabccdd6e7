//! `tables/<table>.yaml`: rows in the author's order, every cell still text.

use std::ops::Range;

use super::doubt;
use super::keys::TABLE;
use crate::diagnostic::{Report, text};
use crate::source::FileId;
use crate::yaml::{self, Fields, Key, Kind, Node};

/// One table as written.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its file.
    pub file: FileId,
    /// Its printed title, where that is not the form's.
    pub title: Option<String>,
    /// Its panels; a plain table has one without a name.
    pub panels: Vec<Panel>,
    /// The note printed under it.
    pub note: Option<String>,
    /// Facts printed above it, by id.
    pub facts: Vec<(Key, String)>,
}

/// One panel as written.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Its id; empty in a plain table.
    pub id: String,
    /// Where it is named.
    pub key: Option<Key>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// One row as written.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its cells in the author's order.
    pub cells: Vec<WrittenCell>,
    /// Its bytes.
    pub range: Range<usize>,
    /// Whether it is no row, which has a finding of its own.
    pub is_unread: bool,
}

/// One cell as written.
#[derive(Clone, Debug)]
pub struct WrittenCell {
    /// The column.
    pub key: Key,
    /// The text; nothing where nothing was written.
    pub text: Option<String>,
    /// The bytes of the text.
    pub range: Range<usize>,
    /// Whether it holds what is no cell, which has a finding of its own.
    pub is_unread: bool,
}

/// Reads one file; nothing when it is no mapping.
pub(super) fn read(report: &mut Report, file: FileId, node: &Node) -> Option<Table> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        yaml::want_mapping(report, node, &text!(zh: "表", en: "the table"));
        return None;
    }
    let mut fields = Fields::new(report, node, &TABLE, text!(zh: "表", en: "the table"));
    let mut panels = Vec::new();
    if let Some(rows) = fields.get("rows") {
        // Words where rows should be: nothing is known of the table.
        if let Kind::Scalar(words) = &rows.kind {
            // Reported where marks are looked for.
            if is_to_fill_in(rows) {
                return None;
            }
            let found = yaml::pasted(file, words, rows.range());
            match found {
                Some(finding) => report.push(finding),
                None => drop(read_rows(report, rows)),
            }
            return None;
        }
        if !can_be_rows(rows) || has_no_row(rows) {
            read_rows(report, rows);
            return None;
        }
        panels.push(Panel { id: String::new(), key: None, rows: read_rows(report, rows) });
    }
    // A key that nothing stands behind holds no panel.
    let written = match fields.get("panels").map(|panels| &panels.kind) {
        None | Some(Kind::Null) => &[],
        Some(Kind::Mapping(_)) => fields.map(report, "panels"),
        Some(_) => {
            fields.map(report, "panels");
            return None;
        }
    };
    let is_lost = written.iter().any(|(_, node)| !can_be_rows(node) || has_no_row(node));
    for (key, node) in written.iter().filter(|(_, node)| !is_to_fill_in(node)) {
        panels.push(Panel {
            id: key.text.to_string(),
            key: Some(key.clone()),
            rows: read_rows(report, node),
        });
    }
    let facts = fields.map(report, "facts");
    let table = Table {
        file,
        title: fields.text(report, "title"),
        panels,
        note: fields.text(report, "note"),
        facts: facts
            .iter()
            .filter_map(|(key, node)| Some((key.clone(), node.scalar()?.to_owned())))
            .collect(),
    };
    fields.finish(report);
    (!is_lost).then_some(table)
}

fn is_to_fill_in(node: &Node) -> bool {
    node.scalar() == Some(doubt::TO_FILL_IN)
}

/// Whether rows can stand here, if only none.
fn can_be_rows(node: &Node) -> bool {
    matches!(node.kind, Kind::Sequence(_) | Kind::Null)
}

fn read_rows(report: &mut Report, node: &Node) -> Vec<Row> {
    if !can_be_rows(node) {
        yaml::wrong_type(
            report,
            node,
            &text!(zh: "表的行", en: "the rows"),
            text!(zh: "列表，每行以“- ”开头", en: "a list, each row beginning with `- `"),
        );
    }
    let is_none = |item: &&Node| !matches!(item.kind, Kind::Mapping(_)) || has_no_row(node);
    if let Some(first) = node.items().iter().find(is_none) {
        // What a paste spoiled is said once.
        yaml::wrong_type(
            report,
            first,
            &text!(zh: "一行", en: "a row"),
            text!(zh: "{{ 栏: 值, … }}", en: "{{ column: value, … }}"),
        );
    }
    node.items().iter().map(|item| read_row(report, item)).collect()
}

/// Whether no row of a list has a column.
fn has_no_row(node: &Node) -> bool {
    !node.items().is_empty() && node.items().iter().all(|item| item.entries().is_empty())
}

fn read_row(report: &mut Report, node: &Node) -> Row {
    let mut cells = Vec::with_capacity(node.entries().len());
    for (key, value) in node.entries() {
        if !matches!(value.kind, Kind::Scalar(_) | Kind::Null) {
            yaml::wrong_type(
                report,
                value,
                &text!(zh: "单元格", en: "a cell"),
                text!(zh: "一个数或一段文字", en: "one figure or text"),
            );
        }
        cells.push(WrittenCell {
            key: key.clone(),
            text: value.scalar().map(str::to_owned),
            is_unread: !matches!(value.kind, Kind::Scalar(_) | Kind::Null),
            range: value.range(),
        });
    }
    let is_unread = !matches!(node.kind, Kind::Mapping(_));
    Row { cells, range: node.range(), is_unread }
}
