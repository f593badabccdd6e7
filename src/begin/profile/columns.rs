//! Headings and rows of a grid → panels, what each column holds, which rows the form prints.

use super::head::HeadTree;
use super::names::KnownWords;
use super::rows::GridRows;
use super::{DrawnColumn, DrawnPanel, DrawnTable};
use crate::amount;
use crate::content::without_ordinal;
use crate::profile::ColumnKind;

/// The word before the numbers of the columns, empty where there is none; nothing of other rows.
pub(super) fn numbers(texts: &[String]) -> Option<String> {
    let is_counted = |texts: &[String]| {
        let mut numbers = texts.iter().enumerate();
        texts.len() >= 2 && numbers.all(|(at, text)| text.parse() == Ok(at + 1))
    };
    let (first, rest) = texts.split_first()?;
    if is_counted(texts) && texts.len() >= 3 {
        return Some(String::new());
    }
    let is_word = first.chars().any(char::is_alphabetic);
    (is_word && is_counted(rest)).then(|| first.clone())
}

/// Reads the panels of a form.
pub(super) fn read(
    form: &mut DrawnTable,
    rows: GridRows,
    mut heads: Vec<HeadTree>,
    body: &[usize],
    words: &KnownWords,
) {
    if let Some(HeadTree::Column(at, title)) = heads.first() {
        let numbered: Vec<_> = body.iter().filter_map(|row| rows.text(*row, *at)).collect();
        let counts = numbered.iter().enumerate().all(|(index, text)| text.parse() == Ok(index + 1));
        if numbered.len() >= 2 && counts {
            form.line_numbers = Some(title.clone());
            heads.remove(0);
        }
    }
    let kinds = |heads: &[HeadTree]| -> Vec<DrawnColumn> {
        let columns = heads.iter().flat_map(HeadTree::columns);
        let columns: Vec<(usize, String)> =
            columns.map(|(at, title)| (at, title.to_owned())).collect();
        kinds_of(rows, columns, body, words)
    };
    for (title, heads) in split(heads, &kinds) {
        let columns = kinds(&heads);
        if columns.is_empty() {
            continue;
        }
        let mut panel = DrawnPanel { title, header: heads, columns, ..DrawnPanel::default() };
        panel.fill(rows, body);
        form.panels.push(panel);
    }
    let is_sided = form.panels.len() > 1;
    for panel in &mut form.panels {
        panel.keep_rows(is_sided);
    }
}

/// Panels side by side: groups over all columns of which each names rows, or the same headings again.
fn split(
    heads: Vec<HeadTree>,
    kinds: &dyn Fn(&[HeadTree]) -> Vec<DrawnColumn>,
) -> Vec<(Option<String>, Vec<HeadTree>)> {
    let names_rows = |heads: &[HeadTree]| {
        let columns = kinds(heads);
        let is_figure = |column: &DrawnColumn| column.kind.is_figure();
        columns.first().is_some_and(|first| first.kind == ColumnKind::Label)
            && columns.iter().any(is_figure)
    };
    let are_groups = heads.len() >= 2
        && heads.iter().all(|head| match head {
            HeadTree::Group(_, inner) => names_rows(inner),
            HeadTree::Column(..) => false,
        });
    if are_groups {
        let group = |head| match head {
            HeadTree::Group(title, inner) => (Some(title), inner),
            HeadTree::Column(..) => (None, vec![head]),
        };
        return heads.into_iter().map(group).collect();
    }
    let half = heads.len() / 2;
    let titles = |heads: &[HeadTree]| -> Vec<String> {
        let columns = heads.iter().flat_map(HeadTree::columns);
        columns.map(|(_, title)| title.to_owned()).collect()
    };
    let (left, right) = heads.split_at(half);
    let repeats =
        heads.len() >= 4 && heads.len().is_multiple_of(2) && titles(left) == titles(right);
    if repeats && names_rows(left) {
        return vec![(None, left.to_vec()), (None, right.to_vec())];
    }
    vec![(None, heads)]
}

/// What the columns of a panel hold: as other profiles say of their headings, where their cells do not
/// gainsay it, else as their cells say.
fn kinds_of(
    rows: GridRows,
    columns: Vec<(usize, String)>,
    body: &[usize],
    words: &KnownWords,
) -> Vec<DrawnColumn> {
    let texts: Vec<Vec<String>> = columns
        .iter()
        .map(|(at, _)| body.iter().filter_map(|row| rows.text(*row, *at)).collect())
        .collect();
    let says = |index: usize| -> Option<ColumnKind> {
        let texts: Vec<&String> = texts[index].iter().filter(|text| is_said(text)).collect();
        let is_figure =
            |text: &&&String| amount::parse(text).is_ok() || amount::parse_percent(text).is_ok();
        let figures = texts.iter().filter(is_figure).count();
        match figures {
            _ if texts.is_empty() => None,
            n if n == texts.len() && texts.iter().all(|text| text.ends_with(['%', '％'])) => {
                Some(ColumnKind::Percent)
            }
            n if n == texts.len() => Some(ColumnKind::Amount),
            _ => Some(ColumnKind::Text),
        }
    };
    // The first column that says words in most of its rows names the rows; codes stand before it.
    let is_code = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
    let said = |index: usize| texts[index].iter().filter(|text| is_said(text));
    let codes = |index: usize| said(index).filter(|text| is_code(text)).count();
    let first_words = (0..columns.len()).find(|index| {
        says(*index) == Some(ColumnKind::Text) && codes(*index) * 2 < said(*index).count()
    });
    let mut has_label = false;
    let mut all = Vec::with_capacity(columns.len());
    for (index, (at, title)) in columns.into_iter().enumerate() {
        let known = words.kind(&title);
        // A total may be printed where a code would stand.
        let are_codes = codes(index) > 0
            && codes(index) + 2 >= said(index).count()
            && first_words.is_some_and(|first| index < first);
        let kind = match (known, says(index)) {
            (Some(ColumnKind::Code), _) => ColumnKind::Code,
            (Some(known), Some(said)) if known.is_figure() == said.is_figure() => known,
            (Some(known), None) => known,
            (None, None) if index == 0 => ColumnKind::Label,
            (None, None) => ColumnKind::Amount,
            (_, Some(_)) if are_codes => ColumnKind::Code,
            (_, Some(said)) => said,
        };
        let kind = match kind {
            ColumnKind::Text if !has_label && known.is_none() => ColumnKind::Label,
            ColumnKind::Label if has_label => ColumnKind::Text,
            kind => kind,
        };
        has_label |= kind == ColumnKind::Label;
        all.push(DrawnColumn { at, title, kind });
    }
    all
}

/// Whether a text says something: `…` and an ordinal alone stand for what an office fills in.
fn is_said(text: &str) -> bool {
    !text.contains('…') && without_ordinal(text).chars().any(char::is_alphanumeric)
}

/// No form prints more rows than these.
const LONGEST_FORM: usize = 300;

impl DrawnPanel {
    fn fill(&mut self, rows: GridRows, body: &[usize]) {
        let row = |row: &usize| -> Vec<String> {
            let columns = self.columns.iter();
            columns.map(|column| rows.text(*row, column.at).unwrap_or_default()).collect()
        };
        let all = body.iter().map(row).filter(|row| row.iter().any(|text| !text.is_empty()));
        self.rows = all.collect();
        self.take_total();
        self.lengths = self.code_lengths();
    }

    fn of_kind(&self, kind: ColumnKind) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        columns.filter(|(_, column)| column.kind == kind).map(|(index, _)| index).collect()
    }

    /// Where codes name the rows, a row of words alone is the total.
    fn take_total(&mut self) {
        let codes = self.of_kind(ColumnKind::Code);
        let names = [codes.clone(), self.of_kind(ColumnKind::Label)].concat();
        let has_digit = |text: &str| text.contains(|c: char| c.is_ascii_digit());
        let is_total = |row: &&Vec<String>| {
            let said: Vec<&String> =
                names.iter().map(|index| &row[*index]).filter(|text| is_said(text)).collect();
            matches!(said.as_slice(), [only] if !has_digit(only))
                && !names.iter().any(|index| row[*index].contains('…'))
        };
        if codes.is_empty() {
            return;
        }
        let ends = self.rows.first().into_iter().chain(self.rows.last());
        let total = ends.into_iter().find(|row| is_total(row));
        let words =
            total.and_then(|row| names.iter().map(|index| &row[*index]).find(|t| is_said(t)));
        self.total_row = words.cloned();
    }

    /// How many digits the codes of each level have, over all columns of codes.
    fn code_lengths(&self) -> Vec<usize> {
        let codes = self.of_kind(ColumnKind::Code);
        let mut lengths = std::collections::BTreeSet::new();
        for row in &self.rows {
            let parts = codes.iter().map(|index| row[*index].as_str());
            let code: String = parts.take_while(|part| !part.is_empty()).collect();
            if !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit()) {
                lengths.insert(code.len());
            }
        }
        lengths.into_iter().collect()
    }

    /// Rows without codes are those of the form, unless other words stand beside their names.
    fn keep_rows(&mut self, is_sided: bool) {
        let label = self.of_kind(ColumnKind::Label);
        let [label] = label.as_slice() else { return self.open = true };
        let words = self.of_kind(ColumnKind::Text);
        let has_words = self.rows.iter().any(|row| words.iter().any(|at| is_said(&row[*at])));
        let is_long = self.rows.len() > LONGEST_FORM;
        if !self.of_kind(ColumnKind::Code).is_empty() || has_words || is_long {
            return self.open = true;
        }
        let mut seen = std::collections::BTreeSet::new();
        let mut is_open = !is_sided;
        for (index, row) in self.rows.iter().enumerate() {
            let name = &row[*label];
            if name.is_empty() {
                continue;
            }
            if !is_said(name) || !seen.insert(crate::profile::normalized_name(name)) {
                is_open = true;
            } else {
                self.printed.push(index);
            }
        }
        self.open = is_open || self.printed.is_empty();
    }
}
