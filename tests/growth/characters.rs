//! One character again and again, wherever texts stand.
#![allow(clippy::too_many_lines, reason = "a list")]

use super::{HOME, Input, disclosure, each, file, input, own, profile};

/// The characters that some reader of texts looks at twice.
const CHARACTERS: &[(&str, &str)] = &[
    ("[", "["),
    ("]", "]"),
    ("*", "*"),
    ("_", "_"),
    ("`", "`"),
    ("<", "<"),
    (">", ">"),
    ("&", "&"),
    ("(", "("),
    (")", ")"),
    ("~", "~"),
    ("|", "|"),
    ("!", "!"),
    ("\\\"", "\""),
    ("'", "'"),
    ("（", "（"),
    ("）", "）"),
    ("“", "“"),
    ("《", "《"),
    ("中", "中"),
    ("1", "1"),
    ("，", "，"),
    ("。", "。"),
    ("、", "、"),
    ("；", "；"),
    ("#", "#"),
    ("-", "-"),
    ("=", "="),
    ("+", "+"),
    ("\\\\", "\\"),
    ("$", "$"),
    ("%", "%"),
    ("a", "a"),
    ("@", "@"),
    (":", ":"),
    (";", ";"),
    ("/", "/"),
    (".", "."),
    (",", ","),
    ("{", "{"),
    ("}", "}"),
    ("　", "　"),
    (" ", " "),
    ("\u{301}", "\u{301}"),
    ("🙂", "🙂"),
    ("一、", "一、"),
    ("1.", "1."),
    ("万元", "万元"),
    ("![", "!["),
    ("](", "]("),
    ("[a](", "[a]("),
    ("**a", "**a"),
    ("*a_", "*a_"),
    ("<a", "<a"),
    ("<!--", "<!--"),
    ("&#", "&#"),
    ("`a", "`a"),
    ("[^", "[^"),
    ("[a][", "[a]["),
    ("1万元", "1万元"),
    ("1,", "1,"),
    ("≥1", "≥1"),
    ("年", "年"),
    ("2025年", "2025年"),
    ("增加", "增加"),
    ("[1](=", "[1](="),
    ("a@", "a@"),
    ("1-", "1-"),
    ("<1>", "<1>"),
    ("1年1月", "1年1月"),
];

/// One text of many of each character, so that a slow one shows: the texts stand where texts may.
pub(super) fn characters() -> Vec<Input> {
    vec![
        input("one character in a text", 100, |n| {
            let text = |(at, (_, sign)): (usize, &(&str, &str))| {
                (
                    format!("{HOME}/narrative/{:02}-x{at}.md", at + 10),
                    format!("# 题\n\n文{}\n", sign.repeat(n)),
                )
            };
            let mut files = profile(
                "sections:\n",
                &format!(
                    "sections:\n{}",
                    each(CHARACTERS.len(), |at| { format!("  x{at}: {{ title: 节{at} }}\n") })
                ),
            );
            files.extend(CHARACTERS.iter().enumerate().map(text));
            files
        }),
        input("one character in a heading", 100, |n| {
            let text = |(at, (_, sign)): (usize, &(&str, &str))| {
                (
                    format!("{HOME}/narrative/{:02}-x{at}.md", at + 10),
                    format!("# 题\n\n## 题{}\n", sign.repeat(n)),
                )
            };
            let mut files = profile(
                "sections:\n",
                &format!(
                    "sections:\n{}",
                    each(CHARACTERS.len(), |at| { format!("  x{at}: {{ title: 节{at} }}\n") })
                ),
            );
            files.extend(CHARACTERS.iter().enumerate().map(text));
            files
        }),
        input("one character in fields of projects", 60, |n| {
            let project = |(at, (sign, _)): (usize, &(&str, &str))| {
                let long = sign.repeat(n);
                let text = format!(
                    "name: \"项{at}{long}\"\nuse: \"文{long}\"\nbudget: 0.00\ngoals:\n  - \"办{long}\"\nindicators:\n  - {{ level: 数量指标, name: \"名{long}\", about: \"述{long}\", value: \"≥1{long}\" }}\n"
                );
                (format!("{HOME}/projects/{:02}-x{at}.yaml", at + 10), text)
            };
            CHARACTERS.iter().enumerate().map(project).collect()
        }),
        input("one character in a table", 60, |n| {
            let rows = |pattern: fn(usize, &str) -> String| -> String {
                CHARACTERS
                    .iter()
                    .enumerate()
                    .map(|(at, (sign, _))| pattern(at, &sign.repeat(n)))
                    .collect()
            };
            let notes = CHARACTERS.iter().map(|(sign, _)| sign.repeat(n)).collect::<String>();
            let mut files = own(
                "tables/funds.yaml",
                format!(
                    "rows:\n{}note: \"{notes}\"\ntitle: \"{notes}\"\n",
                    rows(|at, long| format!(
                        "  - {{ name: \"{at}{long}\", amount: \"1{long}\" }}\n"
                    ))
                ),
            );
            files.extend(own(
                "tables/expenditure.yaml",
                format!(
                    "rows:\n{}",
                    rows(|at, long| format!("  - {{ code: \"{at}{long}\", name: \"{long}\" }}\n"))
                ),
            ));
            files
        }),
        input("one character in keys", 100, |n| {
            let keys: String = CHARACTERS
                .iter()
                .map(|(sign, _)| format!("\"k{}\": 1\n", sign.repeat(n)))
                .collect();
            own("tables/funds.yaml", format!("rows: []\nnote: 注\n{keys}"))
        }),
        input("one character in plain YAML", 100, |n| {
            let file = |(at, (_, sign)): (usize, &(&str, &str))| {
                (
                    format!("{HOME}/projects/{:02}-x{at}.yaml", at + 10),
                    format!("name: 项{}\nuse: {}\n", sign.repeat(n), sign.repeat(n)),
                )
            };
            CHARACTERS.iter().enumerate().map(file).collect()
        }),
        input("one character in the configuration", 100, |n| {
            let terms: String = CHARACTERS
                .iter()
                .map(|(sign, _)| format!("\"词{}\": \"指{}\"\n", sign.repeat(n), sign.repeat(n)))
                .collect();
            let long = CHARACTERS.iter().map(|(sign, _)| sign.repeat(n)).collect::<String>();
            let mut files = file("content/glossary.yaml", terms);
            files.extend(file(
                "mingbai.yaml",
                format!("title: \"{long}\"\ndescription: \"{long}\"\nfooter: [\"{long}\"]\n"),
            ));
            files.extend(file(
                "content/demo/organisation.yaml",
                format!("code: 300\nname: \"{long}\"\nshort: \"{long}\"\n"),
            ));
            files
        }),
        input("one character in addresses", 60, |n| {
            let entries: String = CHARACTERS
                .iter()
                .map(|(sign, _)| {
                    format!(
                        "  - {{ code: missing-row, at: \"{}\", reason: \"{}\" }}\n",
                        sign.repeat(n),
                        sign.repeat(n)
                    )
                })
                .collect();
            let withheld: String = CHARACTERS
                .iter()
                .map(|(sign, _)| format!("  - {{ at: \"{}\", because: 同 }}\n", sign.repeat(n)))
                .collect();
            disclosure(&format!("accept:\n{entries}withhold:\n{withheld}"))
        }),
        input("one character in equations", 60, |n| {
            let rules: String = CHARACTERS
                .iter()
                .enumerate()
                .map(|(at, (sign, _))| {
                    let long = sign.repeat(n);
                    format!("  x{at}:\n    equation: \"funds/合计/amount = {long}\"\n    because: \"{long}\"\n")
                })
                .collect();
            profile("tie_outs:\n", &format!("tie_outs:\n{rules}"))
        }),
    ]
}
