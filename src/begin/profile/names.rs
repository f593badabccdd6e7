//! What other profiles call things, and the ids of what they do not know: printed names in Latin letters.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use pinyin::ToPinyin;

use crate::amount::Decimal;
use crate::profile::{ColumnKind, Profile, normalized_name};

/// What the profiles that are there call things.
#[derive(Clone, Debug, Default)]
pub struct KnownWords {
    /// Columns by their heading.
    columns: BTreeMap<String, (String, ColumnKind)>,
    /// Columns of the same document by their heading, and how many cells say so.
    learnt: BTreeMap<String, (ColumnKind, usize)>,
    /// Tables by their title.
    tables: BTreeMap<String, String>,
    /// Rows by their name.
    rows: BTreeMap<String, String>,
    /// Headings on the form of projects, which is no table: of its fields and of its indicators.
    fields: BTreeSet<String>,
    indicators: BTreeSet<String>,
    /// Units, with how many base units each is worth.
    pub(super) units: IndexMap<String, Decimal>,
    /// Marks of what does not apply.
    pub(super) marks: BTreeSet<String>,
    /// How a year is written.
    pub(super) year: String,
}

/// What names stand for, and how often each of it is said.
struct Votes<T>(BTreeMap<String, Vec<(T, usize)>>);

impl<T> Default for Votes<T> {
    fn default() -> Votes<T> {
        Votes(BTreeMap::new())
    }
}

impl<T: PartialEq> Votes<T> {
    fn add(&mut self, name: String, said: T) {
        let all = self.0.entry(name).or_default();
        match all.iter_mut().find(|(known, _)| *known == said) {
            Some((_, count)) => *count += 1,
            None => all.push((said, 1)),
        }
    }

    /// What most say of each name.
    fn won(self) -> BTreeMap<String, T> {
        let most = |all: Vec<(T, usize)>| {
            let best = all.into_iter().rev().max_by_key(|(_, count)| *count);
            best.map(|(said, _)| said)
        };
        self.0.into_iter().filter_map(|(name, all)| Some((name, most(all)?))).collect()
    }
}

impl KnownWords {
    /// Of these profiles. Where they call one thing differently, what most of them say counts; of two as
    /// many, the first.
    pub fn of<'a>(profiles: impl IntoIterator<Item = &'a Profile>) -> KnownWords {
        let profiles: Vec<&Profile> = profiles.into_iter().collect();
        let mut words = KnownWords::default();
        let mut years = Votes::default();
        for profile in profiles.iter().filter(|profile| !profile.words.year.is_empty()) {
            years.add(String::new(), profile.words.year.clone());
        }
        words.year = years.won().remove("").unwrap_or_default();
        let (mut columns, mut rows) = (Votes::default(), Votes::default());
        for profile in profiles {
            words.marks.extend(profile.marks.not_applicable.iter().cloned());
            for (unit, worth) in &profile.units {
                words.units.entry(unit.clone()).or_insert(*worth);
            }
            if let Some(spec) = &profile.projects {
                let columns = spec.indicators.iter();
                words.indicators.extend(columns.map(|column| normalized_name(&column.title)));
                let fields = spec.fields.values();
                words.fields.extend(fields.map(|field| normalized_name(&field.title)));
            }
            for table in profile.tables.values() {
                let title = words.without_year(&table.title);
                words.tables.entry(normalized_name(&title)).or_insert_with(|| table.id.clone());
                for panel in &table.panels {
                    for column in &panel.columns {
                        let known = (column.id.clone(), column.kind);
                        columns.add(normalized_name(&column.title), known);
                    }
                    for row in panel.rows.values() {
                        rows.add(normalized_name(&row.name), row.id.clone());
                    }
                }
            }
        }
        (words.columns, words.rows) = (columns.won(), rows.won());
        words
    }

    /// What a column under a heading holds elsewhere.
    pub(super) fn kind(&self, heading: &str) -> Option<ColumnKind> {
        let heading = normalized_name(heading);
        let known = self.columns.get(&heading).map(|(_, kind)| *kind);
        known.or_else(|| self.learnt.get(&heading).map(|(kind, _)| *kind))
    }

    /// Learns what a column holds from its cells; what most cells say counts.
    pub(super) fn learn(&mut self, heading: &str, kind: ColumnKind, cells: usize) {
        let known = self.learnt.entry(normalized_name(heading)).or_insert((kind, 0));
        if cells > known.1 {
            *known = (kind, cells);
        }
    }

    /// Whether what looks like headings stands on the form of a project: a field and its value, or the
    /// headings of its indicators.
    pub(super) fn are_of_project(&self, headings: &[&str]) -> bool {
        if let [field, value] = headings
            && self.fields.contains(&normalized_name(field))
            && self.kind(value).is_none()
        {
            return true;
        }
        let is_known = |heading: &&&str| self.indicators.contains(&normalized_name(heading));
        let known = headings.iter().filter(is_known).count();
        known >= 2 && known * 3 >= headings.len() * 2
    }

    pub(super) fn column_id(&self, heading: &str) -> Option<&str> {
        self.columns.get(&normalized_name(heading)).map(|(id, _)| id.as_str())
    }

    pub(super) fn table_id(&self, title: &str) -> Option<&str> {
        self.tables.get(&normalized_name(title)).map(String::as_str)
    }

    pub(super) fn row_id(&self, name: &str) -> Option<&str> {
        self.rows.get(&normalized_name(name)).map(String::as_str)
    }

    /// A title without its year, as profiles hold it.
    pub(super) fn without_year(&self, title: &str) -> String {
        let Some((before, behind)) = self.year.split_once("{year}") else {
            return title.to_owned();
        };
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let starts = title.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at);
        for at in starts {
            let is_first = !title[..at].ends_with(|c: char| c.is_ascii_digit());
            let rest = &title[at..];
            if !is_first || digits(rest) != 4 {
                continue;
            }
            let rest = rest[4..].trim_start();
            if let (Some(head), Some(tail)) =
                (title[..at].strip_suffix(before), rest.strip_prefix(behind))
            {
                return format!("{head}{tail}").trim().to_owned();
            }
        }
        title.to_owned()
    }
}

/// Ids that are each given once.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeSet<String>);

impl Ids {
    /// An id: the known one, or the name in Latin letters.
    pub(super) fn give(&mut self, known: Option<&str>, name: &str, or: &str) -> String {
        let wanted = known.map_or_else(|| latin(name), str::to_owned);
        let wanted = if wanted.is_empty() { or.to_owned() } else { wanted };
        let mut id = wanted.clone();
        let mut number = 2_usize;
        while !self.0.insert(id.clone()) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        id
    }
}

/// An id has no more characters than these.
const LONGEST: usize = 28;

/// A name in Latin letters and digits, cut between words; an ordinal before it is no part of it.
fn latin(name: &str) -> String {
    let mut out = String::new();
    let mut was_letter = false;
    for c in crate::content::without_ordinal(name).chars() {
        let word = match c.to_pinyin() {
            Some(pinyin) => pinyin.plain().replace('ü', "v"),
            None if c.is_ascii_alphanumeric() => c.to_ascii_lowercase().to_string(),
            None => {
                was_letter = false;
                continue;
            }
        };
        let is_new = !out.is_empty() && !was_letter && c.is_ascii_alphanumeric();
        if out.len() + word.len() > LONGEST {
            break;
        }
        if is_new {
            out.push('-');
        }
        out.push_str(&word);
        was_letter = true;
    }
    // An id is no number and no address of several rows.
    if out.starts_with(|c: char| c.is_ascii_digit()) { format!("n{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("一、财政拨款收入", "caizhengbokuanshouru"),
            ("Other income", "other-income"),
            ("2024年", "n2024nian"),
            ("——", ""),
        ] {
            assert_eq!(latin(name), id, "{name}");
        }
        let mut ids = Ids::default();
        assert_eq!(ids.give(Some("total"), "合计", "c"), "total");
        assert_eq!(ids.give(Some("total"), "合计", "c"), "total-2");
        assert_eq!(ids.give(None, "——", "c"), "c");
    }

    #[test]
    fn titles_lose_their_year() {
        let words = KnownWords { year: "{year}年".to_owned(), ..KnownWords::default() };
        assert_eq!(words.without_year("2026年部门收入预算总表"), "部门收入预算总表");
        assert_eq!(words.without_year("某某局 2026 年收支表"), "某某局 收支表");
        assert_eq!(words.without_year("表12026年"), "表12026年");
    }
}
