//! Projects of two years: which is which, by what each is known by.

#![deny(clippy::arithmetic_side_effects)]

use std::collections::{BTreeMap, BTreeSet};

use super::{Link, Pair};
use crate::content::is_year;
use crate::model::{Disclosure, Project};
use crate::profile::concordance::Change;
use crate::profile::{ColumnKind, name_hash, normalized_name};

/// Projects: by code, by name, by concordance, by name without its year. A project
/// that is carried on under its code may also be what this year's new one succeeds.
pub(super) fn matched<'a>(
    disclosure: &Disclosure,
    earlier: &Disclosure,
    changes: &[&'a Change],
) -> Vec<Pair<'a, usize>> {
    let (here, there) = (disclosure.named_projects(), earlier.named_projects());
    let index = ProjectIndex::of(there, changes);
    let mut pairs: Vec<Pair<usize>> = Vec::with_capacity(here.len());
    for (at, project) in here.iter().enumerate() {
        let find = |key: fn(&ProjectNames) -> &HashedText| index.find(there, key, key(project));
        let (before, link) = if let Some(other) = find(|named| &named.code) {
            let same = there[other].normalized == project.normalized;
            (Some(other), if same { Link::Same } else { Link::Renamed })
        } else if let Some(other) = find(|named| &named.normalized) {
            (Some(other), Link::Name)
        } else if let Some((other, change)) = index.said(there, changes, project) {
            (Some(other), Link::Concordance(change))
        } else if let Some(other) = find(|named| &named.bare) {
            (Some(other), Link::Name)
        } else {
            (None, Link::New)
        };
        pairs.push(Pair { now: Some(at), before, link });
    }
    let mut is_met = vec![false; there.len()];
    for before in pairs.iter().filter_map(|pair| pair.before) {
        is_met[before] = true;
    }
    let ended: Vec<usize> = (0..there.len()).filter(|at| !is_met[*at]).collect();
    pairs.extend(ended.into_iter().map(|index| Pair {
        now: None,
        before: Some(index),
        link: Link::Ended,
    }));
    pairs
}

/// The projects of an earlier year by what they are known by, in order.
struct ProjectIndex {
    known: BTreeMap<u64, Vec<usize>>,
    /// The changes by what things are called after them, in order.
    changes: BTreeMap<u64, Vec<usize>>,
}

impl ProjectIndex {
    fn of(projects: &[ProjectNames], changes: &[&Change]) -> ProjectIndex {
        let mut index = ProjectIndex { known: BTreeMap::new(), changes: BTreeMap::new() };
        for (at, project) in projects.iter().enumerate() {
            for known in [&project.code, &project.normalized, &project.bare] {
                let all = index.known.entry(known.hash).or_default();
                if all.last() != Some(&at) {
                    all.push(at);
                }
            }
        }
        for (at, change) in changes.iter().enumerate() {
            index.changes.entry(name_hash(&change.to)).or_default().push(at);
        }
        index
    }

    fn called(&self, hash: u64) -> impl Iterator<Item = usize> + '_ {
        self.known.get(&hash).into_iter().flatten().copied()
    }

    /// The first project that is known by something; by nothing, none is.
    fn find(
        &self,
        projects: &[ProjectNames],
        key: fn(&ProjectNames) -> &HashedText,
        wanted: &HashedText,
    ) -> Option<usize> {
        if wanted.text.is_empty() {
            return None;
        }
        self.called(wanted.hash).find(|at| key(&projects[*at]) == wanted)
    }

    /// The first change that says what a project was before, and which of them that is.
    fn said<'a>(
        &self,
        projects: &[ProjectNames],
        changes: &[&'a Change],
        project: &ProjectNames,
    ) -> Option<(usize, &'a Change)> {
        let now = [project.code.hash, project.normalized.hash];
        let said = now.iter().filter_map(|hash| self.changes.get(hash)).flatten();
        let said: BTreeSet<usize> = said.copied().collect();
        said.into_iter().find_map(|at| {
            let change = changes[at];
            let links = |other: &ProjectNames| {
                change.links([&other.code.text, &other.name], [&project.code.text, &project.name])
            };
            let other = self.called(name_hash(&change.from)).find(|at| links(&projects[*at]))?;
            Some((other, change))
        })
    }
}

/// What a project is known by.
#[derive(Clone, Debug)]
pub(in crate::model) struct ProjectNames {
    code: HashedText,
    name: String,
    /// The name as names are compared.
    normalized: HashedText,
    /// The name without its years.
    bare: HashedText,
}

/// A text that is compared with many others: first by its hash.
#[derive(Clone, Debug, PartialEq)]
struct HashedText {
    hash: u64,
    text: String,
}

impl From<String> for HashedText {
    fn from(text: String) -> HashedText {
        HashedText { hash: name_hash(&text), text }
    }
}

/// A name without the years in it, the words a form prints beside a year, and spaces.
fn without_years(printed: &str, name: &str) -> String {
    let beside = printed.rsplit('}').next().unwrap_or_default();
    let mut bare = String::new();
    let mut rest = name;
    while let Some(c) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if is_year(&rest[..digits]) {
            rest = rest[digits..].trim_start();
            rest = rest.strip_prefix(beside).unwrap_or(rest);
        } else if digits > 0 {
            bare.push_str(&rest[..digits]);
            rest = &rest[digits..];
        } else {
            if !c.is_whitespace() {
                bare.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    bare
}

impl Disclosure {
    /// What each project is known by, worked out once.
    fn named_projects(&self) -> &[ProjectNames] {
        self.worked.named.get_or_init(|| {
            let fields = self.project_spec().map(|spec| spec.fields.values());
            let code =
                fields.and_then(|mut all| all.position(|field| field.kind == ColumnKind::Code));
            let named = |project: &Project| ProjectNames {
                code: code.map(|field| project.fields[field].text()).unwrap_or_default().into(),
                name: project.name.clone(),
                normalized: normalized_name(&project.name).into(),
                bare: without_years(&self.profile.words.year, &project.name).into(),
            };
            self.projects.iter().map(named).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_their_years() {
        for (name, bare) in [
            ("2024 开展科技工作者助力乡村振兴经费", "开展科技工作者助力乡村振兴经费"),
            ("2025年科普经费", "科普经费"),
            ("提前下达2025年免费开放补助", "提前下达免费开放补助"),
            ("120 急救", "120急救"),
            ("12345 热线", "12345热线"),
        ] {
            assert_eq!(without_years("{year}年", name), bare);
        }
    }
}
