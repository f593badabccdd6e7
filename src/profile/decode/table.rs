//! Tables of a profile: panels, heading trees, printed rows, hierarchies.

use indexmap::IndexMap;

use super::keys::{
    CLASSIFIED, COLUMN, COLUMN_KINDS, COLUMN_TYPES, HEADING, HIERARCHY, ORDINAL, PANEL, ROLE_RULE,
    ROW, TABLE, names,
};
use super::{bad, chart, entries, entry, id_key, placeholders, texts_by_id};
use crate::address::{Address, Rows, Target};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::profile::{
    ColumnKind, ColumnSpec, EmptyNote, Header, Hierarchy, Ordinal, PanelSpec, Role, RoleRule,
    RowSpec, TableSpec, UNDER,
};
use crate::yaml::{self, Fields, Key, Node};

/// What `{…}` may stand for in the title of a table and in the lines above it.
pub(super) const FILLED_IN: [&str; 4] = ["organisation", "code", "year", "unit"];

pub(super) fn table(
    report: &mut Report,
    key: &Key,
    node: &Node,
    defaults: Option<&Node>,
    classifications: &IndexMap<String, Vec<usize>>,
) -> TableSpec {
    let mut fields =
        entry(report, node, &TABLE, text!(zh: "表“{id}”", en: "the table `{id}`", id = key.text));
    for ignored in [
        "classification",
        "row_codes",
        "total_row",
        "hierarchy",
        "roles",
        "rows",
        "key",
        "open",
        "columns",
    ] {
        fields.get(ignored);
    }
    let default = |name: &str| defaults.and_then(|node| node.get(name));
    let own_or_default = |fields: &mut Fields, report: &mut Report, name: &'static str| {
        let own = fields.node().get(name).is_some();
        let text = fields.text(report, name);
        if own { text } else { default(name).and_then(Node::scalar).map(str::to_owned) }
    };
    let mut caption = fields.texts(report, "caption");
    if fields.node().get("caption").is_none() {
        let lines = default("caption").map(Node::items).unwrap_or_default();
        caption = lines.iter().filter_map(|line| line.scalar().map(str::to_owned)).collect();
    }
    let facts = entries(node.get("facts")).map(|(key, _)| &*key.text);
    let known: Vec<&str> = FILLED_IN.into_iter().chain(facts).collect();
    placeholders(report, node.get("title"), &FILLED_IN);
    placeholders(report, node.get("caption"), &known);
    let empty_note = empty_note(report, &mut fields);
    let panels = panels(report, key, &mut fields, classifications);
    let spec = TableSpec {
        id: key.text.to_string(),
        title: fields.required(report, "title").unwrap_or_else(|| key.text.to_string()),
        number: fields.text(report, "number"),
        group: own_or_default(&mut fields, report, "group").filter(|text| !text.is_empty()),
        caption,
        unit: own_or_default(&mut fields, report, "unit").filter(|text| !text.is_empty()),
        line_numbers: own_or_default(&mut fields, report, "line_numbers")
            .filter(|text| !text.is_empty()),
        column_numbers: own_or_default(&mut fields, report, "column_numbers")
            .filter(|text| !text.is_empty()),
        required: fields.flag(report, "required", true),
        empty_note,
        note_names: fields.texts(report, "note_names"),
        section: fields.text(report, "section"),
        facts: texts_by_id(fields.get("facts")),
        summary: fields.get("summary").map(|node| chart::summary(report, node)).unwrap_or_default(),
        panels,
    };
    fields.finish(report);
    spec
}

fn empty_note(report: &mut Report, fields: &mut Fields) -> EmptyNote {
    let Some(node) = fields.get("empty_note") else { return EmptyNote::Optional };
    match node.scalar() {
        Some("required") => EmptyNote::Required,
        Some("optional") => EmptyNote::Optional,
        _ => {
            bad(
                report,
                node.place(),
                text!(zh: "empty_note 只能是 required 或 optional", en: "empty_note is required or optional"),
            );
            EmptyNote::Optional
        }
    }
}

/// The panels of a table; a plain table states its only one itself.
fn panels(
    report: &mut Report,
    key: &Key,
    fields: &mut Fields,
    classifications: &IndexMap<String, Vec<usize>>,
) -> Vec<PanelSpec> {
    let plain = |report: &mut Report, fields: &Fields| {
        let what = text!(zh: "表“{id}”", en: "the table `{id}`", id = key.text);
        let mut plain = Fields::new(report, fields.node(), &TABLE, what);
        vec![PanelSpec { title: None, ..panel(report, "", &mut plain, classifications) }]
    };
    let Some(written) = fields.get("panels") else { return plain(report, fields) };
    let says_nothing = written.is_null()
        || (written.scalar().is_none()
            && written.entries().is_empty()
            && written.items().is_empty());
    let mut panels = Vec::new();
    for (key, node) in fields.map(report, "panels") {
        let what = text!(zh: "栏目组“{id}”", en: "the panel `{id}`", id = key.text);
        let mut fields = entry(report, node, &PANEL, what);
        panels.push(panel(report, &key.text, &mut fields, classifications));
        fields.finish(report);
    }
    if panels.is_empty() {
        // A table has a panel at least. What `panels` says instead was reported, unless it says nothing.
        let mut known = Report::default();
        panels = plain(if says_nothing { report } else { &mut known }, fields);
    }
    panels
}

fn panel(
    report: &mut Report,
    id: &str,
    fields: &mut Fields,
    classifications: &IndexMap<String, Vec<usize>>,
) -> PanelSpec {
    let mut columns = Vec::new();
    let mut references = Vec::new();
    let header = if let Some(node) = fields.get("columns") {
        headers(report, node, &mut columns, &mut references)
    } else {
        bad(
            report,
            fields.node().place(),
            text!(zh: "没有写明有哪些栏（columns）", en: "it has no `columns`"),
        );
        Vec::new()
    };
    link_columns(report, &mut columns, &references);
    let rows: IndexMap<String, RowSpec> = entries(fields.get("rows"))
        .filter_map(|(key, node)| Some((id_key(report, key)?, row(report, key, node))))
        .collect();
    PanelSpec {
        id: id.to_owned(),
        title: fields.text(report, "title"),
        open: fields.flag(report, "open", rows.is_empty()),
        classification: fields
            .get("classification")
            .and_then(|node| node.scalar().or_else(|| node.get("of")?.scalar()).map(str::to_owned))
            .filter(|name| classifications.contains_key(name)),
        row_codes: row_codes(report, fields, classifications),
        hierarchy: hierarchy(report, fields, &columns, classifications),
        key: key_column(report, fields, &columns),
        total_row: fields.text(report, "total_row"),
        roles: fields.get("roles").map(|node| roles(report, node)).unwrap_or_default(),
        columns,
        header,
        rows,
    }
}

fn key_column(report: &mut Report, fields: &mut Fields, columns: &[ColumnSpec]) -> Option<usize> {
    let name = fields.text(report, "key")?;
    let found = columns.iter().position(|column| column.id == name);
    if found.is_none() {
        let ids: Vec<&str> = columns.iter().map(|column| column.id.as_str()).collect();
        let place = fields.node().get("key").map_or(fields.node().place(), Node::place);
        let message = text!(zh: "没有栏“{name}”", en: "there is no column `{name}`");
        report.push(codes::BAD_PROFILE.at(place, message).help(yaml::suggestion(&name, &ids)));
    }
    found
}

/// Columns named by `sum_of` and its like, until all columns are known.
pub(super) struct Reference<'a> {
    column: usize,
    key: &'static str,
    node: &'a Node,
}

pub(super) fn headers<'a>(
    report: &mut Report,
    node: &'a Node,
    columns: &mut Vec<ColumnSpec>,
    references: &mut Vec<Reference<'a>>,
) -> Vec<Header> {
    let mut found = Vec::new();
    for (key, node) in node.entries() {
        if let Some(inner) = node.get("columns") {
            let mut fields = entry(
                report,
                node,
                &HEADING,
                text!(zh: "栏目组“{id}”", en: "the heading `{id}`", id = key.text),
            );
            fields.get("columns");
            let title = fields.required(report, "title").unwrap_or_default();
            fields.finish(report);
            found.push(Header::Group(title, headers(report, inner, columns, references)));
        } else if let Some(id) = id_key(report, key) {
            found.push(Header::Column(columns.len()));
            let column = column(report, &id, key, node, columns.len(), references);
            columns.push(column);
        }
    }
    found
}

fn column<'a>(
    report: &mut Report,
    id: &str,
    key: &Key,
    node: &'a Node,
    index: usize,
    references: &mut Vec<Reference<'a>>,
) -> ColumnSpec {
    let mut fields = entry(report, node, &COLUMN, text!(zh: "栏“{id}”", en: "the column `{id}`"));
    for key in ["sum_of", "product_of", "quotient_of", "at_most"] {
        if let Some(node) = fields.get(key) {
            references.push(Reference { column: index, key, node });
        }
    }
    let column = ColumnSpec {
        id: id.to_owned(),
        title: fields.required(report, "title").unwrap_or_else(|| id.to_owned()),
        kind: column_kind(report, &mut fields),
        unit: fields.text(report, "unit"),
        sum_of: Vec::new(),
        product_of: Vec::new(),
        quotient_of: Vec::new(),
        at_most: None,
        summed: fields.flag(report, "summed", true),
        signed: fields.flag(report, "signed", false),
        whole: fields.flag(report, "whole", false),
        lasting: fields.flag(report, "lasting", false),
        place: key.place(),
    };
    fields.finish(report);
    column
}

pub(super) fn column_kind(report: &mut Report, fields: &mut Fields) -> ColumnKind {
    let Some(node) = fields.get("type") else { return ColumnKind::Text };
    let written = node.scalar().unwrap_or_default();
    let mut kinds = COLUMN_TYPES.iter().zip(COLUMN_KINDS);
    if let Some((_, kind)) = kinds.find(|(word, _)| word.name == written) {
        return kind;
    }
    let message = text!(zh: "没有“{written}”这种栏类型", en: "there is no column type `{written}`");
    report.push(
        codes::BAD_PROFILE
            .at(node.place(), message)
            .help(yaml::suggestion(written, &names(&COLUMN_TYPES))),
    );
    ColumnKind::Text
}

pub(super) fn link_columns(
    report: &mut Report,
    columns: &mut [ColumnSpec],
    references: &[Reference],
) {
    let ids: Vec<String> = columns.iter().map(|column| column.id.clone()).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    for Reference { column, key, node } in references {
        let single = [(*node).clone()];
        let items = if node.scalar().is_some() { &single[..] } else { node.items() };
        for item in items {
            let name = item.scalar().unwrap_or_default();
            let Some(index) = names.iter().position(|id| *id == name) else {
                let message = text!(zh: "没有栏“{name}”", en: "there is no column `{name}`");
                report.push(
                    codes::BAD_PROFILE
                        .at(item.place(), message)
                        .help(yaml::suggestion(name, &names)),
                );
                continue;
            };
            match *key {
                "sum_of" => columns[*column].sum_of.push(index),
                "product_of" => columns[*column].product_of.push(index),
                "quotient_of" => columns[*column].quotient_of.push(index),
                _ => columns[*column].at_most = Some(index),
            }
        }
    }
}

fn row(report: &mut Report, key: &Key, node: &Node) -> RowSpec {
    let mut fields =
        entry(report, node, &ROW, text!(zh: "行“{id}”", en: "the row `{id}`", id = key.text));
    let sum_of: Vec<Rows> =
        fields.texts(report, "sum_of").iter().filter_map(|text| rows_of(text)).collect();
    let part_of = fields.text(report, "part_of");
    let role = match fields.get("role") {
        Some(node) => role(report, node),
        None if !sum_of.is_empty() => Role::Total,
        None if part_of.is_some() => Role::Memo,
        None => Role::Detail,
    };
    let row = RowSpec {
        id: key.text.to_string(),
        name: row_name(report, &mut fields).unwrap_or_else(|| key.text.to_string()),
        aliases: fields.texts(report, "aliases"),
        code: fields.text(report, "code"),
        role,
        sum_of,
        align: fields.text(report, "align"),
        optional: fields.flag(report, "optional", false),
        level: fields.number(report, "level").unwrap_or(if part_of.is_some() { 2 } else { 1 }),
        part_of,
        place: key.place(),
    };
    fields.finish(report);
    row
}

/// One text, or one for each label column.
fn row_name(report: &mut Report, fields: &mut Fields) -> Option<String> {
    match fields.get("name") {
        Some(node) if !node.items().is_empty() => Some(fields.texts(report, "name").join(UNDER)),
        _ => fields.required(report, "name"),
    }
}

/// Row selectors stand alone here; they are read as the middle of an address.
fn rows_of(text: &str) -> Option<Rows> {
    match Address::parse(&format!("t/{text}/c"))?.target {
        Target::Cells { rows, .. } => Some(rows),
        _ => None,
    }
}

fn role(report: &mut Report, node: &Node) -> Role {
    match node.scalar() {
        Some("detail") => Role::Detail,
        Some("subtotal") => Role::Subtotal,
        Some("total") => Role::Total,
        Some("memo") => Role::Memo,
        _ => {
            bad(
                report,
                node.place(),
                text!(zh: "role 只能是 detail、subtotal、total 或 memo", en: "a role is detail, subtotal, total or memo"),
            );
            Role::Detail
        }
    }
}

fn roles(report: &mut Report, node: &Node) -> Vec<RoleRule> {
    let mut rules = Vec::new();
    for item in node.items() {
        let mut fields =
            Fields::new(report, item, &ROLE_RULE, text!(zh: "行角色", en: "a row role"));
        let pattern = fields.required(report, "match").unwrap_or_default();
        let (prefix, suffix) = match pattern.split_once('*') {
            Some((prefix, suffix)) => (prefix.to_owned(), suffix.to_owned()),
            None => (pattern.clone(), String::new()),
        };
        let role = fields.get("role").map_or(Role::Detail, |node| role(report, node));
        let sums = fields.get("sums");
        let before = sums.and_then(Node::scalar) != Some("preceding");
        if let Some(node) =
            sums.filter(|node| !matches!(node.scalar(), Some("preceding" | "following")))
        {
            bad(
                report,
                node.place(),
                text!(zh: "sums 只能是 following 或 preceding", en: "`sums` is following or preceding"),
            );
        }
        fields.finish(report);
        rules.push(RoleRule { prefix, suffix, role, before });
    }
    rules
}

/// A level of a classification, counted from 1; the nearest there is where there is no such level.
fn level(report: &mut Report, node: &Node, written: usize, levels: usize) -> usize {
    let level = written.clamp(1, levels);
    if level != written {
        bad(
            report,
            node.place(),
            text!(zh: "这个分类有 1 至 {levels} 级，没有第 {written} 级", en: "the classification has the levels 1 to {levels}, and no level {written}"),
        );
    }
    level
}

fn hierarchy(
    report: &mut Report,
    fields: &mut Fields,
    columns: &[ColumnSpec],
    classifications: &IndexMap<String, Vec<usize>>,
) -> Hierarchy {
    if let Some(node) = fields.get("classification") {
        let (name, depth) = if let Some(name) = node.scalar() {
            (name.to_owned(), None)
        } else {
            let mut fields = Fields::new(report, node, &CLASSIFIED, Text::same("`classification`"));
            let name = fields.required(report, "of").unwrap_or_default();
            let depth = fields.number(report, "depth").zip(fields.get("depth"));
            fields.finish(report);
            (name, depth)
        };
        let Some(lengths) = classifications.get(&name) else {
            unknown_classification(report, node, &name, classifications);
            return Hierarchy::Flat;
        };
        let depth = depth.map_or(1, |(depth, node)| level(report, node, depth, lengths.len()));
        return Hierarchy::Codes { lengths: lengths.clone(), depth };
    }
    let Some(node) = fields.get("hierarchy") else { return Hierarchy::Flat };
    let mut inner = Fields::new(report, node, &HIERARCHY, Text::same("`hierarchy`"));
    let by_columns = inner.texts(report, "columns");
    let separator = inner.text(report, "separator");
    let ordinals = inner.get("ordinals").map(|node| ordinals(report, node)).unwrap_or_default();
    inner.finish(report);
    if !by_columns.is_empty() {
        let find = |id: &String| columns.iter().position(|column| column.id == *id);
        let indexes: Vec<usize> = by_columns.iter().filter_map(find).collect();
        if indexes.len() != by_columns.len() {
            bad(
                report,
                node.place(),
                text!(zh: "hierarchy.columns 里有不存在的栏", en: "hierarchy.columns names a column that is not there"),
            );
        }
        return Hierarchy::Columns(indexes);
    }
    match separator {
        Some(separator) => Hierarchy::Names(separator),
        None if !ordinals.is_empty() => Hierarchy::Ordinals(ordinals),
        None => Hierarchy::Flat,
    }
}

/// The classification that the codes of printed rows belong to.
fn row_codes(
    report: &mut Report,
    fields: &mut Fields,
    classifications: &IndexMap<String, Vec<usize>>,
) -> Option<String> {
    let node = fields.get("row_codes")?;
    let name = node.scalar().unwrap_or_default().to_owned();
    if !classifications.contains_key(&name) {
        unknown_classification(report, node, &name, classifications);
        return None;
    }
    Some(name)
}

fn unknown_classification(
    report: &mut Report,
    node: &Node,
    name: &str,
    classifications: &IndexMap<String, Vec<usize>>,
) {
    let names: Vec<&str> = classifications.keys().map(String::as_str).collect();
    let message = text!(zh: "没有科目分类“{name}”", en: "there is no classification `{name}`");
    report.push(codes::BAD_PROFILE.at(node.place(), message).help(yaml::suggestion(name, &names)));
}

fn ordinals(report: &mut Report, node: &Node) -> Vec<Ordinal> {
    let mut all = Vec::new();
    for item in node.items() {
        let mut fields =
            Fields::new(report, item, &ORDINAL, text!(zh: "序号样式", en: "an ordinal"));
        all.push(Ordinal {
            prefix: fields.text(report, "prefix").unwrap_or_default(),
            digits: fields.required(report, "digits").unwrap_or_default(),
            suffix: fields.text(report, "suffix").unwrap_or_default(),
        });
        fields.finish(report);
    }
    all
}
