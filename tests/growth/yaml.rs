//! YAML of many keys, items and lines.

use super::{Input, disclosure, each, input, own};

pub(super) fn yaml() -> Vec<Input> {
    vec![
        input("keys of a mapping", 500, |n| disclosure(&each(n, |i| format!("k{i}: 1\n")))),
        input("one key again and again", 500, |n| disclosure(&"draft: false\n".repeat(n))),
        input("keys in braces", 500, |n| {
            disclosure(&format!("x: {{ {} }}\n", each(n, |i| format!("k{i}: 1, "))))
        }),
        input("quoted keys", 500, |n| disclosure(&each(n, |i| format!("\"k{i}\": 'v'\n")))),
        input("keys in a row", 500, |n| {
            own(
                "tables/funds.yaml",
                format!("rows:\n  - name: 一\n{}", each(n, |i| format!("    k{i}: 1\n"))),
            )
        }),
        input("keys of a project", 300, |n| {
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\n{}", each(n, |i| format!("k{i}: 1\n"))),
            )
        }),
        input("long keys", 100, |n| {
            disclosure(&each(n, |i| {
                format!("a_key_of_rather_many_letters_that_nobody_knows_{i}: 1\n")
            }))
        }),
        input("facts of a table", 300, |n| {
            own(
                "tables/funds.yaml",
                format!("rows: []\nnote: 注\nfacts:\n{}", each(n, |i| format!("  k{i}: 1\n"))),
            )
        }),
        input("items of a flow list", 500, |n| disclosure(&format!("x: [{}]\n", "1, ".repeat(n)))),
        input("comments", 500, |n| disclosure(&"# 说明\n".repeat(n))),
        input("blank lines", 500, |n| disclosure(&"\n".repeat(n))),
        input("lines of a folded text", 300, |n| {
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\nuse: >\n{}", "  一行\n".repeat(n)),
            )
        }),
        input("lines of a plain text", 300, |n| {
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\nuse: 一\n{}", "  行\n".repeat(n)),
            )
        }),
        input("lines of a quoted text", 300, |n| {
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\nuse: \"一\n{}\"", "  行\n".repeat(n)),
            )
        }),
        input("escapes", 300, |n| {
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\nuse: \"{}\"", "\\u4e00".repeat(n)),
            )
        }),
        input("anchors", 200, |n| disclosure(&each(n, |i| format!("k{i}: &a{i} 1\n")))),
        input("aliases", 200, |n| disclosure(&format!("k: &a 1\nx: [{}]\n", "*a, ".repeat(n)))),
    ]
}
