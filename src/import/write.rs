//! Tables, projects and sections → the YAML and Markdown of a disclosure, in the style of files
//! written by hand, and which value stands at which place of them.

use std::borrow::Cow;
use std::fmt::Write;

use indexmap::IndexMap;

use super::document::{Document, Origin};
use super::placed::{At, Block, Placed, PlacedProject, PlacedSection, PlacedTable, Value};
use crate::content::doubt;
use crate::content::origins::Spot;
use crate::diagnostic::{Language, Text, text};
use crate::profile::{Profile, TableSpec};

/// A file as it will be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Its path below the folder of the disclosure.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The values in it, each at its data path: `rows[3].amount`.
    pub values: Vec<(String, Value)>,
}

/// What the writing of values needs to know.
pub(super) struct ValueWriter<'a> {
    pub(super) documents: &'a [Document],
    pub(super) language: Language,
}

/// Where something stands, as it is kept beside the content.
pub(super) fn spot(at: &At) -> Spot {
    let Origin { sheet, table, row, column } = at.origin.clone();
    Spot { file: at.document, sheet, table, row, column }
}

/// Where something stands, in words: `预算表.xlsx Sheet3!B7`.
pub fn origin_words(documents: &[Document], at: &At) -> Text {
    let name = documents.get(at.document).map_or("", |document| document.name.as_str());
    spot(at).words(name)
}

impl ValueWriter<'_> {
    /// One table.
    pub(super) fn table(&self, spec: &TableSpec, table: &PlacedTable) -> File {
        let mut file = File { path: format!("tables/{}.yaml", spec.id), ..File::default() };
        if let Some(title) = &table.title {
            self.line(&mut file, "title", title);
        }
        if !table.facts.is_empty() {
            let all: Vec<String> = table
                .facts
                .iter()
                .map(|(id, value)| {
                    file.values.push((format!("facts.{id}"), value.clone()));
                    format!("{id}: {}", self.value(value))
                })
                .collect();
            push(&mut file.text, &format!("facts: {{ {} }}\n", all.join(", ")));
        }
        let is_plain = spec.is_plain();
        if !is_plain {
            file.text.push_str("panels:\n");
        }
        for (panel, rows) in spec.panels.iter().zip(&table.panels) {
            let (indent, path) = if is_plain {
                ("", "rows".to_owned())
            } else {
                ("  ", format!("panels.{}", panel.id))
            };
            let name = if is_plain { "rows" } else { panel.id.as_str() };
            let none = if rows.is_empty() { " []" } else { "" };
            push(&mut file.text, &format!("{indent}{name}:{none}\n"));
            let ids: Vec<&str> = panel.columns.iter().map(|column| column.id.as_str()).collect();
            self.rows(&mut file, indent, (&path, &ids), rows);
        }
        if let Some(note) = &table.note {
            self.line(&mut file, "note", note);
        }
        file
    }

    /// Rows in one line each.
    fn rows(
        &self,
        file: &mut File,
        indent: &str,
        (path, ids): (&str, &[&str]),
        rows: &[Vec<Option<Value>>],
    ) {
        for (index, row) in rows.iter().enumerate() {
            let home = format!("{path}[{index}].");
            file.text.extend([indent, "  - {"]);
            let mut before = " ";
            for (id, value) in ids.iter().zip(row) {
                let Some(value) = value else { continue };
                let text = self.marked(value);
                file.text.extend([before, *id, ": ", &*scalar(&text, true)]);
                before = ", ";
                file.values.push(([&home, *id].concat(), value.clone()));
            }
            // A row that says nothing is `{}`.
            file.text.push_str(if before == " " { "}\n" } else { " }\n" });
        }
    }

    /// One project.
    pub(super) fn project(&self, profile: &Profile, path: String, project: &PlacedProject) -> File {
        let mut file = File { path, ..File::default() };
        let Some(spec) = &profile.projects else { return file };
        // The name stands first, as a reader looks for it.
        let is_label = |id: &str| spec.fields[id].kind == crate::profile::ColumnKind::Label;
        let mut ids: Vec<&String> =
            spec.fields.keys().filter(|id| project.fields.contains_key(*id)).collect();
        ids.sort_by_key(|id| !is_label(id));
        for id in ids {
            let value = &project.fields[id];
            push(&mut file.text, &format!("{id}: {}\n", self.block_value(value)));
            file.values.push((id.clone(), value.clone()));
        }
        if let Some(plan) = spec.payment_plan.as_ref().filter(|_| !project.plan.is_empty()) {
            let mut steps = Vec::new();
            for id in plan.steps.keys() {
                let Some(value) = project.plan.get(id) else { continue };
                steps.push(format!("{id}: {}", self.value(value)));
                file.values.push((format!("payment_plan.{id}"), value.clone()));
            }
            push(&mut file.text, &format!("payment_plan: {{ {} }}\n", steps.join(", ")));
        }
        self.goals(&mut file, &project.goals);
        if !project.indicators.is_empty() {
            file.text.push_str("indicators:\n");
            let ids: Vec<&str> = spec.indicators.iter().map(|column| column.id.as_str()).collect();
            self.rows(&mut file, "", ("indicators", &ids), &project.indicators);
        }
        file
    }

    fn goals(&self, file: &mut File, parts: &IndexMap<String, Vec<Value>>) {
        if parts.is_empty() {
            return;
        }
        file.text.push_str("goals:\n");
        for (part, goals) in parts {
            let (indent, path) = if part.is_empty() {
                ("", "goals".to_owned())
            } else if let [goal] = goals.as_slice() {
                push(&mut file.text, &format!("  {part}: {}\n", self.block_value(goal)));
                file.values.push((format!("goals.{part}"), goal.clone()));
                continue;
            } else {
                push(&mut file.text, &format!("  {part}:\n"));
                ("  ", format!("goals.{part}"))
            };
            for (index, goal) in goals.iter().enumerate() {
                push(&mut file.text, &format!("{indent}  - {}\n", self.block_value(goal)));
                file.values.push((format!("{path}[{index}]"), goal.clone()));
            }
        }
    }

    /// One section. Of a table that stands in it only its place is written.
    pub(super) fn section(
        &self,
        placed: &Placed,
        profile: &Profile,
        path: String,
        section: &PlacedSection,
    ) -> File {
        let mut file = File { path, ..File::default() };
        let title = headline(&self.marked(&section.title));
        push(&mut file.text, &format!("# {title}\n"));
        file.values.push((String::new(), section.title.clone()));
        let mut was_item = false;
        for block in &section.blocks {
            let line = match block {
                Block::Heading(rank, value) => {
                    file.values.push((String::new(), value.clone()));
                    format!("{} {}", "#".repeat(*rank), headline(&self.marked(value)))
                }
                Block::Paragraph(value) => {
                    file.values.push((String::new(), value.clone()));
                    escaped(&self.marked(value))
                }
                Block::Item(value) => {
                    file.values.push((String::new(), value.clone()));
                    format!("- {}", escaped(&self.marked(value)))
                }
                Block::Term(number, term, said) => {
                    file.values.push((
                        String::new(),
                        Value { taken: super::placed::Taken::Part, ..term.clone() },
                    ));
                    file.values.push((String::new(), said.clone()));
                    format!(
                        "{number}**{}**：{}",
                        escaped_within(&term.text),
                        escaped_within(&self.marked(said))
                    )
                }
                Block::Table(id) => {
                    let Some(table) = placed.tables.get(id) else { continue };
                    let words = match &table.printed {
                        printed if printed.is_empty() => &profile.tables[id].title,
                        printed => printed,
                    };
                    format!("[{words}](={id})")
                }
                Block::Projects => {
                    let title =
                        profile.projects.as_ref().map(|spec| spec.title.replace("{name}", ""));
                    let projects = crate::content::PROJECTS;
                    format!("[{}](={projects})", title.unwrap_or_default().trim())
                }
            };
            // Items of one list stand without empty lines between them.
            let is_item = matches!(block, Block::Item(_));
            let gap = if is_item && was_item { "" } else { "\n" };
            was_item = is_item;
            push(&mut file.text, &format!("{gap}{line}\n"));
        }
        file
    }

    /// A value between braces.
    fn value(&self, value: &Value) -> String {
        scalar(&self.marked(value), true).into_owned()
    }

    /// A value behind a key of its own line.
    fn block_value(&self, value: &Value) -> String {
        scalar(&self.marked(value), false).into_owned()
    }

    /// A key and its text on a line of their own.
    fn line(&self, file: &mut File, key: &str, value: &Value) {
        push(&mut file.text, &format!("{key}: {}\n", self.block_value(value)));
        file.values.push((key.to_owned(), value.clone()));
    }

    /// The text of a value, with the mark where it is doubtful.
    fn marked<'v>(&self, value: &'v Value) -> Cow<'v, str> {
        let Some(reason) = &value.doubt else { return Cow::Borrowed(&value.text) };
        let at = value.from.first().map(|at| origin_words(self.documents, at)).unwrap_or_default();
        let why = reason.words();
        let remark = text!(zh: "{at}：{why}", en: "{at_en}: {why_en}", at_en = at.en, why_en = why.en, at = at.zh, why = why.zh);
        Cow::Owned(doubt::marked(&value.text, remark.get(self.language)))
    }
}

fn push(text: &mut String, more: &str) {
    text.push_str(more);
}

/// A text as YAML reads it back: plain where it can be, else between quotes.
pub fn scalar(text: &str, in_braces: bool) -> Cow<'_, str> {
    let is_sign = |c: char| "-?:,[]{}#&*!|>'\"%@`".contains(c);
    let starts_plain = match text.chars().next() {
        None => false,
        // A sign of a number, or of words: it is a list only before a blank.
        Some('-' | '?' | ':') => {
            !text[1..].starts_with([' ', ',']) && text.len() > 1 && !text.starts_with("---")
        }
        Some(c) => !is_sign(c) && !c.is_whitespace(),
    };
    let is_null = matches!(text, "~" | "null" | "Null" | "NULL");
    let holds_sign = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    let holds_brace = in_braces && text.contains([',', '[', ']', '{', '}', '?']);
    let holds_control = text.contains(|c: char| c.is_control());
    if starts_plain && !is_null && !holds_sign && !holds_brace && !holds_control {
        return Cow::Borrowed(text);
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    Cow::Owned(out)
}

/// A heading on one line: blanks of its layout are one blank.
fn headline(text: &str) -> String {
    escaped_within(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A paragraph that CommonMark reads as the words it holds.
fn escaped(text: &str) -> String {
    let text = escaped_within(text);
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = text.len() - digits.len();
    if text.starts_with(['#', '>', '+', '-', '=', '|']) {
        format!("\\{text}")
    } else if number > 0 && digits.starts_with(['.', ')']) && digits[1..].starts_with(' ') {
        format!("{}\\{digits}", &text[..number])
    } else {
        text
    }
}

fn escaped_within(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '`' | '[' | ']' | '<' | '_') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_plain_where_yaml_reads_them_as_they_are() {
        for (text, in_braces, written) in [
            ("≥60 次", true, "≥60 次"),
            ("1,290.10", true, "\"1,290.10\""),
            ("1,290.10", false, "1,290.10"),
            ("-3.10", true, "-3.10"),
            ("——", true, "——"),
            ("- 甲", false, "\"- 甲\""),
            ("甲: 乙", false, "\"甲: 乙\""),
            ("~", true, "\"~\""),
            ("", true, "\"\""),
        ] {
            assert_eq!(scalar(text, in_braces), written);
        }
    }
}
