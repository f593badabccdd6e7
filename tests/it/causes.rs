//! One cause is one finding: a slip is read as it was meant or is unknown, and what follows from it is
//! counted under it.

use mingbai::diagnostic::Language;
use mingbai::findings::{github, json, sarif};

use crate::bench::{Checked, TestSite};
use crate::cli::{Desk, errors};

const EXPENDITURE: &str = "tables/expenditure.yaml";

/// What is done to the complete small portal that `init` writes.
enum Slip<'a> {
    /// In a file one text is written for another, wherever it stands.
    Write(&'a str, &'a str, &'a str),
    /// Lines that hold a text are written so many times.
    Lines(&'a str, &'a str, usize),
    /// A file is moved.
    Move(&'a str, &'a str),
    /// Every amount of a table is multiplied by ten so many times.
    Scale(&'a str, i32),
    /// The cells of a table are parted by a sign, without anything else.
    Paste(&'a str, &'a str),
    /// A file holds this and nothing else.
    Put(&'a str, &'a str),
    /// A file holds what another does.
    Copy(&'a str, &'a str),
    /// No row of a table has this column.
    Column(&'a str, &'a str),
    /// A file ends before the first line that holds a text.
    Cut(&'a str, &'a str),
    /// A file is gone.
    Remove(&'a str),
    /// A file was in an encoding, was read as another and saved.
    Misread(&'a str, &'a str, &'a str),
    /// A file was saved in an encoding that has no Chinese.
    Lose(&'a str),
}
use Slip::{Column, Copy, Cut, Lines, Lose, Misread, Move, Paste, Put, Remove, Scale, Write};

/// A case a line: what it is; what is done, in which file, from what to what; the one code that is found;
/// whether relations are counted under it; what the report says in English.
const CASES: &str = include_str!("../causes.tsv");

#[test]
fn one_slip_is_one_finding_that_says_what_to_do() {
    let mut wrong = String::new();
    for line in CASES.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [name, done, file, from, to, code, folds, help] = fields.as_slice() else {
            panic!("{line}")
        };
        let checked = Slip::of(done, (file, from, to)).done(TestSite::starter()).check();
        let said = checked.human(Language::English);
        let is_folded = said.contains("because of it").to_string() == *folds;
        if checked.codes() != [*code] || !said.contains(help) || !is_folded {
            wrong.push_str(&format!("{name}: {code} {help}\n{said}\n\n"));
        }
    }
    assert!(CASES.lines().count() > 60);
    assert!(wrong.is_empty(), "{wrong}");
}

impl<'a> Slip<'a> {
    fn of(done: &str, (file, from, to): (&'a str, &'a str, &'a str)) -> Slip<'a> {
        match done {
            "write" => Write(file, from, to),
            "lines" => Lines(file, from, to.parse().expect("a number")),
            "move" => Move(file, to),
            "scale" => Scale(file, to.parse().expect("a number")),
            "put" => Put(file, to),
            "copy" => Copy(from, file),
            "column" => Column(file, from),
            "cut" => Cut(file, from),
            "remove" => Remove(file),
            "misread" => Misread(file, from, to),
            "lose" => Lose(file),
            "paste" => Paste(file, if to == r"\t" { "\t" } else { to }),
            _ => panic!("what is {done}?"),
        }
    }

    fn done(&self, site: TestSite) -> TestSite {
        match self {
            Write(path, from, to) => {
                let text = site.read(path);
                let from = &from.replace(r"\n", "\n");
                assert!(text.contains(from), "{path} does not hold {from}");
                site.write(path, text.replace(from, &to.replace(r"\n", "\n")))
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
            Put(path, text) => site.write(path, format!("{}\n", text.replace(r"\n", "\n"))),
            Remove(path) => site.without(path),
            Misread(path, meant, read) => {
                let text = misread(&site.read(path), meant, read);
                site.write(path, text)
            }
            Lose(path) => {
                let text = site.read(path);
                let text: String =
                    text.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
                site.write(path, text)
            }
            Copy(from, to) => {
                let text = site.read(from);
                site.write(to, text)
            }
            Cut(path, part) => {
                let text = site.read(path);
                assert!(text.contains(part), "{path} does not hold {part}");
                let kept = text.lines().take_while(|line| !line.contains(part));
                let kept: String = kept.map(|line| format!("{line}\n")).collect();
                site.write(path, kept)
            }
            Column(path, column) => {
                let text = without_column(&site.read(path), column);
                site.write(path, text)
            }
            Paste(path, sign) => {
                let text = pasted(&site.read(path), sign);
                site.write(path, text)
            }
        }
    }
}

/// A text in one encoding that was read in another.
fn misread(text: &str, meant: &str, read: &str) -> String {
    let encoding =
        |name: &str| encoding_rs::Encoding::for_label(name.as_bytes()).expect("an encoding");
    let bytes = encoding(meant).encode(text).0;
    encoding(read).decode_without_bom_handling(&bytes).0.into_owned()
}

/// The rows of a table as a spreadsheet copies them.
fn pasted(text: &str, sign: &str) -> String {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim_matches(|c| "- {}".contains(c));
        let cells = inner.split(", ").filter_map(|cell| cell.split_once(": "));
        cells.map(|(_, value)| value.to_owned()).collect()
    };
    let rows = text.lines().filter(|line| line.contains('{')).map(cells);
    rows.map(|row| row.join(sign) + "\n").collect()
}

/// A table of which no row has a column.
fn without_column(text: &str, column: &str) -> String {
    let key = format!(", {column}: ");
    let without = |line: &str| match line.split_once(&key) {
        Some((before, value)) => {
            let end = value.find([',', '}']).expect("a value ends");
            let rest = value[end..].replacen('}', " }", 1).replace("  }", " }");
            format!("{before}{rest}\n")
        }
        None => format!("{line}\n"),
    };
    assert!(text.contains(&key), "the table has no {column}");
    text.lines().map(without).collect()
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
fn a_project_too_few_or_too_many_is_said_and_no_other_project_is_blamed() {
    let without = |names: &[&str]| {
        let all = names.iter().fold(TestSite::starter(), |site, name| site.without(name));
        let checked = all.check();
        (checked.codes(), checked.human(Language::English))
    };
    let (codes, said) = without(&["projects/01-books.yaml"]);
    assert_eq!(codes, ["T204"], "{said}");
    assert!(said.contains("tables/expenditure.yaml:2:"), "{said}");
    assert!(said.contains("the projects come to 80 less"), "{said}");
    let (codes, said) = without(&["projects/01-books.yaml", "projects/02-bookmobile.yaml"]);
    assert_eq!(codes, ["C109"], "{said}");
    assert!(said.contains("because of it"), "{said}");
    let site = TestSite::starter();
    let book = site.read("projects/01-books.yaml");
    let checked = site.write("projects/03-books.yaml", book).check();
    assert_eq!(checked.codes(), ["P412"]);
    assert!(checked.human(Language::English).contains("because of it"));
}

#[test]
fn a_folder_that_is_not_there_is_one_finding() {
    let all = |folder: &str, code: &str| {
        let site = TestSite::starter().without_all(folder);
        assert_eq!(site.check().codes(), [code], "{folder}");
    };
    all("/narrative/", "C102");
    all("/tables/", "S029");
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
fn several_tables_in_another_unit_are_a_finding_each() {
    let site = Scale(EXPENDITURE, 4).done(TestSite::starter());
    let checked = Scale("tables/general.yaml", 4).done(site).check();
    assert_eq!(checked.codes(), ["T204", "T204"], "{}", checked.human(Language::English));
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

#[test]
fn a_key_by_another_name_is_one_finding() {
    let head = TestSite::starter().read("disclosure.yaml");
    for (lines, codes, says) in [
        ("flags: [甲、乙]\n", vec!["S028"], "甲, 乙"),
        ("accept: { rule: foreign-text }\n", vec!["S007"], "begin each item with `- `"),
        (
            "acept:\n  - { code: foreign-text, at: narrative/other/我省, reason: 甲 }\n",
            vec!["S005"],
            "`accept`",
        ),
        (
            "accept:\n  - { rule: missing-dates, at: dates, reason: 甲 }\n",
            vec!["S005", "A901"],
            "did you mean `code`?",
        ),
    ] {
        let checked =
            TestSite::starter().write("disclosure.yaml", format!("{head}{lines}")).check();
        let said = checked.human(Language::English);
        assert!(checked.codes() == codes && said.contains(says), "{lines}: {said}");
    }
}

#[test]
fn a_column_in_another_unit_is_one_finding_and_so_are_nearly_all_tables() {
    let scaled_column = |file: &str, column: &str| {
        let site = TestSite::starter();
        let text = site.read(file);
        let key = format!("{column}: ");
        let mut parts = text.split(&key).map(str::to_owned);
        let mut written = parts.next().unwrap_or_default();
        for part in parts {
            let figure = part.split([',', ' ']).next().unwrap_or_default();
            let whole = figure.trim_end_matches(".00");
            written += &format!("{key}{whole}0000{}", &part[figure.len()..]);
        }
        site.write(file, written).check()
    };
    for (file, column) in
        [(EXPENDITURE, "project"), (EXPENDITURE, "total"), ("tables/basic.yaml", "public")]
    {
        let checked = scaled_column(file, column);
        let said = checked.human(Language::English);
        assert_eq!(checked.codes(), ["T204"], "{file} {column}: {said}");
        assert!(said.contains("divide every figure of the column by 10000"), "{said}");
    }
    let tables = [
        "overview",
        "expenditure",
        "revenue",
        "general",
        "basic",
        "fiscal-overview",
        "three-public",
    ];
    for kept in ["three-public", "overview", "general", "assets"] {
        let others = tables.iter().filter(|table| **table != kept);
        let site = others.fold(TestSite::starter(), |site, table| {
            Scale(&format!("tables/{table}.yaml"), 4).done(site)
        });
        let checked = site.check();
        let said = checked.human(Language::English);
        assert_eq!(checked.codes(), ["T204"], "all but {kept}: {said}");
        assert!(said.contains("more tables look like 元"), "{said}");
    }
}
