//! Flags figures in prose that a cell holds and no link ties to it.

use crate::check::{Rule, RuleScope};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::Section;
use crate::model::prose::{Proposal, Unbound};
use crate::model::{Disclosure, Model};
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N302",
        name: "unbound-figure",
        severity: Severity::Note,
        page: include_str!("unbound_figure.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// How many figures a finding names before it only counts them.
const NAMED: usize = 12;

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let Some(prose) = &disclosure.profile.prose else { return };
    for (index, section) in disclosure.sections.iter().enumerate() {
        let unbound = disclosure.unbound(portal, index);
        let has_cell = |figure: &&Unbound| figure.proposal.is_some() || !figure.equal.is_empty();
        let tied: Vec<&Unbound> = unbound.iter().filter(has_cell).collect();
        report.diagnostics.extend(could_be_bound(disclosure, section, &tied));
        if prose.every_figure {
            let is_lost = |figure: &&Unbound| {
                !has_cell(figure) && !figure.is_zero && !figure.is_elsewhere && !figure.is_change
            };
            let lost: Vec<&Unbound> = unbound.iter().filter(is_lost).collect();
            report.diagnostics.extend(without_cell(disclosure, section, &lost));
        }
    }
}

fn could_be_bound(
    disclosure: &Disclosure,
    section: &Section,
    figures: &[&Unbound],
) -> Option<Diagnostic> {
    let first = figures.first()?;
    let (words, count) = (&first.words, figures.len());
    let place = Place::bytes(section.file, first.range.clone());
    let message = if count == 1 {
        text!(zh: "{words} 没有连到表里的格子", en: "{words} is not bound to its cell")
    } else {
        text!(zh: "{words} 等 {count} 个数没有连到表里的格子", en: "{words} and {more} more are not bound to their cells", more = count - 1)
    };
    let mut finding =
        RULE.code.at(place, message).about(&disclosure.path, format!("narrative/{}", section.id));
    for figure in figures.iter().take(NAMED) {
        let words = &figure.words;
        let note = match (&figure.proposal, figure.equal.first()) {
            (None, _) if !figure.question.is_empty() => question(disclosure, figure),
            (Some(Proposal { target, names }), _) => {
                text!(zh: "{words} → {target}，{zh}", en: "{words} → {target}, {en}", zh = names.zh, en = names.en)
            }
            (None, Some(at)) => {
                let names = disclosure.words_of(*at);
                text!(zh: "{words} 与{zh}相等，但这句话没有提到它", en: "{words} equals {en}, which the sentence does not name", zh = names.zh, en = names.en)
            }
            (None, None) => continue,
        };
        finding = finding.note(note);
    }
    if count > NAMED {
        let more = count - NAMED;
        finding = finding.note(text!(zh: "……另有 {more} 个数", en: "… and {more} more"));
    }
    let bindable = figures.iter().any(|figure| figure.proposal.is_some());
    Some(if bindable {
        finding.help(text!(zh: "mingbai bind 列出要连的格子，mingbai bind --write 写进正文", en: "mingbai bind lists the cells, mingbai bind --write ties them"))
    } else {
        finding
    })
}

/// Cells that a sentence names equally well.
fn question(disclosure: &Disclosure, figure: &Unbound) -> Text {
    const SHOWN: usize = 3;
    let all: Vec<Text> =
        figure.question.iter().take(SHOWN).map(|at| disclosure.words_of(*at)).collect();
    let zh: Vec<&str> = all.iter().map(|text| text.zh.as_str()).collect();
    let en: Vec<&str> = all.iter().map(|text| text.en.as_str()).collect();
    let words = &figure.words;
    text!(
        zh: "{words} 是哪一格？都是这个数，这句话都说得通：{zh}", en: "which cell is {words}? the sentence fits each of these: {en}",
        zh = zh.join("；"), en = en.join("; "),
    )
}

fn without_cell(
    disclosure: &Disclosure,
    section: &Section,
    figures: &[&Unbound],
) -> Option<Diagnostic> {
    let first = figures.first()?;
    let count = figures.len();
    let list: Vec<&str> = figures.iter().take(NAMED).map(|figure| figure.words.as_str()).collect();
    let place = Place::bytes(section.file, first.range.clone());
    let message = text!(
        zh: "有 {count} 个数在表里找不到：{zh}", en: "amounts that stand in no table: {en}",
        zh = list.join("、"), en = list.join(", "),
    );
    let mut finding =
        RULE.code.at(place, message).about(&disclosure.path, format!("narrative/{}", section.id));
    finding.severity = Severity::Warning;
    if count > NAMED {
        let more = count - NAMED;
        finding = finding.note(text!(zh: "……另有 {more} 个数", en: "… and {more} more"));
    }
    Some(finding)
}
