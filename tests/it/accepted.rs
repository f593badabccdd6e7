//! An acceptance is of the figures and words it was given for, and of no others.

use std::path::Path;

use mingbai::diagnostic::{Language, Report, Severity};
use mingbai::findings::human;
use mingbai::plan::plan;
use mingbai::source::Sources;

use crate::bench::{Checked, TestSite};
use crate::cli::{Desk, errors};

const OVERALL: &str = "content/zjk-kexie/2025-budget/narrative/02-overall.md";

/// The repository's own content with one text of a file written otherwise.
fn repository(path: &str, from: &str, to: &str) -> (Sources, Report) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::read(root, "mingbai.yaml").expect("the repository is a portal");
    let file = sources.find(path).expect("the file is there");
    let text = sources.file(file).text().to_owned();
    assert!(text.contains(from), "{from}");
    sources.add(path, text.replacen(from, to, 1));
    let (_, report) = plan(&sources, false);
    (sources, report)
}

/// The minimal portal with a price that is lost to rounding, and an acceptance that goes on like this.
fn lost_price(total: &str, rest: &str) -> Checked {
    let site = TestSite::minimal();
    let head = site.read("disclosure.yaml");
    let accept = format!(
        "accept:\n  - {{ code: unit-price-lost, at: procurement/汽油/price, reason: 系统只留两位小数{rest} }}\n"
    );
    site.write("disclosure.yaml", format!("{head}{accept}"))
        .write(
            "tables/procurement.yaml",
            format!(
                "rows:\n  - {{ item: 合计, total: {total} }}\n  - {{ item: 汽油, quantity: 5000, price: 0.00, total: {total} }}\n"
            ),
        )
        .check()
}

#[test]
fn an_acceptance_without_figures_is_told_with_what_to_add() {
    let checked = lost_price("4.00", "");
    assert_eq!(checked.codes(), ["A909"]);
    assert_eq!(checked.report.accepted.len(), 1, "it is accepted all the same");
    let text = checked.human(Language::English);
    assert!(text.contains("found: 单价 0.00，金额 4.00"), "{text}");
    // What is said to add is enough.
    assert_eq!(lost_price("4.00", ", found: 单价 0.00，金额 4.00").codes(), Vec::<&str>::new());
}

#[test]
fn what_was_accepted_of_other_figures_is_found_again() {
    let checked = lost_price("5.00", ", found: 单价 0.00，金额 4.00");
    assert_eq!(checked.codes(), ["T207"]);
    assert_eq!(checked.report.diagnostics[0].severity, Severity::Error);
    let text = checked.human(Language::English);
    for words in ["单价 0.00，金额 4.00", "单价 0.00，金额 5.00", "mingbai accept"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

#[test]
fn a_line_that_is_found_no_more_is_not_needed() {
    let checked = lost_price("4.00", ", found: ['单价 0.00，金额 4.00', '单价 0.00，金额 9.00']");
    assert_eq!(checked.codes(), ["A901"]);
    assert!(checked.human(Language::English).contains("单价 0.00，金额 9.00"));
}

#[test]
fn each_of_the_ten_amounts_and_nine_directions_of_the_accepted_sum_is_caught() {
    for (from, to) in [
        ("[16.66 万元]", "[17.66 万元]"),
        ("项目支出增加了 [16.66 万元]", "项目支出减少了 [16.66 万元]"),
        ("减少了[4.07万元]", "减少了[4.17万元]"),
        ("减少了[4.07万元]", "增加了[4.07万元]"),
        ("减少了[1万元]", "减少了[2万元]"),
        ("增加了[6.8万元]", "增加了[6.9万元]"),
        ("增加了[6.8万元]", "减少了[6.8万元]"),
        ("增加了[7.11万元]", "增加了[7.12万元]"),
        ("增加了[15.34万元]", "减少了[15.34万元]"),
        ("减少了[8.5万元]", "减少了[9.5万元]"),
        ("增加[3.38万元]", "减少[3.38万元]"),
        ("减少了[4.4万元]", "减少了[4.3万元]"),
    ] {
        let (sources, report) = repository(OVERALL, from, to);
        let text = human::render(&sources, &report, Language::English, false);
        let found = report.diagnostics.iter().filter(|found| found.code.id == "N303");
        let all: Vec<_> = found.map(|found| found.severity).collect();
        assert!(!all.is_empty() && all.iter().all(|one| *one == Severity::Error), "{to}\n{text}");
    }
}

#[test]
fn an_acceptance_of_words_is_of_their_sentence() {
    let text = |first: &str, second: &str| {
        format!(
            "{first}公用经费安排[50.00万元](=basic/合计/public)。{second}公用经费共[50.00万元](=basic/合计/public)"
        )
    };
    let site = |written: &str, found: &str| {
        let site = TestSite::starter();
        let head = site.read("disclosure.yaml");
        let read = site.read("narrative/03-operating.md").replacen(
            "2025年，机关运行经费共计安排[50.00万元](=basic/合计/public)",
            written,
            1,
        );
        let accept = format!(
            "accept:\n  - {{ code: foreign-text, at: narrative/operating/2024年, reason: 原件如此{found} }}\n"
        );
        site.write("narrative/03-operating.md", read)
            .write("disclosure.yaml", format!("{head}{accept}"))
            .check()
    };
    let first = text("2024年", "2025年");
    let bare = site(&first, "");
    assert_eq!(bare.codes(), ["A909"]);
    let said = bare.human(Language::English);
    let line =
        said.lines().find_map(|line| line.split_once("add found: ")).expect("it says what to add");
    let found = format!(", found: {}", line.1.trim_end_matches('`'));
    assert_eq!(site(&first, &found).codes(), Vec::<&str>::new(), "{found}");
    // The same words in another sentence were not accepted.
    assert_eq!(site(&text("2025年", "2024年"), &found).codes(), ["N306"]);
}

#[test]
fn a_reason_that_gives_none_is_refused() {
    for reason in [
        "无",
        "无。",
        "暂无",
        "没有",
        "待补充",
        "（待补充）",
        concat!("TO", "DO"),
        "todo: ",
        "xx",
        "XxX",
        "××",
        "n/a",
        "tbd",
        "……",
        "-",
    ] {
        let site = TestSite::minimal();
        let head = site.read("disclosure.yaml");
        let accept = format!(
            "accept:\n  - {{ code: unit-price-lost, at: procurement/汽油/price, reason: \"{reason}\", found: 单价 0.00，金额 4.00 }}\n"
        );
        let checked = site
            .write("disclosure.yaml", format!("{head}{accept}"))
            .write("tables/procurement.yaml", "rows:\n  - { item: 合计, total: 4.00 }\n  - { item: 汽油, quantity: 5000, price: 0.00, total: 4.00 }\n")
            .check();
        assert_eq!(checked.codes(), ["A902", "T207"], "{reason}");
    }
}

#[test]
fn what_is_missing_has_no_figures_to_hold_on_to() {
    let site = TestSite::starter();
    let head = site.read("disclosure.yaml");
    let without: String = head
        .lines()
        .filter(|line| !line.starts_with("secrecy_review"))
        .map(|line| format!("{line}\n"))
        .collect();
    assert_ne!(head, without);
    let accept = "accept:\n  - { code: missing-secrecy-review, at: secrecy_review, reason: 公开的文件没有写 }\n";
    let checked = site.write("disclosure.yaml", format!("{without}{accept}")).check();
    assert_eq!(checked.codes(), Vec::<&str>::new(), "{}", checked.human(Language::English));
}

#[test]
fn the_command_writes_the_entry_and_the_portal_is_clear() {
    let desk = Desk::mended();
    let home = "content/library/2025-budget/disclosure.yaml";
    desk.edit(home, "secrecy_review: {", "# secrecy_review: {");
    desk.edit(
        "content/library/2025-budget/narrative/03-operating.md",
        "2025年，机关",
        "2024年，机关",
    );
    let checked = desk.run(&["check"]);
    assert_eq!(checked.status.code(), Some(1), "{}", errors(&checked));
    // Without a reason nothing is accepted, and none that gives none.
    for reason in [None, Some("待补充")] {
        let mut arguments = vec!["accept", "missing-secrecy-review", "secrecy_review"];
        arguments.extend(reason.into_iter().flat_map(|reason| ["--reason", reason]));
        let refused = desk.run(&arguments);
        assert_eq!(refused.status.code(), Some(2), "{}", errors(&refused));
        assert!(errors(&refused).contains("--reason"), "{}", errors(&refused));
    }
    for arguments in [
        [
            "accept",
            "D704",
            "secrecy_review",
            "--reason",
            "公开的文件没有写: 原件如此",
            "--by",
            "财务科",
        ],
        [
            "accept",
            "foreign-text",
            "narrative/operating/2024年",
            "--reason",
            "原件如此",
            "--by",
            "办公室",
        ],
    ] {
        let accepted = desk.run(&arguments);
        assert_eq!(accepted.status.code(), Some(0), "{}", errors(&accepted));
    }
    let text = std::fs::read_to_string(desk.path(home)).expect("readable");
    assert!(text.contains("  - { code: missing-secrecy-review, at: secrecy_review, reason: \"公开的文件没有写: 原件如此\", by: 财务科 }\n"), "{text}");
    assert!(text.contains("reason: 原件如此, by: 办公室, found: "), "{text}");
    let checked = desk.run(&["check", "--strict"]);
    assert_eq!(checked.status.code(), Some(0), "{}\n{text}", errors(&checked));
    // The sentence changes: it is accepted anew, with the reason that is there.
    desk.edit(
        "content/library/2025-budget/narrative/03-operating.md",
        "2024年，机关",
        "2024年的机关",
    );
    assert_eq!(desk.run(&["check"]).status.code(), Some(1));
    let again = desk.run(&["accept", "foreign-text", "narrative/operating/2024年"]);
    assert_eq!(again.status.code(), Some(0), "{}", errors(&again));
    let checked = desk.run(&["check", "--strict"]);
    assert_eq!(checked.status.code(), Some(0), "{}", errors(&checked));
    let none =
        desk.run(&["accept", "foreign-text", "narrative/operating/2023年", "-m", "原件如此"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(errors(&none).contains("narrative/operating/2024年"), "{}", errors(&none));
}

#[test]
fn acceptances_in_any_form_are_completed_where_they_stand() {
    for (written, completed) in [
        (
            "accept:\n  - { code: T207, at: procurement/汽油/price, reason: 原件如此 } # 已核\n",
            "accept:\n  - { code: T207, at: procurement/汽油/price, reason: 原件如此, found: 单价 0.00，金额 4.00 } # 已核\n",
        ),
        (
            "accept:\n  - code: unit-price-lost   # 单价\n    at: procurement/汽油/price\n    reason: \"原件如此\"   # 已核\n",
            "accept:\n  - code: unit-price-lost   # 单价\n    at: procurement/汽油/price\n    reason: \"原件如此\"   # 已核\n    found: 单价 0.00，金额 4.00\n",
        ),
        (
            "accept: [{ code: T207, at: procurement/汽油/price, reason: '原件如此' }]\n",
            "accept: [{ code: T207, at: procurement/汽油/price, reason: '原件如此', found: 单价 0.00，金额 4.00 }]\n",
        ),
    ] {
        let site = TestSite::minimal();
        let head = site.read("disclosure.yaml");
        let site = site.write("disclosure.yaml", format!("{head}{written}")).write("tables/procurement.yaml", "rows:\n  - { item: 合计, total: 4.00 }\n  - { item: 汽油, quantity: 5000, price: 0.00, total: 4.00 }\n");
        let desk = Desk::holding(&site);
        let pinned = desk.run(&["accept", "--pin"]);
        assert_eq!(pinned.status.code(), Some(0), "{}", errors(&pinned));
        let path = desk.path("content/demo/2025-budget/disclosure.yaml");
        let text = std::fs::read_to_string(path).expect("readable");
        assert_eq!(text, format!("{head}{completed}"));
    }
}

#[test]
fn an_acceptance_holds_when_a_figure_of_it_is_withheld_and_is_not_shown() {
    let accept = |found: &str| {
        format!(
            "accept:\n  - {{ code: unit-price-lost, at: procurement/汽油/price, reason: 原件如此{found} }}\n\
             withhold:\n  - {{ at: procurement/汽油/total, because: 测试 }}\n"
        )
    };
    let site = |found: &str| {
        let site = TestSite::minimal();
        let head = site.read("disclosure.yaml");
        site.write("disclosure.yaml", format!("{head}{}", accept(found)))
            .write("tables/procurement.yaml", "rows:\n  - { item: 合计, total: 7.35 }\n  - { item: 汽油, quantity: 5000, price: 0.00, total: 4.35 }\n  - { item: 其他, total: 3.00 }\n")
            .check()
    };
    let lapsed = |checked: &Checked| checked.human(Language::Chinese).contains("不再算数");
    assert!(!lapsed(&site(", found: 单价 0.00，金额 4.35")));
    let changed = site(", found: 单价 0.00，金额 4.25");
    assert!(lapsed(&changed), "{}", changed.human(Language::Chinese));
    let bare = site("");
    assert!(bare.codes().contains(&"A909"), "{}", bare.human(Language::Chinese));
    for checked in [changed, bare] {
        for language in [Language::Chinese, Language::English] {
            assert!(!checked.human(language).contains("4.35"), "{}", checked.human(language));
        }
    }
}
