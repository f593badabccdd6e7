//! What the authors wrote, file by file, before any profile is known: figures
//! are still text, columns are still keys. Reading never fails.

mod alias;
mod brackets;
mod contact;
mod corrections;
pub mod date;
mod dated;
mod disclosure;
pub mod doubt;
mod fiscal_year;
mod footnotes;
mod glossary;
mod government;
pub mod keys;
mod link;
mod marks;
mod names;
mod narrative;
mod organisation;
mod ordinal;
pub mod origins;
mod paragraph;
mod project;
mod signs;
mod stretch;
mod site;
mod table;
mod too_deep;
mod twice;
mod typed;
mod unread;
mod vanished;
mod misplaced;

use std::collections::BTreeMap;

pub use alias::{Alias, of_project as aliases_of_project};
pub use contact::Contact;
pub use corrections::{CorrectedCell, Correction};
pub use disclosure::{Acceptance, Catalogue, Disclosure, Review, Withholding, says_why};
pub use fiscal_year::{digit, is_year};
pub use glossary::Term;
pub use government::{Badge, Government};
pub use link::base_url_fault;
pub use names::{Names, is_name, look_alike, same_folders};
pub use narrative::{Binding, PROJECTS, Piece, Section};
pub use ordinal::{Ordinal, OrdinalKind, ordinal, without_ordinal};
pub use organisation::{Organisation, Unit};
pub use paragraph::Paragraph;
pub use project::Project;
pub use site::{FooterItem, PDF, Site, Statement};
pub use table::{Panel, Row, Table, WrittenCell};
pub use unread::{Part, Unread};

use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, LARGEST, Place, Refusal, Sources};
use crate::yaml;

/// Everything below `content/`, and the portal's configuration.
#[derive(Debug, Default)]
pub struct Content {
    /// The portal.
    pub site: Site,
    /// Terms shared by all disclosures.
    pub glossary: Vec<Term>,
    /// The organisations, by folder name.
    pub organisations: BTreeMap<String, OrganisationFolder>,
}

impl Content {
    /// Notes a file below `content/` that is there and was not read: nobody should be told that what
    /// it holds is missing.
    fn miss(&mut self, path: &[&str], file: FileId) {
        if let [organisation, disclosure, kind, name] = path
            && let Some(folder) = self.organisations.get_mut(*organisation)
            && let Some(folder) = folder.disclosures.get_mut(*disclosure)
        {
            let part = match *kind {
                "tables" => Part::Table(name.trim_end_matches(".yaml").to_owned()),
                "projects" => Part::Projects,
                "narrative" => {
                    Part::Section(narrative::id_of(name.trim_end_matches(".md")).to_owned())
                }
                _ => return,
            };
            folder.unread.push(Unread::new(part, Place::start(file)));
        }
    }
}

/// One organisation's folder.
#[derive(Debug, Default)]
pub struct OrganisationFolder {
    /// Its `organisation.yaml`, if it could be read.
    pub organisation: Option<Organisation>,
    /// Whether that file is there.
    pub has_head: bool,
    /// Its disclosures, by folder name.
    pub disclosures: BTreeMap<String, DisclosureFolder>,
}

impl OrganisationFolder {
    /// Whether it says what it is, or one of its disclosures does.
    pub fn has_heads(&self) -> bool {
        self.has_head || self.disclosures.values().any(|disclosure| disclosure.has_head)
    }
}

/// One disclosure's folder.
#[derive(Debug, Default)]
pub struct DisclosureFolder {
    /// Its `disclosure.yaml`, if it could be read.
    pub disclosure: Option<Disclosure>,
    /// Whether that file is there.
    pub has_head: bool,
    /// `tables/*.yaml`, by file name.
    pub tables: BTreeMap<String, Table>,
    /// What is there and could not be read.
    pub unread: Vec<Unread>,
    /// `projects/*.yaml`, in file name order.
    pub projects: Vec<Project>,
    /// `narrative/*.md`, in file name order.
    pub sections: Vec<Section>,
    /// The first file of each section, by its id.
    section_files: BTreeMap<String, FileId>,
}

/// Reads every content file. The path alone says what a file is.
pub fn parse(report: &mut Report, sources: &Sources) -> Content {
    let mut content = Content { site: site::read(report, sources), ..Content::default() };
    let mut names = Names::default();
    let mut misplaced = Vec::new();
    let too_deep = too_deep::folders(report, sources);
    for (file, path) in sources.site_files("content") {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let is_head_beside = parts == ["organisation.yaml"] && !too_deep.is_empty();
        if is_head_beside || parts.first().is_some_and(|folder| too_deep.contains(folder)) {
            continue;
        }
        if !names.can_be_address(report, file, path) {
            content.miss(&parts, file);
            continue;
        }
        match parts.as_slice() {
            ["glossary.yaml"] => {
                content.glossary = glossary::read(report, file, sources.file(file));
            }
            // Read with the configuration, and by profiles together with those of their place.
            ["accessibility.md" | "concordance.yaml"] => {}
            [organisation, "organisation.yaml"] => {
                let folder = content.organisations.entry((*organisation).to_owned()).or_default();
                doubt::report_marks(report, file, sources.file(file));
                folder.organisation = organisation::read(report, file, sources.file(file));
                folder.has_head = true;
            }
            [organisation, disclosure, rest @ ..] if !rest.is_empty() => {
                let folder = content.organisations.entry((*organisation).to_owned()).or_default();
                let folder = folder.disclosures.entry((*disclosure).to_owned()).or_default();
                read_disclosure_file(report, sources, file, rest, (folder, &mut misplaced));
            }
            _ => misplaced.push(file),
        }
    }
    misplaced::report(report, sources, &mut content, &misplaced);
    refused(report, sources, &mut content);
    missing_heads(report, sources, &content);
    names::same_names(report, sources, &content);
    content
}

/// What is there and was not read, whatever it would have been.
fn refused(report: &mut Report, sources: &Sources, content: &mut Content) {
    for (file, refusal) in sources.refused() {
        let (message, help) = match refusal {
            Refusal::Outside(to) => (
                text!(zh: "这是一个链接，通到门户文件夹之外的 {to}，没有读取", en: "this is a link that leads out of the portal, to {to}: it was not read"),
                text!(zh: "把要公开的文件本身放在这里，删去链接", en: "put the file itself here in place of the link, if it is meant to be published"),
            ),
            Refusal::Hidden(to) => (
                text!(zh: "这是一个链接，通到隐藏文件 {to}，没有读取", en: "this is a link to the hidden file {to}: it was not read"),
                text!(zh: "把要公开的文件本身放在这里，删去链接", en: "put the file itself here in place of the link, if it is meant to be published"),
            ),
            Refusal::Nowhere(to) => (
                text!(zh: "这是一个链接，通到 {to}，那里没有可读的文件", en: "this is a link to {to}, where there is nothing that can be read"),
                text!(zh: "改正链接，或者删去", en: "mend the link, or remove it"),
            ),
            Refusal::Circle(to) => (
                text!(zh: "这是一个链接，通到 {to}，绕回了自己或者套得太深，没有读取", en: "this is a link to {to}, which leads back to itself or through too many other links: it was not read"),
                text!(zh: "删去链接，或者让它直接通到要用的文件夹", en: "remove the link, or let it lead straight to the folder that is meant"),
            ),
            Refusal::Special => (
                text!(zh: "这是管道、套接字或设备，不是文件，没有打开", en: "this is a pipe, a socket or a device, no file: it was not opened"),
                text!(zh: "删去它，换成普通文件", en: "remove it, or put a plain file in its place"),
            ),
            Refusal::Dotted => (
                text!(zh: "文件名以“.”开头，是隐藏文件，没有读取", en: "the name begins with `.`, which hides the file: it was not read"),
                text!(zh: "要公开的，去掉开头的“.”；不要的，删去", en: "take the `.` away where it is meant to be published; remove the file where it is not"),
            ),
            Refusal::TooLarge(size) => (
                text!(zh: "这个文件有 {size} 字节，最多读 {LARGEST} 字节，没有读取", en: "this file has {size} bytes, and no more than {LARGEST} are read: it was not read"),
                text!(zh: "要原样公开的放进 static/；表太长的，分成几张", en: "put into static/ what is to be published as it is; split a table that is too long"),
            ),
        };
        // A file that is hidden may not be meant at all; of any other nothing is known.
        if !matches!(refusal, Refusal::Dotted) {
            let path: Vec<&str> = sources.file(file).path.split('/').skip(1).collect();
            content.miss(&path, file);
        }
        let code = match refusal {
            Refusal::TooLarge(_) => &codes::FILE_TOO_LARGE,
            Refusal::Dotted => &codes::UNRECOGNISED_FILE,
            _ => &codes::FILE_OUTSIDE_SITE,
        };
        report.push(code.at(Place::start(file), message).help(help));
    }
}

fn read_disclosure_file(
    report: &mut Report,
    sources: &Sources,
    file: FileId,
    rest: &[&str],
    (folder, misplaced): (&mut DisclosureFolder, &mut Vec<FileId>),
) {
    let source = sources.file(file);
    doubt::report_marks(report, file, source);
    match rest {
        ["disclosure.yaml"] => {
            folder.disclosure = disclosure::read(report, file, source);
            folder.has_head = true;
        }
        // Read when a finding asks where a value came from.
        [origins::FILE] => {}
        ["tables", name] if name.ends_with(".yaml") => {
            let id = name.trim_end_matches(".yaml").to_owned();
            let node = yaml::parse(report, file, source);
            if node.as_ref().is_some_and(misplaced::is_no_table) {
                return misplaced.push(file);
            }
            match node.and_then(|node| table::read(report, file, &node)) {
                Some(table) => drop(folder.tables.insert(id, table)),
                None => folder.unread.push(Unread::new(Part::Table(id), Place::start(file))),
            }
        }
        ["projects", name] if name.ends_with(".yaml") => {
            match yaml::parse_filled(report, file, source) {
                Some(node) if misplaced::is_no_project(&node) => misplaced.push(file),
                Some(node) => folder.projects.push(Project {
                    slug: name.trim_end_matches(".yaml").to_owned(),
                    file,
                    node,
                }),
                None => folder.unread.push(Unread::new(Part::Projects, Place::start(file))),
            }
        }
        ["narrative", name] if name.ends_with(".md") => {
            let slug = name.trim_end_matches(".md");
            if !narrative::can_be_read(report, file, source) {
                let section = Part::Section(narrative::id_of(slug).to_owned());
                folder.unread.push(Unread::new(section, Place::start(file)));
                return;
            }
            let section = narrative::read(report, slug, file, source);
            if let Some(first) = folder.section_files.get(&section.id) {
                let message = text!(zh: "有两个文件都叫“{id}”这一节", en: "two files are the section `{id}`", id = section.id);
                let diagnostic = codes::DUPLICATE_FILE.at(Place::start(file), message);
                report.push(
                    diagnostic.related(
                        Place::start(*first),
                        text!(zh: "另一个在这里", en: "the other one"),
                    ),
                );
            } else {
                folder.section_files.insert(section.id.clone(), file);
            }
            folder.sections.push(section);
        }
        _ => misplaced.push(file),
    }
}

/// A folder without its head file is a slip the author must hear of.
fn missing_heads(report: &mut Report, sources: &Sources, content: &Content) {
    for (name, folder) in &content.organisations {
        let below = format!("content/{name}");
        let Some((file, _)) = sources.site_files(&below).next() else { continue };
        if !folder.has_head {
            report.push(codes::MISSING_KEY.at(
                Place::start(file),
                text!(zh: "{below} 里缺少 organisation.yaml", en: "{below} has no organisation.yaml"),
            ).help(text!(
                zh: "补上 {below}/organisation.yaml，至少写一行：name: 单位名称；在别处的，移到这里", en: "write {below}/organisation.yaml, with one line at least: name: name of the organisation; where it stands elsewhere, move it here",
            )));
        }
        for (id, disclosure) in &folder.disclosures {
            let below = format!("{below}/{id}");
            let Some((file, _)) = sources.site_files(&below).next() else { continue };
            if !disclosure.has_head {
                report.push(codes::MISSING_KEY.at(
                    Place::start(file),
                    text!(zh: "{below} 里缺少 disclosure.yaml", en: "{below} has no disclosure.yaml"),
                ).help(text!(
                    zh: "补上 {below}/disclosure.yaml，至少写 fiscal_year、stage、profile 三行；在别处的，移到这里", en: "write {below}/disclosure.yaml, with fiscal_year, stage and profile at least; where it stands elsewhere, move it here",
                )));
            }
        }
    }
}
