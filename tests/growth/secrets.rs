//! Disclosures that withhold.

use super::{Input, disclosure, each, explanation, funds, input};

pub(super) fn secrets() -> Vec<Input> {
    vec![
        input("withheld values that are not there", 50, |n| {
            disclosure(&format!(
                "withhold:\n{}",
                each(n, |i| format!("  - {{ at: funds/行{i}/amount, because: 密 }}\n"))
            ))
        }),
        input("withheld values", 5, |n| {
            let mut files = disclosure(&format!(
                "withhold:\n{}",
                each(n, |i| format!("  - {{ at: funds/行{i}/amount, because: 密 }}\n"))
            ));
            files.extend(funds(&each(n, |i| {
                format!("  - {{ name: 行{i}, amount: {}.37 }}\n", 100 + i)
            })));
            files
        }),
        input("withheld values beside a total", 5, |n| {
            let mut files = disclosure(&format!(
                "withhold:\n{}",
                each(n, |i| format!("  - {{ at: funds/行{i}/amount, because: 密 }}\n"))
            ));
            files.extend(funds(&format!(
                "  - {{ name: 合计, amount: {}.00 }}\n{}",
                n * 50,
                each(2 * n, |i| format!("  - {{ name: 行{i}, amount: 25.00 }}\n"))
            )));
            files
        }),
        input("rows beside a withheld value", 60, |n| {
            let mut files = disclosure(
                "withhold:\n  - { at: funds/行0/amount, because: 密 }\n  - { at: funds/行1/amount, because: 密 }\n",
            );
            files.extend(funds(&format!(
                "  - {{ name: 合计, amount: {}.00 }}\n{}",
                n * 25,
                each(n, |i| format!("  - {{ name: 行{i}, amount: 25.00 }}\n"))
            )));
            files
        }),
        input("texts beside a withheld value", 60, |n| {
            let mut files =
                disclosure("withhold:\n  - { at: expenditure/2050802/basic, because: 密 }\n");
            files.extend(explanation(&each(n, |i| format!("支出{i}.25万元。\n\n"))));
            files
        }),
    ]
}
