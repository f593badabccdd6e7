//! Stages of one year: final accounts against the budget, a self-evaluation against the target it evaluates.

use mingbai::diagnostic::Language;

use crate::bench::TestSite;
use crate::forms::found;

/// The portal with the final accounts of the same year beside the budget.
fn with_final(rows: &str) -> TestSite {
    let form = "
title: 部门决算
units: { 元: 1, 万元: 10000 }
words: { stage: 部门决算 }
defaults: { unit: 万元 }
tables:
  summary:
    title: 收支决算总表
    total_row: 合计
    columns:
      name:    { title: 项目, type: label }
      planned: { title: 年初预算数, type: amount }
      actual:  { title: 决算数, type: amount }
tie_outs:
  planned:
    equation: summary/合计/planned = budget:overview/expenditure.total/amount
    because: 决算表里的年初预算数就是同一年预算公开的数
";
    TestSite::minimal()
        .write("profiles/test/final.yaml", form)
        .write(
            "content/demo/2025-final/disclosure.yaml",
            "fiscal_year: 2025\nstage: final\nprofile: test/final\n",
        )
        .write("content/demo/2025-final/tables/summary.yaml", rows)
}

#[test]
fn final_accounts_are_held_against_the_budget_of_the_same_year() {
    let rows =
        |planned: &str| format!("rows:\n  - {{ name: 合计, planned: {planned}, actual: 90.00 }}\n");
    assert_eq!(found(&with_final(&rows("100.00"))), [""; 0]);
    assert_eq!(
        found(&with_final(&rows("101.00"))),
        [
            "T204 年初预算数 of 合计 in 收支决算总表 is 101.00 万元, but should equal 预算数 of 支出总计 in 收支总表 of the 部门预算 of the same year, which is 100.00 万元"
        ]
    );
    let alone =
        with_final(&rows("100.00")).edit("content/demo/2025-final/disclosure.yaml", "2025", "2024");
    let report = alone.check().report;
    let why: Vec<&str> = report.unproved.iter().map(|one| one.why.get(Language::English)).collect();
    assert_eq!(why, ["the portal has no `budget` of this body and year"]);
}

#[test]
fn a_project_is_held_against_its_target_in_the_budget() {
    let form = "
title: 项目支出绩效自评
units: { 元: 1, 万元: 10000 }
words: { stage: 绩效自评 }
projects:
  unit: 万元
  fields:
    name:    { title: 项目名称, type: label }
    planned: { title: 年初预算数, type: amount }
  indicators:
    name:  { title: 三级指标, type: label }
    value: { title: 年度指标值, type: target }
tie_outs:
  planned:
    equation: projects/@/planned = budget:projects/@/budget
    because: 例
";
    let project = |planned: &str| format!("name: 科普日活动\nplanned: {planned}\n");
    let site = |planned: &str| {
        TestSite::minimal()
            .write("profiles/test/evaluation.yaml", form)
            .write(
                "content/demo/2025-evaluation/disclosure.yaml",
                "fiscal_year: 2025\nstage: evaluation\nprofile: test/evaluation\n",
            )
            .write("content/demo/2025-evaluation/projects/07-day.yaml", project(planned))
    };
    assert_eq!(found(&site("40.00")), [""; 0]);
    let wrong = found(&site("41.00"));
    assert!(
        matches!(wrong.as_slice(), [one] if one.starts_with("T204 年初预算数 of the project 科普日活动 is 41.00")),
        "{wrong:?}"
    );
}

/// A project of an office that does not exist, evaluated in the shipped form.
pub(crate) const EVALUATED: &str = "
name: 科普日活动
initial-total: 40.00
initial-current: 40.00
adjusted-total: 38.00
adjusted-current: 36.00
adjusted-carryover: 2.00
executed-total: 35.15
executed-current: 33.15
executed-carryover: 2.00
money-weight: 10
money-rate: 92.50%
money-score: 9.25
points: 97.25
goals: { expected: [办好科普活动], reached: [已办好] }
indicators:
  - { group: 产出指标, kind: 数量指标, name: 活动场次, value: ≥20场, actual: 22场, weight: 50, score: 50 }
  - { group: 效益指标, kind: 社会效益指标, name: 参加人次, value: ≥9000人次, actual: 8700人次, weight: 30, score: 28 }
  - { group: 满意度指标, kind: 服务对象满意度指标, name: 观众满意度, value: ≥90%, actual: 93%, weight: 10, score: 10 }
";

/// The portal with such an evaluation beside the budget.
fn evaluated(project: &str) -> TestSite {
    TestSite::minimal()
        .write(
            "content/demo/2025-evaluation/disclosure.yaml",
            "fiscal_year: 2025\nstage: evaluation\nprofile: cn/self-evaluation/base\n",
        )
        .write("content/demo/2025-evaluation/projects/01-day.yaml", project)
}

#[test]
fn a_self_evaluation_in_the_shipped_form_is_proved_and_each_slip_in_it_is_found() {
    let found = |project: &str| found(&evaluated(project));
    assert_eq!(found(EVALUATED), [""; 0]);
    for (from, to, code) in [
        ("executed-current: 33.15", "executed-current: 33.51", "T201"),
        ("money-rate: 92.50%", "money-rate: 92.60%", "T205"),
        ("money-score: 9.25", "money-score: 10.25", "T204"),
        ("points: 97.25", "points: 0", "T204"),
        ("points: 97.25", "points: 97.26", "T204"),
        ("weight: 30", "weight: 29", "T204"),
        ("score: 28", "score: 30", "P417"),
        (
            "initial-total: 40.00\ninitial-current: 40.00",
            "initial-total: 41.00\ninitial-current: 41.00",
            "T204",
        ),
        ("weight: 10, score: 10", "weight: 10, score: 12", "T204"),
    ] {
        assert!(EVALUATED.contains(from), "{from}");
        let all = found(&EVALUATED.replace(from, to));
        assert!(all.iter().any(|one| one.starts_with(code)), "{to}: {all:?}");
    }
}

#[test]
fn a_share_of_a_project_is_printed_with_its_sign() {
    let page = evaluated(EVALUATED).page("demo/2025-evaluation/projects/01-day.html");
    assert!(page.contains("92.50 <small>%</small>"), "{page}");
}

#[test]
fn groups_of_fields_stand_side_by_side_and_are_named_with_their_group() {
    let path = "demo/2025-evaluation/projects/01-day.html";
    let page = scraper::Html::parse_document(&evaluated(EVALUATED).page(path));
    let select = |selector: &str| scraper::Selector::parse(selector).expect("a selector");
    let rows: Vec<Vec<String>> = page
        .select(&select("table.grid tr"))
        .map(|row| row.select(&select("th, td")).map(|cell| cell.text().collect()).collect())
        .collect();
    assert_eq!(rows[0], ["", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"]);
    assert_eq!(
        rows[1],
        ["年度资金总额", "40.00 万元", "38.00 万元", "35.15 万元", "10", "92.50 %", "9.25"]
    );
    assert_eq!(rows.len(), 5, "{rows:?}");
    let wrong = EVALUATED.replace("executed-current: 33.15", "executed-current: 33.51");
    let said = found(&evaluated(&wrong));
    assert!(
        said[0].contains("全年执行数 年度资金总额 of the project 科普日活动 is 35.15"),
        "{said:?}"
    );
    let site = evaluated(EVALUATED)
        .write("profiles/test/evaluation.yaml", "extends: cn/self-evaluation/base\nprojects: { grid: { groups: [年初预算, 全年执行数] } }\n")
        .edit("content/demo/2025-evaluation/disclosure.yaml", "cn/self-evaluation/base", "test/evaluation");
    let said = found(&site);
    assert!(said[0].contains("no field of a project says `group: 年初预算`"), "{said:?}");
}
