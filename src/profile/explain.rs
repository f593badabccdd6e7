//! What a form demands, in words: its tables with their columns and rows, its sections, its project form, its
//! relations, each with the file that states it.

use super::equation::Equation;
use super::{ColumnSpec, PanelSpec, Profile, RowSpec, TableSpec};
use crate::diagnostic::{Language, Text, text};
use crate::source::{FileId, Place, Sources};

/// The explanation of a resolved profile, for people.
pub fn explain(sources: &Sources, profile: &Profile, language: Language) -> String {
    let explained = Explained { sources, profile, language };
    let mut out = vec![format!("{}  {}", profile.id, profile.title)];
    explained.head(&mut out);
    profile.tables.values().for_each(|table| explained.table(&mut out, table));
    explained.sections(&mut out);
    explained.projects(&mut out);
    explained.relations(&mut out);
    out.join("\n") + "\n"
}

struct Explained<'a> {
    sources: &'a Sources,
    profile: &'a Profile,
    language: Language,
}

impl Explained<'_> {
    fn say(&self, text: &Text) -> String {
        text.get(self.language).to_owned()
    }

    /// Where something is stated, as far as that is another file than the profile's own.
    fn origin(&self, place: &Place) -> String {
        if place.file == self.profile.file { String::new() } else { self.stated(place) }
    }

    /// The file that states something.
    fn stated(&self, place: &Place) -> String {
        let path = &self.sources.file(place.file).path;
        let id = path.strip_prefix("profiles/").unwrap_or(path);
        format!("  ← {}", id.strip_suffix(".yaml").unwrap_or(id))
    }

    fn head(&self, out: &mut Vec<String>) {
        let profile = self.profile;
        let mut line = |said: Text, list: String| {
            if !list.is_empty() {
                out.push(format!("  {}: {list}", self.say(&said)));
            }
        };
        line(text!(zh: "继承", en: "extends"), profile.bases.join(", "));
        line(text!(zh: "用于阶段", en: "for the stages"), profile.stages.join(", "));
        let units: Vec<&str> = profile.units.keys().map(String::as_str).collect();
        line(text!(zh: "单位", en: "units"), units.join(", "));
    }

    fn table(&self, out: &mut Vec<String>, table: &TableSpec) {
        let needed = if table.required {
            text!(zh: "必须有", en: "required")
        } else {
            text!(zh: "可以没有", en: "may be left out")
        };
        out.push(String::new());
        let first = table.panels.iter().flat_map(|panel| &panel.columns).next();
        let stated = first.map(|column| column.place.file);
        let origin = first.map(|column| self.origin(&column.place)).unwrap_or_default();
        out.push(format!("{}  {}  ({}){origin}", table.id, table.title, self.say(&needed)));
        for panel in &table.panels {
            self.panel(out, (table, stated), panel);
        }
    }

    /// A panel; a column or row that another file states than the table's first column is marked with it.
    fn panel(
        &self,
        out: &mut Vec<String>,
        (table, stated): (&TableSpec, Option<FileId>),
        panel: &PanelSpec,
    ) {
        let origin = |place: &Place| {
            if Some(place.file) == stated { String::new() } else { self.stated(place) }
        };
        if !panel.id.is_empty() {
            let title = panel.title.as_deref().unwrap_or_default();
            out.push(format!("  {}  {title}", panel.id));
        }
        for column in &panel.columns {
            let unit = table.unit_of(column).map(|unit| format!(", {unit}")).unwrap_or_default();
            let kind = column.kind.word();
            let (id, title) = (&column.id, &column.title);
            let sums = columns(&panel.columns, column);
            let origin = origin(&column.place);
            out.push(format!("    {id}  {title}  ({kind}{unit}){sums}{origin}"));
        }
        if let Some(total) = &panel.total_row {
            let said = text!(zh: "合计行“{total}”把最高一级的各行加起来", en: "the row {total} adds up the highest rows");
            out.push(format!("    = {}", self.say(&said)));
        }
        for row in panel.rows.values() {
            let origin = origin(&row.place);
            out.push(format!("    · {}  {}{}{origin}", row.id, row.name, parts(row)));
        }
    }

    fn sections(&self, out: &mut Vec<String>) {
        if self.profile.sections.is_empty() {
            return;
        }
        out.push(String::new());
        out.push(self.say(&text!(zh: "说明", en: "sections")));
        for section in self.profile.sections.values() {
            let above = section.parent.as_ref().map(|id| format!("  < {id}")).unwrap_or_default();
            let mark = if section.required { "" } else { "?" };
            let origin = self.origin(&section.place);
            out.push(format!("  {}{mark}  {}{above}{origin}", section.id, section.title));
        }
    }

    fn projects(&self, out: &mut Vec<String>) {
        let Some(spec) = &self.profile.projects else { return };
        out.push(String::new());
        out.push(format!("{}  {}", self.say(&text!(zh: "项目", en: "projects")), spec.title));
        for field in spec.fields.values() {
            let mark = if field.required { "" } else { "?" };
            let sum = summed(field.sum_of.iter().map(String::as_str), " + ");
            let (id, title, kind) = (&field.id, &field.title, field.kind.word());
            out.push(format!("  {id}{mark}  {title}  ({kind}){sum}{}", self.origin(&field.place)));
        }
        if !spec.indicators.is_empty() {
            out.push(format!("  {}", self.say(&text!(zh: "指标", en: "indicators"))));
        }
        for column in &spec.indicators {
            let (id, title, kind) = (&column.id, &column.title, column.kind.word());
            let sums = columns(&spec.indicators, column);
            out.push(format!("    {id}  {title}  ({kind}){sums}{}", self.origin(&column.place)));
        }
    }

    fn relations(&self, out: &mut Vec<String>) {
        if self.profile.tie_outs.is_empty() {
            return;
        }
        let count = self.profile.tie_outs.len();
        out.push(String::new());
        out.push(self.say(&text!(zh: "勾稽关系 {count} 条", en: "relations ({count})")));
        for tie_out in &self.profile.tie_outs {
            let origin = self.origin(&tie_out.place);
            out.push(format!("  {}  ({}){origin}", tie_out.id, tie_out.severity.word()));
            out.push(format!("    {}", tie_out.equation));
            let conditions = [("when", &tie_out.when), ("unless", &tie_out.unless)];
            let stated =
                conditions.into_iter().filter_map(|(word, one)| Some((word, one.as_ref()?)));
            out.extend(stated.map(|(word, one): (&str, &Equation)| format!("    {word} {one}")));
            out.push(format!("    {}", tie_out.because));
        }
    }
}

/// What a column is worked out from, or may not exceed.
fn columns(all: &[ColumnSpec], column: &ColumnSpec) -> String {
    let of = |list: &[usize], sign: &str| summed(list.iter().map(|at| all[*at].id.as_str()), sign);
    let most = column.at_most.map(|at| format!(" ≤ {}", all[at].id)).unwrap_or_default();
    let (product, quotient) = (of(&column.product_of, " × "), of(&column.quotient_of, " ÷ "));
    format!("{}{product}{quotient}{most}", of(&column.sum_of, " + "))
}

fn parts(row: &RowSpec) -> String {
    let names: Vec<String> = row.sum_of.iter().map(ToString::to_string).collect();
    let whole = row.part_of.as_ref().map(|whole| format!(" ≤ {whole}")).unwrap_or_default();
    format!("{}{whole}", summed(names.iter().map(String::as_str), " + "))
}

fn summed<'a>(names: impl Iterator<Item = &'a str>, sign: &str) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() { String::new() } else { format!(" = {}", names.join(sign)) }
}
