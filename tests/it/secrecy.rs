//! What is withheld stays withheld, over the published disclosure of 2025.

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::diagnostic::{Language, Report};
use mingbai::findings::{concise, github, human, json, order, sarif};
use mingbai::model::Verdict;
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::site::Site;
use mingbai::source::Sources;

pub(crate) const HOME: &str = "content/zjk-kexie/2025-budget";

/// The repository's own portal with one disclosure withholding something, and texts rewritten.
pub(crate) fn portal(
    withhold: &[&str],
    rewritten: &[(&str, &str, &str)],
) -> (Sources, Site, Report) {
    let sources = sources_of(withhold, rewritten);
    let (site, mut report) = plan(&sources, false);
    order(&sources, &mut report);
    (sources, site, report)
}

/// The files of that portal.
pub(crate) fn sources_of(withhold: &[&str], rewritten: &[(&str, &str, &str)]) -> Sources {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::read(root, "mingbai.yaml").expect("the repository is a portal");
    let text_of = |sources: &Sources, path: &str| {
        let file = sources.find(path).unwrap_or_else(|| panic!("{path} is there"));
        sources.file(file).text().to_owned()
    };
    for (path, old, new) in rewritten {
        let path = format!("{HOME}/{path}");
        let text = text_of(&sources, &path);
        sources.add(&path, replaced(&text, old, new));
    }
    let path = format!("{HOME}/disclosure.yaml");
    let mut text = text_of(&sources, &path);
    if !withhold.is_empty() {
        text.push_str("withhold:\n");
    }
    for at in withhold {
        text.push_str(&format!("  - {{ at: \"{at}\", because: 测试 }}\n"));
    }
    sources.add(&path, text);
    sources
}

/// A text with one passage rewritten; … in the passage stands for whatever is between.
fn replaced(text: &str, old: &str, new: &str) -> String {
    let (from, to) = old.split_once('…').unwrap_or((old, ""));
    let start = text.find(from).unwrap_or_else(|| panic!("the text says {from}"));
    let rest = start + from.len();
    let end = rest + text[rest..].find(to).unwrap_or_else(|| panic!("then says {to}")) + to.len();
    format!("{}{new}{}", &text[..start], &text[end..])
}

fn human(sources: &Sources, report: &Report) -> String {
    human::render(sources, report, Language::Chinese, false)
}

/// The whole built output.
fn built(sources: &Sources, site: &Site, report: &mut Report) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for path in site.paths() {
        let bytes = render(report, sources, site, &path).expect("planned");
        pages.insert(path, String::from_utf8_lossy(&bytes).into_owned());
    }
    pages
}

/// The passages that print the amount, or the parts of a sum it can be taken out of.
pub(crate) const TOLD_LESS: [(&str, &str, &str); 5] = [
    ("disclosure.yaml", "，结转到 2025 年的是 10.35 万元", "，结转到 2025 年的少一些"),
    (OVERALL, "项目资金减少共计…projects/17-it-2024/budget)；", "其余项目有增有减；"),
    (OVERALL, "(=part:project;sum:own)", "(=part:project)"),
    (OVERALL, "(=part:own;sum:carried;", "(=sum:carried;"),
    (OVERALL, "共计 [4 万元](=part:own)", ""),
];
const OVERALL: &str = "narrative/02-overall.md";

/// What has to be withheld so that the amount of project 17 stays open (docs/secrecy.md): its own
/// amounts and those of one more project; the subject it is spent under and one more subject, each
/// with two columns of a row, in all three tables that print them.
pub(crate) const ENOUGH: [&str; 18] = [
    "projects/17-it-2024/budget",
    "projects/17-it-2024/fiscal",
    "projects/19-caravan-2024/budget",
    "projects/19-caravan-2024/fiscal",
    "expenditure/2060701/project",
    "expenditure/2060701/basic",
    "expenditure/2060705/project",
    "expenditure/2060705/basic",
    "general/2060701/project",
    "general/2060701/basic",
    "general/2060705/project",
    "general/2060705/basic",
    "revenue/2060701/carryover",
    "revenue/2060701/current",
    "revenue/2060701/fiscal",
    "revenue/2060705/carryover",
    "revenue/2060705/current",
    "revenue/2060705/fiscal",
];

fn codes(report: &Report) -> Vec<(&'static str, &str)> {
    let of = |finding: &'_ mingbai::diagnostic::Diagnostic| finding.code.id;
    report.diagnostics.iter().map(|d| (of(d), d.address.as_deref().unwrap_or_default())).collect()
}

#[test]
fn an_amount_withheld_alone_is_derived_and_the_derivation_is_told() {
    let at = ["projects/17-it-2024/budget", "projects/17-it-2024/fiscal"];
    let (sources, _, report) = portal(&at, &[]);
    assert_eq!(
        codes(&report),
        [("W605", "narrative/overall"), ("W604", "projects/17-it-2024/budget")]
    );
    let text = human(&sources, &report);
    for words in [
        "部门预算支出总表“合计”的“项目支出”，减去其余 25 个数之和，误差不超过 0.135 万元",
        "部门预算支出总表“2060701 机构运行”的“项目支出”印着同一个数",
        "部门预算一般公共预算财政拨款支出表“2060701 机构运行”的“项目支出”印着同一个数",
        "“其中：财政资金”也能推算出来",
        "02-overall.md:15:1946",
    ] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
    // Half of it withheld: the other half is the same figure.
    let (sources, _, report) = portal(&at[..1], &TOLD_LESS);
    let text = human(&sources, &report);
    assert!(text.contains("它与项目“信息化建设资金-市科协”的“其中：财政资金”是同一个数"), "{text}");
}

#[test]
fn an_amount_marked_by_hand_is_derived_too() {
    let file = "projects/17-it-2024.yaml";
    let marks = [(file, "budget: 3.08", "budget: 涉密"), (file, "fiscal: 3.08", "fiscal: 涉密")];
    let marks = [marks.as_slice(), &TOLD_LESS].concat();
    let (_, _, report) = portal(&["projects/17-it-2024/purpose"], &marks);
    assert_eq!(codes(&report), [("W604", "projects/17-it-2024/budget")]);
}

#[test]
fn what_is_needed_is_enough_and_nothing_of_it_is_published() {
    let (sources, site, mut report) = portal(&ENOUGH, &TOLD_LESS);
    assert_eq!(codes(&report), [], "{}", human(&sources, &report));
    // The author's checks had the true figures; a reader has not.
    let (.., open) = portal(&[], &TOLD_LESS);
    assert_eq!(report.relations, open.relations);
    let disclosure = site.portal.disclosures.iter().find(|d| d.year == 2025).expect("2025");
    let open = disclosure.relations(&site.portal);
    let open = open.iter().filter(|outcome| outcome.verdict == Verdict::Withheld).count();
    assert!(open > 12, "{open} relations cannot be checked by a reader");
    let pages = built(&sources, &site, &mut report);
    assert!(!report.has_errors(), "{}", human(&sources, &report));
    let own = "zjk-kexie/2025-budget/";
    for figure in ["3.08", "10.35", "126.07", "176.17", "356.24", "89.49", "212.75"] {
        for (path, text) in pages.iter().filter(|(path, _)| path.starts_with(own)) {
            assert!(!prints(text, figure), "{path} prints {figure}");
            assert!(!prints(path, figure));
        }
    }
    let project = &pages[&format!("{own}projects/17-it-2024.html")];
    assert!(project.contains("预算数") && project.matches("涉密").count() > 20, "{project}");
    for form in ["csv", "data.csv"] {
        let table = &pages[&format!("{own}tables/expenditure.{form}")];
        assert!(table.contains(",359.32,涉密,涉密,"), "{table}");
    }
    for form in ["projects.csv", "projects.data.csv", "figures.data.csv"] {
        assert!(pages[&format!("{own}{form}")].contains(",涉密,"), "{form}");
    }
}

/// Whether a figure stands in a text, and not as part of a longer one.
pub(crate) fn prints(text: &str, figure: &str) -> bool {
    text.match_indices(figure).any(|(at, _)| {
        let goes_on = |c: char| c.is_ascii_digit() || c == '.';
        !text[..at].ends_with(goes_on)
            && !text[at + figure.len()..].starts_with(|c: char| c.is_ascii_digit())
    })
}

#[test]
fn nothing_less_would_do() {
    for index in 0..ENOUGH.len() {
        let mut less = ENOUGH.to_vec();
        let left_out = less.remove(index);
        let (_, _, report) = portal(&less, &TOLD_LESS);
        let found = codes(&report);
        let is_found = found.iter().any(|(code, _)| ["W604", "W605"].contains(code));
        assert!(is_found, "{left_out} left in sight gives nothing away");
    }
}

#[test]
fn a_mistake_in_a_withheld_figure_is_found_and_no_message_prints_it() {
    let file = "projects/17-it-2024.yaml";
    let wrong = [(file, "budget: 3.08", "budget: 8.37"), (file, "fiscal: 3.08", "fiscal: 8.37")];
    let wrong = [wrong.as_slice(), &TOLD_LESS].concat();
    let (sources, _, report) = portal(&ENOUGH, &wrong);
    let found = codes(&report);
    assert!(found.iter().any(|(code, _)| *code == "T204"), "{found:?}");
    let messages = [
        concise::render(&sources, &report, Language::Chinese),
        github::render(&sources, &report, Language::English),
        json::render(&sources, &report),
        sarif::render(&sources, &report, Language::Chinese),
        human(&sources, &report),
    ];
    for text in messages {
        assert!(!prints(&text, "8.37"), "{text}");
    }
}

#[test]
fn what_others_wrote_into_the_site_is_looked_at_byte_by_byte() {
    let (mut sources, ..) = portal(&ENOUGH, &TOLD_LESS);
    sources.add("static/data.html", "<p>联系人手机：139 1234 5678</p>\n");
    sources.add("themes/default/project.html", "<p>{{ name }}</p><p>{{ 3 }}<b>.08</b></p>");
    let (site, mut report) = plan(&sources, false);
    assert!(!report.has_errors(), "{}", human(&sources, &report));
    built(&sources, &site, &mut report);
    order(&sources, &mut report);
    let text = concise::render(&sources, &report, Language::Chinese);
    for words in [
        "static/data.html:1:10: error[W606]: 这里像是手机号：139******78",
        "projects/17-it-2024.yaml:3:9: error[W605]: 生成的 zjk-kexie/2025-budget/projects/17-it-2024.html 里印着这个不公开的内容",
    ] {
        assert!(text.contains(words), "{words} is not in\n{text}");
    }
}
