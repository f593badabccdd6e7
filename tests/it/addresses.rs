//! Where pages may lead, and what they may load: looked at where it is written, and said once.

use mingbai::diagnostic::Language;

use crate::bench::TestSite;
use crate::cli::{Desk, errors};

/// Addresses that no key may hold.
const BAD: [&str; 12] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java script:alert(1)",
    "\"java\\tscript:alert(1)\"",
    "\" javascript:alert(1)\"",
    "\"\\u200bjavascript:alert(1)\"",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "/\\evil.example",
    "https://www.example.gov.cn@evil.example/",
];

/// Where an address can be written: the file, and what it holds around the address.
fn fields() -> Vec<(&'static str, &'static str)> {
    vec![
        ("mingbai.yaml", "title: 门户\nbase_url: @\n"),
        ("mingbai.yaml", "title: 门户\nfooter: [{ text: 更多, url: @ }]\n"),
        ("mingbai.yaml", "title: 门户\ngovernment: { report_errors: @ }\n"),
        (
            "mingbai.yaml",
            "title: 门户\ngovernment: { badge: { image: @, url: https://example.org } }\n",
        ),
        ("mingbai.yaml", "title: 门户\ngovernment: { badge: { image: badge.png, url: @ } }\n"),
        ("mingbai.yaml", "title: 门户\npublisher: @\n"),
        ("mingbai.yaml", "title: 门户\nlicence: @\n"),
        ("content/demo/organisation.yaml", "name: 示例局\nunits: [{ name: 中心, published: @ }]\n"),
        (
            "disclosure.yaml",
            "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\ncatalogue: { image: @ }\n",
        ),
    ]
}

#[test]
fn an_address_is_looked_at_where_it_is_written_and_said_once() {
    for (file, text) in fields() {
        let is_words = text.contains("publisher: @") || text.contains("licence: @");
        // Words may hold a backslash; what a theme makes a link of must not run or mislead.
        for bad in
            BAD.iter().filter(|bad| !(is_words && bad.contains('\\') && bad.starts_with('/')))
        {
            // What a flow mapping cannot hold plain is quoted.
            let quoted = if bad.starts_with('"') { (*bad).to_owned() } else { format!("'{bad}'") };
            let site = TestSite::minimal()
                .write("static/badge.png", "x")
                .write(file, text.replace('@', &quoted));
            let found = site.check_pages();
            let about = found.codes().iter().filter(|code| **code == "S019").count();
            assert_eq!(
                (about, found.codes().len()),
                (1, 1),
                "{file} {bad}\n{}",
                found.human(Language::English)
            );
            assert!(
                found.concise(Language::English).contains(file.rsplit('/').next().expect("a name"))
            );
        }
    }
}

#[test]
fn addresses_of_the_web_mailboxes_and_paths_are_fine_where_they_make_sense() {
    let config = "title: 门户\nbase_url: https://example.org/budget\nfooter:\n  - { text: 网站, url: https://example.org }\n  \
         - { text: 信箱, url: mailto:a@example.org }\n  - { text: 电话, url: 'tel:+86-313-1' }\n  \
         - { text: 声明, url: accessibility.html }\n  - { text: 附件, url: files/a.pdf }\n";
    let site =
        TestSite::minimal().write("mingbai.yaml", config).write("static/files/a.pdf", "a file");
    assert_eq!(site.check_pages().human(Language::English), "");
    let page = site.page("demo/2025-budget/index.html");
    assert!(
        page.contains("../../accessibility.html") && page.contains("../../files/a.pdf"),
        "{page}"
    );
}

#[test]
fn a_path_of_the_configuration_that_leads_nowhere_is_said_there_once() {
    for (config, written) in [
        ("title: 门户\nfooter: [{ text: 更多, url: nowhere.html }]\n", "nowhere.html"),
        (
            "title: 门户\ngovernment: { badge: { image: no.png, url: https://example.org } }\n",
            "no.png",
        ),
    ] {
        let found = TestSite::minimal().write("mingbai.yaml", config).check_pages();
        assert_eq!(found.codes(), ["W602"], "{}", found.human(Language::English));
        assert!(found.human(Language::Chinese).contains(&format!("网站里没有 {written}")));
        assert!(found.concise(Language::English).starts_with("mingbai.yaml:2:"));
    }
}

#[test]
fn a_base_url_is_an_address_and_the_flag_is_blamed_for_its_own() {
    for bad in [
        "example.org",
        "ftp://example.org",
        "https://example.org/?a=b",
        "https://example.org/#a",
        "https://user:secret@example.org",
        "https://user@example.org/",
        "https://exa mple.org",
        "https://example.org/a b",
        "https://例子.中国",
        "//example.org",
        "https://",
        "",
    ] {
        let config = format!("title: 门户\nbase_url: '{bad}'\n");
        let found = TestSite::minimal().write("mingbai.yaml", config).check_pages();
        assert_eq!(found.codes(), ["S019"], "{bad}\n{}", found.human(Language::English));
        let desk = Desk::mended();
        for command in ["build", "serve"] {
            let output = desk.run(&[command, "--base-url", bad]);
            let said = errors(&output);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("--base-url <URL>") && said.lines().count() < 6, "{said}");
        }
    }
}

#[test]
fn links_and_pictures_of_texts_are_looked_at_where_they_are_written() {
    for bad in [
        "[说明](javascript:alert(1))",
        "[说明](JAVASCRIPT:alert(1))",
        "[说明](java&#115;cript:alert(1))",
        "[说明](javascript&colon;alert(1))",
        "[说明](<java&Tab;script:alert(1)>)",
        "[说明][a]\n\n[a]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "<file:///etc/passwd>",
        "[说明](//evil.example)",
        "[说明](/\\\\evil.example)",
        "![图](https://evil.example/x.png)",
        "![图](//evil.example/x.png)",
        "![图](data:image/svg+xml,x)",
        "| 甲 |\n|---|\n| [乙](vbscript:x) |",
    ] {
        let text = format!("# 二、预算情况说明\n\n见{bad}\n");
        let text = text.replace("见|", "|");
        let found = TestSite::minimal().write("narrative/02-explanation.md", text).check();
        assert_eq!(found.codes(), ["W610"], "{bad}\n{}", found.human(Language::English));
        assert!(found.concise(Language::English).contains("02-explanation.md:"), "{bad}");
        let own = format!("# 无障碍声明\n\n{}\n", bad.trim_start_matches('见'));
        let found = TestSite::minimal().write("content/accessibility.md", own).check();
        assert_eq!(found.codes(), ["W610"], "{bad}");
    }
    let fine = "# 二、预算情况说明\n\n[网站](https://example.org)、<a@example.org>、<https://example.org>、![图](../../../x.png)\n";
    let site = TestSite::minimal()
        .write("narrative/02-explanation.md", fine)
        .write("static/x.png", "a picture");
    assert_eq!(site.check_pages().human(Language::English), "");
}

#[test]
fn a_theme_loads_nothing_from_another_site() {
    let own = |name: &str, text: &str| {
        TestSite::minimal()
            .write("mingbai.yaml", "title: 门户\ntheme: own\n")
            .write(&format!("themes/own/{name}"), text)
    };
    for (name, text, code) in [
        ("static/style.css", "a{background:url(https://evil.example/x.png)}", "W610"),
        ("footer.html", "<script src=\"https://evil.example/x.js\"></script>", "W610"),
        ("footer.html", "<a href=\"javascript:alert(1)\">x</a>", "W610"),
        ("static/more.css", "@import '//evil.example/x.css';", "W610"),
        ("theme.yaml", "light: { paper: 'url(https://evil.example/x.png)' }", "W610"),
        ("theme.yaml", "light: { paper: 'red}body{display:none' }", "S019"),
        ("theme.yaml", "light: { 'paper:red;x': red }", "S019"),
    ] {
        let found = own(name, text).check_pages();
        assert_eq!(found.codes(), [code], "{text}\n{}", found.human(Language::English));
        assert!(found.concise(Language::English).starts_with(&format!("themes/own/{name}:1:")));
    }
    let found =
        TestSite::minimal().write("static/a.css", "a{src:url('https://evil.example')}").check();
    assert_eq!(found.codes(), ["W610"]);
    let site = own("static/style.css", "a{background:url(x.png)}")
        .write("themes/own/static/x.png", "a picture");
    assert_eq!(site.check().human(Language::English), "");
}

#[test]
fn every_address_that_machines_read_is_escaped_whole() {
    let site = TestSite::minimal()
        .write("mingbai.yaml", "title: 门户\nbase_url: https://example.org/预算/\n")
        .write(
            "projects/02-R&D’s（二）.yaml",
            "name: 展厅\nbudget: 0.00\nfiscal: 0.00\nother: 0.00\n",
        )
        .write("static/附件/说明 一.html", "<p>说明</p>");
    assert_eq!(site.check_pages().human(Language::English), "");
    let base = "https://example.org/%E9%A2%84%E7%AE%97";
    let project = format!(
        "{base}/demo/2025-budget/projects/02-R%26D%E2%80%99s%EF%BC%88%E4%BA%8C%EF%BC%89.html"
    );
    let map = site.page("sitemap.xml");
    for address in [
        format!("<loc>{base}/</loc>"),
        format!("<loc>{project}</loc>"),
        format!("<loc>{base}/%E9%99%84%E4%BB%B6/%E8%AF%B4%E6%98%8E%20%E4%B8%80.html</loc>"),
    ] {
        assert!(map.contains(&address), "{address}\n{map}");
    }
    assert!(map.is_ascii(), "{map}");
    assert!(site.page("robots.txt").contains(&format!("Sitemap: {base}/sitemap.xml\n")));
    let page = site.page("demo/2025-budget/projects/02-R&D’s（二）.html");
    assert!(page.contains(&format!("<link rel=canonical href={project}>")), "{page}");
    let list = site.page("demo/2025-budget/projects/index.html");
    assert!(
        list.contains("02-R&amp;D’s（二）.html") || list.contains("02-R&D’s（二）.html"),
        "{list}"
    );
}

#[test]
fn a_name_that_a_host_does_not_take_is_one_finding() {
    let project = "name: 展厅\nbudget: 0.00\nfiscal: 0.00\nother: 0.00\n";
    let long = format!("projects/{}.yaml", "长".repeat(81));
    for path in [
        "projects/02-a#b.yaml",
        "projects/02-100%.yaml",
        "projects/02-a?.yaml",
        "projects/02-a:b.yaml",
        "projects/02-a..yaml",
        "projects/02-a .yaml",
        "projects/NUL.yaml",
        long.as_str(),
        "narrative/03-其他#1.md",
        "static/附件#1.pdf",
        "static/aux.txt",
    ] {
        let found = TestSite::minimal().write(path, project).check();
        assert_eq!(found.codes(), ["S019"], "{path}\n{}", found.human(Language::English));
    }
    // A folder is said once, whatever is in it.
    let folder = TestSite::minimal()
        .write("content/a#b/organisation.yaml", "name: 示例局\n")
        .write("content/a#b/2025-budget/disclosure.yaml", "fiscal_year: 2025\n")
        .write("content/a#b/2025-budget/tables/funds.yaml", "rows: []\n");
    assert_eq!(folder.check().codes(), ["S019"]);
}

#[test]
fn names_that_one_host_takes_for_one_are_said_wherever_they_stand() {
    let project = "name: 展厅\nbudget: 0.00\nfiscal: 0.00\nother: 0.00\n";
    for (path, content) in [
        ("projects/01-SCIENCE-day.yaml", project),
        ("projects/０1-science-day.yaml", project),
        ("content/Demo/organisation.yaml", "name: 示例县图书馆\n"),
        ("static/Index.html", "<p>x</p>"),
        ("static/ｉndex.html", "<p>x</p>"),
    ] {
        let found = TestSite::minimal().write(path, content).check();
        let codes: Vec<_> = found.codes().into_iter().filter(|code| *code == "W603").collect();
        assert_eq!(codes, ["W603"], "{path}\n{}", found.human(Language::English));
    }
    let (composed, parted) = ("projects/02-caf\u{e9}.yaml", "projects/02-cafe\u{301}.yaml");
    let found = TestSite::minimal().write(composed, project).write(parted, project).check();
    assert_eq!(found.codes(), ["W603"], "{}", found.human(Language::English));
}
