//! What stands in two folders, as a copy that was left behind does: a disclosure of an organisation, or an
//! organisation.

use std::collections::BTreeMap;

use super::{Content, OrganisationFolder};
use crate::codes;
use crate::diagnostic::{Report, Text, text};
use crate::source::Place;

/// Reports disclosures of one organisation that are of one year, stage and edition; drafts are not
/// published, and may wait beside what they replace.
pub(super) fn disclosures(report: &mut Report, folder: &OrganisationFolder) {
    let mut first = BTreeMap::new();
    for (name, disclosure) in &folder.disclosures {
        let Some(head) = &disclosure.disclosure else { continue };
        if head.draft || head.fiscal_year.is_empty() || head.stage.is_empty() {
            continue;
        }
        let place = Place::value(head.file, "fiscal_year");
        let key = (&head.fiscal_year, &head.stage, &head.edition);
        let Some((other, beside)) = first.get(&key) else {
            first.insert(key, (name, place));
            continue;
        };
        let (year, stage) = (&head.fiscal_year, &head.stage);
        let message = text!(
            zh: "“{name}”和“{other}”是同一份公开：都是 {year} 年的 {stage}", en: "`{name}` and `{other}` are one disclosure: both are the {stage} of {year}",
        );
        let help = text!(
            zh: "留下对的一个文件夹，删去另一个；确是两个版本的，在两份 disclosure.yaml 里写不同的 edition",
            en: "keep the right folder and remove the other; where both are right, give them different words at `edition` in disclosure.yaml",
        );
        push(report, (place, message), beside, help);
    }
}

/// Reports organisations of one code, or where they have none of one name, in one region: codes of
/// different regions have nothing to do with each other.
pub(super) fn organisations(report: &mut Report, content: &Content) {
    let mut first = BTreeMap::new();
    for (folder, organisation) in &content.organisations {
        let Some(written) = &organisation.organisation else { continue };
        let by =
            if written.code.is_empty() { ("name", &written.name) } else { ("code", &written.code) };
        if by.1.is_empty() {
            continue;
        }
        let place = Place::value(written.file, by.0);
        let key = (&written.region_code, &written.region, by);
        let Some((other, beside)) = first.get(&key) else {
            first.insert(key, (folder, place));
            continue;
        };
        let words = by.1;
        let message = text!(
            zh: "“{folder}”和“{other}”是同一个单位：都写着 {words}", en: "`{folder}` and `{other}` are one organisation: both say {words}",
        );
        let help = text!(
            zh: "留下对的一个文件夹，删去另一个；确是两个单位的，改正 code", en: "keep the right folder and remove the other; where they are two organisations, mend `code`",
        );
        push(report, (place, message), beside, help);
    }
}

fn push(report: &mut Report, (place, message): (Place, Text), beside: &Place, help: Text) {
    report.push(
        codes::DUPLICATE_FILE
            .at(place, message)
            .related(beside.clone(), text!(zh: "另一个在这里", en: "the other one"))
            .help(help),
    );
}
