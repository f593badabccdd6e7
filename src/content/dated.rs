//! Keys that hold a day, and perhaps the time of that day.

use super::date;
use crate::codes;
use crate::diagnostic::{Report, Text, text};
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
    finding.help = Some(match date::meant(written) {
        Some(meant) => text!(zh: "是不是 {meant}？", en: "did you mean {meant}?"),
        None => remedy(written),
    });
    report.push(finding);
}

/// What to do about a date that nothing certain was meant by.
fn remedy(written: &str) -> Text {
    let (day, time) = written.split_once([' ', 'T']).unwrap_or((written, ""));
    let is_whole = day.split('-').map(str::len).eq([4, 2, 2])
        && day.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if is_whole && date::day(day).is_none() {
        return text!(zh: "没有这一天：核对月和日", en: "there is no such day: look at the month and the day");
    }
    if is_whole && !time.is_empty() {
        return text!(zh: "“{time}”不是时间：写成 09:30 这样，0 至 23 时", en: "`{time}` is no time of day: write it like 09:30, from 00:00 to 23:59");
    }
    text!(zh: "四位年、两位月、两位日，用“-”连起来", en: "four digits of the year, two of the month and two of the day, with `-` between")
}
