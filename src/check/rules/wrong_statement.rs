//! Flags what the text says of figures and does not follow from them: rates, differences, shares, plans.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::prose::statement::{Claim, Finding, Given};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N309",
        name: "wrong-statement",
        severity: Severity::Error,
        page: include_str!("wrong_statement.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    for (section, finding) in &disclosure.sayings(portal).statements {
        let section = &disclosure.sections[*section];
        let said: String = finding.said.split_whitespace().collect();
        let place = Place::bytes(section.file, finding.range.clone());
        let mut found = RULE.code.at(place, message(finding));
        if !finding.is_certain {
            found.severity = Severity::Warning;
        }
        if let Some(cause) = &finding.cause {
            found = found.help(cause.clone());
        }
        let given = given(&finding.given);
        found = found.seen(format!("{said}：{}", given.zh));
        report.push(found.about(&disclosure.path, format!("narrative/{}/{said}", section.id)));
    }
}

/// What the text says, from what it is worked out, and what it should be.
fn message(finding: &Finding) -> Text {
    let (said, should) = (&finding.said, &finding.should);
    let given = given(&finding.given);
    match finding.claim {
        Claim::Opposed => text!(
            zh: "正文先说“{zh}”，又说“{said}”，一增一减，说的是同一件事", en: "the text says “{en}” and then “{said}” of one thing: one grows, the other falls",
            zh = given.zh, en = given.en,
        ),
        Claim::Direction => text!(
            zh: "正文说“{said}”，与前后两个数相反：{zh}", en: "the text says “{said}”, against both figures: {en}",
            zh = given.zh, en = given.en,
        ),
        Claim::Unchanged => text!(
            zh: "正文说“{said}”，两年的数却不一样：{zh}", en: "the text says “{said}”, but the two years differ: {en}",
            zh = given.zh, en = given.en,
        ),
        Claim::Multiple => text!(
            zh: "正文说“{said}”，按 {zh} 算却是 {should} 倍", en: "the text says “{said}”, but by {en} it is {should} times as much",
            zh = given.zh, en = given.en,
        ),
        Claim::Part => text!(
            zh: "正文说其中有“{said}”，比全部的 {zh} 还多", en: "the text says {said} are a part of {en}, which is less",
            zh = given.zh, en = given.en,
        ),
        Claim::Beyond => text!(
            zh: "正文说“{said}”：一部分不会超过全部（{zh}）", en: "the text says “{said}”: no part is more than all ({en})",
            zh = given.zh, en = given.en,
        ),
        Claim::Rate
        | Claim::Average
        | Claim::Change
        | Claim::Amount
        | Claim::Share
        | Claim::Completed
        | Claim::Sum => text!(
            zh: "正文说“{said}”，按 {zh} 算却是 {should}", en: "the text says “{said}”, but by {en} it is {should}",
            zh = given.zh, en = given.en,
        ),
    }
}

/// The figures it is worked out from, in words.
fn given(all: &[Given]) -> Text {
    let words = |given: &Given| match given {
        Given::Said(words) => Text::same(words.clone()),
        Given::Cell(words) => {
            text!(zh: "上一年表里的 {words}", en: "{words} in the tables of the year before")
        }
    };
    let all: Vec<Text> = all.iter().map(words).collect();
    let zh: Vec<&str> = all.iter().map(|text| text.zh.as_str()).collect();
    let en: Vec<&str> = all.iter().map(|text| text.en.as_str()).collect();
    text!(zh: "{zh}", en: "{en}", zh = zh.join("、"), en = en.join(" and "))
}
