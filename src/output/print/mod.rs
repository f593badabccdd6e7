//! A disclosure as it goes to paper: cover, contents, its sections with the tables that stand in
//! them, the other tables, the form of each project. What is written is a document for Typst, whose
//! program makes the PDF of it (`publish/typeset`).

mod form;
mod prose;
mod source;
mod table;

use self::prose::{Ranks, prose};
use self::source::Source;
use super::{DataFile, Output, OutputScope, Writer};
use crate::content::{PDF, PROJECTS, Piece};
use crate::model::{Disclosure, Portal, Section};
use crate::page::Subject;
use crate::sheet::Sheet;
use crate::theme::Theme;
use crate::{format, url};

/// The format.
pub(super) static OUTPUT: Output = Output {
    name: PDF,
    summary: "A PDF of each disclosure, set by Typst: cover, contents, sections, tables as printed, the form of each project. Made where it is asked for.",
    scope: OutputScope::Organisation(plan),
};

/// How a disclosure is set in type.
const PRELUDE: &str = include_str!("prelude.typ");

fn plan(portal: &Portal) -> Vec<DataFile> {
    let all = portal.disclosures.iter().enumerate();
    let all = all.filter(|(_, disclosure)| !disclosure.tables.is_empty());
    let file = |(index, disclosure): (usize, &Disclosure)| {
        let organisation = disclosure.organisation;
        let subject = Subject { organisation, disclosure: index, item: 0 };
        let path = url::disclosure_data(disclosure, &url::own_name(disclosure), "pdf");
        DataFile::new(path, subject, "pdf_whole", Writer::Typeset(write))
    };
    all.map(file).collect()
}

fn write(portal: &Portal, subject: &Subject, theme: &Theme) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let mut source = Source::after(PRELUDE);
    source.code("#disclosure(");
    frame(&mut source, portal, disclosure, theme);
    source.code("{\n");
    let mut placed: Vec<&str> = Vec::new();
    for (index, section) in disclosure.sections.iter().enumerate() {
        placed.extend(write_section(&mut source, disclosure, index, section));
    }
    let rest = || disclosure.tables.values().filter(|one| !placed.contains(&one.spec.id.as_str()));
    if rest().next().is_some() {
        source.code("heading(level: 1, ").words(theme.word("pdf_tables")).code(")\n");
    }
    for one in rest() {
        table::table(&mut source, &Sheet::of(one), 2);
    }
    if !placed.contains(&PROJECTS) && !disclosure.projects.is_empty() {
        source.code("heading(level: 1, ").words(theme.word("workbook_forms")).code(")\n");
        forms(&mut source, disclosure, 2);
    }
    source.code("})\n");
    source.into_bytes()
}

/// What the cover and the foot of each page say.
fn frame(source: &mut Source, portal: &Portal, disclosure: &Disclosure, theme: &Theme) {
    let written = &disclosure.written;
    let organisation = &portal.organisation(disclosure).written.name;
    let title = if written.title.is_empty() {
        format::beside(organisation, &format::short_title(disclosure))
    } else {
        written.title.clone()
    };
    let address = url::whole(&portal.site, &url::disclosure(disclosure));
    source.words(&title).code(", ").words(organisation).code(", (");
    let facts = [
        ("published", theme.day(&written.published)),
        ("approved", theme.day(&written.approved)),
        ("source", written.source.clone()),
        ("workbook_licence", portal.site.licence.clone()),
        ("workbook_publisher", portal.site.publisher.clone()),
        ("workbook_page", address.clone()),
    ];
    for (key, said) in facts.iter().filter(|(_, said)| !said.is_empty()) {
        source.code("(").words(theme.word(key)).code(", ").words(said).code("), ");
    }
    source.code("), ").words(&address).code(", ");
    source.words(theme.word("pdf_contents")).code(", ").words(theme.word("pdf_pages"));
    let language = portal.site.language.as_str();
    let (language, region) = language.split_once('-').unwrap_or((language, "US"));
    source.code(", ").words(language).code(", ").words(region).code(", ");
}

/// Writes a section; the tables that stand in it.
fn write_section<'a>(
    source: &mut Source,
    disclosure: &'a Disclosure,
    index: usize,
    section: &'a Section,
) -> Vec<&'a str> {
    let level = rank(disclosure, index);
    source.code(&format!("heading(level: {level}, ")).words(&section.title).code(")\n");
    let mut ranks = Ranks::under(level);
    let mut placed = Vec::new();
    for piece in &section.pieces {
        match piece {
            Piece::Text(text) => prose(source, text, &mut ranks),
            Piece::Place { id, .. } => placed.push(id.as_str()),
        }
        source.code("\n");
        let Piece::Place { id, .. } = piece else { continue };
        if id == PROJECTS {
            forms(source, disclosure, level + 1);
        } else if let Some(one) = disclosure.tables.get(id.as_str()) {
            table::table(source, &Sheet::of(one), level + 1);
        }
    }
    for one in disclosure.tables.values() {
        let id = one.spec.id.as_str();
        if one.spec.section.as_ref() == Some(&section.id) && !placed.contains(&id) {
            table::table(source, &Sheet::of(one), level + 1);
            placed.push(id);
        }
    }
    placed
}

/// Writes the form of each project.
fn forms(source: &mut Source, disclosure: &Disclosure, level: usize) {
    let Some(spec) = disclosure.project_spec() else { return };
    for project in &disclosure.projects {
        form::form(source, spec, project, level);
    }
}

/// The rank of a section’s heading: one more than that of the section it is part of.
fn rank(disclosure: &Disclosure, index: usize) -> usize {
    let parent = |index: &usize| disclosure.sections[*index].parent;
    std::iter::successors(Some(index), parent).take(disclosure.sections.len()).count()
}
