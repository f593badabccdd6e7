//! The forms of one profile → JSON Schemas: its tables with their columns, rows and codes, its
//! projects, its sections.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Schema;
use super::shape::{FIGURE, Maker, Meaning, Object, WordLists, choice, object, said};
use crate::content::keys::{PROJECT, TABLE};
use crate::diagnostic::Language;
use crate::profile::keys::column_type;
use crate::profile::{
    ColumnKind, ColumnSpec, Hierarchy, PanelSpec, Profile, ProjectSpec, TableSpec, UNDER,
};
use crate::yaml::keys::{Record, Shape};

/// Makes the schemas of one profile.
struct Forms<'a> {
    profile: &'a Profile,
    known: &'a WordLists,
    language: Option<Language>,
}

/// The schemas of a profile's tables, projects and sections; their names are below its id.
pub(super) fn schemas(
    profile: &Profile,
    known: &WordLists,
    language: Option<Language>,
) -> Vec<Schema> {
    let forms = Forms { profile, known, language };
    let mut all: Vec<Schema> = profile.tables.values().map(|table| forms.table(table)).collect();
    all.extend(profile.projects.as_ref().map(|spec| forms.projects(spec)));
    let sections = profile.sections.values();
    let sections: Vec<Meaning> =
        sections.map(|section| (section.id.clone(), section.title.clone())).collect();
    let title = said(["各节说明", "sections"], language, " ");
    all.push(Schema {
        name: "sections".to_owned(),
        title: format!("{title}: {}", profile.title),
        json: Value::Object(choice(&sections, true)),
    });
    all
}

impl Forms<'_> {
    fn base(&self, record: &'static Record) -> Object {
        Maker::new(self.known, self.language, false).shape(&Shape::Record(record))
    }

    fn table(&self, spec: &TableSpec) -> Schema {
        let mut json = self.base(&TABLE);
        let properties = properties(&mut json);
        if spec.is_plain() {
            properties.remove("panels");
            set(properties, "rows", "items", self.row(&spec.panels[0]));
        } else {
            properties.remove("rows");
            let mut panels = Object::new();
            for panel in &spec.panels {
                let rows = json!({ "type": ["array", "null"], "items": self.row(panel),
                    "description": panel.title.clone().unwrap_or_default() });
                panels.insert(panel.id.clone(), rows);
            }
            set(properties, "panels", "properties", Value::Object(panels));
            set(properties, "panels", "additionalProperties", Value::Bool(false));
        }
        let facts = spec.facts.iter().map(|(id, title)| {
            let fact = json!({ "type": ["string", "number", "null"], "description": title });
            (id.clone(), fact)
        });
        set(properties, "facts", "properties", Value::Object(facts.collect()));
        set(properties, "facts", "additionalProperties", Value::Bool(false));
        let name = format!("tables/{}", spec.id);
        Schema { name, title: spec.title.clone(), json: Value::Object(json) }
    }

    fn row(&self, panel: &PanelSpec) -> Value {
        let codes = panel.columns.iter().filter(|column| column.kind == ColumnKind::Code).count();
        let labels = panel.columns.iter().filter(|column| column.kind == ColumnKind::Label).count();
        let mut columns = Object::new();
        for column in &panel.columns {
            let mut json = match column.kind {
                ColumnKind::Code if codes == 1 => self.codes(panel),
                ColumnKind::Label => self.names(panel, labels == 1),
                _ => self.cell(column.kind),
            };
            json.insert("description".to_owned(), Value::String(self.describe(column)));
            columns.insert(column.id.clone(), Value::Object(json));
        }
        json!({ "type": "object", "properties": columns, "additionalProperties": false })
    }

    /// What a cell may hold: of a column of figures a figure or a mark.
    fn cell(&self, kind: ColumnKind) -> Object {
        let mut json = object(json!({ "type": ["string", "number", "null"] }));
        let percent = match kind {
            ColumnKind::Percent => "[%％]?",
            ColumnKind::Amount | ColumnKind::Quantity => "",
            _ => return json,
        };
        let marks: String = self.marks().map(|mark| format!("|{}", literal(mark))).collect();
        let pattern = format!("^\\s*(?:{FIGURE}{percent}{marks})?\\s*$");
        let why = said(["这一栏要填数字", "this column holds figures"], self.language, " / ");
        json.insert("pattern".to_owned(), Value::String(pattern));
        json.insert("patternErrorMessage".to_owned(), Value::String(why));
        json
    }

    fn marks(&self) -> impl Iterator<Item = &String> {
        self.profile.marks.not_applicable.iter().chain(&self.profile.marks.withheld)
    }

    /// A code: those of the dictionary and of printed rows are proposed with their names.
    fn codes(&self, panel: &PanelSpec) -> Object {
        let mut seen = BTreeSet::new();
        let mut codes = Vec::new();
        let dictionary = panel.classification.as_ref();
        let dictionary = dictionary.and_then(|name| self.profile.dictionaries.get(name));
        for entry in dictionary.iter().flat_map(|dictionary| &dictionary.entries) {
            if seen.insert(&entry.code) {
                codes.push((number(&entry.code), entry.name.as_str()));
            }
        }
        let mut json = self.cell(ColumnKind::Code);
        if codes.is_empty() {
            return json;
        }
        let (values, names): (Vec<Value>, Vec<&str>) = codes.into_iter().unzip();
        json = object(json!({ "anyOf": [
            { "enum": values, "enumDescriptions": names }, Value::Object(json),
        ] }));
        json
    }

    /// What a row may be called: a printed row of a closed form, by any of its spellings.
    fn names(&self, panel: &PanelSpec, is_only: bool) -> Object {
        let rows = panel.rows.values();
        let printed = rows.flat_map(|row| [&row.name].into_iter().chain(&row.aliases));
        let mut names: Vec<&str> = printed.flat_map(|name| name.split(UNDER)).collect();
        let mut json = self.cell(ColumnKind::Label);
        if !panel.open && !names.is_empty() {
            let ordinal = ordinals(&panel.hierarchy);
            let choices = names.iter().copied().chain(self.marks().map(String::as_str));
            let choices: Vec<String> = choices.map(literal).collect();
            let pattern = format!("^\\s*(?:{ordinal}(?:{}))?\\s*$", choices.join("|"));
            let list = names.join("、");
            let why =
                said(["只能是表上印的行", "only the rows the form prints"], self.language, " / ");
            json.insert("pattern".to_owned(), Value::String(pattern));
            json.insert("patternErrorMessage".to_owned(), Value::String(format!("{why}: {list}")));
        } else if is_only {
            names.extend(panel.total_row.as_deref());
            let dictionary = panel.classification.as_ref();
            let dictionary = dictionary.and_then(|name| self.profile.dictionaries.get(name));
            let entries = dictionary.iter().flat_map(|dictionary| &dictionary.entries);
            names.extend(entries.map(|entry| entry.name.as_str()));
        }
        let mut seen = BTreeSet::new();
        names.retain(|name| seen.insert(*name));
        if !names.is_empty() {
            json.insert("examples".to_owned(), json!(names));
        }
        json
    }

    /// A column in the words of the form.
    fn describe(&self, column: &ColumnSpec) -> String {
        let kind = said(column_type(column.kind).means, self.language, " / ");
        let unit = column.unit.as_ref().map(|unit| format!("，{unit}")).unwrap_or_default();
        format!("{}（{kind}{unit}）", column.title)
    }

    fn projects(&self, spec: &ProjectSpec) -> Schema {
        let mut json = self.base(&PROJECT);
        json.insert("additionalProperties".to_owned(), Value::Bool(false));
        let properties = properties(&mut json);
        for field in spec.fields.values() {
            let mut cell = self.cell(field.kind);
            cell.insert("description".to_owned(), Value::String(field.title.clone()));
            properties.insert(field.id.clone(), Value::Object(cell));
        }
        if let Some(plan) = &spec.payment_plan {
            let steps = plan.steps.iter().map(|(id, title)| {
                let mut cell = self.cell(ColumnKind::Percent);
                cell.insert("description".to_owned(), Value::String(title.clone()));
                (id.clone(), Value::Object(cell))
            });
            set(properties, "payment_plan", "properties", Value::Object(steps.collect()));
            set(properties, "payment_plan", "additionalProperties", Value::Bool(false));
        }
        if !spec.goal_parts.is_empty() {
            let parts = spec.goal_parts.iter().map(|(id, title)| {
                let text = json!({ "type": ["string", "number", "array", "null"], "description": title,
                    "items": { "type": ["string", "number"] } });
                (id.clone(), text)
            });
            set(properties, "goals", "type", json!(["object", "null"]));
            set(properties, "goals", "properties", Value::Object(parts.collect()));
            set(properties, "goals", "additionalProperties", Value::Bool(false));
        }
        set(properties, "indicators", "items", self.indicator(spec));
        let title =
            format!("{}: {}", said(["项目", "project"], self.language, " "), self.profile.title);
        Schema { name: "project".to_owned(), title, json: Value::Object(json) }
    }

    /// One indicator; the words of its levels are proposed.
    fn indicator(&self, spec: &ProjectSpec) -> Value {
        let targets = self.profile.targets.as_ref();
        let groups = || {
            targets
                .iter()
                .flat_map(|targets| targets.schemes.values())
                .flat_map(|scheme| &scheme.groups)
        };
        let mut columns = Object::new();
        for (index, column) in spec.indicators.iter().enumerate() {
            let mut json = self.cell(column.kind);
            let words: BTreeSet<&String> = match targets {
                Some(targets) if targets.group == Some(index) => {
                    groups().map(|(name, _)| name).collect()
                }
                Some(targets) if targets.kind == Some(index) => {
                    groups().flat_map(|(_, kinds)| kinds).collect()
                }
                _ => BTreeSet::new(),
            };
            if !words.is_empty() {
                json.insert("examples".to_owned(), json!(words));
            }
            json.insert("description".to_owned(), Value::String(self.describe(column)));
            columns.insert(column.id.clone(), Value::Object(json));
        }
        json!({ "type": "object", "properties": columns, "additionalProperties": false })
    }
}

fn properties(json: &mut Object) -> &mut Object {
    json.get_mut("properties").and_then(Value::as_object_mut).expect("a record has properties")
}

/// Sets a keyword of a property.
fn set(properties: &mut Object, key: &str, keyword: &str, value: Value) {
    let property = properties.get_mut(key).and_then(Value::as_object_mut);
    property.expect("the key is declared").insert(keyword.to_owned(), value);
}

/// A code as YAML reads it: a number where it has no nought before it.
fn number(code: &str) -> Value {
    match code.parse::<u64>() {
        Ok(number) if number.to_string() == code => json!(number),
        _ => json!(code),
    }
}

/// What may stand before the name of a row.
fn ordinals(hierarchy: &Hierarchy) -> String {
    let Hierarchy::Ordinals(ordinals) = hierarchy else { return String::new() };
    let one = ordinals.iter().map(|ordinal| {
        let digits: Vec<String> = ordinal.digits.chars().map(|c| literal(&c.to_string())).collect();
        format!("{}(?:{})+{}", literal(&ordinal.prefix), digits.join("|"), literal(&ordinal.suffix))
    });
    format!("(?:(?:{})\\s*)?", one.collect::<Vec<_>>().join("|"))
}

/// A pattern of a printed text: blanks do not count, nor whether a bracket is wide.
fn literal(text: &str) -> String {
    let signs = text.chars().filter(|c| !c.is_whitespace()).map(|c| match c {
        '（' | '(' => "[（(]".to_owned(),
        '）' | ')' => "[）)]".to_owned(),
        '：' | ':' => "[：:]".to_owned(),
        '，' | ',' => "[，,]".to_owned(),
        '“' | '”' | '＂' | '"' => "[“”＂\"]".to_owned(),
        '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '[' | ']' | '{' | '}' | '|' | '/' => {
            format!("\\{c}")
        }
        _ => c.to_string(),
    });
    signs.collect::<Vec<_>>().join("\\s*")
}
