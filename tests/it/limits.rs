//! What is too large, too deep or too long is a finding at its place, or published as it is: nothing
//! aborts, and nothing runs without end.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use mingbai::diagnostic::Language;

use crate::bench::TestSite;

const PROFILE: &str = "profiles/test/minimal.yaml";
const TABLE: &str = "tables/expenditure.yaml";
const PROJECT: &str = "projects/01-science-day.yaml";
const TEXT: &str = "narrative/01-duties.md";
const TEMPLATE: &str = "themes/default/project.html";

/// A file of the minimal portal with one passage rewritten.
fn rewritten(path: &str, old: &str, new: &str) -> TestSite {
    let site = TestSite::minimal();
    let text = site.read(path);
    assert!(text.contains(old), "{path} says {old}");
    site.write(path, text.replacen(old, new, 1))
}

/// What `check` says, a line each. A hang is a failure, not a test that never ends.
fn said(site: TestSite) -> String {
    let (send, receive) = mpsc::channel();
    // The stack of a worker thread, which is what pages are made on.
    let work = move || send.send(site.check_pages().concise(Language::English));
    let worker = thread::Builder::new().stack_size(2 << 20).spawn(work).expect("a thread");
    let said = receive.recv_timeout(Duration::from_secs(100)).expect("an answer within the time");
    worker.join().expect("no panic").expect("the answer was taken");
    said
}

fn holds(said: &str, wanted: &[&str], what: &str) {
    for words in wanted {
        assert!(said.contains(words), "{what}: {words} is not in\n{said}");
    }
}

#[test]
fn a_figure_too_long_is_said_where_it_stands() {
    let long = [
        format!("0.{}", "1".repeat(28)),
        format!("1.{}", "2".repeat(27)),
        "9".repeat(16),
        "9".repeat(25),
        "7".repeat(28),
        format!("-{}", "7".repeat(28)),
        "7".repeat(400),
        "0.123456789".to_owned(),
    ];
    for figure in &long {
        let cell = said(rewritten(TABLE, "total: 100.00", &format!("total: {figure}")));
        holds(&cell, &["expenditure.yaml:2:24: error[S008]"], figure);
        let field = said(rewritten(PROJECT, "budget: 40.00", &format!("budget: {figure}")));
        holds(&field, &["01-science-day.yaml:2:9: error[S008]"], figure);
        let step = said(rewritten(PROJECT, "jun: 50%", &format!("jun: {figure}%")));
        holds(&step, &["01-science-day.yaml:5:22: error[S008]"], figure);
        let bound = format!("# 一、部门职责\n\n共 [{figure}万元](=expenditure/合计/total)。\n");
        let text = said(TestSite::minimal().write(TEXT, bound));
        holds(&text, &["01-duties.md:3:", "error[S008]"], figure);
    }
}

#[test]
fn figures_as_long_as_they_may_be_are_added_to_the_digit() {
    let rows = "rows:\n  - { name: 合计, total: 999999999999999.99999999, basic: 999999999999999.99999998, project: 0.00000001 }\n";
    let found = said(TestSite::minimal().write(TABLE, rows));
    assert!(!found.contains("T201"), "{found}");
    let wrong = rows.replace("0.00000001", "0.00000005");
    holds(
        &said(TestSite::minimal().write(TABLE, wrong)),
        &["T201", "1000000000000000.00000003"],
        "a sum of one digit more",
    );
}

#[test]
fn a_product_that_does_not_fit_holds_for_nobody() {
    let rows = "rows:\n  - { item: 合计, total: 6.00, sme: 4.00 }\n  - { item: 展板, quantity: 999999999999999, price: 999999999999999.99999999, total: 6.00, sme: 4.00 }\n";
    let found = said(TestSite::minimal().write("tables/procurement.yaml", rows));
    holds(&found, &["procurement.yaml:3:", "error[T205]", ">10^28"], "a product");
}

#[test]
fn numbers_of_a_profile_that_do_not_fit_are_said_where_they_stand() {
    let huge = "18446744073709551615";
    let cases = [
        ("[3, 5, 7]", "[3, 5, 18446744073709551615]", "5:39: error[S017]"),
        ("[3, 5, 7]", "[0, 5, 7]", "5:33: error[S017]"),
        ("[3, 5, 7]", "[3, 7, 5]", "5:39: error[S017]"),
        ("[3, 5, 7]", "[]", "5:32: error[S017]"),
        ("[3, 5, 7]", "[三]", "5:33: error[S017]"),
        ("depth: 3", "depth: 0", "35:46: error[S017]"),
        ("depth: 3", "depth: 4", "35:46: error[S017]"),
        ("depth: 3", "depth: 18446744073709551615", "35:46: error[S017]"),
        ("depth: 3", "depth: 99999999999999999999", "35:46: error[S007]"),
        ("万元: 10000", "万元: 0", "4:20: error[S017]"),
        ("万元: 10000", "万元: -10000", "4:20: error[S017]"),
        ("万元: 10000", "万元: 9999999999999999999999999999", "4:20: error[S017]"),
        ("万元: 10000", "万元: 0.0000000000000000000000000001", "4:20: error[S017]"),
        (
            "scales: { 万: 10000 }",
            "scales: { 万: 9999999999999999999999999999 }",
            "92:18: error[S017]",
        ),
        ("{ digits: 6, is: region }", "{ digits: 0, is: region }", "122:10: error[S017]"),
        ("{ any: 4 }", "{ any: 18446744073709551615 }", "error[S017]"),
    ];
    for (old, new, wanted) in cases {
        let found = said(rewritten(PROFILE, old, new));
        holds(&found, &[&format!("{PROFILE}:"), wanted], new);
    }
    // The largest numbers that are taken.
    let largest = rewritten(PROFILE, "万元: 10000", "万元: 999999999999999.99999999");
    let largest =
        largest.write(TABLE, format!("rows:\n  - {{ name: 合计, total: {} }}\n", "9".repeat(15)));
    holds(&said(largest), &["error["], huge);
}

#[test]
fn dates_and_codes_of_any_shape_are_read() {
    let disclosure = TestSite::minimal().read("disclosure.yaml");
    for year in ["999999999", "4294967296", "99999999999999999999", "0", "-5"] {
        let site = TestSite::minimal().write("disclosure.yaml", disclosure.replace("2025", year));
        holds(&said(site), &["disclosure.yaml:1:14: error[S019]"], year);
    }
    let dates = format!("{disclosure}approved: 999999999-01-01\npublished: 2025-99-99\n");
    let found = said(TestSite::minimal().write("disclosure.yaml", dates));
    holds(&found, &[":4:11: error[S019]", ":5:12: error[S019]"], "dates");
    let found = said(rewritten(TABLE, "code: 2050802", "code: \"二〇五零八\""));
    holds(&found, &["error[S011]"], "a code of characters of three bytes");
    let code = format!("{}code: \"一二三四五六七八九十\"\n", TestSite::minimal().read(PROJECT));
    holds(&said(TestSite::minimal().write(PROJECT, code)), &["error[P412]"], "a project code");
}

#[test]
fn yaml_and_texts_nested_deep_are_read_or_said() {
    let n = 20_000;
    let deep = [
        format!("rows: {}{}", "[".repeat(n), "]".repeat(n)),
        format!("rows: {}", "{a: ".repeat(n)),
        format!("rows:\n  {}x", "- ".repeat(n)),
        "? ".repeat(n),
    ];
    for text in deep {
        let found = said(TestSite::minimal().write("tables/funds.yaml", text.clone()));
        holds(&found, &["tables/funds.yaml:", "error[S001]"], &text[..20]);
    }
    let texts = [
        format!("{}x", ">".repeat(n)),
        format!("{}x", "- ".repeat(n)),
        format!("{}x{}", "[".repeat(n), "]".repeat(n)),
        "[a](b".repeat(n),
        "**a*".repeat(n),
        "<a>".repeat(n),
        format!("[1](=a/b/{})", "c/".repeat(n)),
    ];
    for text in texts {
        said(TestSite::minimal().write(TEXT, format!("# 一、部门职责\n\n{text}\n")));
    }
}

#[test]
fn a_style_sheet_nested_too_deep_and_a_script_of_ones_own_are_published_as_they_are() {
    let n = 20_000;
    let styles = [
        format!("{}{}", "a{".repeat(n), "}".repeat(n)),
        format!("a{{b:{}{}}}", "(".repeat(n), ")".repeat(n)),
        format!("{}a{}{{}}", ":is(".repeat(n), ")".repeat(n)),
        format!("a{{b:{}", "var(--a,".repeat(n)),
        format!("a{{b:\"\n{}", "(".repeat(n)),
        format!("a{{b:url(x\")}}c{{d:\"))))\";e:{}", "(".repeat(n)),
    ];
    for style in styles {
        assert_eq!(mingbai::minify::style(&style), style.as_bytes());
    }
    // As deep as is still made smaller, on the stack of a test thread.
    let deepest = format!("{}b:c{}", "a  {".repeat(64), "}".repeat(64));
    assert!(
        mingbai::minify::style(&deepest).len() < deepest.len() || cfg!(not(feature = "minify"))
    );
    let scripts = [
        format!("x={}", "(".repeat(n)),
        format!("if(a){{}}{}", "else if(a){}".repeat(n)),
        format!("function f(a){{{}}}", "if(a)return a;".repeat(n)),
        format!("x=a{}", "&&b".repeat(n)),
    ];
    for script in scripts {
        assert_eq!(mingbai::minify::script(&script), script.as_bytes());
    }
}

#[test]
fn templates_have_limits() {
    let n = 5_000;
    let turns = "loops of this page make more than";
    let thousands = "{% for i in range(end=90000) %}";
    let over_data = "{% for k, v in t %}{% set x = v %}".repeat(8) + &"{% endfor %}".repeat(8);
    let cases = [
        ("{% for i in range(end=1000000000) %}x{% endfor %}".to_owned(), turns),
        (format!("{0}{0}x{1}{1}", thousands, "{% endfor %}"), turns),
        (format!("{0}{0}{0}{1}{1}{1}", thousands, "{% endfor %}"), turns),
        (format!("{thousands}{{% set x = range(end=90000) %}}{{% endfor %}}"), turns),
        (over_data, turns),
        (
            format!("{{% set a = \"{}\" %}}{thousands}{{{{ a }}}}{{% endfor %}}", "x".repeat(1000)),
            "more than 64 MB",
        ),
        ("{% extends \"project.html\" %}".to_owned(), "Circular"),
        ("{% include \"project.html\" %}".to_owned(), "Circular"),
        (
            "{% set s = \"x\" | indent(width=1000, first=true) %}".to_owned()
                + &"{% set s = s ~ s %}".repeat(10)
                + "{{ range(end=1900000) | join(sep=s) | length }}",
            "`join` makes more than 64 MB",
        ),
        ("{{ 1 / 0 }}".to_owned(), "error[W601]"),
        ("{% if true %}".repeat(n), "error[W601]"),
        (format!("{{{{ {} }}}}", "(".repeat(n)), "error[W601]"),
        (format!("{{{{ 1{} }}}}", "+1".repeat(n)), "error[W601]"),
    ];
    for (template, wanted) in cases {
        let site = TestSite::minimal().write(TEMPLATE, template.clone());
        let checked = site.check_pages().human(Language::English);
        let what = &template[..template.len().min(60)];
        holds(&checked, &["themes/default/project.html:1:", wanted], what);
    }
}

#[test]
fn a_template_whose_loops_are_counted_prints_the_same_and_knows_its_places() {
    let template = "<p>{% for n in range(start=3, end=9, step_by=2) -%}  {{ n }},{% endfor %}</p>\n{% raw %}{% for %}{% endraw %}";
    let page = "demo/2025-budget/projects/01-science-day.html";
    let printed = TestSite::minimal().write(TEMPLATE, template).page(page);
    assert!(printed.contains("<p>3,5,7,</p>") && printed.contains("{% for %}"), "{printed}");
    let broken = "{% for n in range(end=3) %}{% for m in range(end=3) %}\n  {{ n / 0 }}{% endfor %}{% endfor %}";
    let found = TestSite::minimal().write(TEMPLATE, broken).check_pages();
    holds(&found.concise(Language::English), &["project.html:2:10: error[W601]"], broken);
}
