//! Flags signs that show a slip: two in a row, one half of a pair, a figure with a blank in it or without its unit.

use std::ops::Range;

use super::figure_signs;
use crate::check::{Rule, RuleScope};
use crate::content::Paragraph;
use crate::diagnostic::{Code, Report, Severity, Text, text};
use crate::model::prose::amounts;
use crate::model::{Disclosure, Model};
use crate::profile::Profile;
use crate::source::Place;

/// The rule.
pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "N311",
        name: "punctuation",
        severity: Severity::Warning,
        page: include_str!("punctuation.md"),
    },
    scope: RuleScope::Disclosure(check),
};

/// A slip and where it stands in its paragraph.
type Slip = (Range<usize>, Text);

fn check(report: &mut Report, _: &Model, disclosure: &Disclosure) {
    let Some(prose) = disclosure.profile.prose.as_ref().filter(|prose| !prose.pairs.is_empty())
    else {
        return;
    };
    for section in &disclosure.sections {
        for paragraph in section.paragraphs.iter().filter(|paragraph| paragraph.cell.is_none()) {
            let text = paragraph.text.as_str();
            let mut slips = doubled(text);
            let unpaired = unpaired(text, &prose.pairs);
            let is_said = |range: &Range<usize>, doubled: &[Slip]| {
                doubled.iter().any(|(all, _)| all.start <= range.start && range.end <= all.end)
            };
            let unpaired = unpaired.into_iter().filter(|(range, _)| !is_said(range, &slips));
            let unpaired: Vec<Slip> = unpaired.collect();
            slips.extend(unpaired);
            slips.extend(figures(&disclosure.profile, paragraph));
            slips.extend(without_end(paragraph));
            slips.extend(misplaced(paragraph));
            for (range, message) in slips {
                let words = around(text, &range);
                let bytes = paragraph.source(range);
                if section.is_half(&bytes) {
                    continue;
                }
                let place = Place::bytes(section.file, bytes);
                report.push(
                    RULE.code
                        .at(place, message)
                        .seen(words.as_str())
                        .about(&disclosure.path, format!("narrative/{}/{words}", section.id)),
                );
            }
        }
    }
}

/// The letters around a slip, by which an acceptance names it.
fn around(text: &str, range: &Range<usize>) -> String {
    const BEFORE: usize = 6;
    let before: Vec<char> = text[..range.start].chars().rev().take(BEFORE).collect();
    let words = before.into_iter().rev().chain(text[range.clone()].chars());
    words.filter(|c| !c.is_whitespace()).collect()
}

/// Signs of which two do not stand side by side.
fn is_sign(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '；' | '：')
}

/// `。。`, `，。`.
fn doubled(text: &str) -> Vec<Slip> {
    let mut all: Vec<Slip> = Vec::new();
    let mut before: Option<(usize, char)> = None;
    // A blank between two signs parts nothing; a line does.
    for (at, c) in text.char_indices().filter(|(_, c)| !matches!(c, ' ' | '\u{3000}')) {
        let is_slip = before.is_some_and(|(_, sign)| {
            is_sign(c) && is_sign(sign) || c == sign && matches!(c, '《' | '》' | '！')
        });
        if is_slip && let Some((start, _)) = before {
            let end = at + c.len_utf8();
            match all.last_mut() {
                Some((range, _)) if range.end > start => range.end = end,
                _ => all.push((start..end, Text::same(""))),
            }
        }
        before = Some((at, c));
    }
    for (range, message) in &mut all {
        let signs = &text[range.clone()];
        *message = text!(zh: "“{signs}”：两个标点连在一起", en: "`{signs}`: two signs in a row");
    }
    all
}

/// Brackets and quotation marks without their other half, or with one of another width.
fn unpaired(text: &str, pairs: &[(char, char)]) -> Vec<Slip> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut slips = Vec::new();
    let alone = |at: usize, c: char| {
        let other = pairs.iter().find(|(one, two)| *one == wide(c) || *two == wide(c));
        let missing = other.map_or(c, |(one, two)| if *one == wide(c) { *two } else { *one });
        (
            at..at + c.len_utf8(),
            text!(zh: "“{c}”缺了另一半“{missing}”", en: "`{c}` has no `{missing}`"),
        )
    };
    for (at, c) in text.char_indices().filter(|(_, c)| !is_letter(*c)) {
        if pairs.iter().any(|(one, _)| *one == wide(c)) {
            open.push((at, c));
        } else if let Some((one, _)) = pairs.iter().find(|(_, two)| *two == wide(c)) {
            let found = open.iter().rposition(|(_, sign)| wide(*sign) == *one);
            match found {
                Some(index) => {
                    // What was opened within it was never closed.
                    slips.extend(open.drain(index + 1..).map(|(at, c)| alone(at, c)));
                    let (_, first) = open.pop().unwrap_or((at, c));
                    if (first == wide(first)) != (c == wide(c)) {
                        slips.push((at..at + c.len_utf8(), text!(zh: "“{first}”和“{c}”一宽一窄，不是一对", en: "`{first}` and `{c}` are of two widths and no pair")));
                    }
                }
                None if is_ordinal(&text[..at]) => {}
                None => slips.push(alone(at, c)),
            }
        }
    }
    slips.extend(open.into_iter().map(|(at, c)| alone(at, c)));
    slips.sort_by_key(|(range, _)| range.start);
    joined(text, slips, pairs)
}

/// Two halves of which each lacks the other are one slip: `”…“`, `〈…》`.
fn joined(text: &str, slips: Vec<Slip>, pairs: &[(char, char)]) -> Vec<Slip> {
    let sign = |slip: &Slip| text[slip.0.clone()].chars().next().map(wide);
    let opens = |c: Option<char>| pairs.iter().any(|(one, _)| Some(*one) == c);
    let is_one = |first: &Slip, second: &Slip| {
        let (one, two) = (sign(first), sign(second));
        let is_turned = pairs.iter().any(|(open, close)| one == Some(*close) && two == Some(*open));
        is_turned || (opens(one) && !opens(two)) || (one == two && first.0.end == second.0.start)
    };
    let mut all: Vec<Slip> = Vec::new();
    for slip in slips {
        let Some(last) = all.last_mut().filter(|last| is_one(last, &slip)) else {
            all.push(slip);
            continue;
        };
        let (one, two) = (&text[last.0.clone()], &text[slip.0.clone()]);
        if last.0.end == slip.0.start && one.ends_with(two) {
            last.0.end = slip.0.end;
            continue;
        }
        last.1 = text!(zh: "“{one}”和后面的“{two}”不是一对", en: "`{one}` and the `{two}` behind it are no pair");
    }
    all
}

/// A sign at the head of a paragraph, and a full stop of Western texts at its end.
fn misplaced(paragraph: &Paragraph) -> Vec<Slip> {
    let text = paragraph.text.as_str();
    let mut slips = Vec::new();
    let head =
        text.chars().next().filter(|c| is_sign(*c) && text.chars().any(char::is_alphanumeric));
    if let Some(c) = head.filter(|_| !paragraph.heading) {
        slips.push((
            0..c.len_utf8(),
            text!(zh: "这一段以“{c}”开头", en: "the paragraph begins with `{c}`"),
        ));
    }
    let end = text.trim_end();
    let last = end.strip_suffix('.').and_then(|rest| rest.chars().next_back());
    if last.is_some_and(is_letter) && !paragraph.heading {
        slips.push((end.len() - 1..end.len(), text!(zh: "这一段以半角的“.”结尾，中文里写“。”", en: "the paragraph ends in `.` of half width: Chinese texts write `。`")));
    }
    slips
}

/// Whether a character is a Han letter: no sign at a glance.
pub(super) fn is_letter(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c)
}

/// A bracket in its full width.
fn wide(c: char) -> char {
    match c {
        '(' => '（',
        ')' => '）',
        c => c,
    }
}

/// Whether a bracket closes a number: `1)`, `a)`.
fn is_ordinal(before: &str) -> bool {
    const LONGEST: usize = 3;
    let number: Vec<char> =
        before.chars().rev().take_while(|c| c.is_alphanumeric()).take(LONGEST + 1).collect();
    (1..=LONGEST).contains(&number.len())
}

/// Figures with a blank in them, with digits of two widths, and decimals without a unit beside figures that have one.
fn figures(profile: &Profile, paragraph: &Paragraph) -> Vec<Slip> {
    let text = paragraph.text.as_str();
    let mut slips = mixed_widths(text);
    slips.extend(figure_signs::slips(profile, text));
    let amounts = amounts(profile, text);
    for money in &amounts {
        let is_linked = paragraph
            .links
            .iter()
            .any(|(link, _)| link.start < money.range.end && money.range.start < link.end);
        if let Some(start) = digits_before(text, money.range.start).filter(|_| !is_linked) {
            let range = start..money.range.end;
            let words = &text[range.clone()];
            slips.push((
                range,
                text!(zh: "“{words}”：一个数中间有空格", en: "`{words}`: a blank within a figure"),
            ));
        }
    }
    // A text of amounts: it has another, or a figure that is bound to a cell.
    if amounts.iter().any(|money| !money.percent) || !paragraph.links.is_empty() {
        slips.extend(bare(profile, paragraph));
    }
    slips
}

/// Where the digits begin that a blank parts from a figure: `1 454.54万元`.
fn digits_before(text: &str, start: usize) -> Option<usize> {
    let before = text[..start].trim_end_matches(' ');
    let is_point = text[start..].starts_with('.') || before.ends_with('.');
    let gap = start - before.len();
    let head = before.strip_suffix('.').unwrap_or(before);
    let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let whole = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    let is_thousand = whole == 3 && digits < 4 && text[start + whole..].starts_with('.');
    let is_apart = gap > 0 && digits > 0 && (is_point || is_thousand);
    is_apart.then(|| head.len() - digits)
}

/// `１2`.
fn mixed_widths(text: &str) -> Vec<Slip> {
    let is_wide = |c: char| ('０'..='９').contains(&c);
    if !text.contains(is_wide) {
        return Vec::new();
    }
    let mut slips = Vec::new();
    let mut run: Option<(usize, bool, bool)> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if is_wide(c) || c.is_ascii_digit() {
            let (start, narrow, wide) = run.unwrap_or((at, false, false));
            run = Some((start, narrow || c.is_ascii_digit(), wide || is_wide(c)));
        } else if let Some((start, true, true)) = run.take() {
            let words = &text[start..at];
            slips.push((start..at, text!(zh: "“{words}”：一个数里全角、半角数字混用", en: "`{words}`: digits of two widths in one figure")));
        }
    }
    slips
}

/// Decimals with a sign right behind them, where a unit should stand. Bound ones may do without where the
/// paragraph says its unit once: `（单位：万元）`.
fn bare(profile: &Profile, paragraph: &Paragraph) -> Vec<Slip> {
    const DECIMALS: usize = 2;
    let text = paragraph.text.as_str();
    let is_stated = profile.units.keys().any(|unit| {
        ['：', ':', '（', '('].into_iter().any(|before| text.contains(&format!("{before}{unit}")))
    });
    let mut slips = Vec::new();
    for (at, _) in text.match_indices('.') {
        let before = text[..at].trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
        let start = before.len();
        let decimals =
            text[at + 1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at - 1);
        let end = at + 1 + decimals;
        let is_figure = start < at
            && decimals == DECIMALS
            && !before.ends_with(|c: char| c.is_ascii() && c != ' ');
        let is_end = text[end..].starts_with(['，', '。', '；', '、', '）']);
        let is_linked =
            paragraph.links.iter().any(|(link, _)| link.start < end && start < link.end);
        // In a row the unit may stand behind the last: `1.00、2.00万元`.
        let is_row = text[end..].starts_with('、');
        if is_figure && is_end && !(is_linked && is_stated) && !is_row {
            let words = &text[start..end];
            slips.push((
                start..end,
                text!(zh: "“{words}”后面没有单位", en: "`{words}` has no unit"),
            ));
        }
    }
    slips
}

/// A paragraph of sentences that ends without a sign.
fn without_end(paragraph: &Paragraph) -> Option<Slip> {
    const SHORT: usize = 20;
    let text = paragraph.text.trim_end();
    let last = text.chars().next_back()?;
    let is_whole_link =
        paragraph.links.iter().any(|(link, _)| link.end >= text.len() && link.start == 0);
    let is_sentence = text.contains('。') && text.chars().count() >= SHORT;
    if paragraph.heading
        || is_whole_link
        || !is_sentence
        || !last.is_alphanumeric() && last != '，' && last != '、'
    {
        return None;
    }
    let range = text.len() - last.len_utf8()..text.len();
    Some((range, text!(zh: "这一段结尾没有句号", en: "the paragraph ends without a full stop")))
}
