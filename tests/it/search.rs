//! Search: one rule of what counts as the same word, and an index in which every stretch of every
//! cell is found. What the browser makes of it is in `tests/browser/search.test.mjs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use mingbai::diagnostic::Report;
use mingbai::model::Cell;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::search::{Depth, normalize, place, tokens};
use mingbai::site::Site;
use mingbai::source::Sources;
use mingbai::url;
use serde_json::{Value, json};

use crate::bench::TestSite;

const VECTORS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search-tokens.json");

/// Texts whose normal form and tokens the browser must agree on.
const TEXTS: [&str; 14] = [
    "科普活动",
    "１，４５４．５４",
    "1,454.54",
    "冀财教〔2024〕104号",
    "冀财教[2024]104号",
    "三、公务接待费",
    "“三公”经费小计",
    "13070025P00004210001T",
    "≥30 次",
    "一般公共预算（含基金）支出：5.1%",
    "2025年1月-11月",
    "Ａｂ  ②㎡ Straße",
    "费",
    "7",
];

fn head_tokens(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    tokens(&normalize(text), Depth::Head, &mut |token| {
        all.insert(token.iter().collect::<String>());
    });
    all
}

#[test]
fn the_browser_is_held_to_the_same_words_and_tokens() {
    let entry = |text: &&str| {
        let tokens = head_tokens(text);
        let places: Vec<Value> = tokens
            .iter()
            .map(|token| {
                let (shard, key) = place(token.chars(), 977);
                json!([token, shard, key])
            })
            .collect();
        json!({ "text": text, "normalized": normalize(text), "tokens": places })
    };
    let vectors: Vec<Value> = TEXTS.iter().map(entry).collect();
    let text = serde_json::to_string_pretty(&vectors).expect("plain values") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(VECTORS, &text).expect("writable");
    }
    assert!(
        std::fs::read_to_string(VECTORS).unwrap_or_default() == text,
        "tests/search-tokens.json is not current: run UPDATE_EXPECT=1 cargo test --test it search"
    );
}

#[test]
fn width_brackets_separators_and_case_make_no_difference() {
    let same = |texts: &[&str]| {
        let normalized: BTreeSet<String> = texts.iter().map(|text| normalize(text)).collect();
        assert_eq!(normalized.len(), 1, "{normalized:?}");
    };
    same(&["1,454.54", "1454.54", "１４５４．５４", " １，４５４．５４ "]);
    same(&[
        "冀财教〔2024〕104号",
        "冀财教[2024]104号",
        "冀财教(2024)104号",
        "冀财教【2024】104号",
        "冀财教2024104号",
    ]);
    same(&["13070025p00004210001t", "13070025P00004210001T"]);
    assert_eq!(normalize("三、公务接待费"), "三 公务接待费", "a list is no word");
    assert_eq!(normalize("……——"), "");
}

/// The files of a site's index, read as a browser reads them.
struct Reader {
    shards: u32,
    /// Which entries each file holds.
    files: Vec<std::ops::Range<u32>>,
    words: BTreeMap<(u32, String), String>,
    /// Where each entry leads, in order.
    entries: Vec<String>,
}

const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl Reader {
    fn new(sources: &Sources, site: &Site) -> Reader {
        let mut reader =
            Reader { shards: 0, files: Vec::new(), words: BTreeMap::new(), entries: Vec::new() };
        for path in site.paths().iter().filter(|path| site.is_index(path)) {
            let bytes = render(&mut Report::default(), sources, site, path).expect("planned");
            let text = String::from_utf8(bytes).expect("text");
            let (call, value) = text.split_once(',').expect("a number and a value");
            let value: Value = serde_json::from_str(value.trim_end().trim_end_matches(')'))
                .expect("a value of JSON");
            let number = call.split_once('(').expect("a call").1.parse().expect("a number");
            reader.add(call.split('(').next().unwrap_or_default(), number, &value);
        }
        reader
    }

    fn add(&mut self, call: &str, number: u32, value: &Value) {
        match call {
            "mingbai.counts" => {
                self.shards =
                    u32::try_from(value["shards"].as_u64().expect("a number")).expect("small");
            }
            "mingbai.words" => {
                for line in value.as_str().expect("a text").lines() {
                    self.words.insert((number, line[..5].to_owned()), line[5..].to_owned());
                }
            }
            "mingbai.letters" => {}
            _ => {
                let number = |value: &Value| usize::try_from(value.as_u64()?).ok();
                let text = |at: &Value| {
                    number(at).and_then(|at| value["s"][at].as_str()).expect("a text").to_owned()
                };
                let first = u32::try_from(self.entries.len()).expect("small");
                for entry in value["e"].as_array().expect("entries") {
                    let page = &value["p"][number(&entry[0]).expect("a page")];
                    let about = number(&page[0]).expect("a disclosure").checked_sub(1);
                    let folder = about.map_or(String::new(), |at| text(&value["d"][at][3]));
                    self.entries.push(format!("{folder}{}#{}", text(&page[1]), text(&entry[2])));
                }
                self.files.push(first..u32::try_from(self.entries.len()).expect("small"));
            }
        }
    }

    fn line(&self, (shard, key): (u32, u32)) -> Vec<u32> {
        let digit = |shift: u32| DIGITS.chars().nth(((key >> shift) & 63) as usize);
        let key: String = [24, 18, 12, 6, 0].into_iter().filter_map(digit).collect();
        let Some(text) = self.words.get(&(shard, key)) else { return Vec::new() };
        let mut numbers = vec![0];
        let mut shift = 0;
        for digit in text.chars() {
            let value = u32::try_from(DIGITS.find(digit).expect("a digit")).expect("small");
            *numbers.last_mut().expect("one at least") += (value & 31) << shift;
            shift += 5;
            if value < 32 {
                numbers.push(0);
                shift = 0;
            }
        }
        numbers.pop();
        numbers
    }

    /// Where the entries that hold a token lead.
    fn find(&self, token: &str) -> BTreeSet<&str> {
        let at = place(token.chars(), self.shards);
        let numbers = self.line(at);
        let Some((count, rest)) = numbers.split_first() else { return BTreeSet::new() };
        let further = (*count as usize).div_ceil(512) - 1;
        let mut all = Vec::new();
        let mut block = |numbers: &[u32]| {
            let (mut next, mut rest) = (0, numbers);
            while let Some((gap, others)) = rest.split_first() {
                let (run, others) =
                    if gap & 1 == 1 { (others[0], &others[1..]) } else { (1, others) };
                next += gap / 2;
                all.extend(next..next + run);
                next += run;
                rest = others;
            }
        };
        block(&rest[further..]);
        for number in 1..=further {
            block(&self.line(place(format!("~{}.{}.{number}", at.0, at.1).chars(), self.shards)));
        }
        assert_eq!(all.len(), *count as usize, "{token}");
        if at.1 & 1 == 1 {
            all = all.into_iter().flat_map(|file| self.files[file as usize].clone()).collect();
        }
        all.into_iter().map(|entry| self.entries[entry as usize].as_str()).collect()
    }
}

fn read(sources: Sources) -> (Sources, Site, Reader) {
    let (site, report) = plan(&sources, false);
    assert!(!report.has_errors(), "{:?}", report.diagnostics);
    let reader = Reader::new(&sources, &site);
    (sources, site, reader)
}

static SEEDS: LazyLock<(Sources, Site, Reader)> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    read(Sources::read(root, "mingbai.yaml").expect("the repository is a portal"))
});

/// The grams of a text: what is looked up for it.
fn grams(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let normalized = normalize(text);
    for part in normalized.split(' ') {
        let is_single = part.chars().count() == 1 && !part.is_ascii();
        let depth = if is_single { Depth::Cell } else { Depth::Text };
        tokens(part, depth, &mut |token| {
            all.insert(token.iter().collect::<String>());
        });
    }
    all
}

#[test]
fn every_three_characters_of_every_cell_find_their_row() {
    let (_, site, reader) = &*SEEDS;
    let mut found: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    let mut checked = 0;
    for disclosure in &site.portal.disclosures {
        for table in disclosure.tables.values() {
            for (panel, _, content) in table.panels() {
                for (index, row) in content.rows.iter().enumerate() {
                    let anchor = url::fragment(&url::row_anchor(table, panel, index));
                    let home = format!("{}#{anchor}", url::table(disclosure, table));
                    for text in row.cells.iter().map(Cell::text) {
                        let chars: Vec<char> = text.chars().collect();
                        for part in chars.windows(chars.len().clamp(1, 3)) {
                            let part: String = part.iter().collect();
                            for gram in grams(&part) {
                                let all =
                                    found.entry(gram).or_insert_with_key(|gram| reader.find(gram));
                                assert!(all.contains(home.as_str()), "{part} of {text} in {home}");
                                checked += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert!(checked > 10_000, "{checked}");
}

#[test]
fn a_whole_code_name_or_amount_is_a_token_of_its_own() {
    let reader = &SEEDS.2;
    let base = "zjk-kexie/2025-budget";
    for (token, home) in [
        ("=2060702", format!("{base}/tables/revenue.html#2060702")),
        ("^20607", format!("{base}/tables/revenue.html#2060702")),
        ("=科普活动", format!("{base}/tables/expenditure.html#2060702")),
        ("=330.39", format!("{base}/tables/expenditure.html#2060702")),
        ("=公务接待费", format!("{base}/tables/three-public.html#reception")),
        ("三公", format!("{base}/tables/three-public.html#reception")),
    ] {
        assert!(reader.find(token).contains(home.as_str()), "{token}: {:?}", reader.find(token));
    }
    assert!(reader.find("=13070025p00004210002x").is_empty());
}

#[test]
fn pinyin_and_initials_find_every_stretch_of_a_name() {
    for token in ["^kpj", "^pjf", "^kepuj", "^jingf", "^fei", "jf"] {
        let found = SEEDS.2.find(token);
        assert!(found.iter().any(|home| home.contains("/projects/")), "{token}: {found:?}");
    }
    let abroad = "zjk-kexie/2025-budget/tables/basic.html#30211".to_owned();
    for token in ["^chail", "^clf", "^lvfei", "^lufei"] {
        assert!(SEEDS.2.find(token).contains(abroad.as_str()), "{token}");
    }
}

#[test]
fn an_amount_is_found_by_what_it_comes_to() {
    let home = "zjk-kexie/2025-budget/tables/expenditure.html#合计";
    let (reader, home) = (&SEEDS.2, home.split_once('#').expect("an anchor"));
    let home = format!("{}#{}", home.0, url::fragment(home.1));
    for token in ["#14545400", "~814", "#9449100"] {
        assert!(reader.find(token).contains(home.as_str()), "{token}: {:?}", reader.find(token));
    }
}

#[test]
fn a_question_is_answered_by_a_figure_of_each_year() {
    let found = SEEDS.2.find("@itotal-spending");
    let year = |year: &str| {
        found.iter().any(|home| home.contains(&format!("{year}-budget/tables/expenditure.html#")))
    };
    assert!(found.len() == 2 && year("2025") && year("2022"), "{found:?}");
    let found = SEEDS.2.find("@ilargest-project");
    assert!(
        found.iter().all(|home| home.ends_with("10-grassroots-central-2025.html#budget")),
        "{found:?}"
    );
    // There is no year before the first to compare it with.
    assert_eq!(SEEDS.2.find("@ichange").len(), 1);
}

/// The smallest portal with questions: all, running costs, the largest of three columns.
fn with_questions() -> TestSite {
    let site = TestSite::minimal();
    let profile = site.read("profiles/test/minimal.yaml")
        + "
search:
  synonyms: { 科普活动: [科学宣传] }
  sides: { spending: { tables: [expenditure] }, income: { words: [收入], tables: [overview/income] } }
  intents:
    all: { title: 支出合计, words: [总支出], of: expenditure/合计/total }
    basic: { title: { zh-CN: 基本, en: Running }, words: [日常], of: expenditure/合计/basic }
    largest: { title: 最大, words: [最大], largest: expenditure/level:1/total }
    change: { title: 增减, words: [变化], change: expenditure/合计/total }
";
    site.write("profiles/test/minimal.yaml", profile)
}

fn reader_of(site: &TestSite) -> Reader {
    let checked = site.check();
    let found = &checked.report.diagnostics;
    assert!(!checked.report.has_errors(), "{found:?}");
    Reader::new(&checked.sources, &checked.site)
}

#[test]
fn what_is_withheld_blank_or_not_comparable_answers_nothing() {
    let reader = reader_of(&with_questions());
    let found =
        ["all", "basic", "largest", "change"].map(|id| reader.find(&format!("@i{id}")).len());
    assert_eq!(found, [1, 1, 1, 0]);
    let rows = "rows:\n  - { name: 合计, total: 涉密, basic: 涉密, project: 40.00 }\n";
    let checked = with_questions().write("tables/expenditure.yaml", rows).check();
    let reader = Reader::new(&checked.sources, &checked.site);
    let found =
        ["all", "basic", "largest", "change"].map(|id| reader.find(&format!("@i{id}")).len());
    assert_eq!(found, [0, 0, 0, 0]);
}

#[test]
fn words_of_profiles_reach_the_browser() {
    let checked = with_questions().check();
    let is_counts = |path: &&String| checked.site.is_index(path) && path.ends_with("/index.js");
    let paths = checked.site.paths();
    let path = paths.iter().find(is_counts).expect("planned");
    let bytes = render(&mut Report::default(), &checked.sources, &checked.site, path);
    let text = String::from_utf8(bytes.expect("planned")).expect("text");
    for said in [
        r#"["科普活动",["科学宣传"]]"#,
        r#"["all",["总支出"]]"#,
        r#"["income",["收入"]]"#,
        r#"["万元","10000"]"#,
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
}

#[test]
fn slips_in_what_questions_name_are_findings_of_the_profile() {
    for (written, slip) in [
        ("of: expenditure/合计/basic", "of: expenditure/合计/basik"),
        ("largest: expenditure", "largest: expenditures"),
        ("tables: [overview/income]", "tables: [overview/incomes]"),
        ("tables: [expenditure]", "tables: [expenditures]"),
        ("words: [日常], of: expenditure/合计/basic", "words: [日常]"),
        ("synonyms: { 科普活动: [科学宣传] }", "synonyms: { 科普活动: 科学宣传 }"),
    ] {
        let checked = with_questions().edit("profiles/test/minimal.yaml", written, slip).check();
        assert!(checked.report.has_errors(), "{slip}");
    }
}

#[test]
fn what_is_withheld_is_in_no_file_of_the_index() {
    let rows = "rows:\n  - { name: 合计, total: 涉密, basic: 涉密, project: 40.00 }\n";
    let checked = TestSite::minimal().write("tables/expenditure.yaml", rows).check();
    let table = &checked.site.portal.disclosures[0].tables["expenditure"];
    let cells = &table.panels[0].rows[0].cells;
    assert!(cells.iter().any(|cell| matches!(cell, Cell::Withheld(_))), "{cells:?}");
    for path in checked.site.paths().iter().filter(|path| checked.site.is_index(path)) {
        let bytes = render(&mut Report::default(), &checked.sources, &checked.site, path);
        let text = String::from_utf8(bytes.expect("planned")).expect("text");
        assert!(!text.contains("涉密"), "{path}");
    }
}

#[test]
fn other_words_for_a_term_find_what_is_named_by_it() {
    let site = TestSite::minimal()
        .write("content/glossary.yaml", "甲乙费: { definition: 某种费用, also: [丙丁] }\n");
    let page = site.page("glossary.html");
    assert!(page.contains("某种费用") && !page.contains("丙丁"), "{page}");
    let checked = site.check();
    let reader = Reader::new(&checked.sources, &checked.site);
    assert!(reader.find("=丙丁").iter().any(|home| home.starts_with("glossary.html#")));
}

#[test]
fn the_files_of_the_index_are_small_and_their_number_is_planned() {
    let (sources, site, _) = &*SEEDS;
    for path in site.paths().iter().filter(|path| site.is_index(path)) {
        let bytes = render(&mut Report::default(), sources, site, path).expect("planned").len();
        assert!(bytes < 32_000, "{path} has {bytes} bytes");
    }
}
