//! No finding shows what is withheld, in any format or language, whatever is wrong with it or
//! beside it.

use mingbai::diagnostic::{Language, Report};
use mingbai::findings::{concise, github, human, json, sarif};
use mingbai::source::Sources;

use crate::bench::TestSite;
use crate::secrecy::{ENOUGH, TOLD_LESS, portal, prints};

/// A passage of a file, and what is written instead.
type Edit = (&'static str, &'static str, &'static str);

fn formats(sources: &Sources, report: &Report) -> Vec<String> {
    let accepted = Report {
        diagnostics: report.accepted.clone(),
        veils: report.veils.clone(),
        ..Report::default()
    };
    let mut all = vec![json::render(sources, report)];
    for language in [Language::Chinese, Language::English] {
        all.push(human::render(sources, report, language, false));
        all.push(human::render(sources, &accepted, language, false));
        all.push(concise::render(sources, report, language));
        all.push(github::render(sources, report, language));
        all.push(sarif::render(sources, report, language));
    }
    all
}

fn assert_silent(sources: &Sources, report: &Report, secrets: &[&str], what: &str) {
    assert!(!report.diagnostics.is_empty(), "{what}: nothing is found");
    for text in formats(sources, report) {
        for secret in secrets {
            assert!(!prints(&text, secret), "{what}: {secret} is shown\n{text}");
        }
    }
}

const PROJECT: &str = "projects/17-it-2024.yaml";
const EXPENDITURE: &str = "tables/expenditure.yaml";

#[test]
fn no_slip_in_or_beside_a_withheld_amount_shows_it() {
    let slips: [Edit; 16] = [
        (PROJECT, "budget: 3.08", "budget: 8.37"),
        (PROJECT, "budget: 3.08", "budget: 3.80"),
        (PROJECT, "budget: 3.08", "budget: 3.0.8"),
        (PROJECT, "budget: 3.08", "budget: 3.08万"),
        (PROJECT, "budget: 3.08", "budgt: 3.08"),
        (PROJECT, "budget: 3.08", "budget: 3.08\nbudget: 3.80"),
        (PROJECT, "budget: 3.08", "budget: \"3.08"),
        (PROJECT, "budget: 3.08", "budget: [3.08]"),
        (PROJECT, "fiscal: 3.08", "fiscal: -3.08"),
        (PROJECT, "fiscal: 3.08", "fiscal: 30.8"),
        (
            EXPENDITURE,
            "code: 2060701, name: 机构运行, total: 359.32",
            "code: 2060701, name: 机构运行, total: 369.32",
        ),
        (EXPENDITURE, "basic: 356.24, project: 3.08", "basic: 356.42, project: 3.08"),
        (EXPENDITURE, "basic: 356.24, project: 3.08", "basic: 356.24, projct: 3.08"),
        (EXPENDITURE, "code: 2060701, name: 机构运行", "code: 20607O1, name: 机构运行"),
        (EXPENDITURE, "basic: 356.24, project: 3.08 }", "basic: 356.24, project: 3.08"),
        ("narrative/01-duties.md", "。", "（3.08 万元）。"),
    ];
    for slip in slips {
        let edits = [TOLD_LESS.as_slice(), &[slip]].concat();
        let (sources, _, report) = portal(&ENOUGH, &edits);
        let secrets = ["3.08", "3.80", "8.37", "30.8", "356.24", "356.42", "10.35", "3.08万"];
        assert_silent(&sources, &report, &secrets, &format!("{slip:?}"));
    }
}

#[test]
fn each_withheld_amount_written_wrong_is_masked() {
    let cells = [
        ("projects/19-caravan-2024.yaml", "budget: 10.35", "budget: 93.51", "93.51"),
        ("projects/19-caravan-2024.yaml", "fiscal: 10.35", "fiscal: 93.51", "93.51"),
        (EXPENDITURE, "basic: 356.24", "basic: 653.42", "653.42"),
        ("tables/general.yaml", "basic: 356.24", "basic: 653.42", "653.42"),
        ("tables/general.yaml", "project: 3.08", "project: 83.01", "83.01"),
        ("tables/revenue.yaml", "carryover: 3.08", "carryover: 83.01", "83.01"),
        ("tables/revenue.yaml", "current: 356.24", "current: 653.42", "653.42"),
    ];
    for (file, old, new, wrong) in cells {
        let edits = [TOLD_LESS.as_slice(), &[(file, old, new)]].concat();
        let (sources, _, report) = portal(&ENOUGH, &edits);
        assert_silent(
            &sources,
            &report,
            &[wrong, "3.08", "356.24", "10.35"],
            &format!("{file} {new}"),
        );
        // What is not withheld is shown as ever.
        let text = human::render(&sources, &report, Language::Chinese, false);
        assert!(text.contains("涉密"), "{text}");
    }
}

#[test]
fn an_address_that_leads_nowhere_hides_every_figure() {
    let (sources, _, report) =
        portal(&["projects/17-it-2042/budget"], &[(PROJECT, "fiscal: 3.08", "fiscal: 8.03")]);
    assert_silent(&sources, &report, &["3.08", "8.03"], "withhold names another project");
}

#[test]
fn short_values_and_words_are_masked_by_their_address() {
    let file = "projects/01-science-day.yaml";
    let site = |at: &str, old: &str, new: &str| {
        let text =
            include_str!("../sites/minimal/content/demo/2025-budget/projects/01-science-day.yaml");
        assert!(text.contains(old), "{old}");
        let head = include_str!("../sites/minimal/content/demo/2025-budget/disclosure.yaml");
        TestSite::minimal()
            .write(file, text.replace(old, new))
            .write(
                "disclosure.yaml",
                format!("{head}withhold:\n  - {{ at: \"{at}\", because: 测试 }}\n"),
            )
            .check()
    };
    let cases = [
        ("projects/01-science-day/other", "other: 5.00", "other: 7", "other: 7"),
        ("projects/01-science-day/other", "other: 5.00", "other: 7", "7.00"),
        ("projects/01-science-day/payment_plan/*", "dec: 100%", "dec: 90%", "90%"),
        ("projects/01-science-day/payment_plan/*", "dec: 100%", "dec: 170%", "170"),
        ("projects/01-science-day/indicators/1/value", "≥20场", "≤90 百分比", "≤90"),
        ("projects/01-science-day/indicators/1/value", "≥20场", "活动场次", "value: 活动场次"),
        ("projects/01-science-day/goals", "办好全国科普日", "XX全国科普日", "XX"),
    ];
    let mut found = 0;
    for (at, old, new, secret) in cases {
        let checked = site(at, old, new);
        found += checked.report.diagnostics.len();
        for text in formats(&checked.sources, &checked.report) {
            assert!(!text.contains(secret), "{at}: {secret} is shown\n{text}");
        }
    }
    assert!(found > 4, "only {found} findings");
}

#[test]
fn what_is_not_withheld_is_said_as_ever_and_carets_stay_right() {
    let edits = [TOLD_LESS.as_slice(), &[("tables/general.yaml", "1454.54", "1454.55")]].concat();
    let (sources, _, report) = portal(&ENOUGH, &edits);
    let text = human::render(&sources, &report, Language::Chinese, false);
    assert!(text.contains("1454.55"), "{text}");
    let slip = [(PROJECT, "budget: 3.08", "budget: 8.37")];
    let edits = [TOLD_LESS.as_slice(), &slip].concat();
    let (sources, _, report) = portal(&ENOUGH, &edits);
    let text = human::render(&sources, &report, Language::Chinese, false);
    let shown = "3 | budget: 涉密\n  |         ^^^^ ";
    assert!(text.contains(shown), "{text}");
}

#[test]
fn a_disclosure_that_cannot_be_read_hides_its_figures_and_an_empty_list_hides_none() {
    let head = include_str!("../sites/minimal/content/demo/2025-budget/disclosure.yaml");
    let wrong =
        include_str!("../sites/minimal/content/demo/2025-budget/projects/01-science-day.yaml")
            .replace("budget: 40.00", "budget: 47.11");
    let with = |head: String| {
        let site = TestSite::minimal().write("projects/01-science-day.yaml", wrong.as_str());
        site.write("disclosure.yaml", head).check()
    };
    let at = "  - { at: projects/01-science-day/budget, because: 测试 }\n";
    for lost in [
        format!("{head}withold:\n{at}"),
        format!("{head}withhold:\n{at}stage: [\n"),
        format!("{}withhold:\n{at}", head.replace("profile:", "profil:")),
    ] {
        let checked = with(lost.clone());
        for text in formats(&checked.sources, &checked.report) {
            assert!(!text.contains("47.11"), "{lost}\n{text}");
        }
    }
    let checked = with(format!("{head}withhold: []\n"));
    assert!(checked.human(Language::Chinese).contains("47.11"));
}
