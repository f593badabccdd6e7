//! A withheld value by every door and in every way of writing it; and nothing published that
//! follows from one.

use std::collections::{BTreeMap, BTreeSet};

use mingbai::diagnostic::{Language, Severity};
use mingbai::locate::locate;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::source::Sources;

use crate::bench::TestSite;
use crate::cli::{Desk, errors};
use crate::secrecy::{ENOUGH, HOME, TOLD_LESS, sources_of};

/// Every figure the example of docs/secrecy.md withholds, as its cell prints it.
fn values(sources: &Sources) -> BTreeSet<String> {
    let (site, _) = plan(sources, false);
    let secrets = site.vault.iter().flat_map(|one| one.secrets.iter());
    secrets.map(|secret| secret.value.text()).filter(|value| !value.is_empty()).collect()
}

/// What findings W605 of errors point at, by path; names of files by their own words.
fn refused(sources: &Sources) -> BTreeSet<(String, String)> {
    let (_, report) = plan(sources, false);
    let errors = report.diagnostics.iter().filter(|finding| finding.severity == Severity::Error);
    let found = errors.filter(|finding| finding.code.id == "W605").map(|finding| {
        let file = sources.file(finding.primary.file);
        let range = locate(sources, &finding.primary);
        (file.path.clone(), file.text()[range].to_owned())
    });
    found.collect()
}

fn text_of(sources: &Sources, path: &str) -> String {
    sources.find(path).map_or_else(String::new, |file| sources.file(file).text().to_owned())
}

/// A file, what of its text is replaced (the end where that is nothing), and by what for a value.
type Door = (String, &'static str, fn(&str) -> String);

fn doors() -> Vec<Door> {
    let home = |path: &str| format!("{HOME}/{path}");
    let theme = |name: &str| format!("themes/default/{name}");
    vec![
        (theme("base.html"), "", |v| format!("<p>{v}</p>\n")),
        (theme("table.html"), "", |v| format!("<!-- {v} -->\n")),
        (theme("project.html"), "", |v| format!("<p title='{v}' class=x></p>\n")),
        (theme("home.html"), "", |v| format!("<script>const x = {v};</script>\n")),
        (theme("own.css"), "", |v| format!("p::after {{ content: '{v}' }}\n")),
        ("static/a.txt".to_owned(), "", |v| format!("{v}万元\n")),
        ("static/a.html".to_owned(), "", |v| format!("<p>共<b>{}</b>{}</p>\n", &v[..1], &v[1..])),
        ("static/chart.svg".to_owned(), "", |v| format!("<text x='9'>{v}</text>\n")),
        ("static/a.js".to_owned(), "", |v| format!("f({v});\n")),
        ("static/a.json".to_owned(), "", |v| format!("[{{\"x\":{v}}}]\n")),
        ("static/a.csv".to_owned(), "", |v| format!("甲,{v},乙\n")),
        (home("narrative/11-other.md"), "", |v| format!("\n另有 {v} 万元。\n")),
        (home("narrative/10-glossary.md"), "", |v| format!("\n新词：指**{v}**万元。\n")),
        (home("tables/overview.yaml"), "panels:\n", |v| format!("title: 总表{v}\n")),
        (home("tables/revenue.yaml"), "rows:\n", |v| format!("note: 注：{v}\n")),
        (home("disclosure.yaml"), "source: ", |v| format!("source: {v}，")),
        ("content/glossary.yaml".to_owned(), "", |v| format!("词{v}: 一个词\n")),
        ("content/accessibility.md".to_owned(), "", |v| format!("# 无障碍\n\n{v}\n")),
        ("content/zjk-kexie/organisation.yaml".to_owned(), "short: ", |v| format!("short: {v}")),
        ("mingbai.yaml".to_owned(), "footer:\n", |v| format!("footer:\n  - 共{v}\n")),
    ]
}

#[test]
fn every_value_of_the_example_is_refused_by_every_door() {
    let whole = sources_of(&ENOUGH, &TOLD_LESS);
    let values = values(&whole);
    assert_eq!(values.len(), 7, "{values:?}");
    for (path, at, written) in &doors() {
        let text = text_of(&whole, path);
        // One key can be written once: a file that repeats it is no YAML.
        let is_once = path.ends_with(".yaml") && !path.contains("glossary");
        let groups: Vec<Vec<&String>> = if is_once {
            values.iter().take(2).map(|value| vec![value]).collect()
        } else {
            vec![values.iter().collect()]
        };
        for group in groups {
            let written: String = group.iter().map(|value| written(value)).collect();
            let kept = if at.ends_with('\n') && *at != "footer:\n" { *at } else { "" };
            let text = match text.find(at) {
                Some(start) if !at.is_empty() => {
                    format!("{}{written}{kept}{}", &text[..start], &text[start + at.len()..])
                }
                _ => format!("{text}{written}"),
            };
            let mut sources = whole.clone();
            sources.add(path, text);
            let found = refused(&sources);
            for value in group {
                let is_it = |(file, words): &(String, String)| {
                    let digits: String =
                        words.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
                    file == path && digits == *value
                };
                assert!(found.iter().any(is_it), "{value} in {path}: {found:?}");
            }
        }
    }
    for value in &values {
        let mut sources = whole.clone();
        sources.add(&format!("static/{value}.txt"), "一个文件");
        assert!(!refused(&sources).is_empty(), "a file called {value}");
    }
}

#[test]
fn one_amount_is_found_however_it_is_written() {
    let whole = sources_of(&ENOUGH, &TOLD_LESS);
    let path = format!("{HOME}/narrative/11-other.md");
    for words in [
        "另有３．０８万元。",
        "另有三万零八百元。",
        "另有叁万零捌佰元整。",
        "另有三点零八万元。",
        "另有 30,800 元。",
        "另有30800元。",
        "另有 0.000308 亿元。",
        "另有3.08。",
        "另有<b>3</b>.08万元。",
        "另有**3**.08万元。",
        "另有3&#46;08万元。",
        "另有3.\u{200b}0\u{ad}8万元。",
        "| 项目 | 金额（万元） |\n|---|---|\n| 另一项 | 3.08 |",
    ] {
        let mut sources = whole.clone();
        sources.add(&path, format!("{}\n\n{words}\n", text_of(&whole, &path)));
        assert!(refused(&sources).iter().any(|(file, _)| *file == path), "{words}");
    }
    // In another year's text an equal amount may be another one: said, and not refused.
    let other = HOME.replace("2025", "2022");
    let path = whole.site_files(&other).find(|(_, path)| path.contains("narrative/0"));
    let path = path.expect("2022 has a narrative").1.to_owned();
    for (words, severity) in [
        ("另有3.08万元。", Severity::Warning),
        ("信息化建设资金-市科协3.08万元。", Severity::Error),
    ] {
        let mut sources = whole.clone();
        sources.add(&path, format!("{}\n\n{words}\n", text_of(&whole, &path)));
        let (_, report) = plan(&sources, false);
        let mut found = report.diagnostics.iter().filter(|finding| finding.code.id == "W605");
        assert!(found.any(|finding| finding.severity == severity), "{words}");
    }
}

/// A project with something in every field, all of it withheld, and cells of two tables.
fn hiding() -> TestSite {
    TestSite::minimal().write("projects/01-science-day.yaml", PROJECT).write(
        "disclosure.yaml",
        "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\nwithhold:\n\
         \x20 - { at: projects/01-science-day/*, because: 测试 }\n\
         \x20 - { at: projects/01-science-day/payment_plan/*, because: 测试 }\n\
         \x20 - { at: projects/01-science-day/goals, because: 测试 }\n\
         \x20 - { at: 'projects/01-science-day/indicators/*/value', because: 测试 }\n\
         \x20 - { at: 'projects/01-science-day/indicators/*/about', because: 测试 }\n\
         \x20 - { at: 'projects/01-science-day/indicators/*/score', because: 测试 }\n\
         \x20 - { at: expenditure/2060702/*, because: 测试 }\n\
         \x20 - { at: procurement/展板/*, because: 测试 }\n",
    )
}

const PROJECT: &str = "\
name: 科普日活动
budget: 40.00
fiscal: 35.00
other: 5.00
use: 展板、场地
payment_plan: { jun: 50%, dec: 100% }
goals:
  - 办好全国科普日，让更多居民走进科普场馆
indicators:
  - { level: 数量指标, name: 活动场次, about: 全年场次, value: ≥20场, score: 50 }
  - { level: 质量指标, name: 完成时间, about: 按时办完, value: 2025年9月前, score: 40 }
";

/// A file with its text, and one withheld value of it with another.
type Change = (&'static str, &'static str, &'static str, &'static str);

fn changes() -> Vec<Change> {
    let project = "projects/01-science-day.yaml";
    let tables = ["tables/expenditure.yaml", "tables/procurement.yaml"];
    let expenditure =
        include_str!("../sites/minimal/content/demo/2025-budget/tables/expenditure.yaml");
    let procurement =
        include_str!("../sites/minimal/content/demo/2025-budget/tables/procurement.yaml");
    vec![
        (project, PROJECT, "budget: 40.00", "budget: 41.5"),
        (project, PROJECT, "budget: 40.00", "budget: 40.0001"),
        (project, PROJECT, "fiscal: 35.00", "fiscal: 1,035.00"),
        (project, PROJECT, "fiscal: 35.00\n", ""),
        (project, PROJECT, "other: 5.00", "other: -5.00"),
        (project, PROJECT, "use: 展板、场地", "use: 别的用途，长一些"),
        (project, PROJECT, "use: 展板、场地\n", ""),
        (project, PROJECT, "jun: 50%", "jun: 7.5%"),
        (project, PROJECT, "dec: 100%", "dec: 90%"),
        (project, PROJECT, "办好全国科普日，让更多居民走进科普场馆", "第一\n  - 第二\n  - 第三"),
        (project, PROJECT, "goals:\n  - 办好全国科普日，让更多居民走进科普场馆\n", ""),
        (project, PROJECT, "≥20场", "≤5%"),
        (project, PROJECT, "≥20场", "进一步提升"),
        (project, PROJECT, ", value: ≥20场", ""),
        (project, PROJECT, "2025年9月前", "2024年"),
        (project, PROJECT, "2025年9月前", "尽快"),
        (project, PROJECT, "about: 全年场次, ", ""),
        (project, PROJECT, "about: 按时办完", "about: 科普活动"),
        (project, PROJECT, "score: 50", "score: 51"),
        (
            tables[0],
            expenditure,
            "科普活动, total: 40.00, project: 40.00",
            "科普活动, total: 40.125, project: 40.00",
        ),
        (
            tables[0],
            expenditure,
            "科普活动, total: 40.00, project: 40.00",
            "科普活动, total: 40.00, project: 4",
        ),
        (tables[0], expenditure, "科普活动, total: 40.00, project: 40.00", "科普活动, total: ——"),
        (tables[1], procurement, "quantity: 20, price: 0.20", "quantity: 3, price: 0.123456"),
        (
            tables[1],
            procurement,
            "total: 4.00, sme: 4.00 }\n  - { item: 电脑",
            "total: 400.00 }\n  - { item: 电脑",
        ),
    ]
}

#[test]
fn nothing_published_follows_from_a_withheld_value() {
    let published = |site: &TestSite| -> BTreeMap<String, Vec<u8>> {
        let mut checked = site.check();
        let paths = checked.site.paths();
        let bytes = |path: String| {
            let bytes = render(&mut checked.report, &checked.sources, &checked.site, &path);
            (path, bytes.expect("planned"))
        };
        paths.into_iter().map(bytes).collect()
    };
    let whole = published(&hiding());
    for (path, text, old, new) in changes() {
        assert!(text.contains(old), "{path} holds {old}");
        let changed = published(&hiding().write(path, text.replacen(old, new, 1)));
        let paths: Vec<&String> =
            whole.keys().filter(|path| whole[*path] != changed[*path]).collect();
        assert_eq!(paths, Vec::<&String>::new(), "{old} to {new}");
        assert!(changed.keys().eq(whole.keys()), "{old} to {new}");
    }
}

#[test]
fn lengths_of_drawings_are_no_leak() {
    let site = TestSite::minimal().write(
        "disclosure.yaml",
        "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\nwithhold:\n\
         \x20 - { at: projects/01-science-day/payment_plan/*, because: 测试 }\n\
         \x20 - { at: 'projects/01-science-day/indicators/1/value', because: 测试 }\n",
    );
    let site =
        site.write("static/a.svg", "<svg width='100%'><path d='M20 50.00 100 12.50'/></svg>");
    assert_eq!(site.check_pages().codes(), Vec::<&str>::new());
}

#[test]
fn a_coincidence_that_is_accepted_is_published() {
    let head = "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\nwithhold:\n\
                \x20 - { at: projects/01-science-day/payment_plan/jun, because: 测试 }\n";
    let site = TestSite::minimal()
        .write("projects/01-science-day.yaml", PROJECT.replace("jun: 50%", "jun: 12.5%"))
        .write("static/notes/a.txt", "降雨的可能是12.5%\n");
    let site = |accept: &str| site.clone().write("disclosure.yaml", format!("{head}{accept}"));
    assert!(site("").check_pages().codes().contains(&"W605"));
    let accept = "accept:\n  - { code: W605, at: static/notes/a.txt, reason: 是降雨的可能 }\n";
    let checked = site(accept).check_pages();
    assert!(!checked.codes().contains(&"W605"), "{}", checked.concise(Language::English));
}

/// Words that a template puts together are in no file: only the look at the pages finds them.
#[test]
fn check_and_build_refuse_the_same_page() {
    let desk = Desk::mended();
    let home = "content/library/2025-budget";
    let head =
        std::fs::read_to_string(desk.path(&format!("{home}/disclosure.yaml"))).expect("there");
    let withhold = "withhold:\n  - { at: projects/01-books/purpose, because: 测试 }\n";
    std::fs::write(desk.path(&format!("{home}/disclosure.yaml")), format!("{head}\n{withhold}"))
        .expect("writable");
    for command in ["check", "build"] {
        let output = desk.run(&[command]);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", errors(&output));
    }
    std::fs::remove_dir_all(desk.path("public")).expect("published");
    std::fs::create_dir_all(desk.path("themes/default")).expect("writable");
    let template = "{% extends \"default/about.html\" %}{% block main %}\
                    <p>{{ \"购置图书、\" ~ \"报刊\" }}<b>和</b>数字\n资源</p>{% endblock %}";
    std::fs::write(desk.path("themes/default/home.html"), template.replace("about", "home"))
        .expect("writable");
    for command in ["check", "build"] {
        let output = desk.run(&[command]);
        assert_eq!(output.status.code(), Some(1), "{command}: {}", errors(&output));
        assert!(errors(&output).contains("W605"), "{command}: {}", errors(&output));
    }
    assert!(!desk.path("public").exists(), "nothing is published");
}
