//! Keys that hold a day, and perhaps the time of that day.

use super::date;
use crate::codes;
use crate::diagnostic::{Report, text};
use crate::yaml::{Fields, Node};

/// A day as written; nothing where it cannot be read.
pub(super) fn date(report: &mut Report, fields: &mut Fields, key: &'static str) -> String {
    let Some(written) = fields.text(report, key) else { return String::new() };
    if date::day(&written).is_some() {
        return written;
    }
    no_date(report, fields, key, &written);
    String::new()
}

/// A day, and the time of that day where it is written.
pub(super) fn moment(
    report: &mut Report,
    fields: &mut Fields,
    key: &'static str,
) -> (String, String) {
    let Some(written) = fields.text(report, key) else { return (String::new(), String::new()) };
    match written.split_once([' ', 'T']) {
        None if date::day(&written).is_some() => return (written, String::new()),
        Some((day, time)) if date::day(day).is_some() && date::is_time(time) => {
            return (day.to_owned(), time.to_owned());
        }
        _ => no_date(report, fields, key, &written),
    }
    (String::new(), String::new())
}

fn no_date(report: &mut Report, fields: &Fields, key: &'static str, written: &str) {
    let place = fields.node().get(key).map_or(fields.node().place(), Node::place);
    let message = text!(zh: "“{written}”不是日期，写成 2025-02-14 这样", en: "`{written}` is no date: write it like 2025-02-14");
    let mut finding = codes::BAD_VALUE.at(place, message);
    finding.help = date::meant(written)
        .map(|meant| text!(zh: "是不是 {meant}？", en: "did you mean {meant}?"));
    report.push(finding);
}
