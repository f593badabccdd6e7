//! Every text that authors wrote and that is published: of a disclosure, of its other years, of
//! the portal, its theme and its files. Figures in cells are no texts.

use std::borrow::Cow;

use super::personal::CONTENT;
use super::plain::Markup;
use crate::diagnostic::Report;
use crate::locate::locate;
use crate::model::{At, Cell, Disclosure, Hidden, Model, Project, Secrets, Table};
use crate::source::{FileId, Place, Sources};
use crate::yaml::{self, Kind, Node};

/// Where a text stands, seen from the disclosure that withholds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// In its narrative.
    Prose,
    /// In its tables, projects or head.
    Field,
    /// In another year of its organisation.
    OtherYear,
    /// In what all organisations share, and in what says who discloses.
    Model,
}

/// One text.
pub(super) struct Written<'a> {
    /// Its place: bytes of a file where it begins with them, a value of YAML otherwise.
    place: Place,
    /// Whether the text is the file, byte by byte.
    is_file: bool,
    /// What was written.
    pub text: Cow<'a, str>,
    /// How.
    pub markup: Markup,
    /// The address of findings about it.
    pub address: String,
    /// The project it is about.
    pub project: Option<usize>,
    /// Where it stands.
    pub home: Home,
}

impl Written<'_> {
    /// Its file.
    pub(super) fn file(&self) -> FileId {
        self.place.file
    }

    /// The place of a stretch of it; of a value in YAML only where it is written as it reads.
    pub(super) fn place_of(&self, sources: &Sources, range: std::ops::Range<usize>) -> Place {
        if self.is_file {
            return Place::bytes(self.place.file, range);
        }
        let whole = locate(sources, &self.place);
        let raw = &sources.file(self.place.file).text()[whole.clone()];
        let passage = &self.text[range];
        match raw.find(passage).filter(|_| !passage.is_empty()) {
            Some(at) => {
                let start = whole.start + at;
                Place::bytes(self.place.file, start..start + passage.len())
            }
            None => self.place.clone(),
        }
    }
}

/// The texts of a disclosure itself, or, for the one that withholds, of another year.
pub(super) fn of_disclosure<'a>(
    sources: &'a Sources,
    disclosure: &'a Disclosure,
    secrets: &Secrets,
    is_other: bool,
) -> Vec<Written<'a>> {
    let mut all = Vec::new();
    for section in &disclosure.sections {
        let address = format!("narrative/{}", section.id);
        all.push(Written {
            home: Home::Prose,
            ..file(sources, section.file, Markup::Markdown, address)
        });
    }
    for (index, project) in disclosure.projects.iter().enumerate() {
        of_project((disclosure, secrets), index, project, &mut all);
    }
    for (index, table) in disclosure.tables.values().enumerate() {
        of_table((disclosure, secrets), index, table, &mut all);
    }
    of_head(sources, disclosure, &mut all);
    if is_other {
        for text in &mut all {
            (text.home, text.project) = (Home::OtherYear, None);
        }
    }
    all
}

/// The texts that belong to no disclosure.
pub(super) fn of_portal<'a>(
    sources: &'a Sources,
    portal: &Model,
    disclosure: &Disclosure,
) -> Vec<Written<'a>> {
    let mut all = Vec::new();
    let organisation = portal.organisation(disclosure);
    let theme = format!("themes/{}", portal.site.theme);
    let config = sources.find(sources.config()).map(|file| (file, sources.config()));
    let own = format!("{CONTENT}/{}/organisation.yaml", organisation.id);
    let heads = ["content/glossary.yaml", "content/accessibility.md", own.as_str()];
    let heads = heads.into_iter().filter_map(|path| Some((sources.find(path)?, path)));
    let themes = sources.site_files(&theme);
    let defaults = sources.site_files("themes/default").filter(|_| theme != "themes/default");
    let files = sources.site_files("static").chain(sources.site_files("profiles"));
    let named = config.into_iter().chain(heads).map(|(file, path)| (file, path.to_owned()));
    let others = themes.chain(defaults).chain(files).map(|(file, path)| (file, path.to_owned()));
    for (id, path) in named.chain(others) {
        let is_copied = path.starts_with("static/");
        if !is_copied && (path.ends_with(".yaml") || path == sources.config()) {
            let text = |text| Written { address: path.clone(), ..text };
            all.extend(scalars(sources, id, &[]).into_iter().map(text));
        } else {
            all.push(file(sources, id, Markup::of(&path), path));
        }
    }
    all
}

fn file(sources: &Sources, id: FileId, markup: Markup, address: String) -> Written<'_> {
    Written {
        place: Place::start(id),
        is_file: true,
        text: Cow::Borrowed(sources.file(id).text()),
        markup,
        address,
        project: None,
        home: Home::Model,
    }
}

fn value<'a>(place: Place, text: &'a str, address: &str) -> Written<'a> {
    Written {
        place,
        is_file: false,
        text: Cow::Borrowed(text),
        markup: Markup::Words,
        address: address.to_owned(),
        project: None,
        home: Home::Field,
    }
}

fn of_project<'a>(
    (disclosure, secrets): (&'a Disclosure, &Secrets),
    index: usize,
    project: &'a Project,
    all: &mut Vec<Written<'a>>,
) {
    let address = format!("projects/{}", project.slug);
    let from = all.len();
    let fields = (0..project.fields.len()).map(|field| At::Field(index, field));
    let indicators = project.indicators.iter().enumerate().flat_map(|(row, cells)| {
        (0..cells.len()).map(move |column| At::Indicator(index, row, column))
    });
    for at in fields.chain(indicators) {
        let cell = match at {
            At::Field(_, field) => &project.fields[field],
            At::Indicator(_, row, column) => &project.indicators[row][column],
            _ => continue,
        };
        text_cell((disclosure, secrets), at, cell, &address, all);
    }
    let is_withheld = |secret: &crate::model::Secret| secret.place == Hidden::Goals(index);
    if !secrets.iter().any(is_withheld) {
        let goals = project.goals.iter().flat_map(|(_, texts)| texts);
        let place = || Place::value(project.file, "goals");
        all.extend(goals.map(|text| value(place(), text, &address)));
    }
    for text in &mut all[from..] {
        text.project = Some(index);
    }
}

fn text_cell<'a>(
    (disclosure, secrets): (&'a Disclosure, &Secrets),
    at: At,
    cell: &'a Cell,
    address: &str,
    all: &mut Vec<Written<'a>>,
) {
    if let Cell::Text(text) | Cell::NotApplicable(text) = cell
        && !secrets.holds(at)
    {
        all.push(value(disclosure.place_of(at), text, address));
    }
}

fn of_table<'a>(
    (disclosure, secrets): (&'a Disclosure, &Secrets),
    index: usize,
    table: &'a Table,
    all: &mut Vec<Written<'a>>,
) {
    let address = table.spec.id.as_str();
    let place = |path: &str| Place::value(table.file, path);
    all.push(value(place("title"), &table.title, address));
    all.extend(table.note.iter().map(|note| value(place("note"), note, address)));
    all.extend(table.facts.iter().map(|(_, fact)| value(Place::start(table.file), fact, address)));
    for (number, _, panel) in table.panels() {
        for (row, content) in panel.rows.iter().enumerate() {
            for (column, cell) in content.cells.iter().enumerate() {
                let at = At::Cell(index, number, row, column);
                text_cell((disclosure, secrets), at, cell, address, all);
            }
        }
    }
}

/// `disclosure.yaml`, and the reasons of acceptances, which are printed on the page they concern.
fn of_head<'a>(sources: &'a Sources, disclosure: &'a Disclosure, all: &mut Vec<Written<'a>>) {
    let head = scalars(sources, disclosure.written.file, &["withhold", "accept", "profile"]);
    all.extend(head.into_iter().map(|text| Written {
        home: Home::Field,
        address: "disclosure.yaml".to_owned(),
        ..text
    }));
    for acceptance in disclosure.acceptances() {
        let is_its = |project: &Project| {
            let rest = acceptance.at.strip_prefix("projects/");
            let rest = rest.and_then(|rest| rest.strip_prefix(&*project.slug));
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        all.push(Written {
            project: disclosure.projects.iter().position(is_its),
            ..value(acceptance.place.clone(), &acceptance.reason, &acceptance.at)
        });
    }
}

/// Every key and value of a YAML file, but for what stands under some keys.
fn scalars<'a>(sources: &Sources, id: FileId, skipped: &[&str]) -> Vec<Written<'a>> {
    let mut all = Vec::new();
    // What cannot be read was reported where it is read for its own sake.
    if let Some(root) = yaml::parse(&mut Report::default(), id, sources.file(id)) {
        walk(root, skipped, &mut all);
    }
    for text in &mut all {
        text.home = Home::Model;
    }
    all
}

fn walk(node: Node, skipped: &[&str], all: &mut Vec<Written<'_>>) {
    let place = node.place();
    match node.kind {
        Kind::Null => {}
        Kind::Scalar(text) => {
            all.push(Written { text: Cow::Owned(text), ..value(place, "", "") });
        }
        Kind::Sequence(items) => items.into_iter().for_each(|item| walk(item, skipped, all)),
        Kind::Mapping(entries) => {
            for (key, item) in entries.into_iter().filter(|(key, _)| !skipped.contains(&&*key.text))
            {
                let text = Cow::Owned(key.text.to_string());
                all.push(Written { text, ..value(key.place(), "", "") });
                walk(item, &[], all);
            }
        }
    }
}
