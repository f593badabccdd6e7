//! `duties`: what the law asks beyond the tables.

use super::bad;
use super::keys::{DUTIES, DUTY_UNITS, YEAR_PLACES, names};
use crate::codes;
use crate::diagnostic::{Report, Severity, Text, text};
use crate::profile::duties::{Duties, UnitsDuty, YearPlace};
use crate::yaml::{self, Fields, Node};

/// The words of `own_year`.
const PLACES: [(&str, YearPlace); 4] = [
    ("titles", YearPlace::Titles),
    ("captions", YearPlace::Captions),
    ("headings", YearPlace::Headings),
    ("notes", YearPlace::Notes),
];

pub(super) fn duties(report: &mut Report, node: &Node) -> Duties {
    let mut fields = Fields::new(report, node, &DUTIES, Text::same("`duties`"));
    let duties = Duties {
        dates: is_required(report, &mut fields, "dates"),
        publish_within: fields.number(report, "publish_within"),
        remind_from: fields.number(report, "remind_from"),
        calendar_year: fields.flag(report, "calendar_year", false),
        dated: dated(report, &mut fields),
        secrecy_review: is_required(report, &mut fields, "secrecy_review"),
        units: fields.get("units").and_then(|node| units(report, node)),
        own_year: own_year(report, &mut fields),
    };
    fields.finish(report);
    duties
}

fn dated(report: &mut Report, fields: &mut Fields) -> (u32, u32) {
    let (before, after) = Duties::default().dated;
    let mut years = |key| fields.number(report, key).and_then(|years| u32::try_from(years).ok());
    (years("dated_before").unwrap_or(before), years("dated_after").unwrap_or(after))
}

fn is_required(report: &mut Report, fields: &mut Fields, key: &'static str) -> bool {
    let Some(node) = fields.get(key) else { return false };
    match node.scalar() {
        Some("required") => true,
        Some("optional") => false,
        _ => {
            bad(
                report,
                node.place(),
                text!(zh: "{key} 只能是 required 或 optional", en: "{key} is required or optional"),
            );
            false
        }
    }
}

fn units(report: &mut Report, node: &Node) -> Option<UnitsDuty> {
    let mut fields = Fields::new(report, node, &DUTY_UNITS, Text::same("`units`"));
    let table = fields.required(report, "table");
    let severity = severity(report, &mut fields, Severity::Warning);
    fields.finish(report);
    Some(UnitsDuty { table: table?, severity })
}

/// `severity: error`, `warning` or `note`.
pub(super) fn severity(report: &mut Report, fields: &mut Fields, default: Severity) -> Severity {
    let Some(node) = fields.get("severity") else { return default };
    let all = [Severity::Error, Severity::Warning, Severity::Note];
    let found = all.into_iter().find(|severity| Some(severity.word()) == node.scalar());
    if found.is_none() {
        bad(
            report,
            node.place(),
            text!(zh: "severity 只能是 error、warning 或 note", en: "a severity is error, warning or note"),
        );
    }
    found.unwrap_or(default)
}

fn own_year(report: &mut Report, fields: &mut Fields) -> Vec<YearPlace> {
    let place = fields.node().get("own_year").map_or(fields.node().place(), Node::place);
    let mut found = Vec::new();
    for word in fields.texts(report, "own_year") {
        if let Some((_, place)) = PLACES.iter().find(|(name, _)| *name == word) {
            found.push(*place);
            continue;
        }
        let message = text!(zh: "own_year 里没有“{word}”", en: "own_year knows no `{word}`");
        let finding = codes::BAD_PROFILE.at(place.clone(), message);
        report.push(finding.help(yaml::suggestion(&word, &names(&YEAR_PLACES))));
    }
    found
}
