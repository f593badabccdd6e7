//! How far every disclosure of an organisation is: its tables, sections, projects and dates, and what is
//! still to be done with each, from the model and the findings.

mod gather;
mod page;
mod print;

use serde::Serialize;

pub use page::page;
pub use print::{human, json, of_disclosure};

use crate::content::{self, doubt};
use crate::diagnostic::{Report, Text, text};
use crate::model::{Disclosure, Model};
use crate::source::Sources;

/// The version of the JSON: it grows when a key goes, or comes to mean something else
/// (docs/outputs.md).
pub const VERSION: u32 = 1;

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
    let found = gather::FileFindings::of(sources, report);
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
