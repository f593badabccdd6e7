//! Folders that stand one level deeper than they are read (a portal copied into its own `content/`) or one level
//! higher (a disclosure without the folder of its organisation, an organisation without that of its disclosure).

use std::collections::BTreeMap;

use super::misplaced::FOLDERS;
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::source::{FileId, Place, Sources};

/// The folders of `content/` that hold organisations instead of being one: each is one finding, and nothing
/// of it is read.
pub(super) fn folders<'a>(report: &mut Report, sources: &'a Sources) -> Vec<&'a str> {
    // The first head of each that lies one folder too deep.
    let mut deep: BTreeMap<&str, (FileId, &str)> = BTreeMap::new();
    let mut is_organisation: Vec<&str> = Vec::new();
    for (file, path) in sources.site_files("content") {
        if !path.ends_with("/organisation.yaml") && !path.ends_with("/disclosure.yaml") {
            continue;
        }
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match parts.as_slice() {
            [folder, "organisation.yaml"] | [folder, _, "disclosure.yaml"] => {
                is_organisation.push(folder);
            }
            [folder, organisation, "organisation.yaml"]
            | [folder, organisation, _, "disclosure.yaml"] => {
                deep.entry(folder).or_insert((file, organisation));
            }
            _ => {}
        }
    }
    deep.retain(|folder, _| !is_organisation.contains(folder));
    for (folder, (file, organisation)) in &deep {
        let message = text!(
            zh: "content/{folder} 不是一个单位，里面才是单位：文件夹套多了一层，都没有读",
            en: "content/{folder} is no organisation but holds organisations: they stand one folder too deep, and none of it was read",
        );
        let help = text!(
            zh: "把 content/{folder}/ 里的移到 content/ 下：content/{organisation}/……",
            en: "move what content/{folder}/ holds into content/: content/{organisation}/…",
        );
        let mut finding = codes::UNRECOGNISED_FILE.at(Place::start(*file), message).help(help);
        finding.severity = crate::diagnostic::Severity::Error;
        report.push(finding);
    }
    deep.into_keys().chain(too_high(report, sources)).collect()
}

/// The folders of `content/` that hold the parts of a disclosure themselves: each is one finding, and nothing of it is
/// read.
fn too_high<'a>(report: &mut Report, sources: &'a Sources) -> Vec<&'a str> {
    // By folder, its first such file; those that hold disclosures are organisations.
    let mut high: BTreeMap<&str, FileId> = BTreeMap::new();
    let (mut has_disclosures, mut has_head): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for (file, path) in sources.site_files("content") {
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match parts.as_slice() {
            [folder, "organisation.yaml"] => has_head.push(folder),
            [folder, part, name] if FOLDERS.contains(part) && *name != "disclosure.yaml" => {
                high.entry(folder).or_insert(file);
            }
            [folder, _, "disclosure.yaml"] | [folder, _, _, _] => has_disclosures.push(folder),
            _ => {}
        }
    }
    high.retain(|folder, _| !has_disclosures.contains(folder));
    for (folder, file) in &high {
        let (message, help) = if has_head.contains(folder) {
            (
                text!(zh: "content/{folder} 里直接放着表和正文，少了公开的一层文件夹，都没有读", en: "content/{folder} holds tables and texts itself: the folder of the disclosure is missing, and none of it was read"),
                text!(zh: "把 disclosure.yaml、tables/、projects/、narrative/ 移到 content/{folder}/<年度和阶段>/ 里，如 content/{folder}/2025-budget/", en: "move disclosure.yaml, tables/, projects/ and narrative/ into content/{folder}/<year and stage>/, such as content/{folder}/2025-budget/"),
            )
        } else {
            (
                text!(zh: "content/{folder} 是一份公开，少了单位的一层文件夹，都没有读", en: "content/{folder} is a disclosure: the folder of its organisation is missing, and none of it was read"),
                text!(zh: "移到 content/<单位>/{folder}/，organisation.yaml 放在 content/<单位>/ 里", en: "move it to content/<organisation>/{folder}/, and put organisation.yaml into content/<organisation>/"),
            )
        };
        let mut finding = codes::UNRECOGNISED_FILE.at(Place::start(*file), message).help(help);
        finding.severity = crate::diagnostic::Severity::Error;
        report.push(finding);
    }
    high.into_keys().collect()
}
