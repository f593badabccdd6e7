//! Profiles that state much.
#![expect(clippy::too_many_lines, reason = "a list")]

use super::{Files, HOME, Input, each, explanation, file, funds, input, own, profile};

pub(super) fn profiles() -> Vec<Input> {
    vec![
        input("profiles that extend each other", 50, |n| {
            let profile = |i: usize| {
                (format!("profiles/c/{i}.yaml"), format!("extends: c/{}\nabstract: true\n", i + 1))
            };
            let mut files: Files = (0..n).map(profile).collect();
            files.push((format!("profiles/c/{n}.yaml"), "extends: test/minimal\n".to_owned()));
            files.push((
                format!("{HOME}/disclosure.yaml"),
                "fiscal_year: 2025\nstage: budget\nprofile: c/0\n".to_owned(),
            ));
            files
        }),
        input("profiles that extend one", 20, |n| {
            (0..n)
                .map(|i| (format!("profiles/c/{i}.yaml"), "extends: test/minimal\n".to_owned()))
                .collect()
        }),
        input("entries that a profile adds", 200, |n| {
            let mut files = file(
                "profiles/c/0.yaml",
                format!(
                    "extends: test/minimal\nunits:\n{}",
                    each(n, |i| format!("  单位{i}: {}\n", i + 2))
                ),
            );
            files.push((
                format!("{HOME}/disclosure.yaml"),
                "fiscal_year: 2025\nstage: budget\nprofile: c/0\n".to_owned(),
            ));
            files
        }),
        input("entries that a profile puts in a place", 100, |n| {
            let mut files = file(
                "profiles/c/0.yaml",
                format!(
                    "extends: test/minimal\nsections:\n{}",
                    each(n, |i| format!(
                        "  s{i}: {{ title: 节{i}, after: {} }}\n",
                        if i == 0 { "duties".to_owned() } else { format!("s{}", i - 1) }
                    ))
                ),
            );
            files.push((
                format!("{HOME}/disclosure.yaml"),
                "fiscal_year: 2025\nstage: budget\nprofile: c/0\n".to_owned(),
            ));
            files
        }),
        input("equations", 100, |n| {
            profile(
                "tie_outs:\n",
                &format!(
                    "tie_outs:\n{}",
                    each(n, |i| {
                        format!(
                            "  x{i}:\n    equation: overview/income.total/amount = overview/expenditure.total/amount\n    because: 因{i}\n"
                        )
                    })
                ),
            )
        }),
        input("equations that do not hold", 60, |n| {
            profile(
                "tie_outs:\n",
                &format!(
                    "tie_outs:\n{}",
                    each(n, |i| {
                        format!(
                            "  x{i}:\n    equation: overview/income.total/amount = overview/expenditure.education/amount\n    because: 因{i}\n"
                        )
                    })
                ),
            )
        }),
        input("equations that nobody can read", 100, |n| {
            profile(
                "tie_outs:\n",
                &format!(
                    "tie_outs:\n{}",
                    each(n, |i| {
                        format!(
                            "  x{i}:\n    equation: overvieww/income.total/amount{i} = nowhere/a/b\n    because: 因{i}\n"
                        )
                    })
                ),
            )
        }),
        input("terms of an equation", 100, |n| {
            profile(
                "tie_outs:\n",
                &format!(
                    "tie_outs:\n  x:\n    equation: funds/合计/amount{} = 0\n    because: 因\n",
                    " + funds/一/amount".repeat(n)
                ),
            )
        }),
        input("units of money", 200, |n| {
            profile(
                "units: { 元: 1, 万元: 10000 }",
                &format!(
                    "units: {{ 元: 1, 万元: 10000{} }}",
                    each(n, |i| format!(", 钱{i}: {}", i + 2))
                ),
            )
        }),
        input("sections of a profile", 50, |n| {
            let mut files = profile(
                "sections:\n",
                &format!("sections:\n{}", each(n, |i| format!("  s{i}: {{ title: 节{i} }}\n"))),
            );
            files.extend((0..n).map(|i| {
                (
                    format!("{HOME}/narrative/{:05}-s{i}.md", i + 3),
                    format!("# 节{i}\n\n文字{i}。\n"),
                )
            }));
            files
        }),
        input("sections that must be there", 100, |n| {
            profile(
                "sections:\n",
                &format!(
                    "sections:\n{}",
                    each(n, |i| format!("  s{i}: {{ title: 节{i}, required: true }}\n"))
                ),
            )
        }),
        input("words of prose", 200, |n| {
            let mut files = profile(
                "tie_outs:\n",
                &format!(
                    "prose:\n  increase: [增加{}]\ntie_outs:\n",
                    each(n, |i| format!(", 增{i}"))
                ),
            );
            files.extend(explanation("较上年增加[1万元](=#a)。"));
            files
        }),
        input("fields of projects", 100, |n| {
            profile(
                "    use:    { title: 资金用途,",
                &format!(
                    "{}    use:    {{ title: 资金用途,",
                    each(n, |i| format!("    f{i}: {{ title: 项{i}, type: text }}\n"))
                ),
            )
        }),
        input("kinds of indicators", 100, |n| {
            profile(
                "scheme: plain\n",
                &format!(
                    "scheme: plain\n  spellings:\n{}",
                    each(n, |i| format!("    - [个{i}, 只{i}]\n"))
                ),
            )
        }),
        input("codes of a dictionary", 200, |n| {
            let mut files = profile(
                "classifications: { functional: [3, 5, 7] }",
                "classifications: { functional: { lengths: [3, 5, 7], names: test/codes } }",
            );
            files.extend(file(
                "profiles/test/codes.yaml",
                format!(
                    "codes:\n{}",
                    each(n, |i| format!(
                        "  - {{ code: \"{}\", name: 项{i}, status: verified }}\n",
                        2_000_000 + i
                    ))
                ),
            ));
            files.extend(own(
                "tables/expenditure.yaml",
                format!(
                    "rows:\n{}",
                    each(n, |i| format!(
                        "  - {{ code: {}, name: 别{i}, total: 1.00, basic: 1.00 }}\n",
                        2_000_000 + i
                    ))
                ),
            ));
            files
        }),
        input("charts", 20, |n| {
            profile(
                "tie_outs:\n",
                &format!(
                    "charts:\n{}tie_outs:\n",
                    each(n, |i| {
                        format!(
                            "  c{i}: {{ title: 图{i}, kind: composition, of: expenditure/合计/total, parts: [expenditure/level:1/total] }}\n"
                        )
                    })
                ),
            )
        }),
        input("parts of a chart", 100, |n| {
            let mut files = profile(
                "tie_outs:\n",
                "charts:\n  c: { title: 图, kind: composition, of: funds/合计/amount, parts: [funds/*/amount] }\ntie_outs:\n",
            );
            files.extend(funds(&format!(
                "  - {{ name: 合计, amount: {n} }}\n{}",
                each(n, |i| format!("  - {{ name: 项{i}, amount: 1 }}\n"))
            )));
            files
        }),
        input("sentences of a summary", 60, |n| {
            profile(
                "tie_outs:\n",
                &format!(
                    "summary:\n{}tie_outs:\n",
                    each(n, |i| format!("  s{i}: \"{{year}}支出 {{expenditure/合计/total}}。\"\n"))
                ),
            )
        }),
        input("the largest of a summary", 100, |n| {
            let mut files = profile(
                "tie_outs:\n",
                "summary:\n  s: \"最多 {largest 3 funds/*/amount of funds/合计/amount}。\"\ntie_outs:\n",
            );
            files.extend(funds(&format!(
                "  - {{ name: 合计, amount: {n} }}\n{}",
                each(n, |i| format!("  - {{ name: 项{i}, amount: 1 }}\n"))
            )));
            files
        }),
    ]
}
