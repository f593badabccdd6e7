//! Sentences about figures, many of one kind in one paragraph, under the words of the base of Chinese budgets.

use super::{Files, Input, PROFILE, each, explanation, file, input};

const BASE: &str = include_str!("../../profiles/cn/department-budget/base.yaml");

pub(super) fn sentences() -> Vec<Input> {
    vec![
        input("totals of what is counted", 200, |n| said(&"在职1人，退休1人，共计3人，".repeat(n))),
        input("parts of what is counted", 200, |n| said(&"共有9人，其中在职3人，".repeat(n))),
        input("numbers that one total adds up", 200, |n| {
            said(&format!("{}共计1人", "在职1人，退休1人，".repeat(n)))
        }),
        input("numbers that became more", 200, |n| said(&"由2个增加到6个，增加3个，".repeat(n))),
        input("averages of the year before", 200, |n| said(&"上年人均1.00万元，".repeat(n))),
        input("amounts that grew", 100, |n| {
            said(&"支出5.00万元，比上年增加1.00万元，增长30%，".repeat(n))
        }),
        input("shares of a total", 100, |n| {
            said(&format!("总支出500.00万元，{}", "其中会议费5.00万元，占总支出的30%，".repeat(n)))
        }),
        input("totals of amounts", 100, |n| {
            said(&"会议费1.00万元，培训费2.00万元，合计4.00万元，".repeat(n))
        }),
        input("amounts of one name", 100, |n| {
            said(&each(n, |i| format!("会议费{i}.00万元。\n\n")))
        }),
        input("what stayed as it was", 100, |n| said(&"会议费5.00万元，与上年持平，".repeat(n))),
        input("codes beside names", 100, |n| said(&"干部教育（2050803）5.00万元，".repeat(n))),
        input("names with amounts", 100, |n| {
            said(&each(n, |i| format!("教育之项{i}支出5.00万元，")))
        }),
    ]
}

/// A text of a portal whose profile has those words.
fn said(text: &str) -> Files {
    let start = BASE.find("\nprose:\n").expect("the base profile has words") + 1;
    let end = start + BASE[start..].find("\n# 九张表").expect("tables follow");
    let profile = format!("{PROFILE}\n{}\n", &BASE[start..end]);
    let mut files = explanation(text);
    files.extend(file("profiles/test/minimal.yaml", profile));
    files
}
