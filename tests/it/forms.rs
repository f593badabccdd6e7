//! Every rule that a profile can state runs, and is right: over projects, over indicators, over things that are
//! counted, over shares.

use mingbai::diagnostic::Language;

use crate::bench::TestSite;

/// The small portal under a profile that says more than `test/minimal`.
pub(crate) fn with_profile(more: &str) -> TestSite {
    TestSite::minimal()
        .write("profiles/test/county.yaml", format!("extends: test/minimal\n{more}"))
        .write("disclosure.yaml", "fiscal_year: 2025\nstage: budget\nprofile: test/county\n")
}

/// What is found, each as `severity[code] message`.
pub(crate) fn found(site: &TestSite) -> Vec<String> {
    let report = site.check().report;
    let line = |one: &mingbai::diagnostic::Diagnostic| {
        format!("{} {}", one.code.id, one.message.get(Language::English))
    };
    report.diagnostics.iter().map(line).collect()
}

const PROJECT: &str = "name: 科普日活动\nbudget: 40.00\nfiscal: 35.00\nother: 5.00\n";

#[test]
fn an_equation_over_each_project_runs_for_each() {
    let more = "tie_outs:\n  most-is-fiscal:\n    equation: projects/@/fiscal ≥ projects/@/other\n    because: 例\n";
    let site = with_profile(more);
    assert_eq!(found(&site), [""; 0]);
    let report = site.check().report;
    assert_eq!((report.coverage.stated, report.coverage.tried), (4, 4));
    let site = site.write(
        "projects/01-science-day.yaml",
        PROJECT.replace("35.00", "4.00").replace("other: 5", "other: 36"),
    );
    assert_eq!(
        found(&site),
        [
            "T204 财政资金 of the project 科普日活动 is 4.00 万元, but should be at least 其他资金 of the project 科普日活动, which is 36.00 万元"
        ]
    );
}

#[test]
fn each_project_is_held_against_the_row_that_has_its_name() {
    let more = "
tables:
  list:
    title: 项目清单
    total_row: 合计
    columns:
      name:   { title: 项目, type: label }
      amount: { title: 金额, type: amount }
tie_outs:
  listed:
    equation: list/@/amount = projects/@/budget
    because: 例
    unless: list/合计/amount = 0
";
    let list = |row: &str| {
        format!(
            "rows:\n  - {{ name: 合计, amount: 40.00 }}\n  - {{ name: {row}, amount: 40.00 }}\n"
        )
    };
    let more = more.replace("list/@/", "list/name=@/").replace("projects/@/", "projects/name=@/");
    let site = with_profile(&more);
    let found = |row: &str| {
        let all = found(&site.clone().write("tables/list.yaml", list(row)));
        all.into_iter().filter(|one| one.starts_with("T204")).collect::<Vec<_>>()
    };
    assert_eq!(found("科普日活动"), [""; 0]);
    let wrong = found("科普日");
    assert_eq!(wrong.len(), 2, "{wrong:?}");
}

/// The columns of indicators, two of which promise something.
const COLUMNS: &str = "
targets: { columns: { weight: weight }, weights: [10, 15] }
projects:
  indicators:
    score: { title: 得分, OF_SCORE }
    weight: { title: 分值, type: quantity }
    bonus: { title: 加分, type: quantity }
    rate: { title: 完成率, type: percent, OF_RATE }
";

#[test]
fn the_columns_of_indicators_keep_what_they_promise() {
    let (most, sum) = ("at_most: weight", "sum_of: [weight, bonus]");
    let (product, quotient) = ("product_of: [weight, rate]", "quotient_of: [score, weight]");
    for (score, rate, line, wrong) in [
        (most, "", "weight: 10, score: 12", "T206 得分 of indicator 1"),
        (most, "", "weight: 10, score: 9.5", ""),
        (sum, "", "weight: 10, bonus: 1, score: 12", "T201 得分 of indicator 1"),
        (sum, "", "weight: 10, bonus: 2, score: 12", ""),
        (product, "", "weight: 10, rate: 90%, score: 10", "T205 得分 of indicator 1"),
        (product, "", "weight: 10, rate: 90%, score: 9", ""),
        (product, "", "weight: 10, rate: 93.33%, score: 9.33", ""),
        (product, "", "weight: 10, rate: 93.33%, score: 9.35", "T205 得分 of indicator 1"),
        ("", quotient, "weight: 15, score: 14, rate: 93.33%", ""),
        ("", quotient, "weight: 15, score: 14, rate: 93.34%", "T205 完成率 of indicator 1"),
    ] {
        let keys = |keys: &str| if keys.is_empty() { String::new() } else { format!(", {keys}") };
        let more = COLUMNS.replace(", OF_SCORE", &keys(score)).replace(", OF_RATE", &keys(rate));
        let indicator = format!("  - {{ level: 数量指标, name: 场次, value: ≥20场, {line} }}\n");
        let project = format!("{PROJECT}indicators:\n{indicator}");
        let found = found(&with_profile(&more).write("projects/01-science-day.yaml", project));
        match wrong {
            "" => assert_eq!(found, [""; 0], "{score}{rate}: {line}"),
            wrong => assert!(
                matches!(found.as_slice(), [one] if one.starts_with(wrong)),
                "{score}{rate}: {line}: {found:?}"
            ),
        }
    }
}

#[test]
fn things_that_are_counted_are_added_up_to_the_last_one() {
    let more = |keys: &str| {
        format!(
            "tables:\n  funds:\n    columns:\n      count: {{ title: 人数, type: quantity{keys} }}\n"
        )
    };
    let rows = |total: &str, parts: [&str; 3]| {
        let part =
            |count: &&str| format!("  - {{ name: 第{count}项, amount: 1.00, count: {count} }}\n");
        let parts: String = parts
            .iter()
            .enumerate()
            .map(|(at, count)| part(count).replace("第", ["甲", "乙", "丙"][at]))
            .collect();
        format!("rows:\n  - {{ name: 合计, amount: 3.00, count: {total} }}\n{parts}")
    };
    for (keys, total, parts, is_wrong) in [
        ("", "12", ["3", "3", "3"], true),
        (", whole: true", "10", ["3", "3", "3"], true),
        ("", "9", ["3", "3", "3"], false),
        (", summed: false", "12", ["3", "3", "3"], false),
        ("", "", ["3", "3", "3"], false),
        ("", "9.99", ["3.33", "3.33", "3.34"], false),
        ("", "10.01", ["3.33", "3.33", "3.34"], false),
        ("", "10.04", ["3.33", "3.33", "3.34"], true),
    ] {
        let site = with_profile(&more(keys)).write("tables/funds.yaml", rows(total, parts));
        let found = found(&site);
        let wrong: Vec<&String> = found.iter().filter(|one| one.starts_with("T202")).collect();
        assert_eq!(
            (wrong.len(), found.len()),
            (usize::from(is_wrong), usize::from(is_wrong)),
            "{keys} {total} {parts:?}: {found:?}"
        );
    }
}

#[test]
fn a_printed_row_of_things_counted_is_the_sum_it_says() {
    let more = "
tables:
  staff:
    title: 人员
    required: false
    columns:
      name:  { title: 类别, type: label }
      count: { title: 人数, type: quantity }
    rows:
      clerks:  { name: 公务员 }
      workers: { name: 工勤人员 }
      all:     { name: 合计, sum_of: [clerks, workers] }
";
    let staff = |all: u8| {
        format!(
            "rows:\n  - {{ name: 公务员, count: 7 }}\n  - {{ name: 工勤人员, count: 3 }}\n  - {{ name: 合计, count: {all} }}\n"
        )
    };
    let site = with_profile(more);
    assert_eq!(found(&site.clone().write("tables/staff.yaml", staff(10))), [""; 0]);
    assert_eq!(
        found(&site.write("tables/staff.yaml", staff(11))),
        ["T202 人数 of 合计 in 人员 is 11, but its parts add up to 10"]
    );
}

#[test]
fn prices_in_another_unit_and_three_factors_make_the_product() {
    let columns = |keys: &str| {
        format!(
            "tables:\n  procurement:\n    columns:\n      times: {{ title: 次数, type: quantity, summed: false }}\n      price: {{ unit: 元 }}\n      total: {{ product_of: {keys} }}\n"
        )
    };
    for (keys, price, times, is_wrong) in [
        ("[quantity, price]", "2000.00", "", false),
        ("[quantity, price]", "0.20", "", true),
        ("[quantity, price, times]", "1000.00", "2", false),
        ("[quantity, price, times]", "1000.00", "3", true),
    ] {
        let rows = format!(
            "rows:\n  - {{ item: 合计, total: 4.00, sme: 4.00 }}\n  - {{ item: 展板, quantity: 20, price: {price}, times: {times}, total: 4.00, sme: 4.00 }}\n"
        );
        let site = with_profile(&columns(keys)).write("tables/procurement.yaml", rows);
        let found = found(&site);
        assert_eq!(found.len(), usize::from(is_wrong), "{keys} {price}: {found:?}");
        assert!(found.iter().all(|one| one.starts_with("T205")), "{found:?}");
    }
}

#[test]
fn what_is_counted_has_no_unit_of_money_on_its_page() {
    let more = "projects:\n  fields:\n    points: { title: 分值, type: quantity }\n";
    let project = format!("{PROJECT}points: 10\n");
    let site = with_profile(more).write("projects/01-science-day.yaml", project);
    let page = site.page("demo/2025-budget/projects/01-science-day.html");
    let field = |id: &str| {
        let page = scraper::Html::parse_document(&page);
        let selector = scraper::Selector::parse(&format!("#{id} dd")).expect("a selector");
        let text: String = page.select(&selector).flat_map(|found| found.text()).collect();
        text
    };
    assert_eq!((field("points").as_str(), field("budget").as_str()), ("10", "40.00 万元"));
}

#[test]
fn a_year_with_its_letters_is_not_printed_with_them_twice() {
    let site =
        with_profile("words: { year: \"FY{year}\" }\n").edit("disclosure.yaml", "2025", "FY2025");
    let checked = site.check();
    assert_eq!(checked.codes(), ["S019"]);
    let title = &checked.site.portal.disclosures[0];
    assert_eq!(mingbai::format::year(title), "FY2025");
}

#[test]
fn a_profile_is_told_what_it_cannot_mean() {
    for (more, message) in [
        ("tables: { funds: { title: \"{yaer}年基金表\" } }", "nothing fills in `{yaer}`"),
        ("defaults: { caption: [\"单位：{units}\"] }", "nothing fills in `{units}`"),
        (
            "tables: { funds: { facts: { day: 截止 }, caption: [\"{day} {dya}\"] } }",
            "nothing fills in `{dya}`",
        ),
        ("words: { year: \"{jahr}年\" }", "nothing fills in `{jahr}`"),
        ("projects: { title: \"{nmae}\" }", "nothing fills in `{nmae}`"),
        (
            "sections: { duties: { title: \"{organization}职责\" } }",
            "nothing fills in `{organization}`",
        ),
        (
            "sections: { duties: { parent: explanatoin } }",
            "the section `duties` is part of `explanatoin`, which is not there",
        ),
        (
            "projects: { fields: { budget: { sum_of: [fiscal, otter] } } }",
            "the project field `budget` is the sum of `otter`, which is not there",
        ),
        ("tie_outs: { balance: { severity: eror } }", "a severity is error, warning or note"),
        (
            "tables: { funds: { roles: [{ match: 小计, role: subtotal, sums: folowing }] } }",
            "`sums` is following or preceding",
        ),
        (
            "tie_outs: { x: { equation: projects/@level:1/budget = 0, because: 例 } }",
            "`projects/@level:1/budget`: projects have no levels: each of them is `@`",
        ),
        (
            "tie_outs: { x: { equation: projects/kind=@/budget = 0, because: 例 } }",
            "`projects/kind=@/budget`: projects have no field `kind`",
        ),
        (
            "tables: { procurement: { columns: { total: { product_of: price } } } }",
            "`product_of` of the column `金额` names two columns or more",
        ),
        (
            "tables: { procurement: { columns: { total: { product_of: [item, price] } } } }",
            "the column `金额` is held against `采购品名`, which holds no figures",
        ),
    ] {
        let found = found(&with_profile(more));
        let told = found.iter().filter(|one| one.starts_with("S017")).collect::<Vec<_>>();
        assert!(matches!(told.as_slice(), [one] if one.contains(message)), "{more}: {found:?}");
    }
}

#[test]
fn what_comes_to_nothing_is_found_once_in_the_profile() {
    for (more, message) in [
        (
            "tables: { procurement: { columns: { item: { whole: true } } } }",
            "`whole` of `采购品名` says nothing: it is of the type label",
        ),
        (
            "tables: { procurement: { columns: { quantity: { unit: 元 } } } }",
            "`unit` of `数量` says nothing: it is of the type quantity",
        ),
        (
            "tables: { procurement: { columns: { item: { summed: false } } } }",
            "`summed` of `采购品名` says nothing: it is of the type label",
        ),
        (
            "projects: { fields: { use: { sum_of: [fiscal] } } }",
            "`sum_of` of `资金用途` says nothing: it is of the type text",
        ),
        (
            "projects: { kinds: { cost: { column: level, name: 成本指标 } } }",
            "the kind cost came to nothing: no indicator says `成本指标`",
        ),
        (
            "tie_outs: { x: { equation: projects/99*/budget = 0, because: 例 } }",
            "the tie-out x came to nothing: no row, project or indicator is what it names",
        ),
    ] {
        let site = with_profile(more);
        let found = found(&site);
        assert!(
            matches!(found.as_slice(), [one] if *one == format!("S034 {message}")),
            "{more}: {found:?}"
        );
        let place = &site.check().report.diagnostics[0].primary;
        assert_eq!(
            site.check().sources.file(place.file).path,
            "profiles/test/county.yaml",
            "{more}"
        );
    }
}

#[test]
fn a_list_shows_the_total_of_a_table_only_where_all_its_panels_come_to_it() {
    let sum = |site: &TestSite| {
        let page = scraper::Html::parse_document(&site.page("demo/2025-budget/index.html"));
        let selector =
            scraper::Selector::parse("li:has(a[href*=\"overview\"]) .sum").expect("a selector");
        page.select(&selector).flat_map(|found| found.text()).collect::<String>()
    };
    let site = TestSite::minimal();
    assert_eq!(sum(&site), "100.00 万元");
    let more =
        "tables: { overview: { panels: { expenditure: { columns: { amount: { unit: 元 } } } } } }";
    let apart = with_profile(more)
        .edit(
            "tables/overview.yaml",
            "一、教育支出, amount: 10.00",
            "一、教育支出, amount: 100000.00",
        )
        .edit(
            "tables/overview.yaml",
            "二、科学技术支出, amount: 90.00",
            "二、科学技术支出, amount: 900000.00",
        )
        .edit("tables/overview.yaml", "支出总计, amount: 100.00", "支出总计, amount: 1000000.00");
    assert_eq!(sum(&apart), "");
}

#[test]
fn names_are_what_a_table_without_figures_says() {
    let more = "
tables:
  units:
    title: 单位构成
    required: false
    empty_note: required
    columns:
      name: { title: 单位名称, type: label }
      note: { title: 备注, type: text }
";
    let site = with_profile(more);
    assert_eq!(
        found(&site.clone().write("tables/units.yaml", "rows:\n  - { name: 本级 }\n")),
        [""; 0]
    );
    let empty = found(&site.write("tables/units.yaml", "rows: []\n"));
    assert!(matches!(empty.as_slice(), [one] if one.starts_with('C')), "{empty:?}");
}

#[test]
fn sections_stand_as_deep_as_the_profile_says() {
    let more = "sections:\n  explanation: { parent: duties }\n  detail: { title: （一）说明, parent: explanation }\n";
    let site = with_profile(more)
        .write("narrative/03-detail.md", "# （一）说明\n\n科普工作支出的说明，都写在这一节里。\n");
    let page = scraper::Html::parse_document(&site.page("demo/2025-budget/index.html"));
    let selector = scraper::Selector::parse("li.nested > div.nested > a[href*=\"detail\"]")
        .expect("a selector");
    assert_eq!(page.select(&selector).count(), 1);
    let selector =
        scraper::Selector::parse("li.nested > a[href*=\"explanation\"]").expect("a selector");
    assert_eq!(page.select(&selector).count(), 1);
}

#[test]
fn the_terminal_counts_as_many_relations_as_the_page() {
    let site = TestSite::minimal().edit(
        "tables/expenditure.yaml",
        "project: 40.00 }\n  - { code: 205",
        "project: 涉密 }\n  - { code: 205",
    );
    let report = site.check().report;
    let tally = report.relations;
    let all = tally.exact + tally.within_rounding + tally.broken + tally.could_not_run;
    let checked = site.check();
    let portal = &checked.site.portal;
    assert!(tally.could_not_run > 0);
    assert_eq!(portal.disclosures[0].relations(portal).len(), all);
}

const RATES: &str = "
tables:
  done:
    title: 完成情况
    required: false
    total_row: 合计
    columns:
      name:    { title: 项目, type: label }
      planned: { title: 年初预算, type: amount }
      actual:  { title: 决算数, type: amount }
      before:  { title: 上年决算, type: amount }
      rate:    { title: 完成率, type: percent }
      growth:  { title: 增长, type: percent }
      weight:  { title: 分值, type: quantity, summed: false }
      score:   { title: 得分, type: quantity, summed: false }
tie_outs:
  rate:   { equation: done/@/rate = done/@/actual ÷ done/@/planned, because: 例 }
  growth: { equation: done/@/growth = done/@/actual / done/@/before - 1, because: 例 }
  score:  { equation: done/@/score = done/@/weight × done/@/actual ÷ done/@/planned, because: 例 }
";

#[test]
fn shares_growth_and_scores_are_right_to_the_digits_printed() {
    for (line, wrong) in [
        (
            "planned: 1454.54, actual: 1290.10, before: 1105.37, rate: 88.69%, growth: 16.71%, weight: 10, score: 8.87",
            "",
        ),
        ("planned: 1454.54, actual: 1290.10, rate: 88.7%", ""),
        (
            "planned: 1454.54, actual: 1290.10, rate: 88.71%",
            "T205 完成率 of 合计 in 完成情况 is 88.71 %, but the quotient is 88.6947 %",
        ),
        (
            "planned: 1454.54, actual: 1290.10, before: 1105.37, growth: 16.81%",
            "T205 增长 of 合计 in 完成情况 is 16.81 %, but the quotient is 16.7121 %",
        ),
        (
            "planned: 1454.54, actual: 1290.10, weight: 10, score: 9",
            "T205 得分 of 合计 in 完成情况 is 9, but the quotient is 8.87",
        ),
        // Figures that are small leave the rate as open as they are themselves.
        ("planned: 0.71, actual: 0.56, rate: 79.50%", ""),
        ("planned: 0.71, actual: 0.56, rate: 69.50%", "T205"),
        // Where no rate is printed, or nothing was planned, there is nothing to prove.
        ("planned: 1454.54, actual: 1290.10", ""),
        ("actual: 1290.10", ""),
    ] {
        let rows = format!("rows:\n  - {{ name: 合计, {line} }}\n");
        let found = found(&with_profile(RATES).write("tables/done.yaml", rows));
        match wrong {
            "" => assert_eq!(found, [""; 0], "{line}"),
            wrong => assert!(
                matches!(found.as_slice(), [one] if one.starts_with(wrong)),
                "{line}: {found:?}"
            ),
        }
    }
}

#[test]
fn a_rate_of_nothing_could_not_be_worked_out_and_says_why() {
    let rows = "rows:\n  - { name: 合计, actual: 1290.10, rate: 100% }\n";
    let report = with_profile(RATES).write("tables/done.yaml", rows).check().report;
    let why: Vec<&str> = report.unproved.iter().map(|one| one.why.get(Language::English)).collect();
    assert_eq!(why, ["what it is divided by is blank or nought"]);
}

#[test]
fn a_withheld_part_is_given_away_by_its_share() {
    let rows = "rows:\n  - { name: 合计, planned: 100000.00, actual: 涉密, rate: 88.6947% }\n";
    let found = found(&with_profile(RATES).write("tables/done.yaml", rows));
    assert!(found.iter().any(|one| one.starts_with("W604")), "{found:?}");
    let rows = "rows:\n  - { name: 合计, planned: 涉密, actual: 100000.00, rate: 88.6947% }\n";
    let found = self::found(&with_profile(RATES).write("tables/done.yaml", rows));
    assert!(found.iter().any(|one| one.starts_with("W604")), "{found:?}");
    let rows = "rows:\n  - { name: 合计, planned: 涉密, actual: 涉密, rate: 88.6947% }\n";
    let found = self::found(&with_profile(RATES).write("tables/done.yaml", rows));
    assert!(!found.iter().any(|one| one.starts_with("W604")), "{found:?}");
}

#[test]
fn the_indicators_of_one_project_are_added_up_among_themselves() {
    let more = "
projects:
  fields:
    execution: { title: 执行率分值, type: quantity }
    score:     { title: 总分, type: quantity }
tie_outs:
  weights:
    equation: projects/@/indicators/*/score + projects/@/execution = 100
    because: 分值合计 100 分
  outputs:
    equation: projects/@/indicators/level=数量指标/score ≤ 50
    because: 例
";
    let project = |first: &str, second: &str| {
        format!(
            "{PROJECT}execution: 10\nindicators:\n  - {{ level: 数量指标, name: 场次, value: ≥20场, score: {first} }}\n  - {{ name: 人次, value: ≥900人次, score: 20 }}\n  - {{ level: 质量指标, name: 完好率, value: ≥90%, score: {second} }}\n"
        )
    };
    let more = format!("targets: {{ weights: [90, 91, 110] }}\n{more}");
    let found = |first: &str, second: &str| {
        let site =
            with_profile(&more).write("projects/01-science-day.yaml", project(first, second));
        let all = self::found(&site).into_iter().filter(|one| one.starts_with('T'));
        all.collect::<Vec<_>>()
    };
    assert_eq!(found("30", "40"), [""; 0]);
    assert_eq!(found("31", "40").len(), 1);
    assert_eq!(found("30", "41").len(), 1);
    assert_eq!(found("50", "20").len(), 1);
}

#[test]
fn a_profile_is_explained_with_where_each_part_is_stated() {
    let more = "tie_outs:\n  rate: { equation: expenditure/@/project ≤ expenditure/@/total, because: 例 }\n";
    let sources = with_profile(more).sources();
    let mut report = mingbai::diagnostic::Report::default();
    let explain = |report: &mut mingbai::diagnostic::Report, id: &str| {
        let profiles = mingbai::profile::resolve(report, &sources, [id.to_owned()]);
        mingbai::profile::explain(&sources, &profiles[id], Language::English)
    };
    let said = explain(&mut report, "test/county");
    for line in [
        "  extends: test/minimal",
        "expenditure  支出总表  (required)  ← test/minimal",
        "    total  合计  (amount, 万元) = basic + project",
        "    = the row 合计 adds up the highest rows",
        "    · total  收入总计 = fiscal + other",
        "  budget  预算数  (amount) = fiscal + other  ← test/minimal",
        "  balance  (error)  ← test/minimal",
        "  rate  (error)",
        "    expenditure/@/project ≤ expenditure/@/total",
    ] {
        assert!(said.lines().any(|one| one == line), "{line}:\n{said}");
    }
    for id in ["cn/final-accounts/base", "cn/self-evaluation/base", "hebei/department-budget/2025"]
    {
        assert!(explain(&mut report, id).lines().count() > 40, "{id}");
    }
    assert!(report.diagnostics.is_empty());
}
