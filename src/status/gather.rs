//! What is there of a disclosure, what its profile asks for, and what was found in its files.

use std::collections::BTreeMap;

use super::{DisclosureStatus, PartKind, PartState, PartStatus};
use crate::content::{Part, doubt};
use crate::diagnostic::{Report, Severity};
use crate::model::{Disclosure, Model};
use crate::source::{FileId, Sources};
use crate::{codes, url};

/// The code of texts that still say the year a disclosure was begun from.
const STALE: &str = "Y506";

/// What was found, by file.
pub(super) struct FileFindings<'a> {
    sources: &'a Sources,
    report: &'a Report,
    /// Stale texts and other errors of each file.
    files: BTreeMap<FileId, (usize, usize)>,
}

impl<'a> FileFindings<'a> {
    pub(super) fn of(sources: &'a Sources, report: &'a Report) -> FileFindings<'a> {
        let mut files: BTreeMap<FileId, (usize, usize)> = BTreeMap::new();
        for found in &report.diagnostics {
            let counted = files.entry(found.primary.file).or_default();
            let is_marked = [codes::TO_FILL_IN.id, codes::DOUBTFUL.id].contains(&found.code.id);
            if found.code.id == STALE {
                counted.0 += 1;
            } else if found.severity == Severity::Error && !is_marked {
                counted.1 += 1;
            }
        }
        FileFindings { sources, report, files }
    }

    pub(super) fn disclosure(&self, portal: &Model, disclosure: &Disclosure) -> DisclosureStatus {
        let written = &disclosure.written;
        let mut parts = self.tables(portal, disclosure);
        parts.extend(self.sections(portal, disclosure));
        parts.extend(self.projects(disclosure));
        parts.extend(self.dates(disclosure));
        DisclosureStatus {
            id: disclosure.id.clone(),
            fiscal_year: written.fiscal_year.clone(),
            stage: written.stage.clone(),
            profile: written.profile.clone(),
            parts,
        }
    }

    fn tables(&self, portal: &Model, disclosure: &Disclosure) -> Vec<PartStatus> {
        let mut parts = Vec::new();
        for (id, spec) in &disclosure.profile.tables {
            let below = format!("tables/{id}.yaml");
            let title = disclosure.filled(portal, &spec.title);
            let mut part = PartStatus::new(PartKind::Table, id, &title, &below, disclosure);
            if let Some(table) = disclosure.tables.get(id) {
                part.page = url::table(disclosure, table);
                let state = if table.is_empty() { PartState::Empty } else { PartState::There };
                self.weigh(&mut part, table.file, state);
            } else if let Some(file) = unread(disclosure, &Part::Table(id.clone())) {
                self.weigh(&mut part, file, PartState::There);
            } else if !spec.required {
                continue;
            }
            parts.push(part);
        }
        parts
    }

    fn sections(&self, portal: &Model, disclosure: &Disclosure) -> Vec<PartStatus> {
        let mut parts = Vec::new();
        for (index, (id, spec)) in disclosure.profile.sections.iter().enumerate() {
            let below = format!("narrative/{index:02}-{id}.md");
            let title = disclosure.filled(portal, &spec.title);
            let mut part = PartStatus::new(PartKind::Section, id, &title, &below, disclosure);
            if let Some(section) = disclosure.sections.iter().find(|section| section.id == *id) {
                part.page = url::section(disclosure, section);
                let heading = usize::from(section.has_heading);
                let is_empty = section.paragraphs.len() <= heading && section.pieces.len() <= 1;
                let has_parts = disclosure.sections.iter().any(|other| {
                    other.parent.is_some_and(|parent| disclosure.sections[parent].id == *id)
                });
                let state =
                    if is_empty && !has_parts { PartState::Empty } else { PartState::There };
                self.weigh(&mut part, section.file, state);
            } else if let Some(file) = unread(disclosure, &Part::Section(id.clone())) {
                self.weigh(&mut part, file, PartState::There);
            } else if !spec.required {
                continue;
            }
            parts.push(part);
        }
        parts
    }

    fn projects(&self, disclosure: &Disclosure) -> Vec<PartStatus> {
        let mut parts = Vec::new();
        for project in &disclosure.projects {
            let below = format!("projects/{}.yaml", project.slug);
            let mut part = PartStatus::new(
                PartKind::Project,
                &project.slug,
                &project.name,
                &below,
                disclosure,
            );
            part.page = url::project(disclosure, project);
            self.weigh(&mut part, project.file, PartState::There);
            parts.push(part);
        }
        let is_asked = disclosure.project_spec().is_some_and(|spec| spec.required);
        if parts.is_empty() && is_asked && unread(disclosure, &Part::Projects).is_none() {
            parts.push(PartStatus::new(PartKind::Project, "", "", "projects/", disclosure));
        }
        parts
    }

    /// The dates that the profile asks for.
    fn dates(&self, disclosure: &Disclosure) -> Vec<PartStatus> {
        let (written, duties) = (&disclosure.written, &disclosure.profile.duties);
        let review = written.secrecy_review.as_ref().map_or("", |review| review.on.as_str());
        let all = [
            ("approved", duties.dates, written.approved.as_str(), "dates"),
            ("published", duties.dates, written.published.as_str(), "dates"),
            ("secrecy_review", duties.secrecy_review, review, "secrecy_review"),
        ];
        let is_accepted = |at: &str| {
            let mut accepted = self.report.accepted.iter();
            accepted.any(|known| {
                known.disclosure.as_deref() == Some(&disclosure.path)
                    && known.address.as_deref() == Some(at)
            })
        };
        let asked = all.into_iter().filter(|(_, is_asked, date, _)| *is_asked || !date.is_empty());
        asked
            .map(|(id, _, date, at)| {
                let mut part =
                    PartStatus::new(PartKind::Date, id, date, "disclosure.yaml", disclosure);
                if !date.is_empty() {
                    part.state = PartState::There;
                } else if is_accepted(at) {
                    part.state = PartState::Accepted;
                }
                part
            })
            .collect()
    }

    /// Counts what is left to do in the file of a part, and says how far it is.
    fn weigh(&self, part: &mut PartStatus, file: FileId, state: PartState) {
        let source = self.sources.file(file);
        part.file.clone_from(&source.path);
        (part.to_fill_in, part.doubtful) = doubt::count(source.text());
        (part.stale, part.errors) = self.files.get(&file).copied().unwrap_or_default();
        part.state = match () {
            () if part.to_fill_in > 0 => PartState::ToFillIn,
            () if part.doubtful > 0 => PartState::Doubtful,
            () if part.stale > 0 => PartState::Stale,
            () => state,
        };
    }
}

/// The file of a part that is there and could not be read.
fn unread(disclosure: &Disclosure, part: &Part) -> Option<FileId> {
    let found = disclosure.unread.iter().find(|unread| unread.what == *part);
    found.map(|unread| unread.place.file)
}
