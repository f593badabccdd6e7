//! Flags figures in prose that a cell holds and no link ties to it.

use std::collections::BTreeMap;

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

/// The figures of a sentence, and what an acceptance calls it within its section.
struct Sentence<'a> {
    name: String,
    figures: Vec<&'a Unbound>,
}

/// Figures by the sentence they stand in, which the first of them names.
fn by_sentence<'a>(figures: impl Iterator<Item = &'a Unbound>) -> Vec<Sentence<'a>> {
    let mut all: Vec<Sentence> = Vec::new();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for figure in figures {
        let last = all.last_mut().filter(|last| last.figures[0].sentence == figure.sentence);
        if let Some(last) = last {
            last.figures.push(figure);
            continue;
        }
        let words: String = figure.words.split_whitespace().collect();
        let count = names.entry(words.clone()).and_modify(|count| *count += 1).or_insert(1);
        let name = if *count > 1 { format!("{words}~{count}") } else { words };
        all.push(Sentence { name, figures: vec![figure] });
    }
    all
}

impl Sentence<'_> {
    /// A finding of the sentence, at its first figure.
    fn finding(&self, disclosure: &Disclosure, section: &Section, message: Text) -> Diagnostic {
        let place = Place::bytes(section.file, self.figures[0].range.clone());
        let words: Vec<&str> = self.figures.iter().map(|figure| figure.words.as_str()).collect();
        RULE.code
            .at(place, message)
            .seen(words.join("、"))
            .about(&disclosure.path, format!("narrative/{}/{}", section.id, self.name))
    }
}

fn check(report: &mut Report, portal: &Model, disclosure: &Disclosure) {
    let Some(prose) = &disclosure.profile.prose else { return };
    for (index, section) in disclosure.sections.iter().enumerate() {
        let unbound = disclosure.unbound(portal, index);
        let unbound = || unbound.iter().filter(|figure| !section.is_half(&figure.range));
        let has_cell = |figure: &&Unbound| figure.proposal.is_some() || !figure.equal.is_empty();
        for tied in by_sentence(unbound().filter(has_cell)) {
            report.push(could_be_bound(disclosure, section, &tied));
        }
        if prose.every_figure {
            let is_lost = |figure: &&Unbound| {
                !has_cell(figure) && !figure.is_zero && !figure.is_elsewhere && !figure.is_change
            };
            for lost in by_sentence(unbound().filter(is_lost)) {
                report.push(without_cell(disclosure, section, &lost));
            }
        }
    }
}

fn could_be_bound(disclosure: &Disclosure, section: &Section, sentence: &Sentence) -> Diagnostic {
    let figures = &sentence.figures;
    let (words, count) = (&figures[0].words, figures.len());
    let message = if count == 1 {
        text!(zh: "{words} 没有连到表里的格子", en: "{words} is not bound to its cell")
    } else {
        text!(zh: "{words} 等 {count} 个数没有连到表里的格子", en: "{words} and {more} more are not bound to their cells", more = count - 1)
    };
    let mut finding = sentence.finding(disclosure, section, message);
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
    if bindable {
        finding.help(text!(zh: "mingbai bind 列出要连的格子，mingbai bind --write 写进正文", en: "mingbai bind lists the cells, mingbai bind --write ties them"))
    } else {
        finding
    }
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

fn without_cell(disclosure: &Disclosure, section: &Section, sentence: &Sentence) -> Diagnostic {
    let figures = &sentence.figures;
    let count = figures.len();
    let list: Vec<&str> = figures.iter().take(NAMED).map(|figure| figure.words.as_str()).collect();
    let message = text!(
        zh: "有 {count} 个数在表里找不到：{zh}", en: "amounts that stand in no table: {en}",
        zh = list.join("、"), en = list.join(", "),
    );
    let mut finding = sentence.finding(disclosure, section, message);
    finding.severity = Severity::Warning;
    if count > NAMED {
        let more = count - NAMED;
        finding = finding.note(text!(zh: "……另有 {more} 个数", en: "… and {more} more"));
    }
    finding
}
