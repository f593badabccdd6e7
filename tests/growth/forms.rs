//! Forms that print much, and tables that follow them.
#![allow(clippy::too_many_lines, reason = "a list")]

use super::{Files, HOME, Input, each, funds, input, own, profile};

/// The profile with another form of the table `funds`.
fn form(extra: &str, rows: &str) -> Files {
    let table = "title: 政府性基金预算支出表\n    empty_note: required\n    total_row: 合计\n";
    let mut files = profile(table, &format!("{table}{extra}"));
    files.extend(funds(rows));
    files
}

pub(super) fn forms() -> Vec<Input> {
    vec![
        input("rows the form does not print", 200, |n| {
            let row = |i| format!("    - {{ name: 第{i}种收入, amount: 1.00 }}\n");
            own("tables/overview.yaml", format!("panels:\n  income:\n{}", each(n, row)))
        }),
        input("rows the form prints", 200, |n| {
            let printed = each(n, |i| format!("      r{i}: {{ name: 行{i} }}\n"));
            let rows = each(n, |i| format!("  - {{ name: 行{i}, amount: 1.00 }}\n"));
            form(&format!("    rows:\n{printed}"), &rows)
        }),
        input("rows the form prints, from below", 200, |n| {
            let printed = each(n, |i| format!("      r{i}: {{ name: 行{i} }}\n"));
            let rows = each(n, |i| format!("  - {{ name: 行{}, amount: 1.00 }}\n", n - 1 - i));
            form(&format!("    rows:\n{printed}"), &rows)
        }),
        input("rows the form prints with parts", 200, |n| {
            let printed = each(n, |i| {
                format!("      r{i}: {{ name: 行{i}, part_of: r{}, aliases: [别{i}] }}\n", i / 2)
            });
            let rows = each(n, |i| format!("  - {{ name: 别{i}, amount: 1.00 }}\n"));
            form(&format!("    rows:\n{printed}"), &rows)
        }),
        input("rows the form prints, without them", 200, |n| {
            let printed = each(n, |i| format!("      r{i}: {{ name: 行{i} }}\n"));
            form(&format!("    rows:\n{printed}"), "  - { name: 行0, amount: 1.00 }\n")
        }),
        input("names in parts", 300, |n| {
            let rows = each(n, |i| format!("  - {{ name: 甲{} / 乙{i}, amount: 1.00 }}\n", i / 3));
            form("    hierarchy: { separator: \" / \" }\n", &rows)
        }),
        input("a name in ever more parts", 40, |n| {
            let rows = each(n, |i| {
                format!("  - {{ name: 甲{}, amount: 1.00 }}\n", " / 乙".repeat(i % 40))
            });
            form("    hierarchy: { separator: \" / \" }\n", &rows)
        }),
        input("ordinals", 300, |n| {
            let rows = each(n, |i| format!("  - {{ name: （一）项{i}, amount: 1.00 }}\n"));
            let ordinals = "    hierarchy: { ordinals: [{ digits: 一二三四五六七八九十, suffix: 、 }, { prefix: （, digits: 一二三四五六七八九十, suffix: ） }] }\n";
            form(ordinals, &rows)
        }),
        input("subtotals", 300, |n| {
            let rows = each(n, |i| {
                let name = if i % 3 == 0 { format!("第{i}小计") } else { format!("行{i}") };
                format!("  - {{ name: {name}, amount: 1.00 }}\n")
            });
            form("    roles: [{ match: \"*小计\", role: subtotal, sums: following }]\n", &rows)
        }),
        input("columns of a table", 60, |n| {
            let columns = each(n, |i| format!("      c{i}: {{ title: 栏{i}, type: amount }}\n"));
            let cells = each(n, |i| format!(", c{i}: 1.00"));
            let amount = "      amount: { title: 预算数, type: amount }\n\n  procurement:";
            let mut files = profile(amount, &format!("{columns}{amount}"));
            files.extend(funds(&format!("  - {{ name: 一{cells} }}\n")));
            files
        }),
        input("columns that are sums", 60, |n| {
            let columns = each(n, |i| {
                format!("      c{i}: {{ title: 栏{i}, type: amount, sum_of: [amount] }}\n")
            });
            let amount = "      amount: { title: 预算数, type: amount }\n\n  procurement:";
            profile(amount, &format!("{columns}{amount}"))
        }),
        input("tables of a profile", 60, |n| {
            let tables = each(n, |i| {
                format!(
                    "  t{i}:\n    title: 表{i}\n    columns:\n      name: {{ title: 项目, type: label }}\n      amount: {{ title: 数, type: amount }}\n"
                )
            });
            profile("tables:\n", &format!("tables:\n{tables}"))
        }),
        input("tables nobody knows", 60, |n| {
            let table = |i| (format!("{HOME}/tables/t{i}.yaml"), "rows: []\n".to_owned());
            (0..n).map(table).collect()
        }),
        input("figures that one rule takes in turn", 100, |n| {
            let rows = each(n, |i| format!("  - {{ name: 项{i}, amount: 1.00 }}\n"));
            let mut files = profile(
                "tie_outs:\n",
                "tie_outs:\n  each:\n    equation: funds/@/amount = funds/@/amount\n    because: 同\n",
            );
            files.extend(funds(&rows));
            files
        }),
    ]
}
