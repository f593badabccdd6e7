//! Portals that an author, or somebody who wishes the portal ill, can write: each grows in one way. What is asked of
//! them is that the work grows as they do (`benches/growth.rs` measures it, `tests/it/growth.rs` holds it).

/// The files of a portal: path and text.
pub(crate) type Files = Vec<(String, String)>;

/// A portal that grows in one way.
pub(crate) struct Input {
    /// What grows.
    pub name: &'static str,
    /// How many of it there are at the smallest size that is measured.
    pub base: usize,
    /// The files that differ from the smallest portal, where there are so many.
    pub make: fn(usize) -> Files,
}

const HOME: &str = "content/demo/2025-budget";
const PROFILE: &str = include_str!("../sites/minimal/profiles/test/minimal.yaml");

/// Every input.
pub(crate) fn all() -> Vec<Input> {
    [rows(), forms(), texts(), characters(), yaml(), many(), profiles(), secrets()]
        .into_iter()
        .flatten()
        .collect()
}

fn input(name: &'static str, base: usize, make: fn(usize) -> Files) -> Input {
    Input { name, base, make }
}

/// One file of the disclosure.
fn own(path: &str, text: String) -> Files {
    vec![(format!("{HOME}/{path}"), text)]
}

fn file(path: &str, text: String) -> Files {
    vec![(path.to_owned(), text)]
}

/// Something written for each number.
fn each(count: usize, write: impl Fn(usize) -> String) -> String {
    (0..count).map(write).collect()
}

/// The smallest profile with a passage of it replaced.
fn profile(from: &str, to: &str) -> Files {
    assert!(PROFILE.contains(from), "the profile says {from}");
    file("profiles/test/minimal.yaml", PROFILE.replacen(from, to, 1))
}

fn funds(rows: &str) -> Files {
    own("tables/funds.yaml", format!("rows:\n{rows}"))
}

fn rows() -> Vec<Input> {
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

/// The profile with another form of the table `funds`.
fn form(extra: &str, rows: &str) -> Files {
    let table = "title: 政府性基金预算支出表\n    empty_note: required\n    total_row: 合计\n";
    let mut files = profile(table, &format!("{table}{extra}"));
    files.extend(funds(rows));
    files
}

fn forms() -> Vec<Input> {
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

fn explanation(text: &str) -> Files {
    own("narrative/02-explanation.md", format!("# 二、预算情况说明\n\n{text}\n"))
}

fn texts() -> Vec<Input> {
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
fn characters() -> Vec<Input> {
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

fn disclosure(more: &str) -> Files {
    own(
        "disclosure.yaml",
        format!("fiscal_year: 2025\nstage: budget\nprofile: test/minimal\n{more}"),
    )
}

fn yaml() -> Vec<Input> {
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

fn many() -> Vec<Input> {
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

fn profiles() -> Vec<Input> {
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
                "    use:    { title: 资金用途, type: text }\n",
                &format!(
                    "    use:    {{ title: 资金用途, type: text }}\n{}",
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

fn secrets() -> Vec<Input> {
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
