//! Flags an amount that its words tie to a cell, where the cell holds another.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N310",
        name: "named-figure",
        severity: Severity::Error,
        page: include_str!("named_figure.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    for found in &disclosure.sayings(portal).misnamed {
        let section = &disclosure.sections[found.section];
        let place = Place::bytes(section.file, found.range.clone());
        let (said, holds) = (&found.said, found.holds.join("、"));
        let message = text!(
            zh: "正文写“{said}”，{zh}却是 {holds}", en: "the text says {said}, but {en} is {listed}",
            zh = found.names.zh, en = found.names.en, listed = found.holds.join(", "),
        );
        let help = if found.is_certain {
            text!(zh: "这几个字在模板的 figures 里就是指这一格；两个数有一个错了，改好以后连起来（mingbai bind）", en: "by `figures` of the profile these words mean that cell; one of the two is wrong: mend it and bind it (mingbai bind)")
        } else {
            text!(zh: "这一段的其他数都与所说的科目对得上；说的若是别的数，写明是哪一年、哪一项", en: "the other amounts of this paragraph are those of the rows they name; where another is meant, say of which year or item")
        };
        let mut finding = RULE.code.at(place, message).help(help);
        if !found.is_certain {
            finding.severity = Severity::Warning;
        }
        report.push(finding.about(&disclosure.path, format!("narrative/{}/{said}", section.id)));
    }
}
