//! `profile test`: what the author of a profile learns of it.

use crate::bench::TestSite;
use crate::cli::{Desk, errors, results};

/// Two examples that are found as the profile says, and four that are not.
const SPOILED: &str = "spoiled:
  - { in: demo/2025-budget/tables/overview.yaml, for: 95.00, write: 96.00, finds: T202, at: overview/income.fiscal/amount }
  - { in: demo/2025-budget/tables/funds.yaml, for: 注：无政府性基金预算，空表列示。, write: '', finds: C103 }
  - { in: demo/2025-budget/tables/overview.yaml, for: 95.00, write: 95.00, finds: foot }
  - { in: demo/2025-budget/tables/overview.yaml, for: amount, write: value, finds: foot }
  - { in: demo/2025-budget/tables/missing.yaml, for: a, write: b, finds: foot }
  - { in: demo/2025-budget/tables/overview.yaml, for: 95.00, write: 96.00, finds: no-such-rule }
";

/// The small portal under a profile of its own.
fn county(more: &str) -> Desk {
    let profile = format!("extends: test/minimal\n{more}");
    Desk::holding(
        &TestSite::minimal()
            .write("profiles/test/county.yaml", profile)
            .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/county\n"),
    )
}

fn tried(desk: &Desk, profile: &str) -> (Option<i32>, String) {
    let output = desk.run(&["profile", "test", profile, "--lang", "en"]);
    (output.status.code(), results(&output) + &errors(&output))
}

#[test]
fn every_figure_of_an_example_is_changed_once_and_those_that_nothing_holds_are_named() {
    let (code, said) = tried(&county(""), "test/county");
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(
        said,
        "✓ example demo/2025-budget: nothing found\n37 figures changed in their first digit, one by one: 37 found where they stand, 0 elsewhere, 0 not at all\n"
    );
    let desk = county(
        "tables: { procurement: { columns: { stock: { title: 库存, type: quantity, summed: false } } } }\n",
    );
    let table = "content/demo/2025-budget/tables/procurement.yaml";
    desk.edit(table, "quantity: 20,", "quantity: 20, stock: 7,");
    desk.edit(table, "quantity: 4,", "quantity: 4, stock: 9,");
    let (code, said) = tried(&desk, "test/county");
    assert_eq!(code, Some(0), "{said}");
    let lines: Vec<&str> = said.lines().skip(1).collect();
    assert_eq!(
        lines,
        [
            "39 figures changed in their first digit, one by one: 37 found where they stand, 0 elsewhere, 2 not at all",
            "  procurement/@/stock: 2 of 2 not found: demo/2025-budget/procurement/展板/stock, demo/2025-budget/procurement/电脑/stock",
            "no relation holds what was not found: totals, sum_of and tie_outs would (docs/profiles.md)",
        ]
    );
}

#[test]
fn a_profile_that_others_extend_is_tried_on_their_examples() {
    let (code, said) = tried(&county(""), "test/minimal");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("✓ example demo/2025-budget: nothing found\n"), "{said}");
}

#[test]
fn what_a_profile_says_is_wrong_must_be_found_as_it_says() {
    let (code, said) = tried(&county(SPOILED), "test/county");
    assert_eq!(code, Some(1), "{said}");
    let lines: Vec<&str> = said.lines().filter(|line| line.contains("made wrong")).collect();
    let table = "made wrong demo/2025-budget/tables/overview.yaml";
    assert_eq!(
        lines,
        [
            format!("✓ {table} “95.00” → “96.00”: T202"),
            "✓ made wrong demo/2025-budget/tables/funds.yaml “注：无政府性基金预算，空表列示。” → “”: C103".to_owned(),
            format!("✗ {table} “95.00” → “95.00”: foot is wanted, nothing was found"),
            format!("✗ {table} “amount” → “value”: the text stands 6 times in the file and must stand once"),
            "✗ made wrong demo/2025-budget/tables/missing.yaml: there is no such file".to_owned(),
            format!("✗ {table}: there is no rule `no-such-rule` (mingbai explain)"),
        ]
    );
}

#[test]
fn an_example_with_an_error_fails_the_trial() {
    let desk = county("");
    desk.edit("content/demo/2025-budget/tables/overview.yaml", "95.00", "96.00");
    let (code, said) = tried(&desk, "test/county");
    assert_eq!(code, Some(1), "{said}");
    let line = "✗ example demo/2025-budget: 1 error (mingbai check content/demo/2025-budget)\n";
    assert!(said.starts_with(line), "{said}");
}

#[test]
fn a_profile_without_an_example_is_told_how_to_get_one() {
    let desk = county("");
    std::fs::write(desk.path("profiles/test/other.yaml"), "extends: test/minimal\n")
        .expect("writable");
    let (code, said) = tried(&desk, "test/other");
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("no disclosure of the portal follows this profile"), "{said}");
}
