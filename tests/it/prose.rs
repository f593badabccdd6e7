//! Figures in prose: what is found in the published texts, and what `bind` writes.

use std::path::Path;

use mingbai::diagnostic::{Language, Report};
use mingbai::findings::human;
use mingbai::plan::plan;
use mingbai::source::Sources;

use crate::bench::TestSite;
use crate::cli::Desk;

const OVERALL: &str = "content/zjk-kexie/2025-budget/narrative/02-overall.md";

/// The repository's own content with one figure of its prose written otherwise.
fn checked(from: &str, to: &str) -> (Sources, Report) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::read(root, "mingbai.yaml").expect("the repository is a portal");
    let file = sources.find(OVERALL).expect("the section is there");
    let text = sources.file(file).text().to_owned();
    assert!(text.contains(from), "{from}");
    sources.add(OVERALL, text.replacen(from, to, 1));
    let (_, report) = plan(&sources, false);
    (sources, report)
}

#[test]
fn the_museum_sum_is_found_at_its_place_with_its_cause() {
    let (sources, report) = checked("减少了[1万元]", "减少了[1万元]");
    let found: Vec<_> = report.accepted.iter().filter(|found| found.code.id == "N303").collect();
    let [finding] = found.as_slice() else { panic!("one narrative sum is broken: {found:?}") };
    let only = Report { diagnostics: vec![(*finding).clone()], ..Report::default() };
    let text = human::render(&sources, &only, Language::English, false);
    assert!(
        text.contains("the text says 增加 16.66 万元, but the 8 items listed add up to 14.66 万元"),
        "{text}"
    );
    assert!(text.contains("one sign explains it") && text.contains("104号"), "{text}");
    // Mended, nothing is broken, and the acceptance is no longer needed.
    let (_, report) = checked("减少了[1万元]", "增加了[1万元]");
    assert_eq!(report.relations.broken, 0);
    let codes: Vec<_> = report.diagnostics.iter().map(|found| found.code.id).collect();
    assert_eq!(codes, ["A901"]);
}

#[test]
fn a_figure_changed_in_prose_is_found_at_that_figure() {
    for (from, to, code, address) in [
        (
            "[1454.54万元](=overview/income",
            "[1454.45万元](=overview/income",
            "N301",
            "overview/income.grand/amount",
        ),
        ("[861.95万元]", "[86.195万元]", "N301", "basic/合计/personnel"),
        ("[82.95 万元]", "[82.95 元]", "N301", "basic/合计/public"),
        // Bound to its project and a part of a list: one finding, at the figure both ask about.
        ("[15.75 万元]", "[15.57 万元]", "N301", "projects/01-rural-2024/budget"),
        ("[0.87 万元]", "[0.97 万元]", "N303", "sum:ongoing"),
        ("[28.08 万元]", "[28.80 万元]", "N303", "sum:new"),
    ] {
        let (sources, report) = checked(from, to);
        let found: Vec<_> = report
            .diagnostics
            .iter()
            .map(|found| (found.code.id, found.address.clone().unwrap_or_default()))
            .collect();
        let text = human::render(&sources, &report, Language::English, false);
        assert_eq!(found, [(code, format!("narrative/overall/{address}"))], "{to}\n{text}");
    }
}

#[test]
fn a_change_against_the_year_before_that_is_not_in_the_portal_is_no_finding() {
    let (_, report) = checked("增加 [109.17 万元]", "增加 [109.18 万元]");
    assert_eq!(report.relations.could_not_run, 12);
    let (_, report) = checked("增加 [109.17 万元]", "增加 [119.17 万元]");
    let codes: Vec<_> = report.diagnostics.iter().map(|found| found.code.id).collect();
    assert_eq!(codes, ["N303"], "its parts are there: 111.54 - 2.37");
}

#[test]
fn prose_is_read_only_by_the_words_of_a_profile() {
    let text = "# 二、预算情况说明\n\n现将2019年部门预算公开如下：支出XX万元，增加100.00万元，经费经费。\n";
    let checked = TestSite::minimal().write("narrative/02-explanation.md", text).check();
    assert_eq!(checked.human(Language::English), "");
}

const UNITS: &str = "extends: test/minimal
units: { 元: 1, 万元: 10000, 亿元: 100000000 }
prose: { units: { 万: 10000, 亿: 100000000 }, numbered: [表, 第], bounds: { more_than: [超过], nearly: [近] } }
";

/// The codes of a text beside a table in which the basic expenditure is 60.00万元; figures may be unbound.
fn codes_of(text: &str) -> (Vec<&'static str>, String) {
    let checked = TestSite::minimal()
        .write("profiles/test/units.yaml", UNITS)
        .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/units\n")
        .write(
            "narrative/02-explanation.md",
            format!("# 二、预算情况说明\n\n{text}\n\n[政府采购预算表](=procurement)\n"),
        )
        .check();
    let mut codes = checked.codes();
    codes.retain(|code| *code != "N302");
    (codes, checked.human(Language::English))
}

#[test]
fn unbound_figures_are_found_at_their_sentence() {
    let checked = TestSite::minimal()
        .write("profiles/test/units.yaml", UNITS)
        .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/units\n")
        .write(
            "narrative/02-explanation.md",
            "# 二、预算情况说明\n\n支出合计100.00万元，其中基本支出60.00万元。基本支出为60.00万元；无其他。\n\n\
             即60.00万元。\n\n[政府采购预算表](=procurement)\n",
        )
        .check();
    let found: Vec<_> = checked
        .report
        .diagnostics
        .iter()
        .map(|found| (found.code.id, found.address.as_deref().unwrap_or_default()))
        .collect();
    let at = |name| ("N302", name);
    assert_eq!(
        found,
        [
            at("narrative/explanation/100.00万元"),
            at("narrative/explanation/60.00万元"),
            at("narrative/explanation/60.00万元~2"),
        ],
        "{}",
        checked.human(Language::English)
    );
}

/// What touches a bound figure, and what is said of it.
const TOUCHING: &[(&str, &str)] = &[
    // A unit behind the link.
    ("[60.00](=A)亿元", "N301"),
    ("[60.00](=A) **亿元**", "N301"),
    ("[60.00](=A)\n亿元", "N301"),
    ("[60.00](=A)元", "N301"),
    ("[60.00](=A)元。", "N301"),
    ("[60.00](=A)%", "N301"),
    ("[60.00\u{3000}亿元](=A)", "N301"),
    ("[60.00亿](=A)元", "N301"),
    ("[60.00](=A)百万元", "S008"),
    ("[60.00](=A)余万元", "S008"),
    ("[60.00百万元](=A)", "S008"),
    ("[60余万元](=A)", "S008"),
    // Digits, points, commas and signs around it.
    ("1[60.00万元](=A)", "S026"),
    ("１[60.00万元](=A)", "S026"),
    ("1 [60.00万元](=A)", "S026"),
    ("1\u{200b}[60.00万元](=A)", "S026"),
    ("1**[60.00万元](=A)**", "S026"),
    ("1,[060.00万元](=A)", "S026"),
    ("1，[060.00万元](=A)", "S026"),
    ("支出3.[60万元](=A)", "S026"),
    ("-[60.00万元](=A)", "S026"),
    ("－[60.00万元](=A)", "S026"),
    ("支出−[60.00万元](=A)", "S026"),
    ("△ [60.00万元](=A)", "S026"),
    ("[60.00](=A)0万元", "S026"),
    ("[60.00](=A)５万元", "S026"),
    ("[60.00](=A) 0万元", "S026"),
    ("[60](=A).05万元", "S026"),
    ("[60](=A),000万元", "S026"),
    ("[60](=A)，000万元", "S026"),
    // Two figures.
    ("[60.00万元、50.00万元](=A)", "S008"),
    ("[60.00、50.00万元](=A)", "S008"),
    ("[50至60万元](=A)", "S008"),
    ("[60万元-70万元](=A)", "S008"),
    ("[1 060.00万元](=A)", "S008"),
    // Marks that are none.
    ("[600，000元](=A)", "S008"),
    ("[６0.00万元](=A)", "S008"),
    ("[6\u{200b}0.00万元](=A)", "S008"),
    ("[60.00\u{200b}亿元](=A)", "S008"),
    ("[－60.00万元](=A)", "S008"),
    ("[60,00万元](=A)", "S008"),
    // Figures in words.
    ("[六十万元](=A)", "S008"),
    ("[陆拾万元](=A)", "S008"),
    ("[无](=A)", "S008"),
    // Words that bound it, within the link and before it.
    ("[超过60万元](=A)", "N301"),
    ("超过[60万元](=A)", "N301"),
    ("近[60.00](=A)万元", "N301"),
    ("[近61万元](=A)", "N301"),
    ("[近60.2万元](=A)", "N301"),
    (">[60万元](=A)", "N301"),
    ("[<60万元](=A)", "N301"),
    ("表1[60.00万元](=A)", "S026"),
    ("[60.00.00万元](=A)", "S008"),
];

#[test]
fn what_touches_a_bound_figure_is_read_with_it() {
    for &(words, code) in TOUCHING {
        let text = format!("基本支出为{}。", words.replace("=A", "=expenditure/合计/basic"));
        let (mut codes, report) = codes_of(&text);
        let is_unseen = take_unseen(&mut codes);
        assert_eq!(
            (codes, is_unseen),
            (vec![code], words.contains('\u{200b}')),
            "{words}\n{report}"
        );
    }
}

/// Takes what is said of a character that nobody sees; whether it was said.
fn take_unseen(codes: &mut Vec<&str>) -> bool {
    let count = codes.len();
    codes.retain(|code| *code != "S022");
    codes.len() < count
}

#[test]
fn what_only_stands_beside_a_bound_figure_is_not_read_with_it() {
    for words in [
        "[60.00](=A)万元",
        "[60.00](=A) 万元",
        "[60.00万](=A)元",
        "[60.00万](=A)，",
        "[60.00](=A)，其中",
        "[60.00](=A)、[60.00](=A)万元",
        "[60.00](=A)，[60.00](=A)万元",
        "[60.00万元](=A)-[60.00万元](=A)",
        "60.00万元-[60.00万元](=A)",
        "5-[60.00万元](=A)",
        "——[60.00万元](=A)",
        "2025年[60.00万元](=A)",
        "in 2025 [60.00万元](=A) in 2025",
        "1、[60.00万元](=A)",
        "表1 [60.00万元](=A)",
        "附表 12 [60.00万元](=A)",
        "超过[59万元](=A)",
        "(1)[60.00万元](=A)",
        "（1）[60.00万元](=A)",
        "2025，[60.00万元](=A)",
        "[2025年60.00万元](=A)",
        "[2025 年 3 个项目 60.00 万元](=A)",
        "[600,000元](=A)",
        "[60.00万元](=A)2025年",
        "[60.00万元](=A).",
    ] {
        let text = format!("基本支出为{}。", words.replace("=A", "=expenditure/合计/basic"));
        let (codes, report) = codes_of(&text);
        assert!(codes.is_empty(), "{words}\n{report}");
    }
}

#[test]
fn a_figure_of_the_other_sign_is_shown_with_its_cell_as_it_is() {
    let (codes, report) = codes_of("基本支出为[-60.00万元](=expenditure/合计/basic)。");
    assert_eq!(codes, ["N301"]);
    assert!(
        report.contains("the text has -60.00万元, but 基本支出 of 合计 in 支出总表 is 60.00 万元"),
        "{report}"
    );
}

#[test]
fn half_of_a_binding_is_never_printed_in_silence() {
    for (words, code) in [
        ("【60.00万元】(=A)", "S026"),
        ("［60.00万元］(=A)", "S026"),
        ("〔60.00万元〕（＝A）", "S026"),
        ("60.00万元(=A)", "S026"),
        ("60.00 万元（=A）", "S026"),
        ("60.00万元(<=A + A>)", "S026"),
        ("[60.00万元]\n(=A)", "S026"),
        ("[60.00万元](=expenditure/合计/\nbasic)", "S026"),
        ("[附件]（https://example.org）", "S026"),
        ("[附件] (https://example.org)", "S026"),
        ("一。\n=======\n二", "S027"),
        ("一\n\n=======\n二", "S027"),
    ] {
        let (codes, report) = codes_of(
            &words
                .replace("=A", "=expenditure/合计/basic")
                .replace("＝A", "＝expenditure/合计/basic"),
        );
        assert_eq!(codes, [code], "{words}\n{report}");
    }
    for words in [
        "人均支出（=支出/人数）",
        "`60.00万元(=expenditure/合计/basic)`",
        "一\n========\n",
        "小标题\n=======\n文字",
    ] {
        let (codes, report) = codes_of(words);
        assert!(!codes.contains(&"S026") && !codes.contains(&"S027"), "{words}\n{report}");
    }
}

#[test]
fn bind_lists_and_on_request_writes_and_touches_nothing_else() {
    let desk = Desk::mended();
    let file = "content/library/2025-budget/narrative/02-overall.md";
    let bound = std::fs::read_to_string(desk.path(file)).expect("readable");
    desk.edit(file, "[390.00万元](=overview/income.grand/amount)", "390.00万元");
    desk.edit(file, "[120.00万元](=expenditure/合计/project)", "120.00万元");
    let before = std::fs::read_to_string(desk.path(file)).expect("readable");
    let listed = desk.run(&["bind"]);
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert_eq!(text.matches("\n+ ").count(), 2, "{text}");
    assert!(text.contains("[120.00万元](=expenditure/合计/project)"), "{text}");
    assert_eq!(std::fs::read_to_string(desk.path(file)).expect("readable"), before);
    assert_eq!(desk.run(&["bind", "--write"]).status.code(), Some(0));
    assert_eq!(std::fs::read_to_string(desk.path(file)).expect("readable"), bound);
    assert_eq!(desk.run(&["check", "--strict"]).status.code(), Some(0));
}

#[test]
fn a_bound_figure_leads_to_an_anchor_that_is_there() {
    let site = TestSite::minimal().write(
        "narrative/02-explanation.md",
        "# 二、预算情况说明\n\n基本支出[60.00万元](=expenditure/合计/basic)，机构运行的项目支出[0万元](=expenditure/2060701/project)。\n",
    );
    let page = site.page("demo/2025-budget/narrative/02-explanation.html");
    let table = site.page("demo/2025-budget/tables/expenditure.html");
    for (link, anchor) in [("basic", "合计.basic"), ("2060701", "2060701")] {
        assert!(
            page.contains(&format!("{link}>")) || page.contains(&format!("{link}\">")),
            "{page}"
        );
        let is_there =
            [format!("id={anchor} "), format!("id={anchor}>"), format!("id=\"{anchor}\"")];
        assert!(is_there.iter().any(|id| table.contains(id.as_str())), "{anchor}");
    }
}
