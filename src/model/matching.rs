//! The rows of a panel that a selector means.

use super::{Panel, Row};
use crate::address::Rows;
use crate::profile::{ColumnKind, PanelSpec, Role, UNDER, name_hash, same_name};

/// What the rows of a panel are called: the hash of each name with the row that has it, in order.
#[derive(Clone, Debug)]
pub(super) struct Names(Vec<(u64, usize)>);

impl Names {
    fn of(form: &PanelSpec, rows: &[Row]) -> Names {
        let mut names = Vec::with_capacity(rows.len() * 3);
        for (index, row) in rows.iter().enumerate() {
            let mut add = |name: &str| names.push((name_hash(name), index));
            add(&row.key);
            add(&row.name);
            match &row.code {
                Some(code) => add(code),
                None if row.path.len() > 1 => add(&full_name(form, row)),
                None => {}
            }
        }
        names.sort_unstable();
        names.dedup();
        Names(names)
    }

    /// The rows that may have this name, in order: their hash is the same.
    fn called(&self, name: &str) -> impl Iterator<Item = usize> {
        let hash = name_hash(name);
        let start = self.0.partition_point(|(other, _)| *other < hash);
        let same = self.0[start..].iter().take_while(move |(other, _)| *other == hash);
        same.map(|(_, row)| *row)
    }
}

/// The words of every label column, as a row is named in several.
pub fn full_name(form: &PanelSpec, row: &Row) -> String {
    let labels = row.path.iter().filter(|(at, _)| form.columns[*at].kind == ColumnKind::Label);
    let words: Vec<&str> =
        labels.map(|(_, text)| text.as_str()).filter(|text| !text.is_empty()).collect();
    if words.is_empty() { row.name.clone() } else { words.join(UNDER) }
}

/// The rows a selector means, by index.
pub(super) fn matching(
    form: &PanelSpec,
    panel: &Panel,
    wanted: &Rows,
    each: Option<&str>,
) -> Vec<usize> {
    let rows = &panel.rows;
    let is = |row: &Row, key: &str| {
        row.code.as_deref() == Some(key)
            || same_name(&row.key, key)
            || same_name(&row.name, key)
            || (row.code.is_none() && row.path.len() > 1 && same_name(&full_name(form, row), key))
    };
    let key = match wanted {
        Rows::Key(key) => Some(key.as_str()),
        Rows::Each | Rows::EachLevel(_) => each,
        _ => None,
    };
    if let Some(key) = key {
        let names = panel.names.get_or_init(|| Names::of(form, rows));
        return names.called(key).filter(|row| is(&rows[*row], key)).collect();
    }
    let mut is_parent = vec![false; if matches!(wanted, Rows::All) { rows.len() } else { 0 }];
    for parent in rows.iter().filter_map(|row| row.parent) {
        if let Some(is_parent) = is_parent.get_mut(parent) {
            *is_parent = true;
        }
    }
    let fits = |index: usize| {
        let row = &rows[index];
        match wanted {
            Rows::Key(_) | Rows::Each | Rows::EachLevel(_) => false,
            Rows::All => row.role == Role::Detail && !is_parent[index],
            Rows::Prefix(prefix) => match &row.code {
                Some(code) => code.starts_with(prefix.as_str()),
                None => row.spec.is_some() && row.key.starts_with(prefix.as_str()),
            },
            Rows::Level(level) => row.level == *level && row.role != Role::Memo,
            Rows::Where { column, value } => {
                let value = if wanted.is_each() { each } else { Some(value.as_str()) };
                matches!(row.role, Role::Detail | Role::Subtotal)
                    && form
                        .column(column)
                        .zip(value)
                        .is_some_and(|(column, value)| same_name(&row.says(column), value))
            }
        }
    };
    let mut found: Vec<usize> = (0..rows.len()).filter(|index| fits(*index)).collect();
    if matches!(wanted, Rows::Where { .. }) {
        let all = found.clone();
        let above = |index: usize| std::iter::successors(rows[index].parent, |at| rows[*at].parent);
        found.retain(|index| !above(*index).any(|parent| all.binary_search(&parent).is_ok()));
    }
    found
}
