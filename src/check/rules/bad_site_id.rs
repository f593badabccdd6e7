//! Flags a site code that is not ten digits or small letters.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::Model;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "G802",
        name: "bad-site-id",
        severity: Severity::Error,
        page: include_str!("bad_site_id.md"),
    },
    scope: RuleScope::Portal(check),
};

/// How many characters it has.
const LENGTH: usize = 10;

fn check(report: &mut Report, portal: &Model) {
    let site = &portal.site;
    let (Some(file), Some(government)) = (site.file, &site.government) else { return };
    let code = &government.id_code;
    let is_sound = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_lowercase();
    if code.is_empty() || (code.len() == LENGTH && code.bytes().all(is_sound)) {
        return;
    }
    let own = code.chars().count();
    let message = text!(zh: "网站标识码是 {LENGTH} 位数字或小写字母，这里写了 {own} 位“{code}”", en: "a site code is {LENGTH} digits or small letters, not the {own} of `{code}`");
    report.push(RULE.code.at(Place::value(file, "government.id_code"), message).help(text!(
        zh: "照全国政府网站基本信息数据库里的写",
        en: "copy it from the national register of government sites",
    )));
}
