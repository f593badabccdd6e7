//! Flags a numeric site code that begins with the division of none of the organisations.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::Model;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "G803",
        name: "site-id-of-another-place",
        severity: Severity::Warning,
        page: include_str!("site_id_of_another_place.md"),
    },
    scope: RuleScope::Portal(check),
};

/// How many digits of it are the division's.
const DIVISION: usize = 6;

fn check(report: &mut Report, portal: &Model) {
    let site = &portal.site;
    let (Some(file), Some(government)) = (site.file, &site.government) else { return };
    let code = &government.id_code;
    if code.len() <= DIVISION || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let own = &code[..DIVISION];
    let divisions = portal.organisations.iter().map(|it| it.written.region_code.as_str());
    let mut divisions: Vec<&str> = divisions.filter(|code| code.len() == DIVISION).collect();
    divisions.sort_unstable();
    divisions.dedup();
    // A portal of a city may hold its districts: one that agrees is enough.
    if divisions.is_empty() || divisions.contains(&own) {
        return;
    }
    let all = divisions.join("、");
    let message = text!(zh: "网站标识码以 {own} 开头，单位的行政区划是 {all}", en: "the site code begins with {own}, but the division is {all}");
    report.push(
        RULE.code
            .at(Place::value(file, "government.id_code"), message)
            .help(text!(zh: "核对标识码和 organisation.yaml 里的 region.code", en: "compare the code with `region.code` in organisation.yaml")),
    );
}
