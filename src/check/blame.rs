//! Broken relations to findings: which figure is to blame, what probably
//! happened to it, and one finding for all it broke.
//!
//! A wrong figure breaks every relation it stands in, and a sound one only
//! those it shares with it. So each broken relation is laid at the figure that
//! most broken ones have in common.

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::{Rule, Scope, rules};
use crate::amount;
use crate::diagnostic::{Code, Report, Text, text};
use crate::model::{Disclosure, FigureRef, Operand, Outcome, Portal, RelationKind, Verdict};

/// How many other relations a finding names before it only counts them.
const NAMED: usize = 3;

/// Works out the relations of one disclosure and reports the broken ones.
pub(super) fn run(report: &mut Report, portal: &Portal, disclosure: &Disclosure) {
    let outcomes = disclosure.relations(portal);
    let mut scores: IndexMap<FigureRef, (usize, usize)> = IndexMap::new();
    for outcome in &outcomes {
        count(report, outcome.verdict);
        for figure in outcome.figures() {
            let score = scores.entry(figure).or_default();
            match outcome.verdict {
                Verdict::Broken => score.0 += 1,
                verdict if verdict.holds() => score.1 += 1,
                _ => {}
            }
        }
    }
    let mut groups: IndexMap<FigureRef, Vec<&Outcome>> = IndexMap::new();
    for outcome in outcomes.iter().filter(|outcome| outcome.verdict == Verdict::Broken) {
        // Before the sound figures, those of the fewest relations that hold: a figure
        // that many relations confirm is not the wrong one.
        let suspect = outcome.figures().filter(|figure| !figure.prior).max_by_key(|figure| {
            let (broken, held) = scores.get(figure).copied().unwrap_or_default();
            (broken, std::cmp::Reverse(held), is_written(outcome, *figure))
        });
        if let Some(figure) = suspect {
            groups.entry(figure).or_default().push(outcome);
        }
    }
    for (figure, mut outcomes) in groups {
        outcomes.sort_by_key(|outcome| (outcome.severity(), outcome.kind));
        finding(report, portal, disclosure, figure, &outcomes);
    }
}

fn count(report: &mut Report, verdict: Verdict) {
    let tally = &mut report.relations;
    match verdict {
        Verdict::Exact => tally.exact += 1,
        Verdict::WithinRounding => tally.within_rounding += 1,
        Verdict::Broken => tally.broken += 1,
        Verdict::Withheld | Verdict::Missing => tally.could_not_run += 1,
    }
}

fn is_written(outcome: &Outcome, figure: FigureRef) -> bool {
    outcome
        .left
        .iter()
        .chain(&outcome.right)
        .any(|operand| operand.figure == Some(figure) && operand.value.is_some())
}

fn finding(
    report: &mut Report,
    portal: &Portal,
    disclosure: &Disclosure,
    figure: FigureRef,
    outcomes: &[&Outcome],
) {
    let Some(outcome) = outcomes.first() else { return };
    let place = disclosure.place_of(figure.at);
    let mut diagnostic = code_of(outcome.kind).at(place, message(portal, disclosure, outcome));
    diagnostic.severity = outcome.severity();
    diagnostic = diagnostic.about(&disclosure.path, disclosure.address_of(figure.at));
    if outcomes.len() > 1 || outcome.left.first().and_then(|operand| operand.figure) != Some(figure)
    {
        diagnostic = diagnostic.label(text!(zh: "最可疑的数", en: "the likeliest culprit"));
    }
    if let Some(tie_out) = outcome.tie_out {
        diagnostic = diagnostic.note(Text::same(format!("{}: {}", tie_out.id, tie_out.because)));
    }
    diagnostic = diagnostic.note(sides(outcome));
    for other in outcomes.iter().skip(1).take(NAMED) {
        let words = message(portal, disclosure, other);
        diagnostic = diagnostic.note(text!(zh: "同一个数还使：{zh}", en: "the same figure also breaks: {en}", zh = words.zh, en = words.en));
    }
    if outcomes.len() > NAMED + 1 {
        let more = outcomes.len() - NAMED - 1;
        diagnostic =
            diagnostic.note(text!(zh: "……另有 {more} 个关系", en: "… and {more} more relations"));
    }
    for operand in
        outcome.left.iter().chain(&outcome.right).filter(|operand| operand.value.is_some())
    {
        let Some(other) = operand.figure.filter(|other| *other != figure && !other.prior) else {
            continue;
        };
        if diagnostic.related.len() < NAMED {
            diagnostic = diagnostic.related(disclosure.place_of(other.at), shown(operand));
        }
    }
    if let Some(help) = cause(portal, disclosure, figure, outcomes) {
        diagnostic = diagnostic.help(help);
    }
    report.push(diagnostic);
}

fn code_of(kind: RelationKind) -> &'static Code {
    let is_kind = |rule: &&&Rule| matches!(rule.scope, Scope::Relation(of) if of == kind);
    rules::RULES
        .iter()
        .find(is_kind)
        .map(|rule| &rule.code)
        .expect("every kind of relation has a rule")
}

fn shown(operand: &Operand) -> Text {
    let value = operand.value.map(|value| value.to_string()).unwrap_or_default();
    Text::same(if operand.negative { format!("- {value}") } else { value })
}

/// One sentence: what stands on the left, what the right comes to.
fn message(portal: &Portal, disclosure: &Disclosure, outcome: &Outcome) -> Text {
    let words = |operands: &[Operand]| {
        let figure = operands.iter().find_map(|operand| operand.figure)?;
        Some(disclosure.home(portal, figure).words_of(figure.at))
    };
    let left = words(&outcome.left).unwrap_or_else(|| Text::same(""));
    let unit = outcome.unit.unwrap_or_default();
    let is_blank = outcome.left.iter().all(|operand| operand.value.is_none());
    let (zh_is, en_is) = if is_blank {
        ("空着（作 0）".to_owned(), "is blank (nought)".to_owned())
    } else {
        (format!("是 {}", outcome.left_sum), format!("is {}", outcome.left_sum))
    };
    let right = outcome.right_sum;
    match outcome.kind {
        RelationKind::CrossFoot | RelationKind::Foot | RelationKind::RollUp => text!(
            zh: "{zh} {zh_is}，各部分相加是 {right}{unit}", en: "{en} {en_is}, but its parts add up to {right}{unit}",
            zh = left.zh, en = left.en,
        ),
        RelationKind::Product => text!(
            zh: "{zh} {zh_is}，相乘是 {right}{unit}", en: "{en} {en_is}, but its factors give {right}{unit}", zh = left.zh, en = left.en,
        ),
        RelationKind::Part => {
            let whole = words(&outcome.right).unwrap_or_else(|| Text::same(""));
            text!(
                zh: "{zh} {zh_is}，超过了 {whole_zh} 的 {right}{unit}", en: "{en} {en_is}, more than {whole_en} with {right}{unit}",
                zh = left.zh, en = left.en, whole_zh = whole.zh, whole_en = whole.en,
            )
        }
        RelationKind::TieOut => {
            let other = words(&outcome.right).unwrap_or_else(|| Text::same(right.to_string()));
            let more = outcome.right.iter().filter(|operand| operand.figure.is_some()).count() > 1;
            let (zh_more, en_more) = if more { (" 等", " and others") } else { ("", "") };
            text!(
                zh: "{zh} {zh_is}，应当 {sign} {other_zh}{zh_more} 的 {right}{unit}",
                en: "{en} {en_is}, which should be {sign} {other_en}{en_more} with {right}{unit}",
                zh = left.zh, en = left.en, sign = outcome.operator.sign(), other_zh = other.zh, other_en = other.en,
            )
        }
    }
}

/// The sum as written, the difference, and what rounding allows.
fn sides(outcome: &Outcome) -> Text {
    let times = if outcome.kind == RelationKind::Product { " × " } else { " + " };
    let line = |operands: &[Operand]| {
        let mut out = String::new();
        for operand in operands.iter().filter(|operand| operand.value.is_some()) {
            let sign = if operand.negative { " - " } else { times };
            if !out.is_empty() || operand.negative {
                out.push_str(sign);
            }
            out.push_str(&operand.value.map(|value| value.to_string()).unwrap_or_default());
        }
        if out.is_empty() { "0".to_owned() } else { out }
    };
    let (left, right) = (line(&outcome.left), line(&outcome.right));
    let (sign, difference, allowed) =
        (outcome.operator.sign(), outcome.difference().normalize(), outcome.allowed.normalize());
    text!(
        zh: "{left} {sign} {right}？相差 {difference}，四舍五入最多能解释 {allowed}",
        en: "{left} {sign} {right}? they differ by {difference}, and rounding explains {allowed} at most",
    )
}

/// What probably happened to the suspect, judged by the value that would mend the relation.
fn cause(
    portal: &Portal,
    disclosure: &Disclosure,
    figure: FigureRef,
    outcomes: &[&Outcome],
) -> Option<Text> {
    let outcome = outcomes.first()?;
    if matches!(outcome.kind, RelationKind::Product | RelationKind::Part) {
        return None;
    }
    let (on_left, operand) = find(outcome, figure)?;
    let written = operand.value.unwrap_or_default();
    let moved =
        if on_left == operand.negative { outcome.difference() } else { -outcome.difference() };
    let wanted = written + moved;
    if let Some(text) = slip(written, wanted, outcome.allowed) {
        return Some(text);
    }
    line_cause(portal, disclosure, outcome, figure)
        .or_else(|| agreed(outcomes, figure).map(|count| text!(zh: "有 {count} 个关系都要求这里是 {wanted}", en: "{count} relations ask for {wanted} here")))
}

fn find<'a>(outcome: &'a Outcome, figure: FigureRef) -> Option<(bool, &'a Operand)> {
    let is = |operand: &&Operand| operand.figure == Some(figure);
    outcome
        .left
        .iter()
        .find(is)
        .map(|operand| (true, operand))
        .or_else(|| outcome.right.iter().find(is).map(|operand| (false, operand)))
}

/// How many relations would be mended by the same value.
fn agreed(outcomes: &[&Outcome], figure: FigureRef) -> Option<usize> {
    let wanted = |outcome: &&&Outcome| {
        let (on_left, operand) = find(outcome, figure)?;
        let moved =
            if on_left == operand.negative { outcome.difference() } else { -outcome.difference() };
        Some((operand.value.unwrap_or_default() + moved, outcome.allowed))
    };
    let (first, _) = wanted(&outcomes.first()?)?;
    let count = outcomes
        .iter()
        .filter(|outcome| {
            wanted(outcome).is_some_and(|(value, allowed)| {
                (value - first).abs() <= allowed.max(Decimal::new(1, 2))
            })
        })
        .count();
    (count > 1).then_some(count)
}

/// A slip of the pen: a sign, a shifted point, two digits swapped.
fn slip(written: Decimal, wanted: Decimal, allowed: Decimal) -> Option<Text> {
    let near = |value: Decimal| (value - wanted).abs() <= allowed;
    if written.is_zero() {
        return None;
    }
    if near(-written) {
        return Some(text!(zh: "正负号可能写反了", en: "the sign may be the wrong way round"));
    }
    for (power, zh, en) in [
        (10, "10 倍", "ten times"),
        (100, "100 倍", "a hundred times"),
        (10_000, "1 万倍", "ten thousand times"),
    ] {
        let power = Decimal::from(power);
        if near(written / power) {
            return Some(
                text!(zh: "这个数大了 {zh}：小数点或单位可能错了", en: "it is {en} too large: the decimal point or the unit may be wrong"),
            );
        }
        if near(written * power) {
            return Some(
                text!(zh: "这个数小了 {zh}：小数点或单位可能错了", en: "it is {en} too small: the decimal point or the unit may be wrong"),
            );
        }
    }
    let swapped = swaps(written).into_iter().find(|value| near(*value))?;
    Some(
        text!(zh: "两位数字可能换了位置：{swapped}？", en: "two digits may have changed places: {swapped}?"),
    )
}

/// Every value got by swapping two neighbouring digits.
fn swaps(value: Decimal) -> Vec<Decimal> {
    let digits: Vec<char> = value.to_string().chars().collect();
    let places: Vec<usize> = (0..digits.len()).filter(|at| digits[*at].is_ascii_digit()).collect();
    let swap = |pair: &[usize]| {
        let mut changed = digits.clone();
        changed.swap(pair[0], pair[1]);
        amount::parse(&changed.iter().collect::<String>()).ok().map(|figure| figure.value)
    };
    places.windows(2).filter_map(swap).collect()
}

/// A line left out or counted twice: the difference is exactly a figure of the sum.
fn line_cause(
    portal: &Portal,
    disclosure: &Disclosure,
    outcome: &Outcome,
    figure: FigureRef,
) -> Option<Text> {
    let difference = outcome.difference().abs();
    for operand in outcome.right.iter().chain(&outcome.left) {
        let (Some(value), Some(other)) =
            (operand.value, operand.figure.filter(|other| *other != figure))
        else {
            continue;
        };
        if value.is_zero() || outcome.right.len() < 2 {
            continue;
        }
        let words = disclosure.home(portal, other).words_of(other.at);
        if (value.abs() - difference).abs() <= outcome.allowed.min(Decimal::new(1, 2)) {
            return Some(
                text!(zh: "相差的正好是 {zh}（{value}）：可能漏了或重了这一笔", en: "the difference is just {en} ({value}): it may be missing or doubled", zh = words.zh, en = words.en),
            );
        }
        if (value.abs() * Decimal::TWO - difference).abs()
            <= outcome.allowed.min(Decimal::new(1, 2))
        {
            return Some(
                text!(zh: "相差的正好是 {zh}（{value}）的两倍：它的正负号可能反了", en: "the difference is just twice {en} ({value}): its sign may be the wrong way round", zh = words.zh, en = words.en),
            );
        }
    }
    None
}
