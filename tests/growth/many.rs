//! Portals with many projects, terms, organisations, years and exceptions.
#![expect(clippy::too_many_lines, reason = "a list")]

use super::{HOME, Input, disclosure, each, explanation, file, funds, input, own};

pub(super) fn many() -> Vec<Input> {
    vec![
        input("projects", 20, |n| {
            let project = |i| {
                let text = format!(
                    "name: 项目{i}\nbudget: 1.00\nfiscal: 1.00\ngoals:\n  - 办好{i}\nindicators:\n  - {{ level: 数量指标, name: 场次, value: ≥{i}场 }}\n"
                );
                (format!("{HOME}/projects/{:05}-p{i}.yaml", i + 2), text)
            };
            (0..n).map(project).collect()
        }),
        input("projects of one name", 20, |n| {
            let text = "name: 同一项目\ncode: 30025A0001\nbudget: 1.00\nfiscal: 1.00\n";
            (0..n)
                .map(|i| (format!("{HOME}/projects/{:05}-p.yaml", i + 2), text.to_owned()))
                .collect()
        }),
        input("projects in two years", 20, |n| {
            let projects = |home: &str| {
                let project = |i: usize| {
                    let text = format!("name: 项目{i}\nbudget: 1.00\nfiscal: 1.00\n");
                    (format!("{home}/projects/{:05}-p{i}.yaml", i + 2), text)
                };
                (0..n).map(project).collect::<Vec<_>>()
            };
            let before = "content/demo/2024-budget";
            let head = "fiscal_year: 2024\nstage: budget\nprofile: test/minimal\n";
            let mut files = projects(HOME);
            files.extend(projects(before));
            files.push((format!("{before}/disclosure.yaml"), head.to_owned()));
            files
        }),
        input("indicators of a project", 200, |n| {
            let lines =
                each(n, |i| format!("  - {{ level: 数量指标, name: 场次{i}, value: ≥{i}场 }}\n"));
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\nindicators:\n{lines}"),
            )
        }),
        input("equal indicators", 200, |n| {
            let lines = "  - { level: 数量指标, name: 场次, value: ≥2场, score: 1 }\n".repeat(n);
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\nindicators:\n{lines}"),
            )
        }),
        input("indicators misplaced", 200, |n| {
            let lines = each(n, |i| {
                format!("  - {{ level: 别的{i}指标, name: 参加人数, about: 率, value: 高{i} }}\n")
            });
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\nindicators:\n{lines}"),
            )
        }),
        input("indicators with what a template left", 60, |n| {
            let lines = "  - { level: 数量指标, name: '{划 }', value: '{划 }' }\n".repeat(n);
            own(
                "projects/01-science-day.yaml",
                format!("name: 科普日活动\nbudget: 40.00\nindicators:\n{lines}"),
            )
        }),
        input("goals of a project", 200, |n| {
            own(
                "projects/01-science-day.yaml",
                format!(
                    "name: 科普日活动\nbudget: 40.00\ngoals:\n{}",
                    each(n, |i| format!("  - 目标{i}\n"))
                ),
            )
        }),
        input("steps of a plan", 200, |n| {
            own(
                "projects/01-science-day.yaml",
                format!(
                    "name: 科普日活动\nbudget: 40.00\npayment_plan:\n{}",
                    each(n, |i| format!("  s{i}: 1%\n"))
                ),
            )
        }),
        input("sections nobody knows", 50, |n| {
            (0..n)
                .map(|i| {
                    (
                        format!("{HOME}/narrative/{:05}-s{i}.md", i + 3),
                        "# 题\n\n文字。\n".to_owned(),
                    )
                })
                .collect()
        }),
        input("files nobody knows", 100, |n| {
            (0..n).map(|i| (format!("{HOME}/x{i}.txt"), String::new())).collect()
        }),
        input("files of a static folder", 100, |n| {
            (0..n).map(|i| (format!("static/x{i}.txt"), "文字\n".to_owned())).collect()
        }),
        input("terms", 200, |n| {
            let mut files = file(
                "content/glossary.yaml",
                each(n, |i| format!("词语{i}: 指第{i}个词语{}\n", i + 1)),
            );
            files.extend(explanation(&each(n, |i| format!("说明词语{i}。\n\n"))));
            files
        }),
        input("terms within terms", 100, |n| {
            let mut files = file(
                "content/glossary.yaml",
                each(n, |i| format!("甲{}: 指{i}\n", "乙".repeat(i % 50))),
            );
            files.extend(explanation(&format!("甲{}\n", "乙".repeat(n))));
            files
        }),
        input("other words of terms", 100, |n| {
            file(
                "content/glossary.yaml",
                each(n, |i| format!("词{i}: {{ definition: 指{i}, also: [办公, 公{i}] }}\n")),
            )
        }),
        input("organisations", 10, |n| {
            (0..n)
                .flat_map(|i| {
                    [
                        (
                            format!("content/o{i}/organisation.yaml"),
                            format!("code: {}\nname: 第{i}局\n", 1000 + i),
                        ),
                        (
                            format!("content/o{i}/2025-budget/disclosure.yaml"),
                            "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\n".to_owned(),
                        ),
                        (
                            format!("content/o{i}/2025-budget/tables/funds.yaml"),
                            "rows:\n  - { name: 一, amount: 1.00 }\n".to_owned(),
                        ),
                    ]
                })
                .collect()
        }),
        input("years of an organisation", 10, |n| {
            (0..n)
                .flat_map(|i| {
                    let home = format!("content/demo/{}-x", 2026 + i);
                    [
                        (
                            format!("{home}/disclosure.yaml"),
                            format!(
                                "fiscal_year: {}\nstage: budget\nprofile: test/minimal\n",
                                2026 + i
                            ),
                        ),
                        (
                            format!("{home}/tables/funds.yaml"),
                            "rows:\n  - { name: 一, amount: 1.00 }\n".to_owned(),
                        ),
                    ]
                })
                .collect()
        }),
        input("disclosures of one year", 10, |n| {
            (0..n)
                .flat_map(|i| {
                    let home = format!("content/demo/2025-x{i}");
                    [
                        (
                            format!("{home}/disclosure.yaml"),
                            "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\n".to_owned(),
                        ),
                        (
                            format!("{home}/tables/funds.yaml"),
                            "rows:\n  - { name: 一, amount: 1.00 }\n".to_owned(),
                        ),
                    ]
                })
                .collect()
        }),
        input("rows that changed over the years", 100, |n| {
            let rows = |more: usize| {
                each(n, |i| format!("  - {{ name: 项{}, amount: {i}.00 }}\n", i + more))
            };
            let mut files = funds(&rows(0));
            files.extend([
                (
                    "content/demo/2024-budget/disclosure.yaml".to_owned(),
                    "fiscal_year: 2024\nstage: budget\nprofile: test/minimal\n".to_owned(),
                ),
                (
                    "content/demo/2024-budget/tables/funds.yaml".to_owned(),
                    format!("rows:\n{}", rows(n / 2)),
                ),
            ]);
            files
        }),
        input("units of an organisation", 200, |n| {
            file(
                "content/demo/organisation.yaml",
                format!(
                    "code: 300\nname: 局\nunits:\n{}",
                    each(n, |i| format!("  - {{ name: 馆{i}, separate: false }}\n"))
                ),
            )
        }),
        input("lines of the footer", 100, |n| {
            file(
                "mingbai.yaml",
                format!(
                    "title: 题\nfooter:\n{}",
                    each(n, |i| format!(
                        "  - {{ text: 行{i}, url: \"https://example.org/{i}\" }}\n"
                    ))
                ),
            )
        }),
        input("changes of a concordance", 200, |n| {
            file(
                "content/concordance.yaml",
                format!(
                    "changes:\n{}",
                    each(n, |i| format!(
                        "  - {{ from: 甲{i}, to: 乙{i}, since: 2025, why: 改名 }}\n"
                    ))
                ),
            )
        }),
        input("changes of a concordance, chained", 200, |n| {
            let mut files = file(
                "content/concordance.yaml",
                format!(
                    "changes:\n{}",
                    each(n, |i| format!(
                        "  - {{ from: 甲{i}, to: 甲{}, since: 2025, why: 改名 }}\n",
                        i + 1
                    ))
                ),
            );
            files.extend(funds(&each(n, |i| {
                format!("  - {{ name: 甲{}, amount: 1.00 }}\n", i + 1)
            })));
            files.extend([
                (
                    "content/demo/2024-budget/disclosure.yaml".to_owned(),
                    "fiscal_year: 2024\nstage: budget\nprofile: test/minimal\n".to_owned(),
                ),
                (
                    "content/demo/2024-budget/tables/funds.yaml".to_owned(),
                    format!(
                        "rows:\n{}",
                        each(n, |i| format!("  - {{ name: 甲{i}, amount: 1.00 }}\n"))
                    ),
                ),
            ]);
            files
        }),
        input("acceptances", 100, |n| {
            disclosure(&format!(
                "accept:\n{}",
                each(n, |i| format!(
                    "  - {{ code: missing-row, at: funds/行{i}/amount, reason: 原件 }}\n"
                ))
            ))
        }),
        input("acceptances that are used", 100, |n| {
            let mut files = disclosure(&format!(
                "accept:\n{}",
                each(n, |i| format!(
                    "  - {{ code: product, at: procurement/物{i}/total, reason: 原件 }}\n"
                ))
            ));
            let row =
                |i| format!("  - {{ item: 物{i}, quantity: 2, price: 3, total: 7, sme: 1 }}\n");
            files.extend(own("tables/procurement.yaml", format!("rows:\n{}", each(n, row))));
            files
        }),
    ]
}
