//! What concerns single tables and projects of a disclosure, sorted once, so that no page looks
//! through all of it.

use std::collections::BTreeMap;

use super::years::matched_projects;
use super::{At, Disclosure, FigureRef, Model, Outcome, Verdict};
use crate::content::Acceptance;

/// The relations of a disclosure by what they are about, as their indexes in order, and its
/// acceptances by address.
#[derive(Clone, Debug, Default)]
pub(super) struct RelationIndex {
    /// Of each table those with a figure of it.
    tables: BTreeMap<usize, Vec<usize>>,
    /// Of each project those that do not hold and have no figure but of this project.
    broken: BTreeMap<usize, Vec<usize>>,
    /// The acceptances in the order of their addresses.
    accepted: Vec<usize>,
}

/// Of each project of an organisation, by disclosure and index, the same in other years: the newest
/// first.
pub(super) type ProjectYears = BTreeMap<(usize, usize), Vec<(usize, usize)>>;

impl Disclosure {
    fn relation_index(&self, portal: &Model) -> &RelationIndex {
        self.worked.relation_index.get_or_init(|| {
            let mut sorted = RelationIndex::default();
            for (index, outcome) in self.relations(portal).iter().enumerate() {
                for table in outcome.figures().filter_map(table) {
                    let own = sorted.tables.entry(table).or_default();
                    if own.last() != Some(&index) {
                        own.push(index);
                    }
                }
                if outcome.verdict == Verdict::Broken
                    && let Some(project) = only_project(outcome)
                {
                    sorted.broken.entry(project).or_default().push(index);
                }
            }
            let all = self.acceptances();
            sorted.accepted = (0..all.len()).collect();
            sorted.accepted.sort_by_key(|index| all[*index].at.as_str());
            sorted
        })
    }

    /// The relations with a figure of a table, in order.
    pub fn relations_of_table<'a>(
        &'a self,
        portal: &'a Model,
        table: usize,
    ) -> impl Iterator<Item = &'a Outcome> {
        let own = self.relation_index(portal).tables.get(&table).into_iter().flatten();
        own.map(|index| &self.relations(portal)[*index])
    }

    /// The relations between figures of one project alone that do not hold, in order. What several
    /// projects have in common is no matter of one of them.
    pub fn broken_of_project<'a>(
        &'a self,
        portal: &'a Model,
        project: usize,
    ) -> impl Iterator<Item = &'a Outcome> {
        let own = self.relation_index(portal).broken.get(&project).into_iter().flatten();
        own.map(|index| &self.relations(portal)[*index])
    }

    /// The acceptances at an address and below it, in the author's order.
    pub fn accepted_below<'a>(
        &'a self,
        portal: &Model,
        address: &str,
    ) -> impl Iterator<Item = &'a Acceptance> {
        let (all, sorted) = (self.acceptances(), &self.relation_index(portal).accepted);
        let from = |start: &str| sorted.partition_point(|index| all[*index].at.as_str() < start);
        let below = format!("{address}/");
        let at = sorted[from(address)..].iter().take_while(|index| all[**index].at == address);
        let below = sorted[from(&below)..].iter().take_while(|i| all[**i].at.starts_with(&below));
        let mut found: Vec<usize> = at.chain(below).copied().collect();
        found.sort_unstable();
        found.into_iter().map(|index| &all[index])
    }
}

impl Model {
    /// The same project in the other years of its body, stage and edition, by disclosure and index.
    pub fn project_years(&self, disclosure: usize, project: usize) -> &[(usize, usize)] {
        let organisation = self.disclosures[disclosure].organisation;
        let years = &self.organisations[organisation].project_years;
        let years = years.get_or_init(|| self.all_project_years(organisation));
        years.get(&(disclosure, project)).map(Vec::as_slice).unwrap_or_default()
    }

    fn all_project_years(&self, organisation: usize) -> ProjectYears {
        let mut years = ProjectYears::new();
        let all = self.disclosures.iter().enumerate();
        let all: Vec<_> = all.filter(|(_, one)| one.organisation == organisation).collect();
        for (index, disclosure) in &all {
            let is_like = |other: &Disclosure| {
                other.path != disclosure.path
                    && other.written.stage == disclosure.written.stage
                    && other.written.edition == disclosure.written.edition
            };
            for (other, content) in all.iter().filter(|(_, other)| is_like(other)) {
                // Matching goes from the later year to the earlier.
                let is_earlier = content.year < disclosure.year;
                let pairs = if is_earlier {
                    matched_projects(disclosure, content)
                } else {
                    matched_projects(content, disclosure)
                };
                for pair in pairs {
                    let (own, there) =
                        if is_earlier { (pair.now, pair.before) } else { (pair.before, pair.now) };
                    if let (Some(own), Some(there)) = (own, there) {
                        years.entry((*index, own)).or_default().push((*other, there));
                    }
                }
            }
        }
        years
    }
}

fn table(figure: FigureRef) -> Option<usize> {
    match figure.at {
        At::Cell(table, ..) if figure.is_own() => Some(table),
        _ => None,
    }
}

/// The project that all figures of projects in a relation belong to.
fn only_project(outcome: &Outcome) -> Option<usize> {
    let project = |figure: FigureRef| match figure.at {
        At::Field(project, _) | At::Indicator(project, ..) if figure.is_own() => Some(project),
        _ => None,
    };
    let mut projects = outcome.figures().filter_map(project);
    let first = projects.next()?;
    projects.all(|project| project == first).then_some(first)
}
