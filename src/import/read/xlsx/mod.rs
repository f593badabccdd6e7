//! A workbook of XLSX (ECMA-376) → its sheets. The parts are walked by hand: what is published is
//! the text of a number and its format, which no reader of workbooks hands on.

mod beside;
mod sheet;
mod strings;
mod styles;

use std::collections::BTreeMap;

use crate::import::document::{Document, LeftOut, Origin, Refusal, Why};

use super::archive::Archive;
use super::sheet::{MOST, Room, Sheet, limit};
use super::xml::{Node, Xml};
use strings::Strings;
use styles::Styles;

/// What all sheets of a workbook share.
struct Shared {
    strings: Strings,
    styles: Styles,
    /// Whether days are counted from 1904.
    is_1904: bool,
    /// Whether the office program works formulas out anew as it opens the file.
    is_unvalued: bool,
}

/// A sheet of the list in the workbook.
struct ListedSheet {
    name: String,
    is_hidden: bool,
    relation: String,
}

/// What a part says of another: its kind, the end of its type, and its path.
pub(super) struct Relation {
    pub(super) kind: String,
    pub(super) path: String,
}

/// Reads a workbook.
pub(super) fn read(name: &str, archive: &mut Archive) -> Document {
    let mut document = Document { name: name.to_owned(), ..Document::default() };
    document.refusal = workbook(archive, &mut document).err();
    document
}

fn workbook(archive: &mut Archive, document: &mut Document) -> Result<(), Refusal> {
    let roots = relations(archive, "")?;
    let first = roots.values().find(|relation| relation.kind == "officeDocument");
    let path = first.map_or("xl/workbook.xml", |first| &first.path);
    let text = archive.text(path)?;
    if text.is_empty() {
        return Err(Refusal::UnknownForm);
    }
    let (entries, mut shared) = list(&text)?;
    let relations = relations(archive, path)?;
    let find = |kind: &str| relations.values().find(|one| one.kind == kind);
    if let Some(relation) = find("styles") {
        shared.styles = styles::read(&archive.text(&relation.path)?)?;
    }
    if let Some(relation) = find("sharedStrings") {
        shared.strings = strings::read(&archive.text(&relation.path)?)?;
    }
    let mut room = Room::default();
    for entry in entries {
        let relation = relations.get(&entry.relation).filter(|one| archive.has(&one.path));
        let Some(relation) = relation else {
            return Err(Refusal::Broken(format!(
                "the archive has no part for sheet {}",
                entry.name
            )));
        };
        if relation.kind != "worksheet" {
            let origin = Origin { sheet: entry.name.as_str().into(), ..Origin::default() };
            document.left_out.push(LeftOut { origin, why: Why::Picture, text: entry.name });
            continue;
        }
        let text = archive.text(&relation.path)?;
        let mut sheet = Sheet::new(&entry.name, room);
        sheet.is_hidden = entry.is_hidden;
        let sheet = sheet::read(&text, sheet, &shared, document)?;
        drop(text);
        room = sheet.put_into(document)?;
        beside::read(archive, &relation.path, &entry.name, document)?;
    }
    Ok(())
}

/// The sheets of a workbook in order, and how it counts days.
fn list(text: &str) -> Result<(Vec<ListedSheet>, Shared), Refusal> {
    let mut xml = Xml::new(text);
    let mut entries = Vec::new();
    let (mut is_1904, mut is_unvalued) = (false, false);
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "sheet" => {
                let get = |key| element.get(key).unwrap_or_default().into_owned();
                let state = element.get("state");
                let is_hidden = matches!(state.as_deref(), Some("hidden" | "veryHidden"));
                entries.push(ListedSheet { name: get("name"), is_hidden, relation: get("id") });
                limit(entries.len(), MOST)?;
            }
            "workbookPr" => is_1904 = element.is_on("date1904"),
            "calcPr" => is_unvalued = element.is_on("fullCalcOnLoad"),
            _ => {}
        }
    }
    xml.finish("workbook.xml")?;
    let (strings, styles) = (Strings::default(), Styles::default());
    Ok((entries, Shared { strings, styles, is_1904, is_unvalued }))
}

/// The relations of a part by their ids; of the whole archive, if the path is empty.
pub(super) fn relations(
    archive: &mut Archive,
    path: &str,
) -> Result<BTreeMap<String, Relation>, Refusal> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let text = archive.text(format!("{folder}/_rels/{file}.rels").trim_start_matches('/'))?;
    let mut xml = Xml::new(&text);
    let mut relations = BTreeMap::new();
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        // What stands outside of the archive is never looked at.
        if element.name() != "Relationship"
            || element.get("TargetMode").as_deref() == Some("External")
        {
            continue;
        }
        let get = |key| element.get(key).unwrap_or_default().into_owned();
        let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
        let path = resolved(folder, &get("Target"));
        relations.insert(get("Id"), Relation { kind, path });
        limit(relations.len(), MOST)?;
    }
    xml.finish(path)?;
    Ok(relations)
}

/// A path of a part as another part names it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            ".." => {
                steps.pop();
            }
            "." | "" => {}
            _ => steps.push(step),
        }
    }
    steps.join("/")
}
