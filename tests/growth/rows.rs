//! Tables with many rows.
#![allow(clippy::too_many_lines, reason = "a list")]

use super::{Input, each, funds, input, own};

pub(super) fn rows() -> Vec<Input> {
    vec![
        input("rows of a table", 500, |n| {
            funds(&each(n, |i| format!("  - {{ name: 项目{i}, amount: 1.00 }}\n")))
        }),
        input("equal rows", 500, |n| funds(&"  - { name: 同, amount: 1.00 }\n".repeat(n))),
        input("rows of one name", 500, |n| {
            funds(&each(n, |i| format!("  - {{ name: 同, amount: {i} }}\n")))
        }),
        input("names that end as repeats do", 500, |n| {
            funds(&each(n, |i| {
                let name = if i % 2 == 0 { "同".to_owned() } else { format!("同~{}", i / 2 + 2) };
                format!("  - {{ name: {name}, amount: {i} }}\n")
            }))
        }),
        input("rows without a name", 500, |n| funds(&"  - { amount: 1.00 }\n".repeat(n))),
        input("total rows", 500, |n| funds(&"  - { name: 合计, amount: 1.00 }\n".repeat(n))),
        input("total rows among others", 200, |n| {
            funds(&each(n, |i| {
                let name = if i % 2 == 0 { "合计".to_owned() } else { format!("行{i}") };
                format!("  - {{ name: {name}, amount: {i} }}\n")
            }))
        }),
        input("figures that are none", 300, |n| {
            funds(&each(n, |i| format!("  - {{ name: 项{i}, amount: 一{i} }}\n")))
        }),
        input("columns that are none", 300, |n| {
            funds(&each(n, |i| format!("  - {{ name: 项{i}, amuont: 1, zzzzzz{i}: 2 }}\n")))
        }),
        input("cells of one row", 500, |n| {
            let cells = each(n, |i| format!(", x{i}: 1"));
            funds(&format!("  - {{ name: 一{cells} }}\n"))
        }),
        input("codes of a tree", 300, |n| {
            let rows = each(n, |i| {
                let (top, middle, low) = (200 + i / 10_000, i / 100 % 100, i % 100);
                match i % 100 {
                    0 if i % 10_000 == 0 => format!(
                        "  - {{ code: {top}, name: 类{i}, total: 1.00, basic: 1.00 }}\n  - {{ code: {top}{middle:02}, name: 款{i}, total: 1.00, basic: 1.00 }}\n"
                    ),
                    0 => format!(
                        "  - {{ code: {top}{middle:02}, name: 款{i}, total: 1.00, basic: 1.00 }}\n"
                    ),
                    _ => format!(
                        "  - {{ code: {top}{middle:02}{low:02}, name: 项{i}, total: 1.00, basic: 1.00 }}\n"
                    ),
                }
            });
            own("tables/expenditure.yaml", format!("rows:\n{rows}"))
        }),
        input("codes without a parent", 300, |n| {
            let rows = each(n, |i| {
                format!(
                    "  - {{ code: {}, name: 项{i}, total: 2.00, basic: 1.00, project: 1.00 }}\n",
                    2_000_000 + i
                )
            });
            own("tables/expenditure.yaml", format!("rows:\n{rows}"))
        }),
        input("one code again and again", 300, |n| {
            let row = "  - { code: 205, name: 教育支出, total: 1.00, basic: 1.00 }\n";
            own("tables/expenditure.yaml", format!("rows:\n{}", row.repeat(n)))
        }),
        input("levels from below", 300, |n| {
            let rows = each(n, |i| {
                format!(
                    "  - {{ code: {}, name: 项{i}, total: 1.00, basic: 1.00 }}\n",
                    9_999_999 - i
                )
            });
            own("tables/expenditure.yaml", format!("rows:\n{rows}"))
        }),
        input("sums that do not hold", 200, |n| {
            let rows = each(n, |i| {
                format!(
                    "  - {{ code: 205{i:07}, name: 项{i}, total: 9.00, basic: 1.00, project: 1.00 }}\n"
                )
            });
            own("tables/expenditure.yaml", format!("rows:\n{rows}"))
        }),
        input("products that do not hold", 200, |n| {
            let row =
                |i| format!("  - {{ item: 物{i}, quantity: 2, price: 3, total: 7, sme: 8 }}\n");
            own("tables/procurement.yaml", format!("rows:\n{}", each(n, row)))
        }),
    ]
}
