//! Statements about figures in prose: what is said of each sentence of `tests/statements.tsv`.

use mingbai::diagnostic::{Language, Severity};

use crate::bench::TestSite;

/// The words of the base profile of Chinese budgets, laid over the minimal one.
pub(crate) fn words() -> String {
    let base = include_str!("../../profiles/cn/department-budget/base.yaml");
    let start = base.find("\nprose:\n").expect("the base profile has words") + 1;
    let end = start + base[start..].find("\n# 九张表").expect("tables follow");
    format!(
        "extends: test/minimal\nunits: {{ 元: 1, 万元: 10000, 亿元: 100000000 }}\n{}\n",
        &base[start..end]
    )
}

/// The rows of a table of cases: verdict, what must be said, the sentence.
fn cases(text: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).map(|line| {
        let parts: Vec<&str> = line.splitn(3, '\t').collect();
        (parts[0], parts[1], parts[2])
    })
}

#[test]
fn every_sentence_draws_what_is_said_of_it() {
    let mut wrong = String::new();
    for (verdict, said, sentence) in cases(include_str!("../statements.tsv")) {
        let text = format!("# 二、预算情况说明\n\n{sentence}\n\n[政府采购预算表](=procurement)\n");
        let checked = TestSite::minimal()
            .write("profiles/test/words.yaml", words())
            .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/words\n")
            .write("narrative/02-explanation.md", text)
            .check();
        let found: Vec<_> =
            checked.report.diagnostics.iter().filter(|found| found.code.id == "N309").collect();
        let report = checked.human(Language::Chinese);
        let drawn = match found.as_slice() {
            [] => "ok",
            [one] if one.severity == Severity::Error => "error",
            [_] => "warning",
            _ => "several",
        };
        if drawn != verdict || !report.contains(said) {
            let messages: Vec<&str> = found.iter().map(|found| found.message.zh.as_str()).collect();
            wrong.push_str(&format!("{verdict} {said}: {sentence}\n  {drawn} {messages:?}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The profile of the slips: some words name cells.
fn naming() -> String {
    let figures =
        "figures: { 项目支出: expenditure/合计/project, 基本支出: expenditure/合计/basic }";
    let names = "classifications:
  functional: { lengths: [3, 5, 7], names: cn/codes/functional }
  economic: { lengths: [3, 5], names: cn/codes/economic }
";
    format!(
        "{}{names}sections:\n  explanation: {{ title: 二、预算情况说明, {figures} }}\n",
        words()
    )
}

#[test]
fn every_slip_is_found_and_nothing_else() {
    let mut wrong = String::new();
    for (code, said, sentence) in cases(include_str!("../slips.tsv")) {
        let sentence = sentence.replace("\\n", "\n\n");
        let text = format!("# 二、预算情况说明\n\n{sentence}\n\n[政府采购预算表](=procurement)\n");
        let checked = TestSite::minimal()
            .write("profiles/test/words.yaml", naming())
            .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/words\n")
            .write("narrative/02-explanation.md", text)
            .check();
        let mut codes = checked.codes();
        codes.retain(|code| code.starts_with("N3") && !matches!(*code, "N302" | "N305"));
        let expected: &[&str] = if code == "ok" { &[] } else { &[code] };
        let report = checked.human(Language::Chinese);
        if codes != expected || !report.contains(said) {
            wrong.push_str(&format!("{code} {said}: {sentence}\n  {codes:?}\n{report}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
