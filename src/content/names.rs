//! Names of files and folders, which become addresses of pages and names of files on whatever host
//! publishes them: what one of these would not take or would take for another is reported.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::{Content, twice};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::encoding::is_invisible;
use crate::source::{FileId, Place, Sources};

/// As many bytes a name may have: file systems take 255, of which the endings of pages and data files
/// need some.
const LONGEST_NAME: usize = 240;

/// Signs that mean something else in an address, or that no file system of Windows takes.
const SIGNS: &str = "#?%\"<>\\`:*|\u{fffd}";

/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Looks at paths in order, and reports a folder once.
#[derive(Debug, Default)]
pub struct Names {
    /// The path of the file or folder reported last.
    last: String,
}

impl Names {
    /// Whether the names of a path can stand in an address of a page; reported where one cannot.
    pub fn can_be_address(&mut self, report: &mut Report, file: FileId, path: &str) -> bool {
        let mut end = 0;
        for name in path.split('/') {
            end += name.len() + 1;
            let Some(fault) = fault(name) else { continue };
            let bad = &path[..end.min(path.len())];
            if self.last.is_empty() || bad.trim_end_matches('/') != self.last {
                bad.trim_end_matches('/').clone_into(&mut self.last);
                report.push(codes::BAD_VALUE.at(Place::start(file), fault).help(text!(
                    zh: "改名：用文字、数字、“-”，不要太长", en: "rename it: letters, digits and `-`, and not too long",
                )));
            }
            return false;
        }
        true
    }
}

/// Whether a page or a folder can have a name.
pub fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains('/') && fault(name).is_none()
}

/// What is wrong with the name of a file or a folder.
pub(super) fn fault(name: &str) -> Option<Text> {
    // The names of most files.
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b);
    let is_short = (6..64).contains(&name.len());
    if is_short && name.bytes().all(is_plain) && !name.contains("..") && !name.ends_with('.') {
        return is_device(name).then(|| device(name));
    }
    let stem =
        ["yaml", "md"].iter().find_map(|ending| name.strip_suffix(ending)?.strip_suffix('.'));
    let stem = stem.unwrap_or(name);
    let is_special = |c: &char| c.is_control() || SIGNS.contains(*c) || is_invisible(*c);
    if let Some(sign) = stem.chars().find(is_special) {
        let is_seen = !is_invisible(sign);
        let sign = if is_seen {
            sign.escape_debug().to_string()
        } else {
            format!("U+{:04X}", u32::from(sign))
        };
        return Some(text!(
            zh: "文件或文件夹的名字里有“{sign}”，网页的地址里不能这样用", en: "the name of the file or its folder has `{sign}`, which an address of a page cannot have there",
        ));
    }
    if stem.trim() != stem {
        return Some(
            text!(zh: "文件或文件夹的名字“{name}”首尾有空格", en: "the name of the file or its folder, `{name}`, begins or ends with a blank"),
        );
    }
    if stem.ends_with('.') {
        return Some(text!(
            zh: "文件或文件夹的名字“{name}”以“.”结尾，有的主机会把它去掉", en: "the name of the file or its folder, `{name}`, ends with a full stop, which some hosts take away",
        ));
    }
    if is_device(stem) {
        return Some(device(name));
    }
    (stem.len() > LONGEST_NAME).then(|| {
        let length = stem.len();
        let start: String = stem.chars().take(12).collect();
        text!(
            zh: "文件或文件夹的名字“{start}……”有 {length} 个字节，最多 {LONGEST_NAME} 个：再长，磁盘上就放不下它的网页", en: "the name of the file or its folder, `{start}…`, has {length} bytes, and no more than {LONGEST_NAME} leave room for the names of its pages",
        )
    })
}

fn device(name: &str) -> Text {
    text!(
        zh: "文件或文件夹的名字“{name}”是 Windows 留给设备的，那里建不了", en: "the name of the file or its folder, `{name}`, is one that Windows keeps for a device and cannot make",
    )
}

/// Whether Windows takes a name for a device: `con`, `aux.html`, `LPT1`.
fn is_device(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default();
    let is_port = || {
        let number = first.get(..3).zip(first.get(3..));
        number.is_some_and(|(port, number)| {
            ["com", "lpt"].contains(&port.to_ascii_lowercase().as_str())
                && matches!(
                    number,
                    "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³"
                )
        })
    };
    matches!(first.len(), 3..=5)
        && (DEVICES.iter().any(|device| first.eq_ignore_ascii_case(device)) || is_port())
}

/// A name as the host that tells the fewest apart has it: without case, width or the way its
/// characters are put together.
pub fn look_alike(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).nfc().collect()
}

/// Reports projects, sections and disclosures of an organisation that some hosts would not tell apart.
pub(super) fn same_names(report: &mut Report, sources: &Sources, content: &Content) {
    for (organisation, folder) in &content.organisations {
        let disclosures = folder.disclosures.keys().map(|id| {
            let head = format!("content/{organisation}/{id}/disclosure.yaml");
            (id.as_str(), sources.find(&head))
        });
        same(report, disclosures);
        twice::disclosures(report, folder);
        for disclosure in folder.disclosures.values() {
            let projects = disclosure.projects.iter();
            same(report, projects.map(|project| (project.slug.as_str(), Some(project.file))));
            let sections = disclosure.sections.iter();
            same(report, sections.map(|section| (section.slug.as_str(), Some(section.file))));
        }
    }
}

/// Reports an organisation that stands in two folders, and folders that some hosts would not tell apart.
pub fn same_folders(report: &mut Report, sources: &Sources, content: &Content) {
    twice::organisations(report, content);
    let heads = content
        .organisations
        .keys()
        .map(|id| (id.as_str(), sources.find(&format!("content/{id}/organisation.yaml"))));
    same(report, heads);
}

fn same<'a>(report: &mut Report, names: impl Iterator<Item = (&'a str, Option<FileId>)>) {
    let is_plain = |name: &str| {
        name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    let mut known: BTreeMap<String, (&str, Option<FileId>)> = BTreeMap::new();
    for (name, file) in names {
        let folded = if is_plain(name) { name.to_owned() } else { look_alike(name) };
        let (other, first) = *known.entry(folded).or_insert((name, file));
        let Some(file) = file.filter(|_| other != name) else { continue };
        let message = text!(
            zh: "“{name}”与“{other}”只差大小写、全角半角或字符的编排，有的主机上是同一个名字", en: "`{name}` differs from `{other}` in case, width or the way its characters are put together alone: to some hosts they are one name",
        );
        let mut finding = codes::URL_COLLISION.at(Place::start(file), message);
        if let Some(first) = first {
            finding = finding
                .related(Place::start(first), text!(zh: "另一个在这里", en: "the other one"));
        }
        report.push(finding.help(text!(zh: "给其中一个改名", en: "rename one of them")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hosts_take_are_told_from_others() {
        for name in [
            "02-R&D.yaml",
            "03-人’s.md",
            "01-O'Neill.yaml",
            "图书馆（二）",
            "library",
            "console",
            "com10",
            "a.b",
            "v1.0.yaml",
        ] {
            assert_eq!(fault(name), None, "{name}");
        }
        for name in [
            "a#b",
            "a?b",
            "100%.yaml",
            "a:b.md",
            "a|b",
            "a*",
            "a\u{7}",
            " a",
            "a .yaml",
            "a.",
            "2025-budget.",
            "01-a..yaml",
            "CON",
            "con.yaml",
            "aux.md",
            "Lpt1.yaml",
            "COM¹",
            "nul.a.yaml",
            "\u{fffd}.yaml",
            "02-a\u{200b}b.yaml",
        ] {
            assert!(fault(name).is_some(), "{name}");
        }
        assert!(fault(&"长".repeat(81)).is_some() && fault(&"长".repeat(80)).is_none());
    }

    #[test]
    fn names_look_alike_to_the_least_tolerant_host() {
        for (one, other) in [
            ("Library", "library"),
            ("ＡＢ", "ab"),
            ("é", "e\u{301}"),
            ("（二）", "(二)"),
            ("ガ", "カ\u{3099}"),
            ("ﬁ", "fi"),
        ] {
            assert_eq!(look_alike(one), look_alike(other));
        }
        assert_ne!(look_alike("图书馆"), look_alike("圖書館"));
    }
}
