//! Flags a title or a folder that says another stage than the disclosure is of.

use super::stage_words::{in_folder, in_title};
use crate::check::{Rule, RuleScope};
use crate::diagnostic::{Code, Report, Severity, text};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "D709",
        name: "another-stage",
        severity: Severity::Error,
        page: include_str!("another_stage.md"),
    },
    scope: RuleScope::Disclosure(check),
};

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let written = &disclosure.written;
    let stage = &written.stage;
    if let Some(word) = in_title(disclosure, &written.title) {
        let message = text!(
            zh: "标题“{title}”写着“{word}”，这份公开的 stage 是 {stage}", en: "the title `{title}` says {word}, but the stage of the disclosure is {stage}",
            title = written.title,
        );
        let help = text!(zh: "核对是哪个阶段的：改标题，或者改 stage 和 profile", en: "see which stage it is of: mend the title, or `stage` and `profile`");
        let finding = RULE.code.at(Place::value(written.file, "title"), message).help(help);
        report.push(finding.about(&disclosure.path, "title"));
    }
    if let Some(word) = in_folder(disclosure) {
        let message = text!(
            zh: "stage 是 {stage}，文件夹的名字“{folder}”却写着“{word}”", en: "the stage is {stage}, but the folder’s name `{folder}` says {word}",
            folder = disclosure.id,
        );
        let help = text!(zh: "核对是哪个阶段的：给文件夹改名（网址跟着变），或者改 stage 和 profile", en: "see which stage it is of: rename the folder, which changes its address, or mend `stage` and `profile`");
        let finding = RULE.code.at(written.stage_place.clone(), message).help(help);
        report.push(finding.about(&disclosure.path, "stage"));
    }
}
