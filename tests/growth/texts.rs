//! Narratives with many of one thing.
#![allow(clippy::too_many_lines, reason = "a list")]

use super::{Input, each, explanation, file, input};

pub(super) fn texts() -> Vec<Input> {
    vec![
        input("equal headings", 300, |n| explanation(&"## 同\n\n".repeat(n))),
        input("headings that end as repeats do", 300, |n| {
            explanation(&each(n, |i| format!("## 同\n\n## 同-{}\n\n", i + 2)))
        }),
        input("headings", 300, |n| explanation(&each(n, |i| format!("## 题{i}\n\n文\n\n")))),
        input("bound figures of a paragraph", 200, |n| {
            explanation(&"支出[100.00万元](=expenditure/合计/total)，".repeat(n))
        }),
        input("bound figures, each in a paragraph", 100, |n| {
            explanation(&"支出[100.00万元](=expenditure/合计/total)。\n\n".repeat(n))
        }),
        input("bound figures that are wrong", 100, |n| {
            explanation(&each(n, |i| format!("支出[1{i}.00万元](=expenditure/合计/total)，")))
        }),
        input("bound figures that lead nowhere", 100, |n| {
            explanation(&each(n, |i| format!("支出[1.00万元](=expenditure/行{i}/total)，")))
        }),
        input("figures with names", 200, |n| {
            explanation(&each(n, |i| format!("[{i}万元](=#n{i})，")))
        }),
        input("parts of one sum", 200, |n| {
            let parts = each(n, |_| "增加[1万元](=part:a)、".to_owned());
            explanation(&format!("共计[{n}万元](=sum:a)，{parts}"))
        }),
        input("sums of one name", 100, |n| {
            explanation(&each(n, |_| "共计[1万元](=sum:a)，增加[1万元](=part:a)、".to_owned()))
        }),
        input("sums in one text", 100, |n| {
            explanation(&each(n, |i| format!("共计[1万元](=sum:a{i})，增加[1万元](=part:a{i})、")))
        }),
        input("declarations of one figure", 100, |n| {
            explanation(&format!("[1万元](<=#a{}>)", each(n, |i| format!(";part:b{i}"))))
        }),
        input("terms of one sum", 100, |n| {
            explanation(&format!(
                "[1万元](<=expenditure/合计/total{}>)",
                " + funds/合计/amount".repeat(n)
            ))
        }),
        input("unbound figures of a paragraph", 200, |n| {
            explanation(&each(n, |i| format!("其中支出{i}.50万元，")))
        }),
        input("unbound figures that stand in tables", 100, |n| {
            explanation(&each(n, |_| "其中支出100.00万元，".to_owned()))
        }),
        input("places of a table", 100, |n| {
            explanation(&"[政府采购预算表](=procurement)\n\n".repeat(n))
        }),
        input("links that lead nowhere", 100, |n| {
            explanation(&each(n, |i| format!("[去](去{i}.html) ")))
        }),
        input("equal links that lead nowhere", 100, |n| explanation(&"[去](x.html) ".repeat(n))),
        input("paragraphs", 300, |n| explanation(&each(n, |i| format!("第{i}段文字。\n\n")))),
        input("lines of a paragraph", 300, |n| explanation(&"一行文字\n".repeat(n))),
        input("items of a list", 300, |n| explanation(&"- 一行文字\n".repeat(n))),
        input("rows of a table in a text", 200, |n| {
            explanation(&format!("| 一 | 二 |\n|---|---|\n{}", "| 3万元 | 四 |\n".repeat(n)))
        }),
        input("columns of a table in a text", 200, |n| {
            explanation(&format!(
                "{}|\n{}|\n{}|\n",
                "|一".repeat(n),
                "|-".repeat(n),
                "|二".repeat(n)
            ))
        }),
        input("rows of a text's wide table", 10, |n| {
            explanation(&format!("{}|\n{}|\n{}", "|一".repeat(n), "|-".repeat(n), "|\n".repeat(n)))
        }),
        input("references of links", 200, |n| {
            explanation(&format!(
                "{}\n\n{}",
                each(n, |i| format!("[a{i}] ")),
                each(n, |i| format!("[a{i}]: b.html\n"))
            ))
        }),
        input("years in a text", 200, |n| {
            explanation(&each(n, |i| format!("较{}年，", 1900 + i % 200)))
        }),
        input("doubled words", 200, |n| explanation(&each(n, |_| "一个一个，".to_owned()))),
        input("quotes that do not close", 200, |n| explanation(&"《".repeat(n))),
        input("brackets that do not close", 200, |n| explanation(&"〔2025".repeat(n))),
        input("equal sentences", 200, |n| {
            explanation(&"这是同一句话说了又说而且不短。\n\n".repeat(n))
        }),
        input("numbers of people", 100, |n| explanation(&"13012345678 ".repeat(n))),
        input("digits that could be a number", 200, |n| explanation(&"62".repeat(n))),
        input("digits in groups", 200, |n| explanation(&"6222 0212 ".repeat(n))),
        input("words of one term", 200, |n| {
            let mut files = explanation(&"政府采购说明。\n\n".repeat(n));
            files.extend(file("content/glossary.yaml", "政府采购: 指国家机关\n".to_owned()));
            files
        }),
        input("words of a long text", 300, |n| explanation(&each(n, |i| format!("字{i}")))),
    ]
}
