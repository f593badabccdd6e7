//! One cause is one finding: a slip is read as it was meant or is unknown, and what follows from it is
//! counted under it.

use mingbai::diagnostic::Language;
use mingbai::findings::{github, json, sarif};

use crate::bench::{Checked, TestSite};
use crate::cli::{Desk, errors};

const EXPENDITURE: &str = "tables/expenditure.yaml";
const GENERAL: &str = "tables/general.yaml";
const PROJECT: &str = "projects/01-books.yaml";
const OVERALL: &str = "narrative/02-overall.md";

/// What is done to the complete small portal that `init` writes.
enum Slip {
    /// In a file one text is written for another, wherever it stands.
    Write(&'static str, &'static str, &'static str),
    /// Lines that hold a text are written so many times.
    Lines(&'static str, &'static str, usize),
    /// A file is moved.
    Move(&'static str, &'static str),
    /// Every amount of a table is multiplied by ten so many times.
    Scale(&'static str, i32),
    /// The cells of a table are parted by a sign, without anything else.
    Paste(&'static str, &'static str),
}
use Slip::{Lines, Move, Paste, Scale, Write};

/// Every case: what is done, the one code, whether relations are counted under it, and what to do in English.
const CASES: &[(&str, Slip, &str, bool, &str)] = &[
    ("a colon", Write(EXPENDITURE, "code: 207,", "code：207,"), "S028", false, "half-width colon"),
    (
        "a colon before a figure",
        Write(GENERAL, "total: 320.00, basic", "total：320.00, basic"),
        "S028",
        false,
        "half-width colon",
    ),
    (
        "colons and commas",
        Write(
            EXPENDITURE,
            "code: 208, name: 社会保障和就业支出,",
            "code： 208，name：社会保障和就业支出,",
        ),
        "S028",
        false,
        "half-width",
    ),
    (
        "a colon at the head",
        Write(EXPENDITURE, "rows:", "rows："),
        "S001",
        true,
        "half-width colon",
    ),
    (
        "a comma",
        Write(
            EXPENDITURE,
            "code: 207, name: 文化旅游体育与传媒支出,",
            "code: 207，name: 文化旅游体育与传媒支出，",
        ),
        "S001",
        true,
        "half-width comma",
    ),
    (
        "a brace",
        Write(GENERAL, "- { code: 207,", "- ｛ code: 207,"),
        "S001",
        true,
        "half-width `{`",
    ),
    (
        "brackets",
        Write("tables/funds.yaml", "rows: []", "rows: 【】"),
        "S007",
        false,
        "half-width `[`",
    ),
    (
        "a dash",
        Write(EXPENDITURE, "  - { code: 207,", "  － { code: 207,"),
        "S001",
        true,
        "half-width `-`",
    ),
    (
        "digits of a code",
        Write(EXPENDITURE, "code: 207,", "code: ２０７,"),
        "S011",
        false,
        "write 207",
    ),
    (
        "a code as a spreadsheet has it",
        Write(EXPENDITURE, "2070104,", "2070104.0,"),
        "S011",
        false,
        "write 2070104",
    ),
    (
        "a point behind a code",
        Write(GENERAL, "2080505,", "2080505.,"),
        "S011",
        false,
        "write 2080505",
    ),
    ("a code in two parts", Write(GENERAL, "20805,", "208 05,"), "S011", false, "write 20805"),
    ("a code without a digit", Write(EXPENDITURE, "code: 207,", "code: 2X7,"), "S011", true, ""),
    ("a table pasted with tabs", Paste(EXPENDITURE, "\t"), "S007", true, "write each row"),
    ("a table pasted with commas", Paste(GENERAL, ","), "S007", true, "write each row"),
    (
        "a table in yuan",
        Scale(EXPENDITURE, 4),
        "T204",
        true,
        "divide every figure of the table by 10000",
    ),
    (
        "a table in thousands",
        Scale(GENERAL, 1),
        "T204",
        true,
        "divide every figure of the table by 10",
    ),
    (
        "a table in another unit of a small form",
        Scale("tables/basic.yaml", 4),
        "T204",
        true,
        "by 10000",
    ),
    (
        "a table that only texts name",
        Scale("tables/three-public.yaml", 4),
        "T204",
        true,
        "by 10000",
    ),
    (
        "a table too small",
        Scale("tables/overview.yaml", -2),
        "T204",
        true,
        "multiply every figure of the table by 100",
    ),
    ("a parent", Lines(EXPENDITURE, "code: 20701,", 0), "S012", true, "add the row of 20701"),
    (
        "a parent of the first level",
        Lines(GENERAL, "code: 207,", 0),
        "S012",
        true,
        "add the row of 207",
    ),
    (
        "a parent of many",
        Lines("tables/basic.yaml", "code: 301,", 0),
        "S012",
        true,
        "add the row of 301",
    ),
    ("a row twice", Lines(EXPENDITURE, "code: 2070104,", 2), "S009", true, "remove the rest"),
    ("a row three times", Lines(EXPENDITURE, "code: 2070104,", 3), "S009", true, "remove the rest"),
    ("a parent twice", Lines(GENERAL, "code: 20701,", 2), "S009", true, "remove the rest"),
    (
        "a project beside its folder",
        Move(PROJECT, "01-books.yaml"),
        "S015",
        true,
        "projects/01-books.yaml",
    ),
    (
        "a project among the tables",
        Move(PROJECT, "tables/01-books.yaml"),
        "S015",
        true,
        "projects/01-books.yaml",
    ),
    (
        "a project in a folder of its own",
        Move(PROJECT, "projects/2025/01-books.yaml"),
        "S015",
        true,
        "projects/01-books.yaml",
    ),
    (
        "a table among the projects",
        Move(EXPENDITURE, "projects/expenditure.yaml"),
        "S015",
        true,
        "tables/expenditure.yaml",
    ),
    (
        "a table with another ending",
        Move(EXPENDITURE, "tables/expenditure.yml"),
        "S015",
        true,
        "rename it content/demo/2025-budget/tables/expenditure.yaml",
    ),
    (
        "a table in capitals",
        Move(EXPENDITURE, "tables/expenditure.YAML"),
        "S015",
        true,
        "tables/expenditure.yaml",
    ),
    (
        "a table misspelt",
        Move(EXPENDITURE, "tables/expenditures.yaml"),
        "S014",
        true,
        "tables/expenditure.yaml",
    ),
    (
        "a table by its title",
        Move(EXPENDITURE, "tables/部门预算支出总表.yaml"),
        "S014",
        true,
        "tables/expenditure.yaml",
    ),
    (
        "a section beside its folder",
        Move(OVERALL, "02-overall.md"),
        "S015",
        false,
        "narrative/02-overall.md",
    ),
    (
        "a table of another program's ending",
        Move(EXPENDITURE, "tables/expenditure.yaml.txt"),
        "S015",
        true,
        "tables/expenditure.yaml",
    ),
    (
        "a table without an ending",
        Move(EXPENDITURE, "tables/expenditure"),
        "S015",
        true,
        "tables/expenditure.yaml",
    ),
    (
        "a table above the disclosure",
        Move(EXPENDITURE, "content/demo/expenditure.yaml"),
        "S015",
        true,
        "2025-budget/tables/expenditure.yaml",
    ),
    (
        "a section without its number",
        Move(OVERALL, "overall.md"),
        "S015",
        false,
        "narrative/overall.md",
    ),
    (
        "a section with another ending",
        Move(OVERALL, "narrative/02-overall.markdown"),
        "S015",
        false,
        "narrative/02-overall.md",
    ),
    (
        "a section misspelt",
        Move(OVERALL, "narrative/02-overal.md"),
        "C102",
        false,
        "narrative/02-overall.md",
    ),
    (
        "a column of an address",
        Write("narrative/03-operating.md", "合计/public", "合计/publick"),
        "S018",
        false,
        "`basic/合计/public`",
    ),
    (
        "a table of an address",
        Write("narrative/03-operating.md", "=basic/", "=basics/"),
        "S018",
        false,
        "`basic/合计/public`",
    ),
    (
        "a row of an address",
        Write("narrative/04-three-public.md", "subtotal/total", "subtotl/total"),
        "S018",
        false,
        "`three-public/subtotal/total`",
    ),
    (
        "a title in an address",
        Write(OVERALL, "expenditure/合计/basic", "expenditure/合计/基本支出"),
        "S018",
        false,
        "`expenditure/合计/basic`",
    ),
    ("a title for a key", Write(EXPENDITURE, "basic: ", "基本支出: "), "S003", false, "`basic`"),
    ("a key nearly right", Write(EXPENDITURE, "project: ", "projct: "), "S003", false, "`project`"),
    (
        "a title for a field",
        Write(PROJECT, "budget: 80.00", "预算数: 80.00"),
        "S005",
        false,
        "`budget`",
    ),
    (
        "a field nearly right",
        Write(PROJECT, "budget: 80.00", "budgt: 80.00"),
        "S005",
        false,
        "`budget`",
    ),
    (
        "a profile of another year",
        Write("disclosure.yaml", "department-budget/2025", "department-budget/2031"),
        "S016",
        false,
        "extends: hebei/department-budget/2025",
    ),
    (
        "a misspelt key of a head",
        Write("disclosure.yaml", "profile: hebei", "profil: hebei"),
        "S005",
        false,
        "`profile`",
    ),
    (
        "a day that is none",
        Write("disclosure.yaml", "approved: 2025-02-10", "approved: 2025-02-30"),
        "S019",
        false,
        "",
    ),
    (
        "a day as it is printed",
        Write("disclosure.yaml", "published: 2025-02-20", "published: 2025年2月20日"),
        "S019",
        false,
        "2025-02-20",
    ),
    (
        "a letter in a figure",
        Write(EXPENDITURE, "name: 图书馆, total: 320.00", "name: 图书馆, total: 32O.00"),
        "S008",
        true,
        "write 320.00",
    ),
    (
        "two points in a figure",
        Write(GENERAL, "name: 图书馆, total: 320.00", "name: 图书馆, total: 320..00"),
        "S008",
        true,
        "write 320.00",
    ),
    (
        "brackets for a minus",
        Write(EXPENDITURE, "name: 图书馆, total: 320.00", "name: 图书馆, total: (120.00)"),
        "S008",
        true,
        "write -120.00",
    ),
    (
        "a triangle for a minus",
        Write(EXPENDITURE, "name: 图书馆, total: 320.00", "name: 图书馆, total: △120.00"),
        "S008",
        true,
        "write -120.00",
    ),
    (
        "a fault of a spreadsheet",
        Write(EXPENDITURE, "name: 图书馆, total: 320.00", "name: 图书馆, total: \"#REF!\""),
        "S008",
        true,
        "a spreadsheet prints this",
    ),
    (
        "a fault that YAML takes for a comment",
        Write(EXPENDITURE, "name: 图书馆, total: 320.00", "name: 图书馆, total: #REF!"),
        "S001",
        true,
        "mend the formula",
    ),
    (
        "a rule nearly right",
        Write(
            "disclosure.yaml",
            "approved:",
            "accept: [{ code: cross-fot, at: a/b/c, reason: so }]\napproved:",
        ),
        "A901",
        false,
        "`cross-foot`",
    ),
];

#[test]
fn one_slip_is_one_finding_that_says_what_to_do() {
    let mut wrong = String::new();
    for (name, slip, code, folds, help) in CASES {
        let checked = slip.done(TestSite::starter()).check();
        let said = checked.human(Language::English);
        let is_one = checked.codes() == [*code];
        let helps = said.contains(help);
        let folded = said.contains("because of it");
        if !is_one || !helps || folded != *folds {
            wrong.push_str(&format!("{name}: {code} {help}\n{said}\n\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

impl Slip {
    fn done(&self, site: TestSite) -> TestSite {
        match self {
            Write(path, from, to) => {
                let text = site.read(path);
                assert!(text.contains(from), "{path} does not hold {from}");
                site.write(path, text.replace(from, to))
            }
            Lines(path, part, times) => {
                let text = site.read(path);
                let lines = text.lines().flat_map(|line| {
                    let times = if line.contains(part) { *times } else { 1 };
                    std::iter::repeat_n(format!("{line}\n"), times)
                });
                let text: String = lines.collect();
                site.write(path, text)
            }
            Move(from, to) => {
                let text = site.read(from);
                site.without(from).write(to, text)
            }
            Scale(path, power) => {
                let text = scaled(&site.read(path), *power);
                site.write(path, text)
            }
            Paste(path, sign) => {
                let cells = |line: &str| -> Vec<String> {
                    let inner = line.trim_matches(|c| "- {}".contains(c));
                    let cells = inner.split(", ").filter_map(|cell| cell.split_once(": "));
                    cells.map(|(_, value)| value.to_owned()).collect()
                };
                let text = site.read(path);
                let rows = text.lines().filter(|line| line.contains('{')).map(cells);
                let rows: Vec<String> = rows.map(|row| row.join(sign) + "\n").collect();
                site.write(path, rows.concat())
            }
        }
    }
}

/// A text whose amounts, which have two decimals, are multiplied by a power of ten.
fn scaled(text: &str, power: i32) -> String {
    let amount = |word: &str| {
        let (whole, cents) = word.split_once('.').filter(|(_, cents)| cents.len() == 2)?;
        let cents: i64 = format!("{whole}{cents}").parse().ok()?;
        let decimals = usize::try_from(2 - power.min(0)).ok()?;
        let scaled = cents * 10_i64.pow(power.max(0).unsigned_abs());
        let unit = 10_i64.pow(u32::try_from(decimals).ok()?);
        Some(format!("{}.{:0decimals$}", scaled / unit, scaled % unit))
    };
    let words = text.split_inclusive([' ', ',', '\n']).map(|part| {
        let word = part.trim_end_matches([' ', ',', '\n']);
        amount(word).map_or_else(|| part.to_owned(), |scaled| part.replace(word, &scaled))
    });
    words.collect()
}

#[test]
fn what_follows_is_counted_in_every_format() {
    let slip = Lines(EXPENDITURE, "code: 20701,", 0);
    let Checked { sources, report, .. } = slip.done(TestSite::starter()).check();
    let said = "and 4 relations that could not be checked because of it";
    let zh = "因此有 4 个勾稽关系没能核对";
    let checked = slip.done(TestSite::starter()).check();
    assert!(checked.human(Language::English).contains(said));
    assert!(checked.concise(Language::English).contains(said));
    assert!(checked.concise(Language::Chinese).contains(zh));
    assert!(github::render(&sources, &report, Language::English).contains(said));
    assert!(sarif::render(&sources, &report, Language::English).contains(said));
    assert!(json::render(&sources, &report).contains("\"unchecked\": 4"));
    assert_eq!(report.relations.could_not_run, 4);
    assert!(report.unproved.is_empty(), "they are not listed again: {:?}", report.unproved);
}

#[test]
fn two_causes_are_two_findings_each_with_its_own_followers() {
    let site = Lines(EXPENDITURE, "code: 2070104,", 2).done(TestSite::starter());
    let site = Lines(EXPENDITURE, "code: 2080505,", 2).done(site);
    let checked = site.check();
    assert_eq!(checked.codes(), ["S009", "S009"]);
    assert!(checked.report.diagnostics.iter().all(|found| found.unchecked > 0));
}

#[test]
fn a_wrong_figure_beside_a_cause_is_still_found() {
    let site = Lines(EXPENDITURE, "code: 20701,", 0).done(TestSite::starter());
    let site = Write("tables/basic.yaml", "total: 110.00", "total: 101.00").done(site);
    assert_eq!(site.check().codes(), ["S012", "T201"]);
}

#[test]
fn a_figure_wrong_ten_thousand_times_is_no_table_in_another_unit() {
    let slip = Write(EXPENDITURE, "name: 图书馆, total: 320.00", "name: 图书馆, total: 3200000.00");
    let said = slip.done(TestSite::starter()).check().human(Language::English);
    assert!(said.contains("ten thousand times too large"), "{said}");
    assert!(!said.contains("look like"), "{said}");
}

#[test]
fn sarif_is_what_dashboards_read() {
    let slip = Write(EXPENDITURE, "name: 图书馆, total: 320.00", "name: 图书馆, total: 230.00");
    let Checked { sources, report, .. } = slip.done(TestSite::starter()).check();
    let log: serde_json::Value =
        serde_json::from_str(&sarif::render(&sources, &report, Language::English)).expect("JSON");
    let run = &log["runs"][0];
    let rule = &run["tool"]["driver"]["rules"][0];
    assert_eq!(rule["id"], "T201");
    for part in ["shortDescription", "fullDescription", "help"] {
        let text = rule[part]["text"].as_str().expect("a text");
        assert!(!text.is_empty() && text.chars().count() <= 1024, "{part}: {text}");
    }
    assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.starts_with("# cross-foot")));
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
    let result = &run["results"][0];
    assert_eq!(result["ruleIndex"], 0);
    let text = result["message"]["text"].as_str().expect("a text");
    assert!(text.contains("two digits may have changed places"), "the help: {text}");
    assert!(text.contains("places say 320.00"), "the notes: {text}");
    let related = result["relatedLocations"].as_array().expect("a list");
    assert!(related.iter().all(|place| place["message"]["text"].is_string()));
    assert!(!related.is_empty());
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "content/demo/2025-budget/tables/expenditure.yaml");
    assert!(result["partialFingerprints"]["address/v1"].is_string());
}

#[test]
fn check_of_a_part_says_what_is_found_there_alone() {
    let desk = Desk::started();
    let table = "content/library/2025-budget/tables/expenditure.yaml";
    for path in [table, "content/library/2025-budget", "library/2025-budget", "content", "."] {
        let output = desk.run(&["check", path]);
        assert_eq!(output.status.code(), Some(1), "{path}");
        assert!(errors(&output).contains("error[T201]"), "{path}");
    }
    let output = desk.run(&["check", "content/library/2025-budget/narrative", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(0));
    let said = errors(&output);
    assert!(
        said.contains("nothing found here, and 1 more elsewhere") && !said.contains("error["),
        "{said}"
    );
    let output = desk.run(&["check", "contents"]);
    assert_eq!(output.status.code(), Some(2), "{}", errors(&output));
}

#[test]
fn findings_for_people_go_to_standard_output_where_the_format_is_named() {
    let desk = Desk::started();
    let output = desk.run(&["check", "--format", "human"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("error[T201]"));
    assert!(!errors(&output).contains("error[T201]"));
    let output = desk.run(&["check"]);
    assert!(output.stdout.is_empty() && errors(&output).contains("error[T201]"));
}

#[test]
fn colours_are_what_the_command_line_says() {
    let desk = Desk::started();
    for (when, is_coloured) in [("always", true), ("never", false), ("auto", false)] {
        let output = desk.run(&["check", "--color", when, "--format", "human"]);
        assert_eq!(output.stdout.contains(&0x1b), is_coloured, "{when}");
        assert_eq!(output.stderr.contains(&0x1b), is_coloured, "{when}");
    }
}

#[test]
fn a_strict_build_publishes_nothing_while_there_are_warnings() {
    let desk = Desk::mended();
    desk.edit("content/library/2025-budget/disclosure.yaml", "approved: 2025-02-10\n", "");
    let built = desk.run(&["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", errors(&built));
    // Nothing changed, and the warning of then is an error now.
    for _ in 0..2 {
        let output = desk.run(&["build", "--strict"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(errors(&output).contains("D703"), "{}", errors(&output));
    }
    let output = desk.run(&["build", "--strict", "-o", "other"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!desk.path("other").exists());
}

#[test]
fn the_readmes_show_what_a_fresh_portal_prints() {
    for (readme, language) in [("README.md", "en"), ("README.zh-CN.md", "zh-CN")] {
        let path = format!("{}/{readme}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("readable");
        let block = text.split("```console\n").nth(1).expect("a session");
        let block = block.split("```").next().unwrap_or_default();
        let mut lines = block.lines().skip_while(|line| !line.starts_with("$ mingbai check"));
        let command = lines.next().expect("a check");
        let shown: Vec<&str> = lines.take_while(|line| !line.starts_with("$ ")).collect();
        let desk = Desk::started();
        let arguments: Vec<&str> = command.split_whitespace().skip(2).collect();
        let said = errors(&desk.run(&arguments));
        let said: Vec<&str> = said.lines().map(str::trim_end).collect();
        // The last line counts, and says how long it took.
        let end = said.iter().position(|line| line.is_empty()).unwrap_or(said.len());
        assert_eq!(shown, &said[..end], "{readme} in {language}");
    }
}
