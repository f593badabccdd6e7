//! A table as its form prints it, as a call of `sheet`.

use super::source::{Source, weight};
use crate::sheet::{Line, Sheet, Value};

/// Writes a table under a heading of a rank.
pub(super) fn table(source: &mut Source, sheet: &Sheet, level: usize) {
    source.code(&format!("sheet({level}, ")).words(sheet.title).code(", (");
    for line in sheet.caption {
        source.words(line).code(", ");
    }
    for (key, said) in sheet.facts {
        source.words(&format!("{key}：{said}")).code(", ");
    }
    source.code("), ").list(&weights(sheet)).code(", (");
    for heading in sheet.headings().iter().flatten() {
        source.head((heading.height, heading.width), heading.text);
    }
    numbers(source, sheet);
    source.code("), (");
    for one in sheet.lines() {
        line(source, sheet, &one);
    }
    source.code("), ");
    match sheet.note {
        Some(note) => source.words(note),
        None => source.code("none"),
    };
    source.code(")\n");
}

/// The row that numbers the columns, where the form has one.
fn numbers(source: &mut Source, sheet: &Sheet) {
    let Some(title) = sheet.numbers_title else { return };
    for column in &sheet.columns {
        match column.stated {
            Some(stated) => source.head((1, 1), &stated.number.to_string()),
            None => source.head((1, 1), title),
        }
    }
}

fn line(source: &mut Source, sheet: &Sheet, line: &Line) {
    let mut is_headed = false;
    for (column, value) in sheet.columns.iter().zip(line.values()) {
        let stands = line.row_in(column);
        let is_strong = stands.as_ref().is_some_and(|(_, row)| row.is_sum());
        match stands {
            Some((stated, row)) if row.is_named_by(stated.index) && !is_headed => {
                source.row_head(row.depth_in(stated.index), is_strong, &value.printed());
                // Beside a panel stands another, whose rows have names of their own.
                is_headed = sheet.panels() == 1;
            }
            _ => source.value(value, is_strong),
        }
    }
}

fn weights(sheet: &Sheet) -> Vec<usize> {
    let mut columns: Vec<Vec<Value>> = vec![Vec::new(); sheet.columns.len()];
    for line in sheet.lines() {
        for (column, value) in columns.iter_mut().zip(line.values()) {
            column.push(value);
        }
    }
    let all = sheet.columns.iter().zip(columns);
    all.map(|(column, values)| weight(column.title, values.into_iter())).collect()
}
