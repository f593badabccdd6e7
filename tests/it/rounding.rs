//! What rounding allows: every line of the lists in docs/rounding.md, laid into a portal and worked out.

use mingbai::model::{Outcome, RelationKind, Verdict};

use crate::bench::{Checked, TestSite};

const CASES: &str = include_str!("../../docs/rounding.md");

const PROFILE: &str = "extends: test/minimal
units: { 亿元: 100000000 }
prose:
  bounds:
    less_than: [不足]
    more_than: [超过]
    at_most: [不超过, …以内]
    at_least: [不少于, …以上]
    nearly: [近]
    about: [约, …左右]
tables:
  one:
    title: 单行表
    required: false
    columns:
      name:  { title: 项目, type: label }
      wan:   { title: 金额, type: amount, signed: true }
      share: { title: 比例, type: percent }
  sums:
    title: 合计表
    required: false
    total_row: 合计
    columns:
      name:   { title: 项目, type: label }
      amount: { title: 金额, type: amount }
      signed: { title: 增减, type: amount, signed: true }
";

/// The lines of the list under a heading, a cell each.
fn lines(heading: &str) -> Vec<Vec<&'static str>> {
    let after = CASES.split(&format!("\n## {heading}\n")).nth(1).expect("the heading is there");
    let part = after.split("\n## ").next().expect("text under it");
    let rows = part.lines().filter(|line| line.starts_with("| ")).skip(1);
    rows.map(|line| line.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

fn checked(table: &str, rows: &str, text: &str) -> Checked {
    TestSite::minimal()
        .write("profiles/test/rounding.yaml", PROFILE)
        .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/rounding\n")
        .write(&format!("tables/{table}.yaml"), rows)
        .write(
            "narrative/02-explanation.md",
            format!("# 二、预算情况说明\n\n{text}\n\n[政府采购预算表](=procurement)\n"),
        )
        .check()
}

/// How the one relation of a kind came out that a test is about; it may not be there.
fn verdict(checked: &Checked, is_meant: impl Fn(&Outcome) -> bool) -> Option<&'static str> {
    let portal = &checked.site.portal;
    let outcomes = portal.disclosures[0].relations(portal);
    let found: Vec<&Outcome> = outcomes.iter().filter(|outcome| is_meant(outcome)).collect();
    assert!(found.len() < 2, "one relation is meant: {found:?}");
    found.first().map(|outcome| match outcome.verdict {
        Verdict::Exact => "exact",
        Verdict::WithinRounding => "rounding",
        Verdict::Broken => "broken",
        Verdict::Withheld | Verdict::Missing => "not run",
    })
}

fn cell(written: &str) -> &str {
    if written == "空" { "~" } else { written }
}

#[test]
fn words_say_of_a_cell_what_it_is() {
    let cases = lines("Words and a cell");
    assert!(cases.len() > 30, "{} cases", cases.len());
    for case in cases {
        let [printed, words, wanted, _] = case[..] else { panic!("four columns: {case:?}") };
        let (column, figure) = match printed.strip_suffix("万元") {
            Some(figure) => ("wan", figure),
            None => ("share", printed.trim_end_matches('%')),
        };
        let rows = format!("rows:\n  - {{ name: 甲, {column}: {} }}\n", cell(figure));
        let checked = checked("one", &rows, &format!("金额是[{words}](=one/甲/{column})。"));
        let found = verdict(&checked, |outcome| outcome.kind == RelationKind::Bound);
        assert_eq!(found, Some(wanted), "{words} of {printed}");
        assert_eq!(checked.codes().contains(&"N301"), wanted == "broken", "{words} of {printed}");
    }
}

#[test]
fn a_sum_drifts_by_its_printed_figures_alone() {
    let cases = lines("Sums");
    assert!(cases.len() > 10, "{} cases", cases.len());
    for case in cases {
        let [parts, total, wanted, _] = case[..] else { panic!("four columns: {case:?}") };
        let (column, parts) = match parts.strip_prefix("signed: ") {
            Some(parts) => ("signed", parts),
            None => ("amount", parts),
        };
        let mut rows = format!("rows:\n  - {{ name: 合计, {column}: {} }}\n", cell(total));
        for (number, part) in parts.split(" + ").enumerate() {
            rows += &format!("  - {{ name: 第{number}项, {column}: {} }}\n", cell(part));
        }
        let checked = checked("sums", &rows, "无。");
        let portal = &checked.site.portal;
        let table = portal.disclosures[0].tables.get_index_of("sums").expect("the table is there");
        let is_meant = |outcome: &Outcome| {
            let is_here = |at| matches!(at, mingbai::model::At::Cell(index, ..) if index == table);
            outcome.kind == RelationKind::Foot && outcome.figures().any(|figure| is_here(figure.at))
        };
        assert_eq!(verdict(&checked, is_meant), Some(wanted), "{parts} = {total}");
    }
}
