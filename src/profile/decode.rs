//! The merged tree of a profile to its types. Every mistake is reported at its
//! place; what cannot be read is left out.

use std::sync::Arc;

use indexmap::IndexMap;

use super::equation::Equation;
use super::{
    ColumnKind, ColumnSpec, EmptyNote, FieldSpec, Header, Headline, Hierarchy, IndicatorKind,
    Marks, Ordinal, PanelSpec, PlanSpec, Profile, ProjectSpec, Role, RoleRule, RowSpec,
    SectionSpec, TableSpec, TieOut, Words,
};
use crate::address::{self, Address, Rows};
use crate::amount::{self, Decimal};
use crate::codes;
use crate::diagnostic::{Report, Severity, Text, text};
use crate::source::Place;
use crate::yaml::{self, Fields, Key, Node};

/// Reads a whole profile.
pub(super) fn profile(report: &mut Report, id: &str, node: &Node) -> Profile {
    let mut fields = Fields::new(report, node, text!(zh: "模板", en: "the profile"));
    for key in ["extends", "abstract", "after", "before"] {
        fields.get(key);
    }
    let title = fields.text(report, "title").unwrap_or_else(|| id.to_owned());
    let units = fields.get("units").map(|node| units(report, node)).unwrap_or_default();
    let classifications =
        fields.get("classifications").map(|node| classifications(report, node)).unwrap_or_default();
    let marks = fields.get("marks").map(|node| marks(report, node)).unwrap_or_default();
    let words = fields.get("words").map(|node| words(report, node)).unwrap_or_default();
    let defaults = fields.get("defaults");
    let tables = entries(fields.get("tables"))
        .filter_map(|(key, node)| {
            Some((
                id_key(report, key)?,
                Arc::new(table(report, key, node, defaults, &classifications)),
            ))
        })
        .collect();
    let sections = entries(fields.get("sections"))
        .filter_map(|(key, node)| Some((id_key(report, key)?, section(report, key, node))))
        .collect();
    let projects = fields.get("projects").map(|node| projects(report, node));
    let tie_outs = entries(fields.get("tie_outs"))
        .filter_map(|(key, node)| tie_out(report, key, node))
        .collect();
    let headline = fields.get("headline").map(|node| headline(report, node)).unwrap_or_default();
    fields.finish(report);
    Profile {
        id: id.to_owned(),
        file: node.file,
        title,
        units,
        marks,
        words,
        tables,
        sections,
        projects,
        tie_outs,
        headline,
    }
}

fn entries(node: Option<&Node>) -> impl Iterator<Item = (&Key, &Node)> {
    node.map(Node::entries).unwrap_or_default().iter().map(|(key, node)| (key, node))
}

fn id_key(report: &mut Report, key: &Key) -> Option<String> {
    if address::is_id(&key.text) {
        return Some(key.text.clone());
    }
    report.push(codes::BAD_PROFILE.at(
        key.place(),
        text!(zh: "“{id}”不能作标识：只用小写字母、数字、- 和 _，以字母开头", en: "`{id}` is no id: lower-case letters, digits, - and _, a letter first", id = key.text),
    ));
    None
}

fn bad(report: &mut Report, place: Place, message: Text) {
    report.push(codes::BAD_PROFILE.at(place, message));
}

fn units(report: &mut Report, node: &Node) -> IndexMap<String, Decimal> {
    let mut units = IndexMap::new();
    for (key, value) in node.entries() {
        match amount::parse(value.scalar().unwrap_or_default()) {
            Ok(figure) if !figure.value.is_zero() => {
                units.insert(key.text.clone(), figure.value);
            }
            _ => bad(
                report,
                value.place(),
                text!(zh: "单位“{unit}”要写出合多少基本单位", en: "the unit `{unit}` needs a number of base units", unit = key.text),
            ),
        }
    }
    units
}

fn classifications(report: &mut Report, node: &Node) -> IndexMap<String, Vec<usize>> {
    let mut all = IndexMap::new();
    for (key, value) in node.entries() {
        let lengths: Vec<usize> =
            value.items().iter().filter_map(|item| item.scalar()?.parse().ok()).collect();
        if lengths.is_empty() || lengths.len() != value.items().len() {
            bad(
                report,
                value.place(),
                text!(zh: "写出各级科目代码的位数，如 [3, 5, 7]", en: "give the number of digits of each level, as in [3, 5, 7]"),
            );
        }
        all.insert(key.text.clone(), lengths);
    }
    all
}

fn marks(report: &mut Report, node: &Node) -> Marks {
    let mut fields = Fields::new(report, node, Text::same("`marks`"));
    let marks = Marks {
        not_applicable: fields.texts(report, "not_applicable"),
        withheld: fields.texts(report, "withheld"),
    };
    fields.finish(report);
    marks
}

fn words(report: &mut Report, node: &Node) -> Words {
    let mut fields = Fields::new(report, node, Text::same("`words`"));
    let words = Words {
        stage: fields.text(report, "stage").unwrap_or_default(),
        year: fields.text(report, "year").unwrap_or_default(),
        continued: fields.text(report, "continued").unwrap_or_default(),
    };
    fields.finish(report);
    words
}

fn table(
    report: &mut Report,
    key: &Key,
    node: &Node,
    defaults: Option<&Node>,
    classifications: &IndexMap<String, Vec<usize>>,
) -> TableSpec {
    let mut fields =
        Fields::new(report, node, text!(zh: "表“{id}”", en: "the table `{id}`", id = key.text));
    for ignored in [
        "after",
        "before",
        "classification",
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
    let empty_note = match fields.text(report, "empty_note").as_deref() {
        Some("required") => EmptyNote::Required,
        Some("optional") | None => EmptyNote::Optional,
        Some(other) => {
            bad(
                report,
                node.get("empty_note").map_or(node.place(), Node::place),
                text!(zh: "empty_note 只能是 required 或 optional，不能是“{other}”", en: "empty_note is required or optional, not `{other}`"),
            );
            EmptyNote::Optional
        }
    };
    let panels = if let Some(panels) = fields.get("panels") { panels
    .entries()
    .iter()
    .map(|(key, node)| {
        let mut fields = Fields::new(
            report,
            node,
            text!(zh: "栏目组“{id}”", en: "the panel `{id}`", id = key.text),
        );
        let panel = panel(report, &key.text, &mut fields, classifications);
        fields.finish(report);
        panel
    })
    .collect() } else {
        let mut plain = Fields::new(
            report,
            node,
            text!(zh: "表“{id}”", en: "the table `{id}`", id = key.text),
        );
        vec![PanelSpec { title: None, ..panel(report, "", &mut plain, classifications) }]
    };
    let spec = TableSpec {
        id: key.text.clone(),
        title: fields.required(report, "title").unwrap_or_else(|| key.text.clone()),
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
        section: fields.text(report, "section"),
        facts: texts_by_id(fields.get("facts")),
        panels,
    };
    fields.finish(report);
    spec
}

fn texts_by_id(node: Option<&Node>) -> IndexMap<String, String> {
    entries(node)
        .filter_map(|(key, node)| Some((key.text.clone(), node.scalar()?.to_owned())))
        .collect()
}

fn panel(
    report: &mut Report,
    id: &str,
    fields: &mut Fields,
    classifications: &IndexMap<String, Vec<usize>>,
) -> PanelSpec {
    for ignored in ["after", "before"] {
        fields.get(ignored);
    }
    let mut columns = Vec::new();
    let mut references = Vec::new();
    let header = if let Some(node) = fields.get("columns") { headers(report, node, &mut columns, &mut references) } else {
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
struct Reference<'a> {
    column: usize,
    key: &'static str,
    node: &'a Node,
}

fn headers<'a>(
    report: &mut Report,
    node: &'a Node,
    columns: &mut Vec<ColumnSpec>,
    references: &mut Vec<Reference<'a>>,
) -> Vec<Header> {
    let mut headers = Vec::new();
    for (key, node) in node.entries() {
        if let Some(inner) = node.get("columns") {
            let mut fields = Fields::new(
                report,
                node,
                text!(zh: "栏目组“{id}”", en: "the heading `{id}`", id = key.text),
            );
            for known in ["columns", "after", "before"] {
                fields.get(known);
            }
            let title = fields.required(report, "title").unwrap_or_default();
            fields.finish(report);
            headers.push(Header::Group(title, headers_inner(report, inner, columns, references)));
        } else if let Some(id) = id_key(report, key) {
            headers.push(Header::Column(columns.len()));
            let column = column(report, &id, key, node, columns.len(), references);
            columns.push(column);
        }
    }
    headers
}

fn headers_inner<'a>(
    report: &mut Report,
    node: &'a Node,
    columns: &mut Vec<ColumnSpec>,
    references: &mut Vec<Reference<'a>>,
) -> Vec<Header> {
    headers(report, node, columns, references)
}

fn column<'a>(
    report: &mut Report,
    id: &str,
    key: &Key,
    node: &'a Node,
    index: usize,
    references: &mut Vec<Reference<'a>>,
) -> ColumnSpec {
    let mut fields = Fields::new(report, node, text!(zh: "栏“{id}”", en: "the column `{id}`"));
    for known in ["after", "before"] {
        fields.get(known);
    }
    for key in ["sum_of", "product_of", "at_most"] {
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
        at_most: None,
        summed: fields.flag(report, "summed", true),
        place: key.place(),
    };
    fields.finish(report);
    column
}

fn column_kind(report: &mut Report, fields: &mut Fields) -> ColumnKind {
    let kinds = [
        ("amount", ColumnKind::Amount),
        ("quantity", ColumnKind::Quantity),
        ("percent", ColumnKind::Percent),
        ("code", ColumnKind::Code),
        ("label", ColumnKind::Label),
        ("text", ColumnKind::Text),
        ("target", ColumnKind::Target),
    ];
    let Some(node) = fields.get("type") else { return ColumnKind::Text };
    let written = node.scalar().unwrap_or_default();
    if let Some((_, kind)) = kinds.iter().find(|(name, _)| *name == written) {
        return *kind;
    }
    let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
    let message = text!(zh: "没有“{written}”这种栏类型", en: "there is no column type `{written}`");
    report
        .push(codes::BAD_PROFILE.at(node.place(), message).help(yaml::suggestion(written, &names)));
    ColumnKind::Text
}

fn link_columns(report: &mut Report, columns: &mut [ColumnSpec], references: &[Reference]) {
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
                _ => columns[*column].at_most = Some(index),
            }
        }
    }
}

fn row(report: &mut Report, key: &Key, node: &Node) -> RowSpec {
    let mut fields =
        Fields::new(report, node, text!(zh: "行“{id}”", en: "the row `{id}`", id = key.text));
    for known in ["after", "before"] {
        fields.get(known);
    }
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
        id: key.text.clone(),
        name: fields.required(report, "name").unwrap_or_else(|| key.text.clone()),
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

/// Row selectors stand alone here; they are read as the middle of an address.
fn rows_of(text: &str) -> Option<Rows> {
    match Address::parse(&format!("t/{text}/c"))?.target {
        crate::address::Target::Cells { rows, .. } => Some(rows),
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
        let mut fields = Fields::new(report, item, text!(zh: "行角色", en: "a row role"));
        let pattern = fields.required(report, "match").unwrap_or_default();
        let (prefix, suffix) = match pattern.split_once('*') {
            Some((prefix, suffix)) => (prefix.to_owned(), suffix.to_owned()),
            None => (pattern.clone(), String::new()),
        };
        let role = fields.get("role").map_or(Role::Detail, |node| role(report, node));
        let before = fields.text(report, "sums").as_deref() != Some("preceding");
        fields.finish(report);
        rules.push(RoleRule { prefix, suffix, role, before });
    }
    rules
}

fn hierarchy(
    report: &mut Report,
    fields: &mut Fields,
    columns: &[ColumnSpec],
    classifications: &IndexMap<String, Vec<usize>>,
) -> Hierarchy {
    if let Some(node) = fields.get("classification") {
        let (name, depth) = if let Some(name) = node.scalar() { (name.to_owned(), None) } else {
            let mut fields = Fields::new(report, node, Text::same("`classification`"));
            let name = fields.required(report, "of").unwrap_or_default();
            let depth = fields.number(report, "depth");
            fields.finish(report);
            (name, depth)
        };
        let Some(lengths) = classifications.get(&name) else {
            let names: Vec<&str> = classifications.keys().map(String::as_str).collect();
            let message =
                text!(zh: "没有科目分类“{name}”", en: "there is no classification `{name}`");
            report.push(
                codes::BAD_PROFILE.at(node.place(), message).help(yaml::suggestion(&name, &names)),
            );
            return Hierarchy::Flat;
        };
        return Hierarchy::Codes { lengths: lengths.clone(), depth: depth.unwrap_or(1) };
    }
    let Some(node) = fields.get("hierarchy") else { return Hierarchy::Flat };
    let mut inner = Fields::new(report, node, Text::same("`hierarchy`"));
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

fn ordinals(report: &mut Report, node: &Node) -> Vec<Ordinal> {
    let mut all = Vec::new();
    for item in node.items() {
        let mut fields = Fields::new(report, item, text!(zh: "序号样式", en: "an ordinal"));
        all.push(Ordinal {
            prefix: fields.text(report, "prefix").unwrap_or_default(),
            digits: fields.required(report, "digits").unwrap_or_default(),
            suffix: fields.text(report, "suffix").unwrap_or_default(),
        });
        fields.finish(report);
    }
    all
}

fn section(report: &mut Report, key: &Key, node: &Node) -> SectionSpec {
    let mut fields =
        Fields::new(report, node, text!(zh: "章节“{id}”", en: "the section `{id}`", id = key.text));
    for known in ["after", "before"] {
        fields.get(known);
    }
    let section = SectionSpec {
        id: key.text.clone(),
        title: fields.required(report, "title").unwrap_or_else(|| key.text.clone()),
        required: fields.flag(report, "required", true),
        parent: fields.text(report, "parent"),
        terms: fields.flag(report, "terms", false),
    };
    fields.finish(report);
    section
}

fn projects(report: &mut Report, node: &Node) -> ProjectSpec {
    let mut fields = Fields::new(report, node, Text::same("`projects`"));
    let mut columns = Vec::new();
    if let Some(node) = fields.get("indicators") {
        let mut references = Vec::new();
        headers(report, node, &mut columns, &mut references);
        link_columns(report, &mut columns, &references);
    }
    let goals = fields.get("goals");
    let payment_plan = fields.get("payment_plan").map(|node| {
        let mut fields = Fields::new(report, node, Text::same("`payment_plan`"));
        let plan = PlanSpec {
            title: fields.required(report, "title").unwrap_or_default(),
            steps: texts_by_id(fields.get("steps")),
        };
        fields.finish(report);
        plan
    });
    let spec = ProjectSpec {
        title: fields.text(report, "title").unwrap_or_else(|| "{name}".to_owned()),
        unit: fields.text(report, "unit"),
        required: fields.flag(report, "required", false),
        fields: entries(fields.get("fields"))
            .filter_map(|(key, node)| Some((id_key(report, key)?, field(report, key, node))))
            .collect(),
        payment_plan,
        goals: goals
            .and_then(|node| node.scalar().or_else(|| node.get("title")?.scalar()))
            .map(str::to_owned),
        goal_parts: texts_by_id(goals.and_then(|node| node.get("parts"))),
        kinds: entries(fields.get("kinds"))
            .filter_map(|(key, node)| kind(report, key, node, &columns))
            .collect(),
        indicators: columns,
    };
    fields.finish(report);
    spec
}

fn field(report: &mut Report, key: &Key, node: &Node) -> FieldSpec {
    let mut fields = Fields::new(
        report,
        node,
        text!(zh: "项目字段“{id}”", en: "the project field `{id}`", id = key.text),
    );
    for known in ["after", "before"] {
        fields.get(known);
    }
    let field = FieldSpec {
        id: key.text.clone(),
        title: fields.required(report, "title").unwrap_or_else(|| key.text.clone()),
        kind: column_kind(report, &mut fields),
        required: fields.flag(report, "required", false),
        sum_of: fields.texts(report, "sum_of"),
        group: fields.text(report, "group"),
    };
    fields.finish(report);
    field
}

fn kind(
    report: &mut Report,
    key: &Key,
    node: &Node,
    columns: &[ColumnSpec],
) -> Option<(String, IndicatorKind)> {
    let mut fields = Fields::new(
        report,
        node,
        text!(zh: "指标类别“{id}”", en: "the indicator kind `{id}`", id = key.text),
    );
    let column = fields.required(report, "column").unwrap_or_default();
    let name = fields.required(report, "name").unwrap_or_default();
    fields.finish(report);
    if let Some(column) = columns.iter().position(|spec| spec.id == column) { Some((key.text.clone(), IndicatorKind { column, name })) } else {
        bad(
            report,
            node.place(),
            text!(zh: "指标没有“{column}”这一栏", en: "the indicators have no column `{column}`"),
        );
        None
    }
}

fn tie_out(report: &mut Report, key: &Key, node: &Node) -> Option<TieOut> {
    let mut fields = Fields::new(
        report,
        node,
        text!(zh: "勾稽关系“{id}”", en: "the tie-out `{id}`", id = key.text),
    );
    for known in ["after", "before"] {
        fields.get(known);
    }
    fields.required(report, "equation");
    let equation = equation(report, node.get("equation"));
    let tie_out = TieOut {
        id: key.text.clone(),
        because: fields.required(report, "because").unwrap_or_default(),
        when: equation_of(report, fields.get("when")),
        unless: equation_of(report, fields.get("unless")),
        severity: match fields.text(report, "severity").as_deref() {
            Some("note") => Severity::Note,
            Some("warning") => Severity::Warning,
            _ => Severity::Error,
        },
        place: node.get("equation").map_or(key.place(), Node::place),
        equation: equation?,
    };
    fields.finish(report);
    Some(tie_out)
}

fn equation_of(report: &mut Report, node: Option<&Node>) -> Option<Equation> {
    equation(report, Some(node?))
}

fn equation(report: &mut Report, node: Option<&Node>) -> Option<Equation> {
    let node = node?;
    match Equation::parse(node.scalar().unwrap_or_default()) {
        Ok(equation) => Some(equation),
        Err(word) => {
            let message =
                text!(zh: "等式在“{word}”处读不通", en: "the equation cannot be read at `{word}`");
            let help = text!(zh: "写法：地址 = 地址 + 地址 - 数字，各项之间留空格", en: "write: address = address + address - number, with spaces between");
            report.push(codes::BAD_PROFILE.at(node.place(), message).help(help));
            None
        }
    }
}

fn headline(report: &mut Report, node: &Node) -> Vec<Headline> {
    let mut all = Vec::new();
    for item in node.items() {
        let mut fields = Fields::new(report, item, text!(zh: "首要数字", en: "a headline figure"));
        let title = fields.required(report, "title").unwrap_or_default();
        let of = fields.required(report, "of").unwrap_or_default();
        fields.finish(report);
        match Address::parse(&of) {
            Some(address) => all.push(Headline { title, address }),
            None => {
                bad(report, item.place(), text!(zh: "“{of}”不是地址", en: "`{of}` is no address"));
            }
        }
    }
    all
}
