//! Broken relations to findings: which figure is to blame, and one finding for
//! all it broke.
//!
//! A wrong figure breaks every relation it stands in, and a sound one only
//! those it shares with it. So each broken relation is laid at the figure that
//! most broken ones have in common and fewest sound ones confirm; where that
//! leaves a tie, at the one that a slip of the pen would explain.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::blank_column;
use super::cause;
use super::causes::Causes;
use super::coverage;
use super::empty_table;
use super::every_project;
use super::ledger;
use super::rules;
use super::same_rows;
use super::scale;
use super::words;
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::model::{At, Disclosure, FigureRef, Model, Operand, Outcome, RelationKind, Verdict};

/// How many other relations and places a finding names before it only counts them.
const NAMED: usize = 3;

/// How often a figure stands in broken relations, and in sound ones.
type Scores = IndexMap<FigureRef, (usize, usize), FxBuildHasher>;

/// A figure, whether it alone is suspect, and the relations laid at it.
struct Suspicion<'a> {
    figure: FigureRef,
    alone: bool,
    outcomes: Vec<&'a Outcome>,
}

/// Works out the relations of one disclosure and reports the broken ones. What was found before says
/// why others could not be worked out: how many, by finding.
pub(crate) fn run(
    report: &mut Report,
    portal: &Model,
    disclosure: &Disclosure,
    causes: &Causes,
) -> BTreeMap<usize, usize> {
    let outcomes = disclosure.relations(portal);
    let folded = coverage::note(report, portal, disclosure, outcomes, causes);
    count(report, outcomes);
    if outcomes.iter().any(|outcome| outcome.verdict == Verdict::Broken) {
        broken(report, portal, disclosure, outcomes);
    } else {
        for empty in empty_table::all(disclosure, &[]) {
            empty.report(report, portal, disclosure, outcomes);
        }
    }
    folded
}

fn broken(report: &mut Report, portal: &Model, disclosure: &Disclosure, outcomes: &[Outcome]) {
    let scales = scale::all(portal, disclosure, outcomes);
    let mut is_explained = vec![false; outcomes.len()];
    for scale in &scales {
        scale.explained.iter().for_each(|index| is_explained[*index] = true);
        report.diagnostics.extend(scale.finding(disclosure, outcomes));
    }
    for empty in empty_table::all(disclosure, outcomes) {
        empty.explained.iter().for_each(|index| is_explained[*index] = true);
        empty.report(report, portal, disclosure, outcomes);
    }
    let mut fold = |explained: &[usize], finding: &dyn Fn() -> Option<Diagnostic>| {
        if !explained.iter().any(|index| is_explained[*index]) {
            for index in explained {
                is_explained[*index] = true;
            }
            report.diagnostics.extend(finding());
        }
    };
    for same in same_rows::all(disclosure, outcomes) {
        fold(&same.explained, &|| same.finding(disclosure));
    }
    for blank in blank_column::all(disclosure, outcomes) {
        fold(&blank.explained, &|| blank.finding(disclosure, outcomes));
    }
    for (outcome, is_explained) in outcomes.iter().zip(&mut is_explained) {
        *is_explained |= every_project::twice(&mut report.diagnostics, disclosure, outcome);
    }
    let all = || outcomes.iter().zip(&is_explained).filter(|(_, is)| !**is).map(|(one, _)| one);
    let scores = scores(all());
    let mut suspicions: IndexMap<FigureRef, Suspicion> = IndexMap::new();
    for outcome in all().filter(|outcome| outcome.verdict == Verdict::Broken) {
        let total = every_project::total(disclosure, outcome).map(|total| (total, false));
        let suspect = suspect(outcome, &scores);
        // A figure that other relations speak against is to blame itself.
        let is_blamed = suspect
            .is_some_and(|(figure, _)| scores.get(&figure).is_some_and(|(broken, _)| *broken > 1));
        let Some((figure, alone)) = total.filter(|_| !is_blamed).or(suspect) else { continue };
        let suspicion = suspicions.entry(figure);
        let suspicion =
            suspicion.or_insert_with(|| Suspicion { figure, alone: false, outcomes: Vec::new() });
        suspicion.alone |= alone;
        suspicion.outcomes.push(outcome);
    }
    for suspicion in suspicions.values_mut() {
        suspicion.outcomes.sort_by_key(|outcome| (outcome.severity(), outcome.kind));
    }
    let copies = ledger::Copies::of(outcomes);
    report_by_row(report, &Findings { portal, disclosure, copies }, suspicions.values());
}

fn count(report: &mut Report, outcomes: &[Outcome]) {
    for outcome in outcomes {
        let tally = &mut report.relations;
        match outcome.verdict {
            Verdict::Exact => tally.exact += 1,
            Verdict::WithinRounding => tally.within_rounding += 1,
            Verdict::Broken => tally.broken += 1,
            Verdict::Withheld | Verdict::Missing => tally.could_not_run += 1,
        }
    }
}

fn scores<'a>(outcomes: impl Iterator<Item = &'a Outcome>) -> Scores {
    let mut scores = Scores::default();
    for outcome in outcomes {
        for figure in outcome.figures() {
            let score = scores.entry(figure).or_default();
            match outcome.verdict {
                Verdict::Broken => score.0 += 1,
                verdict if verdict.holds() => score.1 += 1,
                _ => {}
            }
        }
    }
    scores
}

/// The figure a broken relation is laid at, and whether nothing speaks as much against another.
fn suspect(outcome: &Outcome, scores: &Scores) -> Option<(FigureRef, bool)> {
    let score = |figure: FigureRef| scores.get(&figure).copied().unwrap_or_default();
    let sides = outcome.left.iter().map(|operand| (true, operand));
    let sides = sides.chain(outcome.right.iter().map(|operand| (false, operand)));
    let all = sides.filter_map(|(on_left, operand)| Some((operand.figure?, on_left, operand)));
    let mut all: Vec<(FigureRef, bool, &Operand)> =
        all.filter(|(figure, ..)| figure.is_own()).collect();
    // A blank is suspect only where several relations miss a figure there.
    let may = |(figure, _, operand): &(FigureRef, bool, &Operand)| {
        operand.value.is_some() || score(*figure).0 > 1
    };
    if all.iter().any(may) {
        all.retain(may);
    }
    let against = |figure: FigureRef| {
        let (broken, held) = score(figure);
        (broken, Reverse(held))
    };
    let worst = all.iter().map(|(figure, ..)| against(*figure)).max()?;
    all.retain(|(figure, ..)| against(*figure) == worst);
    let is_slip: Vec<bool> = all
        .iter()
        .map(|(_, on_left, operand)| cause::slip_of(outcome, (*on_left, operand)).is_some())
        .collect();
    if is_slip.contains(&true) {
        let mut slips = is_slip.into_iter();
        all.retain(|_| slips.next() == Some(true));
    }
    // Items that nothing else speaks against leave the stated total as the place to look from.
    if outcome.kind == RelationKind::Narrative && worst.0 == 1 {
        return Some((outcome.left.first()?.figure?, false));
    }
    Some((all.first()?.0, all.len() == 1))
}

/// What findings are written from.
struct Findings<'a> {
    portal: &'a Model,
    disclosure: &'a Disclosure,
    /// The places that print one figure, by every relation of the disclosure, sound ones too.
    copies: ledger::Copies,
}

/// One finding for each suspect; suspects of one row and code share one.
fn report_by_row<'a>(
    report: &mut Report,
    all: &Findings,
    suspicions: impl Iterator<Item = &'a Suspicion<'a>>,
) {
    let Findings { portal, disclosure, .. } = *all;
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut rows: IndexMap<(&'static str, (usize, usize, usize)), usize> = IndexMap::new();
    for suspicion in suspicions {
        let Some(outcome) = suspicion.outcomes.first() else { continue };
        let row = match suspicion.figure.at {
            At::Cell(table, panel, row, _) => Some((table, panel, row)),
            _ => None,
        };
        let code = rules::code_of(outcome.kind);
        let same = row.map(|row| rows.entry((code.id, row)).or_insert(findings.len()));
        match same.and_then(|first| findings.get_mut(*first)) {
            Some(finding) => {
                let words = words::message(portal, disclosure, outcome);
                let seen = words::seen(disclosure, &suspicion.outcomes);
                finding.seen.get_or_insert_default().push_str(&format!("；{seen}"));
                finding.notes.push(text!(zh: "同一行还有：{zh}", en: "in the same row: {en}", zh = words.zh, en = words.en));
            }
            None => findings.push(all.finding(suspicion)),
        }
    }
    report.diagnostics.append(&mut findings);
}

impl Findings<'_> {
    fn finding(&self, suspicion: &Suspicion) -> Diagnostic {
        let Findings { portal, disclosure, .. } = *self;
        let Suspicion { figure, alone, outcomes } = suspicion;
        let outcome = outcomes[0];
        let place = disclosure.place_of(figure.at);
        let mut diagnostic =
            rules::code_of(outcome.kind).at(place, words::message(portal, disclosure, outcome));
        diagnostic.severity = outcome.severity();
        diagnostic = diagnostic.about(&disclosure.path, disclosure.address_of(figure.at));
        diagnostic = diagnostic.seen(words::seen(disclosure, outcomes));
        let is_subject = outcome.left.first().and_then(|operand| operand.figure) == Some(*figure);
        if *alone && (outcomes.len() > 1 || !is_subject) {
            diagnostic = diagnostic.label(text!(zh: "最可能有误", en: "most likely wrong"));
        }
        if let Some(tie_out) = outcome.tie_out() {
            diagnostic =
                diagnostic.note(Text::same(format!("{}: {}", tie_out.id, tie_out.because)));
        }
        diagnostic = self.also(diagnostic.note(words::sides(outcome)), suspicion);
        let turned = cause::turned(disclosure, outcome);
        if let Some((at, text)) = turned {
            // On a line as long as a paragraph the words say better where it stands.
            let paragraph = |at| words::slot(disclosure, FigureRef::own(at));
            let is_far = paragraph(figure.at).map(|slot| slot.paragraph)
                != paragraph(at).map(|slot| slot.paragraph);
            if is_far {
                let label = text!(zh: "这一项？", en: "this item?");
                diagnostic = diagnostic.related(disclosure.place_of(at), label);
            }
            return diagnostic.help(text);
        }
        for operand in
            outcome.left.iter().chain(&outcome.right).filter(|operand| operand.value.is_some())
        {
            let Some(other) = operand.figure.filter(|other| other != figure) else {
                continue;
            };
            if diagnostic.related.len() < NAMED {
                let home = disclosure.home(portal, other);
                diagnostic = diagnostic
                    .related(home.place_of(other.at), words::printed(home, other.at, operand));
            }
        }
        let is_total = every_project::total(disclosure, outcome) == Some(*figure);
        let missing = is_total.then(|| every_project::help(disclosure, outcome)).flatten();
        match missing.or_else(|| cause::likely(portal, disclosure, *figure, outcomes)) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }

    /// What else the figure breaks. The places that should print it too are counted, not listed.
    fn also(&self, mut diagnostic: Diagnostic, suspicion: &Suspicion) -> Diagnostic {
        let Findings { portal, disclosure, ref copies } = *self;
        let ledger = ledger::note(portal, disclosure, suspicion.figure, copies);
        let is_counted = |outcome: &Outcome| ledger.is_some() && ledger::copy(outcome).is_some();
        let others: Vec<&&Outcome> =
            suspicion.outcomes.iter().skip(1).filter(|other| !is_counted(other)).collect();
        diagnostic.notes.extend(ledger.clone());
        for other in others.iter().take(NAMED) {
            let words = words::message(portal, disclosure, other);
            diagnostic = diagnostic.note(text!(zh: "同一个数还使：{zh}", en: "the same figure also breaks: {en}", zh = words.zh, en = words.en));
        }
        if others.len() > NAMED {
            let more = others.len() - NAMED;
            diagnostic = diagnostic
                .note(text!(zh: "……另有 {more} 个勾稽关系", en: "… and {more} more relations"));
        }
        diagnostic
    }
}
