//! What is found in the targets of both seeds, exactly; and how many can be measured.

use std::path::Path;

use mingbai::diagnostic::{Report, Severity};
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::site::Site;
use mingbai::source::Sources;

use crate::bench::{Checked, TestSite};

fn portal() -> (Sources, Site, Report) {
    let sources = Sources::read(Path::new(env!("CARGO_MANIFEST_DIR")), "mingbai.yaml")
        .expect("the repository is a portal");
    let (site, report) = plan(&sources, false);
    (sources, site, report)
}

/// Findings of the family P of one disclosure, accepted or not: project, place, code, severity.
fn found(report: &Report, year: &str) -> Vec<String> {
    let all = report.diagnostics.iter().chain(&report.accepted);
    let own = all.filter(|found| {
        found.code.id.starts_with('P')
            && found.disclosure == Some(format!("zjk-kexie/{year}-budget"))
    });
    let mut lines: Vec<String> = own
        .map(|found| {
            let address = found.address.as_deref().expect("it can be accepted");
            let place = address.strip_prefix("projects/").expect("it is about a project");
            let (project, place) = place.split_once('/').expect("and about a part of it");
            let number = project.split('-').next().unwrap_or_default();
            format!("{number} {place} {} {}", found.code.name, found.severity.word())
        })
        .collect();
    lines.sort();
    lines
}

#[test]
fn every_mistake_in_the_targets_of_2025_is_found_and_nothing_else() {
    let (.., report) = portal();
    assert_eq!(
        found(&report, "2025"),
        [
            "02 indicators/6 target-restates-name warning",
            "10 indicators/2 misfiled-indicator warning",
            "10 indicators/4 mixed-spellings note",
            "12 indicators/2 misfiled-indicator warning",
            "13 indicators/2 misfiled-indicator warning",
            "14 indicators/2 misfiled-indicator warning",
            "16 indicators/4 cost-mismatch note",
            "18 indicators/1 mixed-spellings note",
            "18 indicators/2 rate-without-percent warning",
            "18 indicators/4 cost-mismatch note",
            "19 indicators missing-indicator warning",
            "19 indicators/4 cost-mismatch note",
            "21 indicators/1 suspicious-direction warning",
            "23 indicators/1 mixed-spellings note",
            "23 indicators/5 suspicious-direction warning",
            "23 indicators/7 suspicious-direction warning",
            "24 indicators/5 target-restates-name warning",
            "25 indicators/4 cost-mismatch warning",
            "25 indicators/5 target-restates-name warning",
            "25 indicators/6 target-restates-name warning",
            "26 indicators missing-indicator warning",
            "26 payment_plan/jun payment-plan-range error",
        ]
    );
}

#[test]
fn the_targets_of_2022_have_no_such_mistake() {
    let (.., report) = portal();
    assert_eq!(found(&report, "2022"), Vec::<String>::new());
}

#[test]
fn what_was_published_wrong_is_accepted_and_nothing_is_left() {
    let (.., report) = portal();
    assert_eq!(report.count(Severity::Error), 0, "{:?}", report.diagnostics);
    let left = report.diagnostics.iter().filter(|found| found.code.id.starts_with('P'));
    assert_eq!(left.count(), 0);
}

#[test]
fn the_plan_of_project_26_is_explained() {
    let (.., report) = portal();
    let mut all = report.accepted.iter();
    let plan = all.find(|found| found.code.id == "P401").expect("it is found");
    let help = plan.help.as_ref().expect("it has a cause");
    assert!(help.zh.contains("60%、90%、100%"), "{}", help.zh);
    assert!(help.en.contains("60%, 90%, 100%"), "{}", help.en);
}

#[test]
fn the_share_of_measurable_targets_is_said_in_words() {
    let (sources, site, _) = portal();
    let page = |path: &str| {
        let bytes = render(&mut Report::default(), &sources, &site, path).expect("planned");
        let html = scraper::Html::parse_document(&String::from_utf8(bytes).expect("text"));
        let text: String = html.root_element().text().collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (path, sentence) in [
        ("zjk-kexie/2025-budget/index.html", "197 项指标中 176 项可以量化，另有 6 项涉密。"),
        (
            "zjk-kexie/2025-budget/projects/index.html",
            "197 项指标中 176 项可以量化，另有 6 项涉密。",
        ),
        ("zjk-kexie/2022-budget/index.html", "91 项指标中 76 项可以量化。"),
        ("zjk-kexie/2022-budget/projects/index.html", "91 项指标中 76 项可以量化。"),
        ("zjk-kexie/2025-budget/projects/24-museum-free-2024.html", "6 项指标中 5 项可以量化。"),
    ] {
        let text = page(path);
        assert!(
            text.contains(sentence),
            "{path}: {}",
            &text[text.find("项指标中").map_or(0, |at| at.saturating_sub(30))..]
        );
    }
}

#[test]
fn a_project_page_tells_the_relations_of_its_own_that_do_not_hold_and_no_others() {
    let project =
        |other: &str| format!("name: 科普日活动\nbudget: 40.00\nfiscal: 35.00\nother: {other}\n");
    let page = |site: TestSite| {
        let Checked { sources, site, mut report } = site.check();
        let path = "demo/2025-budget/projects/01-science-day.html";
        let bytes = render(&mut report, &sources, &site, path).expect("planned");
        String::from_utf8(bytes).expect("text")
    };
    let sound = page(TestSite::minimal().write("projects/01-science-day.yaml", project("5.00")));
    assert!(!sound.contains("不符"));
    let wrong = page(TestSite::minimal().write("projects/01-science-day.yaml", project("4.00")));
    let told = &wrong[wrong.find("<h2>不符</h2>").expect("it is told")..];
    let told = &told[..told.find("</section>").expect("the section ends")];
    assert!(told.contains("40.00") && told.contains("4.00") && told.contains("相差 1"), "{told}");
    assert!(told.contains("../verification.html"), "{told}");
}
