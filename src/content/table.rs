//! `tables/<table>.yaml`: rows in the author's order, every cell still text.

use std::ops::Range;

use super::keys::TABLE;
use crate::codes;
use crate::diagnostic::{Report, text};
<<<<<<< HEAD
use crate::source::{FileId, Place, SourceFile};
=======
use crate::source::FileId;
>>>>>>> 34fd2c6ad37b95faa36f1437104cadd52128d994
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
}

<<<<<<< HEAD
/// Reads one file; nothing when it is not YAML.
pub(super) fn read(report: &mut Report, file: FileId, source: &SourceFile) -> Option<Table> {
    if let Some(block) = pasted(source.text()) {
        pasted_cells(report, file, &source.path, (source.text(), block));
        return None;
    }
    let node = yaml::parse(report, file, source)?;
    let mut fields = Fields::new(report, &node, &TABLE, text!(zh: "表", en: "the table"));
=======
/// Reads one file; nothing when it is no mapping.
pub(super) fn read(report: &mut Report, file: FileId, node: &Node) -> Option<Table> {
    if !matches!(node.kind, Kind::Mapping(_)) {
        yaml::want_mapping(report, node, &text!(zh: "表", en: "the table"));
        return None;
    }
    let mut fields = Fields::new(report, node, &TABLE, text!(zh: "表", en: "the table"));
>>>>>>> 34fd2c6ad37b95faa36f1437104cadd52128d994
    let mut panels = Vec::new();
    if let Some(rows) = fields.get("rows") {
        // Words where rows should be: nothing is known of the table.
        if let Kind::Scalar(words) = &rows.kind {
            let found = yaml::pasted(file, words, rows.range());
            match found {
                Some(finding) => report.push(finding),
                None => drop(read_rows(report, rows)),
            }
            return None;
        }
        panels.push(Panel { id: String::new(), key: None, rows: read_rows(report, rows) });
    }
    for (key, node) in fields.map(report, "panels") {
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
    Some(table)
}

/// The bytes of the first rows of cells that stand in a text as a spreadsheet copies them: two lines or
/// more with a tab between words.
fn pasted(text: &str) -> Option<Range<usize>> {
    memchr::memchr(b'\t', text.as_bytes())?;
    let is_row = |line: &str| {
        let inner = line.trim_matches([' ', '\t', '\r']);
        line.contains('\t') && inner.contains('\t') && !line.trim_start().starts_with('#')
    };
    let mut found: Option<Range<usize>> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        match &mut found {
            Some(block) if is_row(line) => block.end = end,
            Some(block) if text[block.clone()].contains('\n') => break,
            _ => found = is_row(line).then_some(start..end),
        }
        start += line.len();
    }
    found.filter(|block| text[block.clone()].contains('\n'))
}

fn pasted_cells(
    report: &mut Report,
    file: FileId,
    path: &str,
    (text, block): (&str, Range<usize>),
) {
    let count = text[block.clone()].lines().count();
    let parts: Vec<&str> = path.split('/').collect();
    let command = match parts[..] {
        ["content", organisation, disclosure, "tables", name] => {
            let table = name.trim_end_matches(".yaml");
            format!("mingbai import - --table {table} --into {organisation}/{disclosure} --force")
        }
        _ => "mingbai import -".to_owned(),
    };
    let message = text!(zh: "这里是从表格粘贴来的 {count} 行单元格，不是 YAML", en: "{count} rows of cells pasted from a spreadsheet stand here, which are no YAML");
    report.push(codes::PASTED_CELLS.at(Place::bytes(file, block), message).help(text!(
        zh: "运行 {command}，把单元格粘贴进去，按 Ctrl+D：写成表的行",
        en: "run `{command}`, paste the cells and press Ctrl+D: they become the rows of the table",
    )));
}

fn read_rows(report: &mut Report, node: &Node) -> Vec<Row> {
    if !matches!(node.kind, Kind::Sequence(_) | Kind::Null) {
        yaml::wrong_type(
            report,
            node,
            &text!(zh: "表的行", en: "the rows"),
            text!(zh: "列表，每行以“- ”开头", en: "a list, each row beginning with `- `"),
        );
    }
    node.items().iter().map(|item| read_row(report, item)).collect()
}

fn read_row(report: &mut Report, node: &Node) -> Row {
    if !matches!(node.kind, Kind::Mapping(_)) {
        yaml::wrong_type(
            report,
            node,
            &text!(zh: "一行", en: "a row"),
            text!(zh: "{{ 栏: 值, … }}", en: "{{ column: value, … }}"),
        );
    }
    let mut cells = Vec::with_capacity(node.entries().len());
    for (key, value) in node.entries() {
        if !matches!(value.kind, Kind::Scalar(_) | Kind::Null) {
            yaml::wrong_type(
                report,
                value,
                &text!(zh: "单元格", en: "a cell"),
                text!(zh: "一个数或一段文字", en: "one figure or text"),
            );
            continue;
        }
        cells.push(WrittenCell {
            key: key.clone(),
            text: value.scalar().map(str::to_owned),
            range: value.range(),
        });
    }
    Row { cells, range: node.range() }
}
