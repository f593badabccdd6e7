//! Flags the site of a public authority that leaves out what such sites have to say of themselves.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::Model;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "G801",
        name: "missing-imprint",
        severity: Severity::Error,
        page: include_str!("missing_imprint.md"),
    },
    scope: RuleScope::Portal(check),
};

fn check(report: &mut Report, portal: &Model) {
    let site = &portal.site;
    let Some(file) = site.file.filter(|_| site.official) else { return };
    let written = site.government.clone().unwrap_or_default();
    let items = [
        (
            written.domain.is_empty() && site.base_url.is_empty(),
            "domain",
            text!(zh: "网站域名", en: "the domain"),
        ),
        (written.id_code.is_empty(), "id_code", text!(zh: "网站标识码", en: "the site code")),
        (
            written.sponsor.is_empty() && site.publisher.is_empty(),
            "sponsor",
            text!(zh: "主办单位", en: "the publisher"),
        ),
        (written.contact.is_empty(), "contact", text!(zh: "联系方式", en: "how to reach it")),
        (written.icp.is_empty(), "icp", text!(zh: "ICP 备案号", en: "the internet filing")),
        (
            written.public_security.is_empty(),
            "public_security",
            text!(zh: "公安备案号", en: "the police filing"),
        ),
        (written.badge.is_none(), "badge", text!(zh: "党政机关网站标识", en: "the badge")),
        (
            written.report_errors.is_empty(),
            "report_errors",
            text!(zh: "“我为政府网站找错”入口", en: "where to report mistakes"),
        ),
    ];
    let missing: Vec<(&str, Text)> = items
        .into_iter()
        .filter(|(is_missing, ..)| *is_missing)
        .map(|(_, key, text)| (key, text))
        .collect();
    if missing.is_empty() {
        return;
    }
    let zh: Vec<&str> = missing.iter().map(|(_, text)| text.zh.as_str()).collect();
    let en: Vec<&str> = missing.iter().map(|(_, text)| text.en.as_str()).collect();
    let keys: Vec<&str> = missing.iter().map(|(key, _)| *key).collect();
    let message = text!(zh: "政府网站还没有写明：{zh}", en: "an official site has to state {en}", zh = zh.join("、"), en = en.join(", "));
    let help = text!(
        zh: "照批准和备案的文书写在 government 下：{zh}",
        en: "write under `government`, as granted and filed: {en}",
        zh = keys.join("、"),
        en = keys.join(", "),
    );
    report.push(RULE.code.at(Place::value(file, "official"), message).help(help));
}
