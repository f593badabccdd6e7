//! Two states of a portal: what differs is said in budget terms, what is withheld never; what changed
//! after publication is on record, on the pages and in the feed.

use std::path::Path;
use std::process::Command;

use mingbai::diagnostic::Language;
use mingbai::diff::{Diff, compare, human, json, markdown};
use serde_json::Value;

use crate::bench::TestSite;
use crate::cli::{Desk, errors};

const NAMES: [&str; 2] = ["v1", "v2"];

fn between(before: &TestSite, after: &TestSite) -> Diff {
    let (before, after) = (before.check(), after.check());
    compare(&before.state(), &after.state())
}

fn chinese(diff: &Diff) -> String {
    human(diff, NAMES, Language::Chinese, false)
}

/// The minimal portal with one text of a file replaced by another.
fn with(path: &str, from: &str, to: &str) -> TestSite {
    edited(TestSite::minimal(), path, from, to)
}

fn edited(site: TestSite, path: &str, from: &str, to: &str) -> TestSite {
    let text = site.read(path);
    assert!(text.contains(from), "{path} does not hold {from}");
    let text = text.replace(from, to);
    site.write(path, text)
}

const EXPENDITURE: &str = "tables/expenditure.yaml";
const PROJECT: &str = "projects/01-science-day.yaml";

/// A file, what is replaced in it by what, and lines of what is said.
type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

const DIFFERENCES: &[Case] = &[
    (
        EXPENDITURE,
        "2050802, name: 干部教育, total: 10.00",
        "2050802, name: 干部教育, total: 1200.50",
        &["支出总表（expenditure）", "~ 2050802 干部教育 · 合计：10.00 → 1200.50 万元（+1190.50）"],
    ),
    (
        EXPENDITURE,
        "total: 50.00, basic: 50.00",
        "total: 49.99, basic: 49.99",
        &["~ 2060701 机构运行", "~ 合计：50.00 → 49.99 万元（-0.01）"],
    ),
    (
        EXPENDITURE,
        "name: 机构运行",
        "name: 机构运转",
        &["~ “2060701 机构运行”改称“2060701 机构运转”"],
    ),
    (
        EXPENDITURE,
        "  - { code: 2050802, name: 干部教育, total: 10.00, basic: 10.00 }\n",
        "  - { code: 2050803, name: 培训支出, total: 10.00, basic: 10.00 }\n",
        &[
            "+ 2050803 培训支出：合计 10.00，基本支出 10.00",
            "- 2050802 干部教育：合计 10.00，基本支出 10.00",
        ],
    ),
    (
        "tables/funds.yaml",
        "空表列示",
        "空表公开",
        &["~ 表注：“注：无政府性基金预算，空表列示。” → “注：无政府性基金预算，空表公开。”"],
    ),
    (
        "tables/procurement.yaml",
        "sme: 4.00 }\n  - { item: 电脑",
        "}\n  - { item: 电脑",
        &["~ 展板 · 预留中小微企业份额：4.00 万元 → （空）（-4.00）"],
    ),
    (
        PROJECT,
        "fiscal: 35.00\nother: 5.00",
        "fiscal: 36.00\nother: 4.00",
        &[
            "项目“科普日活动”（01-science-day）",
            "~ 财政资金：35.00 → 36.00 万元（+1.00）",
            "~ 其他资金：5.00 → 4.00 万元（-1.00）",
        ],
    ),
    (PROJECT, "jun: 50%", "jun: 40%", &["~ 6月底：50 → 40（-10）"]),
    (PROJECT, "≥20场", "≥18场", &["~ 指标值 1：≥20场 → ≥18场"]),
    (
        PROJECT,
        "name: 科普日活动",
        "name: 科普活动日",
        &["项目“科普日活动”改称“科普活动日”（01-science-day）"],
    ),
    (
        "disclosure.yaml",
        "stage: budget",
        "stage: budget\npublished: 2025-02-20 09:30",
        &["~ 公开日期：加上“2025-02-20 09:30”"],
    ),
    (
        "profiles/test/minimal.yaml",
        "{ title: 基本支出, type: amount }",
        "{ title: 基本开支, type: amount }",
        &["~ 栏“基本支出”改称“基本开支”（basic）"],
    ),
    (
        "profiles/test/minimal.yaml",
        "{ title: 资金用途, type: text, figures: { 项目预算总额: budget } }",
        "{ title: 资金用途, type: text, figures: { 项目预算总额: budget } }\n    extra: { title: 备注, type: text }",
        &["v1 和 v2 没有差别"],
    ),
];

#[test]
fn every_kind_of_difference_is_said_in_budget_terms() {
    for (path, from, to, lines) in DIFFERENCES {
        let said = chinese(&between(&TestSite::minimal(), &with(path, from, to)));
        for line in *lines {
            assert!(said.lines().any(|one| one.trim() == *line), "{from} → {to}: {line}\n{said}");
        }
    }
}

#[test]
fn a_state_beside_itself_differs_in_nothing() {
    for site in [TestSite::minimal(), TestSite::starter()] {
        let diff = between(&site, &site);
        assert!(diff.disclosures.is_empty(), "{}", chinese(&diff));
    }
}

#[test]
fn of_a_text_the_sentences_that_changed_are_shown_and_no_others() {
    let text = |middle: &str| {
        format!(
            "# 二、预算情况说明\n\n甲类支出不变。{middle}。丙类\n支出不变。\n\n[政府采购预算表](=procurement)\n"
        )
    };
    let site =
        |middle: &str| TestSite::minimal().write("narrative/02-explanation.md", text(middle));
    let said = chinese(&between(&site("乙类支出减少"), &site("乙类支出增加")));
    let lines: Vec<&str> = said.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        lines,
        ["二、预算情况说明（narrative/explanation）", "- 乙类支出减少。", "+ 乙类支出增加。"]
    );
    // Where lines are broken makes no difference to who reads them.
    let broken = text("乙类支出减少").replace("丙类\n支出", "丙类支出");
    let broken = TestSite::minimal().write("narrative/02-explanation.md", broken);
    assert!(between(&site("乙类支出减少"), &broken).disclosures.is_empty());
}

#[test]
fn relations_that_turned_are_said_in_either_direction() {
    let wrong =
        with("tables/expenditure.yaml", "total: 50.00, basic: 50.00", "total: 51.00, basic: 51.00");
    let broken = chinese(&between(&TestSite::minimal(), &wrong));
    assert!(broken.contains("- 现在不相符：支出总表“20607 科学技术普及”的“合计”是 90.00 万元，各部分相加却是 91.00 万元"), "{broken}");
    let mended = chinese(&between(&wrong, &TestSite::minimal()));
    assert!(
        mended.contains("+ 已经改好，原来是：支出总表“20607 科学技术普及”的“合计”是 90.00 万元"),
        "{mended}"
    );
    // What is wrong in both states has not turned.
    let more = edited(wrong.clone(), "narrative/01-duties.md", "。", "！");
    assert!(!chinese(&between(&wrong, &more)).contains("勾稽关系"));
}

#[test]
fn projects_tables_and_disclosures_that_come_and_go_are_named() {
    let site = TestSite::minimal();
    let second = site.read("projects/01-science-day.yaml").replace("科普日活动", "流动科技馆");
    let more = site.clone().write("projects/02-caravan.yaml", second);
    let said = chinese(&between(&site, &more));
    assert!(said.contains("项目“流动科技馆”（02-caravan）：新增"), "{said}");
    assert!(said.contains("+ 预算数 40.00"), "{said}");
    assert!(chinese(&between(&more, &site)).contains("项目“流动科技馆”（02-caravan）：没有了"));
    let less = site.clone().without("tables/procurement.yaml");
    assert!(chinese(&between(&site, &less)).contains("政府采购预算表（procurement）：没有了"));
    let head = site.read("disclosure.yaml").replace("2025", "2026");
    let next = site.clone().write("content/demo/2026-budget/disclosure.yaml", head);
    let said = chinese(&between(&site, &next));
    assert!(said.contains("（demo/2026-budget）：新增"), "{said}");
    // A file that cannot be read is neither gone nor new.
    let unread = site.clone().write("tables/expenditure.yaml", "rows: [");
    let said = chinese(&between(&site, &unread));
    assert!(!said.contains("支出总表（expenditure）"), "{said}");
    assert!(said.contains("后一份有 1 处（mingbai check）：没有读懂的不作比较"), "{said}");
}

#[test]
fn programs_get_every_difference_with_its_address_and_the_version_of_the_form() {
    let after =
        with("tables/expenditure.yaml", "total: 50.00, basic: 50.00", "total: 49.99, basic: 50.00");
    let text = json(&between(&TestSite::minimal(), &after), NAMES);
    let document: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!((&document["version"], &document["before"]), (&1.into(), &"v1".into()));
    let disclosure = &document["disclosures"][0];
    assert_eq!(disclosure["disclosure"], "demo/2025-budget");
    let value = &disclosure["tables"][0]["rows"][0]["values"][0];
    for (key, said) in [
        ("address", "expenditure/2060701/total"),
        ("before", "50.00"),
        ("after", "49.99"),
        ("by", "-0.01"),
        ("unit", "万元"),
    ] {
        assert_eq!(value[key], said, "{key}");
    }
    let turned: Vec<&Value> = disclosure["relations"].as_array().expect("a list").iter().collect();
    assert!(turned.iter().all(|one| one["turn"] == "broken") && turned.len() == 1, "{turned:?}");
}

#[test]
fn a_pull_request_gets_headings_and_lists_in_which_no_word_is_markup() {
    let after = with("tables/expenditure.yaml", "name: 机构运行", "name: '<x>机构*运行* @all'");
    let text = markdown(&between(&TestSite::minimal(), &after), NAMES, Language::English);
    assert!(text.starts_with("# What changes of the disclosures: `v1` → `v2`\n\n## "), "{text}");
    assert!(
        text.contains("\n\n### 支出总表 (expenditure)\n\n- “2060701 机构运行” is now"),
        "{text}"
    );
    assert!(text.contains("\\<x\\>机构\\*运行\\* @\u{2060}all"), "{text}");
    let same = markdown(&between(&after, &after), NAMES, Language::English);
    assert!(same.ends_with("\nNothing differs.\n"), "{same}");
}

/// The minimal portal, in which one project is withheld or not, and its text names the figure or not.
fn secret(figure: &str, is_withheld: bool, text: &str) -> TestSite {
    let site = with(
        "projects/01-science-day.yaml",
        "budget: 40.00\nfiscal: 35.00",
        &format!("budget: {figure}\nfiscal: 35.00"),
    );
    let head = site.read("disclosure.yaml");
    let withhold = "withhold:\n  - { at: projects/01-science-day/budget, because: 涉密 }\n  - { at: projects/01-science-day/goals, because: 涉密 }\n";
    let head = if is_withheld { format!("{head}{withhold}") } else { head };
    let site = site.write("disclosure.yaml", head);
    edited(site, "narrative/01-duties.md", "。", &format!("，{text}。"))
}

#[test]
fn no_format_shows_what_either_state_withholds() {
    let named = "科普日活动安排41.37万元";
    for (before, after, is_said) in [
        // Published, and withheld from now on.
        (secret("41.37", false, named), secret("41.37", true, "另有安排"), true),
        (secret("41.37", false, "安排413700元"), secret("42.37", true, "另有安排"), true),
        // Withheld, changed and still withheld.
        (secret("41.37", true, "甲"), secret("43.37", true, "甲"), false),
        (secret("41.37", true, "甲"), secret("41.37", true, "乙"), false),
    ] {
        let diff = between(&before, &after);
        let all = [
            chinese(&diff),
            human(&diff, NAMES, Language::English, true),
            json(&diff, NAMES),
            markdown(&diff, NAMES, Language::Chinese),
        ];
        for text in &all {
            for value in ["41.37", "42.37", "43.37", "413700", "1.37", "办好全国科普日"] {
                assert!(!text.contains(value), "{value} is shown:\n{text}");
            }
        }
        assert_eq!(all[0].contains("~ 预算数：改为不公开"), is_said, "{}", all[0]);
    }
    let freed = chinese(&between(&secret("41.37", true, "甲"), &secret("41.37", false, "甲")));
    assert!(
        freed.contains("~ 预算数：原来不公开，现在公开") && !freed.contains("41.37"),
        "{freed}"
    );
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity =
        ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"];
    let run = Command::new("git").arg("-C").arg(folder).args(identity).args(arguments).output();
    let run = run.expect("git runs");
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
}

/// A portal in a subfolder of a repository, with a version `v1` and a figure changed after it.
fn repository() -> Desk {
    let desk = Desk::empty();
    let made = desk.run(&["init", "portal"]);
    assert_eq!(made.status.code(), Some(0), "{}", errors(&made));
    let head = "portal/content/library/2025-budget/disclosure.yaml";
    desk.edit(head, "stage: budget", "stage: budget\ncatalogue: { index: '1' }");
    git(desk.root(), &["init", "-q"]);
    git(desk.root(), &["add", "."]);
    git(desk.root(), &["commit", "-q", "-m", "one"]);
    git(desk.root(), &["tag", "v1"]);
    let table = "portal/content/library/2025-budget/tables/expenditure.yaml";
    desk.edit(table, "total: 51.00", "total: 15.00");
    git(desk.root(), &["commit", "-q", "-am", "two"]);
    desk
}

#[test]
fn revisions_and_folders_are_compared_and_the_exit_code_says_how_it_came_out() {
    let desk = repository();
    std::fs::create_dir(desk.path("empty")).expect("a folder");
    let copied =
        Command::new("cp").arg("-r").args(["portal", "copy"]).current_dir(desk.root()).status();
    assert!(copied.expect("cp runs").success());
    let table = "copy/content/library/2025-budget/tables/expenditure.yaml";
    desk.edit(table, "total: 15.00", "total: 16.00");
    let (own, other) = ("portal/content/library/2025-budget", "copy/content/library/2025-budget");
    let changed = "51.00 → 15.00 万元（-36.00）";
    for (arguments, code, said) in [
        (&["v1", "HEAD"][..], 1, changed),
        (&["HEAD~1", "HEAD"], 1, changed),
        (&["v1"], 1, changed),
        (&["HEAD"], 0, "没有差别"),
        (&["HEAD", "HEAD"], 0, "没有差别"),
        (&["portal", "copy"], 1, "15.00 → 16.00 万元（+1.00）"),
        (&[own, other], 1, "15.00 → 16.00 万元（+1.00）"),
        (&["v1", own], 1, changed),
        (&["empty", "portal"], 2, "empty is no portal"),
        (&["v9", "HEAD"], 2, "`v9` is no folder, and no revision"),
        (&["--", "--output=x", "HEAD"], 2, "`--output=x` is no folder, and no revision"),
        (&["HEAD:portal", "HEAD"], 2, "`HEAD:portal` is no folder"),
    ] {
        let output = desk.run(&[&["--root", "portal", "diff"], arguments].concat());
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &errors(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
        assert!(text.contains(said), "{arguments:?}: {text}");
    }
    assert!(!desk.path("portal/x").exists() && !desk.path("x").exists());
    let outside = Desk::started();
    let output = outside.run(&["diff", "HEAD"]);
    assert_eq!(output.status.code(), Some(2), "{}", errors(&output));
}

#[test]
fn a_check_against_what_was_published_wants_a_correction() {
    let desk = repository();
    let head = "portal/content/library/2025-budget/disclosure.yaml";
    let check = || {
        desk.run(&[
            "--root",
            "portal",
            "check",
            "--against",
            "v1",
            "--today",
            "2030-01-01",
            "--lang",
            "en",
        ])
    };
    let text = std::fs::read_to_string(desk.path(head)).expect("readable");
    assert!(text.contains("published:"), "{text}");
    let output = check();
    let said = errors(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("[A908]") && said.contains("51.00 → 15.00"), "{said}");
    let found = said.split("cells: { ").nth(1).and_then(|rest| rest.split(" }").next());
    let cells = found.unwrap_or_else(|| panic!("an entry is proposed: {said}"));
    let entry = format!(
        "corrections:\n  - {{ date: 2029-03-05, reason: 两个数字颠倒, cells: {{ {cells} }} }}\n"
    );
    std::fs::write(desk.path(head), text + &entry).expect("writable");
    let output = check();
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
}

/// The minimal portal with one figure corrected after publication.
fn corrected() -> TestSite {
    let head = "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\napproved: 2025-02-10\npublished: 2025-02-20\ncorrections:\n  - date: 2025-03-05\n    reason: 录入时看错了行\n    cells:\n      expenditure/2060701/total: 51.00\n      expenditure/2060701/basic: \"\"\n      projects/01-science-day/fiscal: 34.00\n    at: [narrative/explanation]\n  - date: 2025-04-01\n    reason: 采购预算表重新印发\n    at: [procurement]\n";
    let site = TestSite::minimal().write("disclosure.yaml", head);
    site.write("mingbai.yaml", "title: 示例门户\nbase_url: https://example.org\n")
}

#[test]
fn a_correction_stands_at_the_cell_and_on_every_page_it_concerns() {
    let home = "demo/2025-budget";
    let site = corrected();
    let read = |path: &str| site.page(&format!("{home}/{path}"));
    let table = read("tables/expenditure.html");
    let mark = "<ins><a href=#correction-1 title=公开以后更正过>50.00</a></ins>";
    assert_eq!(table.matches(mark).count(), 2, "{table}");
    let entry = "<dt id=correction-1><time datetime=2025-03-05>2025年3月5日</time>";
    for (path, parts) in [
        (
            "tables/expenditure.html",
            &[
                entry,
                "录入时看错了行",
                "<del>51.00</del> → <ins>50.00</ins> 万元（−1.00）",
                "（空） → <ins>50.00</ins> 万元（+50.00）",
                "公开以后有更正，最近一次：2025年3月5日",
            ][..],
        ),
        (
            "index.html",
            &[
                entry,
                "<del>34.00</del> → <ins>35.00</ins>",
                "采购预算表重新印发",
                "最近一次：2025年4月1日",
            ],
        ),
        (
            "projects/01-science-day.html",
            &[
                "<ins><a href=#correction-1 title=公开以后更正过>35.00</a></ins>",
                "<del>34.00</del>",
            ],
        ),
        ("narrative/02-explanation.html", &[entry, "录入时看错了行"]),
        ("tables/procurement.html", &["<dt id=correction-2>", "采购预算表重新印发"]),
    ] {
        let page = read(path);
        for part in parts {
            assert!(page.contains(part), "{path}: {part}\n{page}");
        }
    }
    let overview = read("tables/overview.html");
    assert!(!overview.contains("correction") && !overview.contains("更正"), "{overview}");
    let feed = site.page("feed.xml");
    let page = "https://example.org/demo/2025-budget/";
    for part in [
        "<updated>2025-04-01T00:00:00Z</updated>",
        &format!("<id>{page}#correction-1</id>"),
        "录入时看错了行</title><updated>2025-03-05T00:00:00Z</updated>",
        "支出总表“2060701 机构运行”的“合计”: 51.00 → 50.00",
    ] {
        assert!(feed.contains(part), "{part}\n{feed}");
    }
    assert_eq!(feed.matches("<entry>").count(), 3, "{feed}");
}

#[test]
fn pages_without_a_correction_say_nothing_of_any() {
    let site = TestSite::minimal();
    for path in [
        "index.html",
        "tables/expenditure.html",
        "projects/01-science-day.html",
        "narrative/02-explanation.html",
    ] {
        let page = site.page(&format!("demo/2025-budget/{path}"));
        assert!(
            !page.contains("correct") && !page.contains("更正") && !page.contains("<ins"),
            "{path}"
        );
    }
}

#[test]
fn a_figure_corrected_twice_leads_from_one_value_to_the_next() {
    let head = corrected().read("disclosure.yaml");
    let more = "  - date: 2025-05-06\n    reason: 又核对了一遍\n    cells: { expenditure/2060701/total: 50.50 }\n";
    let page = corrected()
        .write("disclosure.yaml", head + more)
        .page("demo/2025-budget/tables/expenditure.html");
    for part in [
        "<del>50.50</del> → <ins>50.00</ins>",
        "<del>51.00</del> → <ins>50.50</ins>",
        "<a href=#correction-3 title=公开以后更正过>50.00</a>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn of_a_withheld_figure_no_page_shows_what_was_published() {
    let head = corrected().read("disclosure.yaml");
    let withhold = "withhold:\n  - { at: projects/01-science-day/fiscal, because: 涉密 }\n";
    let site = corrected().write("disclosure.yaml", head + withhold);
    let checked = site.check();
    let mut report = checked.report;
    for path in ["index.html", "projects/01-science-day.html"] {
        let path = format!("demo/2025-budget/{path}");
        let page = mingbai::render::render(&mut report, &checked.sources, &checked.site, &path);
        let page = String::from_utf8(page.expect("a page")).expect("text");
        assert!(!page.contains("34.00"), "{path}");
    }
}
