//! Forms → the YAML of a profile.

use std::collections::BTreeSet;
use std::fmt::Write;

use indexmap::IndexMap;

use super::head::HeadTree;
use super::names::{Ids, KnownWords};
use super::sums::{self, ProposedSum};
use super::ties::{self, PanelIds, Total};
use super::{DrawnPanel, DrawnTable};
use crate::amount;
use crate::import::scalar;
use crate::profile::ColumnKind;

/// What a draft proposes.
#[derive(Clone, Debug, Default)]
pub(super) struct Proposed {
    /// How many sums.
    pub(super) sums: usize,
    /// How many equal totals.
    pub(super) ties: usize,
    totals: Vec<Total>,
}

/// The text of a profile, and what it proposes.
pub(super) fn profile(
    source: &str,
    forms: &[DrawnTable],
    words: &KnownWords,
) -> (String, Proposed) {
    let mut out = format!(
        "# 照 {source} 的表样写出的初稿：逐处看过再用。写作注释的合计在它的数里都成立，核对后写进那一行。\n\
         # A first draft drawn from the forms of {source}: look it over. Sums that hold in its figures stand as comments: move those that are meant into their line.\n"
    );
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    line(&mut out, "title", &words.without_year(stem));
    if !words.units.is_empty() {
        let units: Vec<String> = words
            .units
            .iter()
            .map(|(unit, worth)| {
                format!("{}: {}", scalar(unit, true), amount::print(*worth, false))
            })
            .collect();
        push(&mut out, &format!("units: {{ {} }}\n", units.join(", ")));
    }
    let classes = classifications(forms);
    if !classes.is_empty() {
        out.push_str("classifications:\n");
        for (lengths, name) in &classes {
            let lengths: Vec<String> = lengths.iter().map(usize::to_string).collect();
            push(&mut out, &format!("  {name}: [{}]\n", lengths.join(", ")));
        }
    }
    let cells = forms.iter().flat_map(|form| &form.panels).flat_map(|panel| &panel.rows).flatten();
    let marks: BTreeSet<&String> = cells.filter(|text| words.marks.contains(*text)).collect();
    if !marks.is_empty() {
        let marks: Vec<_> = marks.into_iter().map(|mark| scalar(mark, true)).collect();
        push(&mut out, &format!("marks: {{ not_applicable: [{}] }}\n", marks.join(", ")));
    }
    let mut notes: Vec<&str> = forms.iter().filter_map(|form| form.note.as_deref()).collect();
    notes.sort_unstable();
    notes.dedup();
    let mut said: Vec<String> = Vec::new();
    if !words.year.is_empty() {
        said.push(format!("year: {}", scalar(&words.year, true)));
    }
    if !notes.is_empty() {
        let notes: Vec<_> = notes.iter().map(|note| scalar(note, true)).collect();
        said.push(format!("notes: [{}]", notes.join(", ")));
    }
    if !said.is_empty() {
        push(&mut out, &format!("words: {{ {} }}\n", said.join(", ")));
    }
    out.push_str("\ntables:\n");
    let (mut ids, mut proposed) = (Ids::default(), Proposed::default());
    for form in forms {
        let id = ids.give(words.table_id(&form.title), &form.title, "table");
        push(&mut out, &format!("  {id}:\n"));
        table(&mut out, (form, &id), &classes, words, &mut proposed);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    proposed.ties = equal_totals(&mut out, &proposed.totals);
    (out, proposed)
}

/// Totals that are equal in several tables, as comments; how many there are.
fn equal_totals(out: &mut String, totals: &[Total]) -> usize {
    let found = ties::equal(totals);
    if found.is_empty() {
        return 0;
    }
    out.push_str(
        "\n# 各表相等的合计：核对后去掉行首的“# ”，写上为什么相等。\n\
         # Totals that are equal between the tables: take the `# ` off those that are meant, and say why.\n\
         # tie_outs:\n",
    );
    for tie in &found {
        push(out, &format!("#   {}:\n#     equation: {}\n", tie.id, scalar(&tie.equation, false)));
        out.push_str("#     because: 两张表写的是同一笔钱\n");
    }
    found.len()
}

fn push(out: &mut String, text: &str) {
    out.push_str(text);
}

fn line(out: &mut String, key: &str, text: &str) {
    let _ = writeln!(out, "{key}: {}", scalar(text, false));
}

/// A classification for every way in which codes grow.
fn classifications(forms: &[DrawnTable]) -> IndexMap<Vec<usize>, String> {
    let mut all: IndexMap<Vec<usize>, String> = IndexMap::new();
    for panel in forms.iter().flat_map(|form| &form.panels) {
        if !panel.lengths.is_empty() && !all.contains_key(&panel.lengths) {
            let name = format!("codes{}", all.len() + 1);
            all.insert(panel.lengths.clone(), name);
        }
    }
    all
}

fn table(
    out: &mut String,
    (form, table): (&DrawnTable, &str),
    classes: &IndexMap<Vec<usize>, String>,
    words: &KnownWords,
    proposed: &mut Proposed,
) {
    line(out, "    title", &form.title);
    let texts = [
        ("number", &form.number),
        ("unit", &form.unit),
        ("line_numbers", &form.line_numbers),
        ("column_numbers", &form.column_numbers),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            line(out, &format!("    {key}"), text);
        }
    }
    if !form.caption.is_empty() {
        let lines: Vec<_> = form.caption.iter().map(|line| scalar(line, true)).collect();
        push(out, &format!("    caption: [{}]\n", lines.join(", ")));
    }
    let writer = PanelWriter { form, table, classes, words };
    if let [panel] = form.panels.as_slice() {
        writer.panel(out, ("    ", None), panel, proposed);
        return;
    }
    out.push_str("    panels:\n");
    let mut ids = Ids::default();
    for panel in &form.panels {
        let title = panel.title.as_deref().unwrap_or_default();
        let id = ids.give(None, title, "side");
        push(out, &format!("      {id}:\n"));
        if !title.is_empty() {
            line(out, "        title", title);
        }
        writer.panel(out, ("        ", Some(&id)), panel, proposed);
    }
}

/// The panels of a table.
struct PanelWriter<'a> {
    form: &'a DrawnTable,
    /// The id of the table.
    table: &'a str,
    classes: &'a IndexMap<Vec<usize>, String>,
    words: &'a KnownWords,
}

impl PanelWriter<'_> {
    fn panel(
        &self,
        out: &mut String,
        (indent, id): (&str, Option<&str>),
        panel: &DrawnPanel,
        proposed: &mut Proposed,
    ) {
        let columns = self.columns(out, indent, panel, proposed);
        let sums = sums::of_rows(panel);
        let rows = self.rows(out, indent, panel, &sums);
        proposed.sums += sums.len();
        let row = |number: usize| rows.get(&number).cloned();
        let ids = PanelIds { table: self.table, panel: id, columns: &columns, row: &row };
        proposed.totals.extend(ties::totals(self.form, panel, &sums, &ids));
    }

    /// The columns and what stands above them; their ids.
    fn columns(
        &self,
        out: &mut String,
        indent: &str,
        panel: &DrawnPanel,
        proposed: &mut Proposed,
    ) -> Vec<String> {
        let words = self.words;
        if let Some(name) = self.classes.get(&panel.lengths) {
            push(out, &format!("{indent}classification: {name}\n"));
        }
        if let Some(total) = &panel.total_row {
            line(out, &format!("{indent}total_row"), total);
        }
        let mut ids = Ids::default();
        let columns: Vec<String> = panel
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                ids.give(words.column_id(&column.title), &column.title, &format!("c{}", at + 1))
            })
            .collect();
        let of_columns = sums::of_columns(panel);
        push(out, &format!("{indent}columns:\n"));
        let mut writer = ColumnWriter { panel, ids: &columns, sums: &of_columns, groups: &mut ids };
        writer.heads(out, &format!("{indent}  "), &panel.header);
        proposed.sums += of_columns.len();
        columns
    }

    /// The rows the form prints; their ids by their numbers.
    fn rows(
        &self,
        out: &mut String,
        indent: &str,
        panel: &DrawnPanel,
        sums: &[ProposedSum],
    ) -> IndexMap<usize, String> {
        let words = self.words;
        if panel.printed.is_empty() {
            return IndexMap::new();
        }
        if panel.open {
            push(out, &format!("{indent}open: true\n"));
        }
        push(out, &format!("{indent}rows:\n"));
        let label = panel.columns.iter().position(|column| column.kind == ColumnKind::Label);
        let name = |row: usize| label.map_or("", |label| panel.rows[row][label].as_str());
        let mut ids = Ids::default();
        let rows: IndexMap<usize, String> = panel
            .printed
            .iter()
            .map(|row| (*row, ids.give(words.row_id(name(*row)), name(*row), "row")))
            .collect();
        for (row, id) in &rows {
            let indent = format!("{indent}  ");
            for sum in sums.iter().filter(|sum| sum.whole == *row) {
                let parts: Vec<&str> = sum.parts.iter().map(|row| rows[row].as_str()).collect();
                push(out, &proposed(&indent, &parts, sum.times, "成立的栏 columns"));
            }
            push(out, &format!("{indent}{id}: {{ name: {} }}\n", scalar(name(*row), true)));
        }
        rows
    }
}

/// A sum as a comment.
fn proposed(indent: &str, parts: &[&str], times: usize, words: &str) -> String {
    format!("{indent}# sum_of: [{}]   {words}: {times}\n", parts.join(", "))
}

/// The columns of a panel, below their headings.
struct ColumnWriter<'a> {
    panel: &'a DrawnPanel,
    ids: &'a [String],
    sums: &'a [ProposedSum],
    groups: &'a mut Ids,
}

impl ColumnWriter<'_> {
    fn heads(&mut self, out: &mut String, indent: &str, heads: &[HeadTree]) {
        for head in heads {
            match head {
                HeadTree::Group(title, inner) => {
                    let id = self.groups.give(None, title, "group");
                    push(out, &format!("{indent}{id}:\n"));
                    line(out, &format!("{indent}  title"), title);
                    push(out, &format!("{indent}  columns:\n"));
                    self.heads(out, &format!("{indent}    "), inner);
                }
                HeadTree::Column(at, _) => self.column(out, indent, *at),
            }
        }
    }

    fn column(&self, out: &mut String, indent: &str, at: usize) {
        let Some(index) = self.panel.columns.iter().position(|column| column.at == at) else {
            return;
        };
        for sum in self.sums.iter().filter(|sum| sum.whole == index) {
            let parts: Vec<&str> = sum.parts.iter().map(|part| self.ids[*part].as_str()).collect();
            push(out, &proposed(indent, &parts, sum.times, "成立的行 rows"));
        }
        let column = &self.panel.columns[index];
        let (id, title) = (&self.ids[index], scalar(&column.title, true));
        push(
            out,
            &format!(
                "{indent}{id}: {{ title: {title}, type: {kind} }}\n",
                kind = column.kind.word()
            ),
        );
    }
}
