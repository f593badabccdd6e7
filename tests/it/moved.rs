//! What moved leads on from where it stood, and what is gone is named.

use std::fs;

use mingbai::diagnostic::Language;

use crate::bench::TestSite;
use crate::cli::{Desk, errors};
use crate::parts::{several, tree};

const HEAD: &str = "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\n";

fn with(aliases: &str) -> TestSite {
    TestSite::minimal().write("disclosure.yaml", format!("{HEAD}aliases:\n{aliases}"))
}

#[test]
fn a_former_address_leads_on_without_a_script() {
    let site = with("  - demo/2025/\n  - { from: demo/old.html, to: narrative/01-duties.html }\n");
    let project = site.read("projects/01-science-day.yaml");
    let alias = "aliases: [/demo/2025-budget/projects/01-old%E5%90%8D.html]\n";
    let site = site.write("projects/01-science-day.yaml", project + alias);
    assert_eq!(site.check_pages().human(Language::English), "");
    for (from, to) in [
        ("demo/2025/index.html", "../2025-budget/index.html"),
        ("demo/2025/tables/funds.html", "../../2025-budget/tables/funds.html"),
        ("demo/old.html", "2025-budget/narrative/01-duties.html"),
        ("demo/2025-budget/projects/01-old名.html", "01-science-day.html"),
    ] {
        let page = site.page(from);
        let refresh = format!("<meta http-equiv=refresh content=\"0;url={to}\">");
        assert!(page.contains(&refresh), "{from}: {page}");
        assert!(page.contains(&format!("<a href=\"{to}\">")), "{from}: {page}");
        assert!(page.contains("noindex") && page.contains("rel=canonical"), "{from}: {page}");
        assert!(!page.contains("<script"), "{from}: {page}");
    }
    let redirects = site.page("_redirects");
    let lines: Vec<&str> = redirects.lines().collect();
    assert_eq!(
        lines,
        [
            "/demo/2025-budget/projects/01-old%E5%90%8D.html /demo/2025-budget/projects/01-science-day.html 301",
            "/demo/old.html /demo/2025-budget/narrative/01-duties.html 301",
            "/demo/2025/* /demo/2025-budget/:splat 301",
        ]
    );
}

#[test]
fn a_former_address_that_cannot_be_is_found_at_its_place() {
    for (alias, words) in [
        ("demo/2025-budget/", "it stands there now"),
        ("demo/2025-budget/tables/funds.html", "a page stands there"),
        ("assets/x.html", "`assets/x.html` is no address"),
        ("https://example.org/demo/2025/", "it is on another site"),
        ("//example.org/a.html", "`https:` is missing"),
        ("../demo/2025/", "`..` leads out of the site"),
        ("demo//a.html", "there is no name between two `/`"),
        ("demo/a", "it ends neither in .html nor in `/`"),
        ("demo/a.html?x", "has `?`"),
        ("''", "it is empty"),
        ("{ from: demo/a.html, to: none.html }", "which the site does not have"),
        ("{ from: demo/a/, to: index.html }", "cannot lead to one page"),
        ("{ to: index.html }", "has no `from`"),
    ] {
        let report = with(&format!("  - {alias}\n")).check_pages().human(Language::English);
        let is_own = words.contains("is no address");
        let words = if is_own { "is one of the site’s own" } else { words };
        assert!(report.contains(words), "{alias}: {words} is not in\n{report}");
        assert!(report.contains("disclosure.yaml:5:"), "{alias}: {report}");
    }
    let twice = with("  - demo/a.html\n  - { from: demo/A.html, to: narrative/01-duties.html }\n");
    let report = twice.check_pages().human(Language::English);
    assert!(report.contains("another entry of `aliases` states it too"), "{report}");
}

#[test]
fn a_former_address_is_nobody_elses() {
    let desk = several();
    let head = "content/zjk-kexie-1/2025-budget/disclosure.yaml";
    let original = fs::read_to_string(desk.path(head)).expect("readable");
    let stated = |alias: &str| {
        fs::write(desk.path(head), format!("{original}\naliases: [{alias}]\n")).expect("written");
        errors(&desk.run(&["--lang", "en", "check"]))
    };
    let found = stated("zjk-kexie-2/2025/");
    assert!(found.contains("zjk-kexie-2 is the folder of another organisation"), "{found}");
    let found = stated("kexie/2025-budget/");
    assert!(!found.contains("W603"), "{found}");
    desk.edit(
        "content/zjk-kexie-2/2025-budget/disclosure.yaml",
        "stage:",
        "aliases: [kexie/]\nstage:",
    );
    let found = stated("kexie/2025-budget/");
    assert!(found.contains("zjk-kexie-2/2025-budget states this former address too"), "{found}");
}

#[test]
fn a_renamed_code_leads_on_from_its_old_subject() {
    let concordance = "changes:\n  - { from: '209', to: '208', since: 2025, why: 改了 }\n";
    let site = TestSite::starter().write("content/concordance.yaml", concordance);
    let checked = site.check_pages();
    let paths = checked.site.paths();
    let subject = paths.iter().find(|path| path.ends_with("/208.html")).expect("a subject");
    let old = subject.replace("208.html", "209.html");
    assert!(site.page(&old).contains("0;url=208.html"), "{}", site.page(&old));
}

#[test]
fn moved_pages_stand_in_no_map_and_are_the_same_in_parts() {
    let desk = several();
    let head = "content/zjk-kexie-1/2025-budget/disclosure.yaml";
    desk.edit(head, "stage:", "aliases: [old/2025/]\nstage:");
    let run = |arguments: &[&str]| {
        let output = desk.run(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    };
    run(&["build"]);
    run(&["build", "--shard", "1/2", "-o", "one"]);
    run(&["build", "--shard", "2/2", "-o", "two"]);
    run(&["merge", "-o", "merged", "one", "two"]);
    let (built, merged) = (tree(&desk.path("public")), tree(&desk.path("merged")));
    assert!(built == merged);
    assert!(built.contains_key("old/2025/index.html") && built.contains_key("_redirects"));
    let map = String::from_utf8(built["sitemap.xml"].clone()).expect("text");
    assert!(map.contains("/zjk-kexie-1/2025-budget/") && !map.contains("/old/2025/"));
}

#[test]
fn a_page_that_is_gone_is_named_with_the_line_that_leads_on() {
    let desk = Desk::mended();
    let build = |arguments: &[&str]| desk.run(&[&["--lang", "en", "build"], arguments].concat());
    assert_eq!(build(&[]).status.code(), Some(0));
    let place = "content/library/2025-budget/projects/";
    let old =
        fs::read_dir(desk.path(place)).expect("a folder").next().expect("a file").expect("one");
    let old = old.file_name().into_string().expect("text").replace(".yaml", "");
    let number = &old[..2];
    let new = format!("{number}-renamed");
    let [from, to] = [&old, &new].map(|name| desk.path(&format!("{place}{name}.yaml")));
    fs::rename(from, &to).expect("renamed");
    fs::copy(desk.path("public/manifest.json"), desk.path("published.json")).expect("copied");
    let found = build(&["--strict"]);
    let said = errors(&found);
    assert_eq!(found.status.code(), Some(1), "{said}");
    let page = format!("library/2025-budget/projects/{old}.html");
    let line = format!("write aliases: [{page}] into {place}{new}.yaml");
    for words in ["W611", &page, &line] {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    assert!(desk.path("public").join(&page).is_file(), "nothing was published");
    let elsewhere = build(&["-o", "fresh", "--last", "published.json"]);
    assert!(errors(&elsewhere).contains(&line), "{}", errors(&elsewhere));
    let text = fs::read_to_string(&to).expect("readable") + &format!("aliases: [{page}]\n");
    fs::write(&to, text).expect("written");
    let mended = build(&["--strict"]);
    assert_eq!(mended.status.code(), Some(0), "{}", errors(&mended));
    fs::remove_file(&to).expect("there");
    let taken = build(&["--allow-removal"]);
    assert!(!errors(&taken).contains("W611"), "{}", errors(&taken));
}
