//! Organisations that stand one folder deeper than they are read: a portal copied into its own `content/`.

use std::collections::BTreeMap;

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
    deep.into_keys().collect()
}
