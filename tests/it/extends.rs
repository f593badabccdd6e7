//! `extends`: several profiles, pieces under a map, what becomes of what is taken out, and slips in a parent.

use mingbai::diagnostic::{Language, Report};

use crate::bench::TestSite;
use crate::forms::{found, with_profile};

/// The resolved profile of a portal, in words.
fn explained(site: &TestSite, id: &str) -> String {
    let sources = site.sources();
    let mut report = Report::default();
    let profiles = mingbai::profile::resolve(&mut report, &sources, [id.to_owned()]);
    let said: Vec<_> =
        report.diagnostics.iter().map(|one| one.message.get(Language::English)).collect();
    assert!(said.is_empty(), "{said:?}");
    mingbai::profile::explain(&sources, &profiles[id], Language::English)
}

const PIECE: &str = "abstract: true
name:   { title: 项目, type: label }
amount: { title: 金额, type: amount }
";

#[test]
fn a_piece_stands_in_a_map_and_is_written_once() {
    let more = "tables:
  loans:
    title: 债务
    required: false
    columns: { extends: test/pair, note: { title: 备注, type: text, after: name } }
  rent:
    title: 租金
    required: false
    columns: { extends: [test/pair], amount: { title: 租金 } }
";
    let site = with_profile(more).write("profiles/test/pair.yaml", PIECE);
    assert_eq!(found(&site), [""; 0]);
    let said = explained(&site, "test/county");
    let lines: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("loans")).collect();
    assert_eq!(
        lines[1..4],
        [
            "    name  项目  (label)",
            "    note  备注  (text)  ← test/county",
            "    amount  金额  (amount, 万元)",
        ]
    );
    assert!(said.contains("  extends: test/minimal, test/pair\n"), "{said}");
    assert!(said.contains("    amount  租金  (amount, 万元)  ← test/county"), "{said}");
}

#[test]
fn what_a_map_starts_from_stands_in_place_of_what_it_would_inherit() {
    let more = "tables: { funds: { columns: { extends: test/pair } } }\n";
    let site = with_profile(more).write("profiles/test/pair.yaml", PIECE);
    let said = explained(&site, "test/county");
    let lines: Vec<&str> = said.lines().skip_while(|line| !line.starts_with("funds")).collect();
    assert!(lines[2].starts_with("    amount  金额  (amount, 万元)"), "{said}");
}

#[test]
fn of_several_parents_each_gives_what_it_states() {
    let site = with_profile("")
        .write("profiles/test/county.yaml", "extends: [test/minimal, test/a, test/b]\n")
        .write("profiles/test/a.yaml", "abstract: true\nextends: test/minimal\nsections: { explanation: { title: 二、说明 } }\n")
        .write("profiles/test/b.yaml", "abstract: true\nextends: test/minimal\nwords: { continued: 接上表 }\n");
    let said = explained(&site, "test/county");
    assert!(
        said.contains("explanation?  二、说明") || said.contains("explanation  二、说明"),
        "{said}"
    );
}

#[test]
fn two_parents_that_state_one_thing_differently_are_named_until_the_profile_settles_it() {
    let with = |more: &str| {
        with_profile("")
            .write("profiles/test/county.yaml", format!("extends: [test/a, test/b]\n{more}"))
            .write("profiles/test/a.yaml", "abstract: true\nextends: test/minimal\ntitle: 甲\n")
            .write("profiles/test/b.yaml", "abstract: true\nextends: test/minimal\ntitle: 乙\n")
    };
    let site = with("");
    assert_eq!(
        found(&site),
        ["S017 two profiles that are extended here both state title, and not the same"]
    );
    let report = site.check().report;
    let [one] = report.diagnostics.as_slice() else { panic!("one finding") };
    let notes: Vec<&str> = one.notes.iter().map(|note| note.get(Language::English)).collect();
    assert_eq!(notes, ["profiles/test/a.yaml: 甲", "profiles/test/b.yaml: 乙"]);
    assert_eq!(found(&with("title: 丙\n")), [""; 0]);
}

#[test]
fn a_slip_in_a_parent_is_all_that_is_said() {
    let county =
        "extends: test/base\ntie_outs: { x: { equation: funds/合计/amuont = 0, because: 例 } }\n";
    for (base, wanted) in [
        (
            "extends: test/minimal\ntables: { funds: { columns: { amount: { type: amuont } } } }\n",
            "S017 there is no column type `amuont`",
        ),
        ("extends: test/minimum\n", "S016 there is no profile `test/minimum` to extend"),
        ("extends: test/county\n", "S017 profiles extend each other: "),
        ("extends: { a: b }\n", "S017 `extends` is the path of a profile, or a list of them: "),
    ] {
        let site = with_profile("")
            .write("profiles/test/county.yaml", county)
            .write("profiles/test/base.yaml", base);
        let found = found(&site);
        assert!(matches!(found.as_slice(), [one] if one.starts_with(wanted)), "{base}: {found:#?}");
    }
}

#[test]
fn what_is_taken_out_is_out_of_the_relations_that_are_inherited() {
    let more = "
tables:
  overview: { panels: { income: { rows: { other: ~ } } } }
  procurement: ~
";
    let site = with_profile(more);
    let said = explained(&site, "test/county");
    let income: Vec<&str> = said.lines().filter(|line| line.starts_with("    · total")).collect();
    assert_eq!(income[0].split("  ←").next(), Some("    · total  收入总计 = fiscal"), "{said}");
}

#[test]
fn relations_of_one_kind_are_written_once() {
    let more = "tie_outs: { less: { each: [basic, project], equation: \"expenditure/@/{each} ≤ expenditure/@/total\", because: 例 } }\n";
    let site = with_profile(more);
    assert_eq!(found(&site), [""; 0]);
    let said = explained(&site, "test/county");
    assert!(said.contains("  less-basic  (error)\n    expenditure/@/basic ≤"), "{said}");
    assert!(said.contains("  less-project  (error)\n    expenditure/@/project ≤"), "{said}");
    let more =
        "tie_outs: { less: { each: [a], equation: expenditure/@/basic = 0, because: 例 } }\n";
    let found = found(&with_profile(more));
    assert!(
        found.iter().any(|one| one.contains("there is an `each`, and no `{each}`")),
        "{found:?}"
    );
}

/// A dictionary of two classes; of one it holds every code.
const CODES: &str = "title: 功能分类
complete: [208]
codes:
  - { code: 205, name: 教育支出, status: remembered }
  - { code: 206, name: 科学技术支出, status: remembered }
  - { code: 208, name: 社会保障和就业支出, status: remembered }
  - { code: 20805, name: 养老支出, status: remembered }
";

#[test]
fn a_code_that_no_classification_has_is_named_where_a_relation_looks_for_it() {
    for (selector, wanted) in [
        ("206*", ""),
        ("20699", ""),
        ("2080*", ""),
        ("20805", ""),
        ("260*", "S034 260* in the tie-out x: no code of 支出总表 begins with 260"),
        ("20806", "S034 20806 in the tie-out x: 支出总表 has no such code"),
        ("20601011", "S034 20601011 in the tie-out x: 支出总表 has no such code"),
    ] {
        let more = format!(
            "classifications: {{ functional: {{ lengths: [3, 5, 7], names: test/codes }} }}
tie_outs: {{ x: {{ equation: expenditure/{selector}/total ≥ 0, because: 例 }} }}
"
        );
        let site = with_profile(&more).write("profiles/test/codes.yaml", CODES);
        let found = found(&site);
        let wanted: Vec<&str> = Some(wanted).filter(|one| !one.is_empty()).into_iter().collect();
        assert_eq!(found, wanted, "{selector}");
        if selector == "260*" {
            let report = site.check().report;
            let help = report.diagnostics[0].help.as_ref().map(|help| help.get(Language::English));
            assert_eq!(help, Some("did you mean `206`?"));
        }
    }
}
