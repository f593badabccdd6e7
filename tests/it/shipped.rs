//! The profiles that come with the program: each has its source and an example, nothing is found in the example,
//! and a figure changed in it is found.

use std::path::Path;

use mingbai::diagnostic::Language;
use mingbai::findings::human;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::source::Sources;

use crate::cli::{command, results};

/// Final accounts and evaluations of an office that does not exist.
const OUTCOME: &str = "outcome";

/// The files of a portal, some of them changed: path, what it says, what it should say.
fn sources(site: &str, changes: &[(&str, &str, &str)]) -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(site);
    let mut sources = Sources::read(&root, "mingbai.yaml").expect("the folder is a portal");
    for (path, old, new) in changes {
        let path = format!("content/demo/{path}");
        let file = sources.find(&path).unwrap_or_else(|| panic!("{site} has no {path}"));
        let text = sources.file(file).text().to_owned();
        assert_eq!(text.matches(old).count(), 1, "{path} says {old} once");
        sources.add(&path, text.replacen(old, new, 1));
    }
    sources
}

fn found(changes: &[(&str, &str, &str)]) -> Vec<String> {
    let (_, report) = plan(&sources(OUTCOME, changes), false);
    let line = |one: &mingbai::diagnostic::Diagnostic| {
        format!("{} {}", one.code.id, one.address.as_deref().unwrap_or_default())
    };
    report.diagnostics.iter().map(line).collect()
}

#[test]
fn nothing_is_found_in_the_demonstration() {
    let sources = sources(OUTCOME, &[]);
    let (site, mut report) = plan(&sources, false);
    for path in site.paths() {
        render(&mut report, &sources, &site, &path);
    }
    assert_eq!(human::render(&sources, &report, Language::English, false).trim(), "");
}

#[test]
fn each_slip_in_the_evaluation_of_a_department_is_found_where_it_is() {
    const FORM: &str = "2024-department-evaluation/projects/01-department.yaml";
    const TASKS: &str = "2024-department-evaluation/tables/tasks.yaml";
    for (path, old, new, wanted) in [
        (
            FORM,
            "adjusted-basic: 60.00",
            "adjusted-basic: 61.00",
            "T204 projects/01-department/adjusted-basic",
        ),
        (
            FORM,
            "initial-current: 95.00",
            "initial-current: 59.00",
            "T201 projects/01-department/initial-current",
        ),
        (
            FORM,
            "money-rate: 98.04%",
            "money-rate: 98.06%",
            "T205 projects/01-department/money-rate",
        ),
        (FORM, "points: 98.8", "points: 98.9", "T204 projects/01-department/points"),
        (TASKS, "rate: 93.18%", "rate: 93.99%", "T205 tasks/科技馆开放/rate"),
        (
            TASKS,
            "executed-total: 40.00",
            "executed-total: 400.00",
            "T201 tasks/金额合计/executed-total",
        ),
    ] {
        let found = found(&[(path, old, new)]);
        let start = wanted.split('/').take(2).collect::<Vec<_>>().join("/");
        assert!(found.iter().any(|one| one.starts_with(&start)), "{new}: {found:?}");
    }
}

#[test]
fn an_evaluation_that_the_final_accounts_contradict_is_found_in_the_evaluation() {
    const FORM: &str = "2024-department-evaluation/projects/01-department.yaml";
    let found = found(&[
        (FORM, "executed-total: 100.00", "executed-total: 99.00"),
        (FORM, "executed-current: 96.00", "executed-current: 95.00"),
        (FORM, "executed-project: 40.00", "executed-project: 39.00"),
        (FORM, "money-rate: 98.04%", "money-rate: 97.06%"),
    ]);
    assert!(
        found.iter().any(|one| one == "T204 projects/01-department/executed-total"),
        "{found:?}"
    );
}

#[test]
fn a_slip_in_the_final_accounts_is_found_beside_an_evaluation() {
    const TABLE: &str = "2024-final/tables/expenditure.yaml";
    let found = found(&[(TABLE, "lei: 合计, total: 100.00", "lei: 合计, total: 700.00")]);
    assert!(found.iter().any(|one| one.ends_with("expenditure/合计/total")), "{found:?}");
}

/// Profiles and the portals that follow them.
const FORMS: [(&str, &str); 6] = [
    (OUTCOME, "cn/final-accounts/thirteen"),
    (OUTCOME, "cn/self-evaluation/base"),
    (OUTCOME, "cn/self-evaluation/department"),
    ("shanghai-district", "shanghai/final-accounts/2024"),
    ("shanghai-street", "shanghai/department-budget/2023"),
    ("jiangsu", "jiangsu/department-budget/2018"),
];

#[test]
fn of_a_hundred_figures_changed_ninety_five_are_found_in_each_form() {
    for (site, id) in FORMS {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(site);
        let output = command(&root)
            .args(["profile", "test", id, "--lang", "en"])
            .output()
            .expect("the program runs");
        let said = results(&output);
        assert!(output.status.success(), "{id}: {said}");
        let line = said.lines().find(|line| line.contains("figures changed")).expect("counts");
        let number = |text: &str| -> usize {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            digits.parse().expect("a number")
        };
        let all = number(line.split(' ').next().expect("a number"));
        let missed = number(line.rsplit(", ").next().expect("what was not found"));
        assert!(all >= 40 && missed * 20 <= all, "{id}: {line}");
    }
}

#[test]
fn every_form_says_where_it_is_from() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    for folder in ["cn/department-budget", "cn/final-accounts", "cn/self-evaluation"]
        .iter()
        .chain(&["shanghai/department-budget", "jiangsu/department-budget"])
    {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).expect("a text");
            assert!(text.contains("# 来源：") && text.contains("# Source: "), "{}", path.display());
        }
    }
}
