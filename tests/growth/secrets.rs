//! Disclosures that withhold.

use super::{HOME, Input, disclosure, each, explanation, funds, input};

/// So many rows withheld.
fn withheld(n: usize) -> super::Files {
    disclosure(&format!(
        "withhold:\n{}",
        each(n, |i| format!("  - {{ at: funds/行{i}/amount, because: 密 }}\n"))
    ))
}

pub(super) fn secrets() -> Vec<Input> {
    vec![
        input("withheld values that are not there", 50, withheld),
        input("withheld values", 5, |n| {
            let mut files = withheld(n);
            files.extend(funds(&each(n, |i| {
                format!("  - {{ name: 行{i}, amount: {}.37 }}\n", 100 + i)
            })));
            files
        }),
        input("withheld values beside a total", 5, |n| {
            let mut files = withheld(n);
            files.extend(funds(&format!(
                "  - {{ name: 合计, amount: {}.00 }}\n{}",
                n * 50,
                each(2 * n, |i| format!("  - {{ name: 行{i}, amount: 25.00 }}\n"))
            )));
            files
        }),
        input("equal withheld values, some in sight", 100, |n| {
            let mut files = withheld(n);
            files
                .extend(funds(&each(2 * n, |i| format!("  - {{ name: 行{i}, amount: 25.37 }}\n"))));
            files
        }),
        input("withheld budgets of projects", 10, |n| {
            let mut files = disclosure(&format!(
                "withhold:\n{}",
                each(n, |i| {
                    format!("  - {{ at: projects/{:05}-p{i}/budget, because: 密 }}\n", i + 2)
                })
            ));
            files.extend((0..n).map(|i| {
                let text = format!("name: 项目{i}\nbudget: {}.37\n", 100 + i);
                (format!("{HOME}/projects/{:05}-p{i}.yaml", i + 2), text)
            }));
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
