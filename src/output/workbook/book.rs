//! Sheets → a workbook: an archive of XML (ECMA-376). Its time is the same in every build.

use super::super::zipped;
use super::leaf::{Leaf, Target};
use super::styles;
use super::texts::{Texts, escape};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const MADE: &str = "2000-01-01T00:00:00Z";

/// The workbook of sheets, with its title and whose it is.
pub(super) fn bytes(mut leaves: Vec<Leaf>, texts: &Texts, title: &str, author: &str) -> Vec<u8> {
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), types(leaves.len())),
        ("_rels/.rels".to_owned(), root()),
        ("docProps/core.xml".to_owned(), properties(title, author)),
        ("xl/workbook.xml".to_owned(), workbook(&leaves)),
        ("xl/_rels/workbook.xml.rels".to_owned(), sheets(leaves.len())),
        ("xl/styles.xml".to_owned(), styles::XML.clone()),
    ];
    for (at, leaf) in leaves.iter_mut().enumerate() {
        let number = at + 1;
        parts.push((format!("xl/worksheets/sheet{number}.xml"), leaf.xml(at == 0)));
        if let Some(links) = links(leaf) {
            parts.push((format!("xl/worksheets/_rels/sheet{number}.xml.rels"), links));
        }
    }
    parts.push(("xl/sharedStrings.xml".to_owned(), texts.xml()));
    zipped(parts.iter().map(|(path, text)| (path.as_str(), text.as_bytes())))
}

/// What each part is.
fn types(count: usize) -> String {
    let part = |path: &str, kind: &str| {
        format!("<Override PartName=\"/{path}\" ContentType=\"{kind}+xml\"/>")
    };
    let mut out = format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    out += &part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties");
    for (path, kind) in
        [("workbook", "sheet.main"), ("styles", "styles"), ("sharedStrings", "sharedStrings")]
    {
        out += &part(&format!("xl/{path}.xml"), &format!("{TYPES}.{kind}"));
    }
    for number in 1..=count {
        out += &part(&format!("xl/worksheets/sheet{number}.xml"), &format!("{TYPES}.worksheet"));
    }
    out + "</Types>"
}

/// What a part leads to: the kind and the place of each, by number.
fn relations<'a>(all: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut out = format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    for (at, (kind, target)) in all.enumerate() {
        out += &format!("<Relationship Id=\"rId{}\" Type=\"{kind}\" Target=\"{target}\"/>", at + 1);
    }
    out + "</Relationships>"
}

fn root() -> String {
    let (document, about) = (
        format!("{RELATIONS}/officeDocument"),
        format!("{PACKAGE}/relationships/metadata/core-properties"),
    );
    let all = [(&*document, "xl/workbook.xml"), (&*about, "docProps/core.xml")];
    relations(all.into_iter().map(|(kind, target)| (kind, target.to_owned())))
}

fn sheets(count: usize) -> String {
    let kind = |name: &str| format!("{RELATIONS}/{name}");
    let (sheet, looks, texts) = (kind("worksheet"), kind("styles"), kind("sharedStrings"));
    let all = (1..=count).map(|number| (&*sheet, format!("worksheets/sheet{number}.xml")));
    let rest = [(&*looks, "styles.xml".to_owned()), (&*texts, "sharedStrings.xml".to_owned())];
    relations(all.chain(rest))
}

/// The pages that a sheet leads to.
fn links(leaf: &Leaf) -> Option<String> {
    let kind = format!("{RELATIONS}/hyperlink");
    let pages = leaf.links.iter().filter_map(|(_, target)| match target {
        Target::Page(address) => Some(format!("{}\" TargetMode=\"External", escape(address))),
        Target::Sheet(_) => None,
    });
    let pages: Vec<String> = pages.collect();
    (!pages.is_empty()).then(|| relations(pages.into_iter().map(|page| (&*kind, page))))
}

fn properties(title: &str, author: &str) -> String {
    let (title, author) = (escape(title), escape(author));
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy><dcterms:created xsi:type=\"dcterms:W3CDTF\">{MADE}</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">{MADE}</dcterms:modified></cp:coreProperties>"
    )
}

/// The sheets in order, and the names of their areas.
fn workbook(leaves: &[Leaf]) -> String {
    let mut out = format!(
        "{XML}<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{RELATIONS}\"><bookViews><workbookView/></bookViews><sheets>"
    );
    let mut names = String::new();
    for (at, leaf) in leaves.iter().enumerate() {
        let (name, number) = (escape(&leaf.name), at + 1);
        out += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
        for (name, area) in leaf.names() {
            let area = escape(&area);
            names +=
                &format!("<definedName name=\"{name}\" localSheetId=\"{at}\">{area}</definedName>");
        }
    }
    out.push_str("</sheets>");
    if !names.is_empty() {
        out.extend(["<definedNames>", &names, "</definedNames>"]);
    }
    out + "</workbook>"
}
