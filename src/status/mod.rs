//! How far every disclosure of an organisation is: its tables, sections, projects and dates, and what is
//! still to be done with each, from the model and the findings.

mod page;
mod print;

use std::collections::BTreeMap;

use serde::Serialize;

pub use page::page;
pub use print::{human, json, of_disclosure};

use crate::content::{self, Part, doubt};
use crate::diagnostic::{Report, Severity, Text, text};
use crate::model::{Disclosure, Model};
use crate::source::{FileId, Sources};
use crate::{codes, url};

/// The version of the JSON: it grows when a key goes, or comes to mean something else
/// (docs/outputs.md).
pub const VERSION: u32 = 1;

/// The code of texts that still say the year a disclosure was begun from.
const STALE: &str = "Y506";

/// One organisation.
#[derive(Clone, Debug, Serialize)]
pub struct OrganisationStatus {
    /// Its folder.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Its disclosures, the newest first.
    pub disclosures: Vec<DisclosureStatus>,
}

/// One disclosure.
#[derive(Clone, Debug, Serialize)]
pub struct DisclosureStatus {
    /// Its folder.
    pub id: String,
    /// The fiscal year as printed.
    pub fiscal_year: String,
    /// The stage.
    pub stage: String,
    /// The profile it follows.
    pub profile: String,
    /// What it holds and should hold.
    pub parts: Vec<PartStatus>,
}

/// A table, a section, a project or a date.
#[derive(Clone, Debug, Serialize)]
pub struct PartStatus {
    /// What sort of part.
    pub kind: PartKind,
    /// Its id: of projects the file name.
    pub id: String,
    /// What it is called; nothing of dates, whose id says it.
    pub title: String,
    /// Its file, or the one it is missing in, from the root of the portal.
    pub file: String,
    /// Its page below the site; empty where it has none.
    #[serde(skip)]
    pub page: String,
    /// How far it is: the worst of what is known.
    pub state: PartState,
    /// How many places are still to be filled in.
    pub to_fill_in: usize,
    /// How many places were not read for certain.
    pub doubtful: usize,
    /// How many texts still say the year it was begun from.
    pub stale: usize,
    /// How many errors there are beside.
    pub errors: usize,
}

/// What sort of part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// A table.
    Table,
    /// A section of the narrative.
    Section,
    /// A project.
    Project,
    /// A date, or the record of the secrecy review.
    Date,
}

impl PartKind {
    /// All, in the order they are listed.
    pub const ALL: [PartKind; 4] =
        [PartKind::Table, PartKind::Section, PartKind::Project, PartKind::Date];

    fn words(self) -> Text {
        match self {
            PartKind::Table => text!(zh: "表", en: "tables"),
            PartKind::Section => text!(zh: "说明", en: "sections"),
            PartKind::Project => text!(zh: "项目", en: "projects"),
            PartKind::Date => text!(zh: "日期", en: "dates"),
        }
    }
}

/// How far a part is, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartState {
    /// It is there.
    There,
    /// It is there and says nothing.
    Empty,
    /// It is asked for and not there, and that was accepted with a reason.
    Accepted,
    /// It still says the year it was begun from.
    Stale,
    /// An import was not sure of it.
    Doubtful,
    /// Something is to be filled in.
    ToFillIn,
    /// It is asked for and not there.
    Missing,
}

impl PartState {
    /// All, in order.
    pub const ALL: [PartState; 7] = [
        PartState::There,
        PartState::Empty,
        PartState::Accepted,
        PartState::Stale,
        PartState::Doubtful,
        PartState::ToFillIn,
        PartState::Missing,
    ];

    fn words(self) -> Text {
        match self {
            PartState::There => text!(zh: "有", en: "there"),
            PartState::Empty => text!(zh: "空", en: "empty"),
            PartState::Accepted => text!(zh: "缺而已说明", en: "missing and accepted"),
            PartState::Stale => text!(zh: "旧", en: "stale"),
            PartState::Doubtful => text!(zh: "没读准", en: "doubtful"),
            PartState::ToFillIn => text!(zh: "待填", en: "to fill in"),
            PartState::Missing => text!(zh: "缺", en: "missing"),
        }
    }

    /// Its name in JSON and in classes of the page.
    fn name(self) -> &'static str {
        match self {
            PartState::There => "there",
            PartState::Empty => "empty",
            PartState::Accepted => "accepted",
            PartState::Stale => "stale",
            PartState::Doubtful => "doubtful",
            PartState::ToFillIn => "to_fill_in",
            PartState::Missing => "missing",
        }
    }

    /// Whether nothing is left to do.
    fn is_done(self) -> bool {
        matches!(self, PartState::There | PartState::Empty | PartState::Accepted)
    }
}

/// How far the disclosures of an organisation are; `folder` is its own, and `portal` what is planned of it,
/// nothing where it discloses nothing yet.
pub fn of_organisation(
    sources: &Sources,
    folder: &str,
    portal: &Model,
    report: &Report,
) -> Vec<OrganisationStatus> {
    if portal.organisations.is_empty() {
        let content = content::parse(&mut Report::default(), sources);
        let own = content.organisations.get(folder).and_then(|own| own.organisation.as_ref());
        let name = name(own.map_or("", |own| &own.name), folder);
        return vec![OrganisationStatus { id: folder.to_owned(), name, disclosures: Vec::new() }];
    }
    let found = Found::of(sources, report);
    let organisations = portal.organisations.iter().enumerate();
    organisations
        .map(|(index, organisation)| OrganisationStatus {
            id: organisation.id.clone(),
            name: name(&organisation.written.name, &organisation.id),
            disclosures: portal
                .disclosures_of(index)
                .map(|disclosure| found.disclosure(portal, disclosure))
                .collect(),
        })
        .collect()
}

/// What an organisation is called, or its folder where that is still to be filled in.
fn name(written: &str, folder: &str) -> String {
    match written {
        "" | doubt::TO_FILL_IN => folder.to_owned(),
        name => name.to_owned(),
    }
}

/// What was found, by file.
struct Found<'a> {
    sources: &'a Sources,
    report: &'a Report,
    /// Stale texts and other errors of each file.
    files: BTreeMap<FileId, (usize, usize)>,
}

impl<'a> Found<'a> {
    fn of(sources: &'a Sources, report: &'a Report) -> Found<'a> {
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
        Found { sources, report, files }
    }

    fn disclosure(&self, portal: &Model, disclosure: &Disclosure) -> DisclosureStatus {
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

impl PartStatus {
    /// A part that is missing until it is found.
    fn new(
        kind: PartKind,
        id: &str,
        title: &str,
        below: &str,
        disclosure: &Disclosure,
    ) -> PartStatus {
        PartStatus {
            kind,
            id: id.to_owned(),
            title: title.to_owned(),
            file: format!("content/{}/{below}", disclosure.path),
            page: String::new(),
            state: PartState::Missing,
            to_fill_in: 0,
            doubtful: 0,
            stale: 0,
            errors: 0,
        }
    }

    /// What is left to do with it, in words.
    fn words(&self) -> Text {
        let counted = [
            (self.to_fill_in, "处待填", "to fill in"),
            (self.doubtful, "处没读准", "doubtful"),
            (self.stale, "处还是旧话", "stale"),
            (self.errors, "处有错", "wrong"),
        ];
        let mut words = Text::default();
        for (count, zh, en) in counted.into_iter().filter(|(count, ..)| *count > 0) {
            let (zh_gap, en_gap) = if words.zh.is_empty() { ("", "") } else { ("，", ", ") };
            words.zh.push_str(&format!("{zh_gap}{count} {zh}"));
            words.en.push_str(&format!("{en_gap}{count} {en}"));
        }
        if self.state == PartState::Missing {
            words = self.state.words();
        }
        words
    }

    /// What it is called: of a date, what it is the date of.
    fn called(&self) -> Text {
        match (self.kind, self.id.as_str()) {
            (PartKind::Date, "approved") => text!(zh: "批复日期", en: "the day of approval"),
            (PartKind::Date, "published") => text!(zh: "公开日期", en: "the day of publication"),
            (PartKind::Date, _) => text!(zh: "保密审查", en: "the secrecy review"),
            (PartKind::Project, "") => text!(zh: "项目", en: "projects"),
            _ => Text::same(self.title.clone()),
        }
    }

    /// Whether something is left to do with it.
    fn is_open(&self) -> bool {
        !self.state.is_done() || self.errors > 0
    }
}

impl DisclosureStatus {
    /// How many parts of a sort are how far, leaving out what there is none of.
    fn counts(&self, kind: PartKind) -> Vec<(PartState, usize)> {
        let of = |state: PartState| {
            let parts = self.parts.iter();
            parts.filter(|part| part.kind == kind && part.state == state).count()
        };
        PartState::ALL.into_iter().map(|state| (state, of(state))).filter(|(_, n)| *n > 0).collect()
    }
}
