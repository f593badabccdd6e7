//! Years, classification codes, dates and duties: two years over the bench, and
//! the demonstration portal with one thing changed.

use std::collections::BTreeSet;
use std::path::Path;

use mingbai::diagnostic::{Language, Report, Severity};
use mingbai::findings::human;
use mingbai::model::Disclosure;
use mingbai::model::years::{Link, Matched, matched};
use mingbai::plan::plan;
use mingbai::profile::dictionary::{Dictionary, Status};
use mingbai::site::Site;
use mingbai::source::Sources;

use crate::bench::{Checked, TestSite};

// ------------------------------------------------------------ two years

pub(crate) const THIS_PROFILE: &str = "extends: test/minimal
tables:
  balance:
    title: 结转结余情况表
    columns:
      name:   { title: 项目, type: label }
      amount: { title: 决算数, type: amount }
    rows:
      opening: { name: 年初结转和结余 }
      closing: { name: 年末结转和结余 }
projects:
  fields:
    code: { title: 项目编码, type: code, before: name }
years:
  balances:
    carryover: { opening: balance/opening/amount, closing: prior:balance/closing/amount, because: 同一笔钱 }
  changes:
    total: { now: expenditure/合计/total, change: narrative/explanation/change, because: 上年加增减就是今年 }
";

pub(crate) const LAST_PROFILE: &str = "extends: test/this
tables: { overview: ~, funds: ~, procurement: ~ }
sections: ~
tie_outs: ~
years: ~
";

/// What was spent last year: another code, another name, and less.
pub(crate) const LAST_EXPENDITURE: &str = "rows:
  - { name: 合计, total: 92.00, basic: 52.00, project: 40.00 }
  - { code: 205, name: 教育支出, total: 10.00, basic: 10.00 }
  - { code: 20508, name: 进修及培训, total: 10.00, basic: 10.00 }
  - { code: 2050802, name: 干部教育, total: 10.00, basic: 10.00 }
  - { code: 206, name: 科学技术支出, total: 82.00, basic: 42.00, project: 40.00 }
  - { code: 20607, name: 科技普及, total: 82.00, basic: 42.00, project: 40.00 }
  - { code: 2060701, name: 机构运行, total: 42.00, basic: 42.00 }
  - { code: 2060703, name: 青少年科技活动, total: 40.00, project: 40.00 }
";

fn project(code: &str, name: &str, budget: &str) -> String {
    format!("code: {code}\nname: {name}\nbudget: {budget}\nfiscal: {budget}\n")
}

pub(crate) fn two_years() -> TestSite {
    let head = |year: u32, profile: &str| {
        format!("fiscal_year: {year}\nstage: budget\nprofile: test/{profile}\n")
    };
    let balance = |opening: &str, closing: &str| {
        format!(
            "rows:\n  - {{ name: 年初结转和结余, amount: {opening} }}\n  - {{ name: 年末结转和结余, amount: {closing} }}\n"
        )
    };
    let text = |stated: &str| format!("# 二、预算情况说明\n\n支出预算比上年{stated}。\n");
    TestSite::minimal()
        .write("profiles/test/this.yaml", THIS_PROFILE)
        .write("profiles/test/last.yaml", LAST_PROFILE)
        .write("disclosure.yaml", head(2025, "this"))
        .write("tables/balance.yaml", balance("12.50", "3.00"))
        .write("narrative/02-explanation.md", text("增加[8.00万元](=#change)"))
        .write(
            "projects/01-science-day.yaml",
            project("13000024P000A", "2024年科普日活动", "10.00"),
        )
        .write("projects/02-day-2025.yaml", project("13000025P000B", "2025 年科普日活动", "20.00"))
        .write("projects/03-new.yaml", project("13000025P000C", "科普大篷车", "10.00"))
        .write("content/demo/2024-budget/disclosure.yaml", head(2024, "last"))
        .write("content/demo/2024-budget/tables/expenditure.yaml", LAST_EXPENDITURE)
        .write("content/demo/2024-budget/tables/balance.yaml", balance("8.00", "12.50"))
        .write(
            "content/demo/2024-budget/projects/01-day.yaml",
            project("13000024P000A", "2024年科普日活动", "30.00"),
        )
        .write(
            "content/demo/2024-budget/projects/02-old.yaml",
            project("13000024P000D", "科普画廊", "10.00"),
        )
}

fn years_of(site: &Site) -> (&Disclosure, &Disclosure) {
    let of = |year| site.portal.disclosures.iter().find(|one| one.year == year).expect("planned");
    (of(2025), of(2024))
}

/// The lines of a table that are not simply the same, as `now ← before: link`.
fn told(matched: &Matched, table: &str, (now, before): (&Disclosure, &Disclosure)) -> Vec<String> {
    let table = matched.tables.iter().find(|one| one.id == table).expect("in one of the years");
    let name = |disclosure: &Disclosure, index: Option<usize>, at: Option<(usize, usize)>| {
        let (Some(index), Some((panel, row))) = (index, at) else { return "-".to_owned() };
        let row = &disclosure.tables[index].panels[panel].rows[row];
        format!("{} {}", row.code.clone().unwrap_or_default(), row.name)
    };
    let pairs = table.lines.iter().filter(|pair| !matches!(pair.link, Link::Same));
    pairs
        .map(|pair| {
            let (here, there) =
                (name(now, table.now, pair.now), name(before, table.before, pair.before));
            format!("{here} ← {there}: {}", word(pair.link))
        })
        .collect()
}

fn word(link: Link) -> String {
    match link {
        Link::Same => "same".to_owned(),
        Link::Renamed => "renamed".to_owned(),
        Link::Name => "name".to_owned(),
        Link::Concordance(change) => change.why.clone(),
        Link::New => "new".to_owned(),
        Link::Ended => "ended".to_owned(),
    }
}

#[test]
fn lines_of_two_years_are_matched_by_code_and_by_concordance() {
    let Checked { site, .. } = two_years().check();
    let years = years_of(&site);
    let found = matched(years.0, years.1);
    let expected = [
        "20607 科学技术普及 ← 20607 科技普及: renamed",
        "2060702 科普活动 ← -: new",
        "- ← 2060703 青少年科技活动: ended",
    ];
    assert_eq!(told(&found, "expenditure", years), expected);
    assert_eq!(told(&found, "balance", years), Vec::<String>::new());
    // A table of one year only is all new, or all ended.
    let only = found.tables.iter().find(|table| table.id == "procurement").expect("this year");
    assert!(only.before.is_none() && only.lines.len() == 3);
    assert!(only.lines.iter().all(|pair| matches!(pair.link, Link::New)));

    let changes = "changes:
  - { from: 2060703, to: 2060702, since: 2025, why: 并入 }
  - { from: 科技普及, to: 科学技术普及, since: 2025, why: 改名 }
  - { from: 机构运行, to: 干部教育, since: 2024, why: 不在这两年之间 }
";
    let Checked { site, report, .. } =
        two_years().write("content/concordance.yaml", changes).check();
    let years = years_of(&site);
    let expected = [
        "20607 科学技术普及 ← 20607 科技普及: 改名",
        "2060702 科普活动 ← 2060703 青少年科技活动: 并入",
    ];
    assert_eq!(told(&matched(years.0, years.1), "expenditure", years), expected);
    assert!(report.diagnostics.is_empty(), "{:?}", report.diagnostics);
}

#[test]
fn projects_of_two_years_are_matched_by_code_and_by_name_without_the_year() {
    let Checked { site, .. } = two_years().check();
    let (now, before) = years_of(&site);
    let name = |disclosure: &Disclosure, at: Option<usize>| {
        at.map_or("-".to_owned(), |at| disclosure.projects[at].name.clone())
    };
    let found: Vec<String> = matched(now, before)
        .projects
        .iter()
        .map(|pair| {
            let (here, there) = (name(now, pair.now), name(before, pair.before));
            format!("{here} ← {there}: {}", word(pair.link))
        })
        .collect();
    let expected = [
        "2024年科普日活动 ← 2024年科普日活动: same",
        "2025 年科普日活动 ← 2024年科普日活动: name",
        "科普大篷车 ← -: new",
        "- ← 科普画廊: ended",
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_disclosure_laid_beside_itself_is_the_same() {
    let (site, _) = changed(&[]);
    for disclosure in &site.portal.disclosures {
        let found = matched(disclosure, disclosure);
        let links = found.tables.iter().flat_map(|table| &table.lines).map(|pair| pair.link);
        let all = links.chain(found.projects.iter().map(|pair| pair.link));
        assert!(all.into_iter().all(|link| matches!(link, Link::Same | Link::Name)));
    }
    // The two years of the demonstration portal are not adjacent, and can still be compared.
    let [now, before] = site.portal.disclosures.as_slice() else { panic!("two disclosures") };
    assert_eq!((now.year, before.year, now.prior), (2025, 2022, None));
    let told = told(&matched(now, before), "revenue", (now, before));
    let expected = [
        "20827 财政对其他社会保险基金的补助 ← -: new",
        "2082701 财政对失业保险基金的补助 ← -: new",
        "2082702 财政对工伤保险基金的补助 ← -: new",
        "- ← 2060799 其他科学技术普及支出: ended",
    ];
    assert_eq!(told, expected);
}

#[test]
fn what_changed_between_two_years_is_told_once() {
    let found = two_years().check();
    assert_eq!(found.codes(), ["Y504", "Y503"], "{}", found.human(Language::Chinese));
    assert!(found.report.diagnostics.iter().all(|one| one.severity == Severity::Note));
    assert_eq!(found.report.relations.could_not_run, 0);
}

#[test]
fn an_opening_balance_and_a_stated_change_are_compared_with_last_year() {
    let opening = "rows:\n  - { name: 年初结转和结余, amount: 12.05 }\n  - { name: 年末结转和结余, amount: 3.00 }\n";
    let found = two_years().write("tables/balance.yaml", opening).check();
    assert_eq!(found.codes(), ["Y501", "Y504", "Y503"]);
    let less = "# 二、预算情况说明\n\n支出预算比上年减少[8.00万元](=#change)。\n";
    let found = two_years().write("narrative/02-explanation.md", less).check();
    assert_eq!(found.codes(), ["Y504", "Y503"], "the word is not this rule's");
    let more = less.replace("减少[8.00", "增加[8.50");
    let found = two_years().write("narrative/02-explanation.md", more).check();
    assert_eq!(found.codes(), ["Y502", "Y504", "Y503"]);
    let silent = "# 二、预算情况说明\n\n支出预算100.00万元。\n";
    let found = two_years().write("narrative/02-explanation.md", silent).check();
    assert_eq!(found.codes(), ["Y504", "Y503"], "what is not stated is not compared");
    // A fall is compared as well: last year 92, this year 100, laid the other way round.
    let fall = LAST_EXPENDITURE
        .replace("92.00", "108.00")
        .replace("82.00", "98.00")
        .replace("42.00", "58.00")
        .replace("52.00", "68.00");
    let fall = two_years().write("content/demo/2024-budget/tables/expenditure.yaml", fall);
    assert_eq!(fall.check().codes(), ["Y504", "Y503"]);
}

#[test]
fn without_the_year_before_nothing_is_found_and_it_is_counted() {
    let site = two_years()
        .without("content/demo/2024-budget/disclosure.yaml")
        .without("content/demo/2024-budget/tables/expenditure.yaml")
        .without("content/demo/2024-budget/tables/balance.yaml")
        .without("content/demo/2024-budget/projects/01-day.yaml")
        .without("content/demo/2024-budget/projects/02-old.yaml");
    let found = site.check();
    assert_eq!(found.human(Language::Chinese), "");
    assert_eq!(found.report.relations.could_not_run, 2);
}

#[test]
fn a_mistake_in_what_ties_the_years_is_shown_in_the_profile() {
    let wrong = [
        (
            THIS_PROFILE.replace("opening: balance/opening/amount", "opening: balance/opening"),
            "不是地址",
        ),
        (
            THIS_PROFILE
                .replace("opening: balance/opening/amount", "opening: balanse/opening/amount"),
            "没有表“balanse”",
        ),
        (format!("{THIS_PROFILE}  concordance: test/none\n"), "没有文件 profiles/test/none.yaml"),
        (format!("{THIS_PROFILE}duties: {{ dates: yes }}\n"), "dates 只能是 required 或 optional"),
        (format!("{THIS_PROFILE}duties: {{ own_year: [title] }}\n"), "own_year 里没有“title”"),
        (
            format!("{THIS_PROFILE}duties: {{ units: {{ table: unit }} }}\n"),
            "duties.units 所说的表“unit”不存在",
        ),
        (
            format!(
                "{THIS_PROFILE}classifications: {{ functional: {{ lengths: [3, 5, 7], names: test/none }} }}\n"
            ),
            "没有文件 profiles/test/none.yaml",
        ),
    ];
    for (profile, words) in wrong {
        let said = two_years().write("profiles/test/this.yaml", profile).check();
        let said = said.human(Language::Chinese);
        assert!(said.contains("S017") && said.contains(words), "{words} is not in\n{said}");
    }
}

// ------------------------------------------------------------ the demonstration portal

/// The repository as a portal, some files changed: path, what it says, what it should say.
fn changed(changes: &[(&str, &str, &str)]) -> (Site, Report) {
    let (sources, site, report) = changed_sources(changes);
    drop(sources);
    (site, report)
}

fn changed_sources(changes: &[(&str, &str, &str)]) -> (Sources, Site, Report) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::read(root, "mingbai.yaml").expect("the repository is a portal");
    for (path, old, new) in changes {
        let file = sources.find(path).unwrap_or_else(|| panic!("there is no {path}"));
        let text = sources.file(file).text().to_owned();
        assert!(text.contains(old), "{path} does not say {old}");
        sources.add(path, text.replace(old, new));
    }
    let (site, report) = plan(&sources, false);
    (sources, site, report)
}

/// What is found beyond what the repository accepts: severity, code, address.
fn found(changes: &[(&str, &str, &str)]) -> Vec<(&'static str, &'static str, String)> {
    let (_, report) = changed(changes);
    let one = |one: &mingbai::diagnostic::Diagnostic| {
        (one.severity.word(), one.code.id, one.address.clone().unwrap_or_default())
    };
    report.diagnostics.iter().map(one).collect()
}

const FUNDS: &str = "content/zjk-kexie/2025-budget/tables/funds.yaml";
const NOTE: &str = "注：无政府性基金预算财政拨款预算，空表列示。";

#[test]
fn the_split_of_vehicles_cannot_be_left_out() {
    let path = "content/zjk-kexie/2025-budget/tables/three-public.yaml";
    for (row, address) in [
        ("  - { name: 其中：公务用车购置费 }\n", "three-public/vehicle-purchase"),
        (
            "  - { name: 公务用车运行维护费, total: 2.36, general: 2.36 }\n",
            "three-public/vehicle-running",
        ),
    ] {
        let found = found(&[(path, row, "")]);
        assert!(found.contains(&("error", "C105", address.to_owned())), "{found:?}");
    }
}

#[test]
fn an_empty_table_and_its_note_go_both_ways() {
    let overview = "content/zjk-kexie/2025-budget/tables/fiscal-overview.yaml";
    // Money in the overview, and an empty table with its note.
    let cell = (
        "{ name: 本年支出合计, total: 1454.54, general: 1454.54 }",
        "{ name: 本年支出合计, total: 1454.54, general: 1449.54, funds: 5.00 }",
    );
    let sums = found(&[(overview, cell.0, cell.1)]);
    assert!(
        sums.iter().any(|one| one.0 == "error" && one.2.starts_with("fiscal-overview/")),
        "{sums:?}"
    );
    // Rows in the table, nothing in the overview, the note still there.
    let rows = "rows:\n  - { name: 合计, total: 5.00, project: 5.00 }\n  - { code: 212, name: 城乡社区支出, total: 5.00, project: 5.00 }";
    let codes: BTreeSet<&str> =
        found(&[(FUNDS, "rows: []", rows)]).iter().map(|one| one.1).collect();
    assert!(codes.is_superset(&BTreeSet::from(["C104", "T204"])), "{codes:?}");
    // No note at all, the other table's note, and last year's.
    assert_eq!(
        found(&[(FUNDS, &format!("note: {NOTE}\n"), "")]),
        [("error", "C103", "funds".to_owned())]
    );
    let other = "注：无国有资本经营预算财政拨款预算，空表列示。";
    let (sources, _, report) = changed_sources(&[(FUNDS, NOTE, other)]);
    let said = human::render(&sources, &report, Language::Chinese, false);
    assert!(
        said.contains("C110")
            && said.contains("这句话像是“部门预算国有资本经营预算财政拨款支出表”的"),
        "{said}"
    );
    assert_eq!(report.diagnostics.len(), 1, "{said}");
    let old = "注：2024年无政府性基金预算财政拨款预算，空表列示。";
    assert_eq!(found(&[(FUNDS, NOTE, old)]), [("warning", "D705", "funds".to_owned())]);
}

#[test]
fn a_unit_is_told_from_one_that_is_accounted_for() {
    let path = "content/zjk-kexie/organisation.yaml";
    let region = "region: { code: 130700, name: 河北省张家口市 }";
    let units = "\nunits:
  - 张家口市科学技术协会本级
  - { name: 张家口市科学技术普及和宣传教育中心, separate: false }
  - { name: 张家口市科技工作者服务中心, published: https://zx.example.org/ }
  - { name: 张家口市科技馆 }
";
    let (sources, _, report) = changed_sources(&[(path, region, &format!("{region}{units}"))]);
    // Other units were accepted: it is found again.
    let said: Vec<&str> = report
        .diagnostics
        .iter()
        .filter(|one| one.code.id == "C112")
        .map(|one| one.message.zh.as_str())
        .collect();
    let wanted = "“张家口市科技馆”没有自己的公开，也没有说明在哪里公开";
    assert!(
        said.contains(&wanted),
        "{said:?}\n{}",
        human::render(&sources, &report, Language::Chinese, false)
    );
}

#[test]
fn the_days_from_approval_to_publication_are_counted() {
    let path = "content/zjk-kexie/2025-budget/disclosure.yaml";
    let stage = "stage: budget\n";
    for (approved, published, codes) in [
        ("2025-02-10", "2025-02-24", &[][..]),
        ("2025-02-10", "2025-02-25", &["note D701"][..]),
        ("2025-02-10", "2025-03-02", &["note D701"]),
        ("2025-02-10", "2025-03-03", &["error D701"]),
        ("2024-12-20", "2025-01-09", &["note D701"]),
        ("2025-02-10", "2025-02-09", &["error D702"]),
    ] {
        let dates = format!("{stage}approved: {approved}\npublished: {published}\n");
        let found = found(&[(path, stage, &dates)]);
        // The acceptance of the missing dates is not needed any more.
        let found: Vec<String> = found
            .iter()
            .filter(|one| one.1 != "A901")
            .map(|one| format!("{} {}", one.0, one.1))
            .collect();
        assert_eq!(found, codes, "{approved} to {published}");
    }
}

// ------------------------------------------------------------ codes

fn dictionaries() -> Vec<std::sync::Arc<Dictionary>> {
    let (site, _) = changed(&[]);
    site.portal.disclosures[0].profile.dictionaries.values().cloned().collect()
}

#[test]
fn the_dictionaries_are_sound_and_say_how_sure_they_are() {
    let mut counts = Vec::new();
    for dictionary in dictionaries() {
        let count = |status| dictionary.entries.iter().filter(|one| one.status == status).count();
        counts.push([Status::Verified, Status::Derived, Status::Remembered].map(count));
        for year in 2022..=2026 {
            let mut codes = BTreeSet::new();
            for entry in dictionary.entries.iter().filter(|entry| entry.is_in_force(year)) {
                let code = entry.code.as_str();
                assert!(codes.insert(code), "{code} has two names in {year}");
                assert!(
                    entry.code.len() == 3
                        || dictionary.of(&code[..code.len() - 2], year).count() == 1,
                    "{code} has no parent"
                );
            }
        }
        for code in &dictionary.complete {
            assert!(
                dictionary
                    .entries
                    .iter()
                    .filter(|entry| entry.code.starts_with(code.as_str()))
                    .count()
                    > 10
            );
        }
    }
    println!("verified, derived, remembered: functional {:?}, economic {:?}", counts[0], counts[1]);
    assert_eq!(counts, [[39, 2, 16], [63, 2, 15]]);
}

#[test]
fn every_code_of_the_seeds_is_verified_and_printed_as_the_dictionary_has_it() {
    let (site, _) = changed(&[]);
    let mut seen = BTreeSet::new();
    for disclosure in &site.portal.disclosures {
        for table in disclosure.tables.values() {
            for (_, form, panel) in table.panels() {
                let Some(of) = &form.classification else { continue };
                let dictionary = &disclosure.profile.dictionaries[of];
                for row in &panel.rows {
                    let Some(code) = &row.code else { continue };
                    let entry =
                        dictionary.of(code, disclosure.year).next().expect("in the dictionary");
                    assert!(entry.is_called(&row.name), "{code} {}", row.name);
                    assert!(dictionary.is_certain(entry, disclosure.year), "{code} {}", row.name);
                    seen.insert(code.clone());
                }
            }
        }
        // The 类 whose codes the forms do not print are called as in the dictionary, too.
        let dictionary = &disclosure.profile.dictionaries["functional"];
        for row in disclosure.tables["overview"].panels.iter().flat_map(|panel| &panel.rows) {
            let Some(code) = &row.code else { continue };
            let name = row.name.split_once('、').map_or(row.name.as_str(), |(_, name)| name);
            let entry = dictionary.of(code, disclosure.year).next();
            assert!(entry.is_some_and(|entry| entry.is_called(name)), "{code} {name}");
        }
    }
    println!("{} codes of the seeds", seen.len());
    assert!(seen.len() > 50);
}

#[test]
fn a_wrong_name_is_found_once_and_a_code_nobody_has_is_told() {
    let table = |name: &str| format!("content/zjk-kexie/2025-budget/tables/{name}.yaml");
    let (basic, revenue, expenditure, general) =
        (table("basic"), table("revenue"), table("expenditure"), table("general"));
    let changes = [&revenue, &expenditure, &general]
        .map(|path| (path.as_str(), "name: 科普活动,", "name: 科技活动,"));
    assert_eq!(found(&changes), [("error", "K601", "revenue/2060702".to_owned())]);
    assert_eq!(
        found(&[(&basic, "维修(护)费", "维修费")]),
        [("error", "K601", "basic/30213".to_owned())]
    );
    // Spaces and the width of brackets are no difference.
    assert_eq!(found(&[(&basic, "维修(护)费", "维修 （护） 费")]), []);
    let codes = found(&[(&basic, "code: 30229,", "code: 30230,")]);
    assert_eq!(codes, [("warning", "K602", "basic/30230".to_owned())]);
    // Outside the years the sources speak of nothing is certain.
    let later = [
        (basic.as_str(), "维修(护)费", "维修费"),
        ("content/zjk-kexie/2025-budget/disclosure.yaml", "fiscal_year: 2025", "fiscal_year: 2031"),
    ];
    assert!(found(&later).contains(&("warning", "K601", "basic/30213".to_owned())));
}
