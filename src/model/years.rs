//! Two disclosures laid beside each other: which table, line and project of one
//! is which of the other, what is new, what ended, what changed its name.

#![deny(clippy::arithmetic_side_effects)]

mod projects;

pub(super) use projects::ProjectNames;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::{Disclosure, Model, Row};
use crate::profile::concordance::Change;
use crate::profile::{PanelSpec, name_hash, same_name};

/// Two disclosures laid beside each other.
#[derive(Clone, Debug, Default)]
pub struct Matched<'a> {
    /// The tables of either, those of the later disclosure first.
    pub tables: Vec<MatchedTable<'a>>,
    /// The projects of either, those of the later disclosure first.
    pub projects: Vec<Pair<'a, usize>>,
}

/// A table of one disclosure or of both.
#[derive(Clone, Debug)]
pub struct MatchedTable<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its index in the later disclosure, if it is there.
    pub now: Option<usize>,
    /// Its index in the earlier one.
    pub before: Option<usize>,
    /// Its lines: those of the later table in its order, then those that ended.
    pub lines: Vec<Pair<'a, (usize, usize)>>,
}

/// One thing in two years: a line as panel and row, a project as its index.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a, T> {
    /// Where it stands in the later disclosure; nothing where it ended.
    pub now: Option<T>,
    /// Where it stood in the earlier one; nothing where it is new.
    pub before: Option<T>,
    /// How the two were found to be one.
    pub link: Link<'a>,
}

/// How two things of two years were found to be one.
#[derive(Clone, Copy, Debug)]
pub enum Link<'a> {
    /// The same code or id, and the same name.
    Same,
    /// The same code or id under another name.
    Renamed,
    /// The same name, under another code or none.
    Name,
    /// A concordance says so.
    Concordance(&'a Change),
    /// It is in the later disclosure only.
    New,
    /// It was in the earlier disclosure only.
    Ended,
}

/// Lays a disclosure beside an earlier one of whatever body, year or form.
pub fn matched<'a>(disclosure: &'a Disclosure, earlier: &'a Disclosure) -> Matched<'a> {
    Matched {
        tables: matched_tables(disclosure, earlier),
        projects: matched_projects(disclosure, earlier),
    }
}

/// As [`matched`], the tables alone.
pub fn matched_tables<'a>(
    disclosure: &'a Disclosure,
    earlier: &'a Disclosure,
) -> Vec<MatchedTable<'a>> {
    let changes = changes_between(disclosure, earlier);
    let mut tables: Vec<MatchedTable> = Vec::new();
    for (index, id) in disclosure.tables.keys().enumerate() {
        let before = earlier.tables.get_index_of(id);
        let lines = lines(disclosure, earlier, (Some(index), before), &changes);
        tables.push(MatchedTable { id, now: Some(index), before, lines });
    }
    for (index, id) in earlier.tables.keys().enumerate() {
        if !disclosure.tables.contains_key(id) {
            let lines = lines(disclosure, earlier, (None, Some(index)), &changes);
            tables.push(MatchedTable { id, now: None, before: Some(index), lines });
        }
    }
    tables
}

/// As [`matched`], one table alone; nothing where either disclosure is without it.
pub fn matched_table<'a>(
    disclosure: &'a Disclosure,
    earlier: &'a Disclosure,
    id: &str,
) -> Option<MatchedTable<'a>> {
    let (now, id, _) = disclosure.tables.get_full(id)?;
    let now = Some(now);
    let before = Some(earlier.tables.get_index_of(id)?);
    let changes = changes_between(disclosure, earlier);
    Some(MatchedTable {
        id,
        now,
        before,
        lines: lines(disclosure, earlier, (now, before), &changes),
    })
}

/// As [`matched`], the projects alone.
pub fn matched_projects<'a>(
    disclosure: &'a Disclosure,
    earlier: &'a Disclosure,
) -> Vec<Pair<'a, usize>> {
    projects::matched(disclosure, earlier, &changes_between(disclosure, earlier))
}

/// What a concordance says became of lines and projects on the way from one to the other.
fn changes_between<'a>(disclosure: &'a Disclosure, earlier: &Disclosure) -> Vec<&'a Change> {
    disclosure
        .profile
        .concordance
        .iter()
        .flat_map(|changes| changes.iter())
        .filter(|change| change.is_between(earlier.year, disclosure.year))
        .collect()
}

/// The lines of a table that stands in one of the disclosures, or in both.
fn lines<'a>(
    disclosure: &Disclosure,
    earlier: &Disclosure,
    (now, before): (Option<usize>, Option<usize>),
    changes: &[&'a Change],
) -> Vec<Pair<'a, (usize, usize)>> {
    let here = now.map(|index| listed(disclosure, index)).unwrap_or_default();
    let there = before.map(|index| listed(earlier, index)).unwrap_or_default();
    // Every sure sign is followed before any weaker one, so that a line finds its own.
    let mut links: Vec<Option<(usize, Link)>> = vec![None; here.len()];
    let mut taken = vec![false; there.len()];
    let signs: [(Sign, LookupKey); 3] = [
        (by_concordance, LookupKey::Change),
        (by_code, LookupKey::Code),
        (by_name, LookupKey::Name),
    ];
    let is_long = here.len().saturating_mul(there.len()) > LONG;
    let mut index = is_long.then(|| LineIndex::of(&there, changes));
    for (sign, key) in &signs[usize::from(changes.is_empty())..] {
        for (at, line) in here.iter().enumerate() {
            if links[at].is_some() {
                continue;
            }
            let fits = |other: &usize| !taken[*other] && there[*other].form.id == line.form.id;
            let by_hash = index.as_ref().filter(|_| *key == LookupKey::Change);
            let own = by_hash.map(|index| index.changes_to(line, changes));
            let own = own.as_deref().unwrap_or(changes);
            let linked = |other: usize| Some((other, sign(line, &there[other], own)?));
            let found = match &mut index {
                None => (0..there.len()).filter(fits).find_map(linked),
                Some(index) => {
                    index.candidates(*key, line, own, &taken).filter(fits).find_map(linked)
                }
            };
            if let Some((other, _)) = found {
                taken[other] = true;
            }
            links[at] = found;
        }
    }
    let mut pairs: Vec<Pair<(usize, usize)>> = Vec::with_capacity(here.len());
    for (line, link) in here.iter().zip(&links) {
        pairs.push(match link {
            Some((other, link)) => {
                Pair { now: Some(line.at), before: Some(there[*other].at), link: *link }
            }
            None => Pair { now: Some(line.at), before: None, link: Link::New },
        });
    }
    let ended = there.iter().zip(&taken).filter(|(_, taken)| !**taken);
    pairs.extend(ended.map(|(line, _)| Pair {
        now: None,
        before: Some(line.at),
        link: Link::Ended,
    }));
    pairs
}

/// Tables of more pairs of lines than this are looked up, and not looked through.
const LONG: usize = 4096;

/// How two lines are known to be one.
type Sign<'a> = fn(&FormedRow, &FormedRow, &[&'a Change]) -> Option<Link<'a>>;

/// What a line is looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum LookupKey {
    Change,
    Code,
    Name,
}

/// The lines of a long table by what they are known by, in order.
struct LineIndex {
    lines: BTreeMap<(LookupKey, u64), VecDeque<usize>>,
    /// The changes by what things are called after them, in order.
    changes: BTreeMap<u64, Vec<usize>>,
}

impl LineIndex {
    fn of(lines: &[FormedRow], changes: &[&Change]) -> LineIndex {
        let mut index = LineIndex { lines: BTreeMap::new(), changes: BTreeMap::new() };
        for (at, line) in lines.iter().enumerate() {
            let names = words_of(line).map(|word| (LookupKey::Change, name_hash(word)));
            let code = line.id.map(|id| (LookupKey::Code, name_hash(id)));
            for key in names.into_iter().chain(code).chain([(LookupKey::Name, line.name_hash())]) {
                let all = index.lines.entry(key).or_default();
                if all.back() != Some(&at) {
                    all.push_back(at);
                }
            }
        }
        for (at, change) in changes.iter().enumerate() {
            index.changes.entry(name_hash(&change.to)).or_default().push(at);
        }
        index
    }

    /// The changes that may say what a line was, in order.
    fn changes_to<'a>(&self, line: &FormedRow, changes: &[&'a Change]) -> Vec<&'a Change> {
        let now = words_of(line).map(name_hash);
        let own = now.iter().filter_map(|hash| self.changes.get(hash)).flatten();
        own.copied().collect::<BTreeSet<usize>>().into_iter().map(|at| changes[at]).collect()
    }

    /// The lines that may be a later line, in order. Those at the front that are taken are let go of.
    fn candidates(
        &mut self,
        key: LookupKey,
        line: &FormedRow,
        own: &[&Change],
        taken: &[bool],
    ) -> Box<dyn Iterator<Item = usize> + '_> {
        let hashes: Vec<u64> = match key {
            LookupKey::Change => own.iter().map(|change| name_hash(&change.from)).collect(),
            LookupKey::Code => line.id.map(name_hash).into_iter().collect(),
            LookupKey::Name => vec![line.name_hash()],
        };
        for hash in &hashes {
            let Some(lines) = self.lines.get_mut(&(key, *hash)) else { continue };
            while lines.front().is_some_and(|first| taken[*first]) {
                lines.pop_front();
            }
        }
        let lines = &self.lines;
        let mut lists = hashes.into_iter().filter_map(move |hash| lines.get(&(key, hash)));
        match (lists.next(), lists.next()) {
            (None, _) => Box::new(std::iter::empty()),
            (Some(one), None) => Box::new(one.iter().copied()),
            (Some(one), Some(other)) => {
                let all = one.iter().chain(other).chain(lists.flatten()).copied();
                Box::new(all.collect::<BTreeSet<usize>>().into_iter())
            }
        }
    }
}

/// A row with the form of its panel.
struct FormedRow<'a> {
    at: (usize, usize),
    form: &'a PanelSpec,
    row: &'a Row,
    /// The code of a classification, or the id the form gives its row.
    id: Option<&'a str>,
}

impl FormedRow<'_> {
    /// What lines have in common that [`by_name`] finds to be one.
    fn name_hash(&self) -> u64 {
        let mut hasher = FxHasher::default();
        (name_hash(&self.row.name), &self.row.path, self.row.role as u8).hash(&mut hasher);
        hasher.finish()
    }
}

fn listed(disclosure: &Disclosure, table: usize) -> Vec<FormedRow<'_>> {
    let mut lines = Vec::new();
    for (number, form, panel) in disclosure.tables[table].panels() {
        let rows = panel.rows.iter().enumerate();
        lines.extend(rows.map(|(index, row)| {
            let printed = row.spec.map(|spec| form.rows[spec].id.as_str());
            FormedRow { at: (number, index), form, row, id: row.code.as_deref().or(printed) }
        }));
    }
    lines
}

fn by_concordance<'a>(
    now: &FormedRow,
    before: &FormedRow,
    changes: &[&'a Change],
) -> Option<Link<'a>> {
    let says = |change: &&&Change| change.links(words_of(before), words_of(now));
    changes.iter().find(says).map(|change| Link::Concordance(change))
}

fn words_of<'a>(line: &'a FormedRow) -> [&'a str; 2] {
    [line.row.code.as_deref().unwrap_or_default(), &line.row.name]
}

fn by_code<'a>(now: &FormedRow, before: &FormedRow, _: &[&'a Change]) -> Option<Link<'a>> {
    if now.id? != before.id? {
        return None;
    }
    let same = same_name(&now.row.name, &before.row.name);
    Some(if same { Link::Same } else { Link::Renamed })
}

/// The same words where nothing has a code: many codes share one name.
fn by_name<'a>(now: &FormedRow, before: &FormedRow, _: &[&'a Change]) -> Option<Link<'a>> {
    let is_bare = now.row.code.is_none() && before.row.code.is_none();
    let is_same = now.row.role == before.row.role
        && !now.row.name.is_empty()
        // Rows of one name in several places are told apart by what stands above them.
        && now.row.path == before.row.path;
    (is_bare && is_same && same_name(&now.row.name, &before.row.name)).then_some(Link::Same)
}

impl Model {
    /// The disclosures of the same body, stage and edition, the newest first.
    pub fn years_of<'a>(&'a self, of: &'a Disclosure) -> impl Iterator<Item = &'a Disclosure> {
        self.disclosures_of(of.organisation).filter(|other| {
            other.written.stage == of.written.stage && other.written.edition == of.written.edition
        })
    }

    /// What a disclosure is compared with: the nearest earlier one of the same body, stage
    /// and edition, which need not be the year before.
    pub fn earlier<'a>(&'a self, of: &'a Disclosure) -> Option<&'a Disclosure> {
        // A year that could not be read is none.
        let earlier = self.years_of(of).filter(|other| (1..of.year).contains(&other.year));
        earlier.max_by_key(|other| other.year)
    }
}
