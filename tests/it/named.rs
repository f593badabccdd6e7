//! Files whose names say what they hold, what machines are told of pages, and when these changed.

use mingbai::diagnostic::Language;
use mingbai::site::Recipe;

use crate::bench::TestSite;

const CONFIGURATION: &str = "title: 示例门户\nlanguage: zh-CN\nbase_url: https://example.org/b\n";

/// The folder of the theme's files, and that of the search index.
fn folders(site: &TestSite) -> (String, String) {
    let site = site.check().site;
    (site.theme.folder.clone(), site.search.folder().to_owned())
}

#[test]
fn folders_of_assets_are_named_by_what_they_hold_and_nothing_else() {
    let (theme, index) = folders(&TestSite::minimal());
    let words = TestSite::minimal().read("narrative/01-duties.md").replace('。', "！");
    let (same, other) = folders(&TestSite::minimal().write("narrative/01-duties.md", words));
    assert_eq!(theme, same, "content changes no file of the theme");
    assert_ne!(index, other, "what can be found is another");
    for (path, text) in [
        ("themes/default/static/own.css", "p{margin:0}"),
        ("themes/default/static/own.png", "x"),
        ("themes/default/theme.yaml", "light: { ink: '#123456' }\n"),
    ] {
        let (other, same) = folders(&TestSite::minimal().write(path, text));
        assert_ne!(theme, other, "{path}");
        assert_eq!(index, same, "{path}");
    }
    let checked = TestSite::minimal().check();
    let is_named = |path: &str| {
        let name = path.strip_prefix("assets/").and_then(|path| path.split('/').next());
        name.is_some_and(|name| name.len() == 8 && name.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    for (path, recipe) in &checked.site.recipes {
        let is_asset = matches!(recipe, Recipe::Style | Recipe::Asset(_) | Recipe::Search(_));
        assert_eq!(is_named(path), is_asset, "{path}");
    }
}

#[test]
fn templates_reach_files_of_their_theme_by_the_value_for_them() {
    let template = "{% extends \"default/404.html\" %}{% block head %}<img src=\"{{ page.assets }}own.png\">{% endblock %}";
    let site = TestSite::minimal().write("themes/default/static/own.png", "x");
    let good = site.clone().write("themes/default/404.html", template);
    assert_eq!(good.check_pages().human(Language::English), "");
    let old = template.replace("page.assets }}", "page.root }}assets/");
    let report = site.write("themes/default/404.html", old).check_pages().human(Language::English);
    assert!(
        report.contains("write static files of the theme as {{ page.assets }}own.png"),
        "{report}"
    );
}

/// The files of the smallest disclosure.
const PARTS: [&str; 8] = [
    "disclosure.yaml",
    "narrative/01-duties.md",
    "narrative/02-explanation.md",
    "projects/01-science-day.yaml",
    "tables/expenditure.yaml",
    "tables/funds.yaml",
    "tables/overview.yaml",
    "tables/procurement.yaml",
];

/// The templates that the benchmarks fill in, of one organisation and of several.
static BENCH_THEME: include_dir::Dir =
    include_dir::include_dir!("$CARGO_MANIFEST_DIR/bench/site/themes/bench");

#[test]
fn the_theme_of_the_benchmarks_can_be_filled_in() {
    let pages = "theme: bench\npages: [home, region, organisation, disclosure, projects, table, project, section]\noutputs: []\n";
    let mut site = TestSite::minimal().write("mingbai.yaml", format!("{CONFIGURATION}{pages}"));
    for file in BENCH_THEME.files() {
        let path = format!("themes/bench/{}", file.path().display());
        site = site.write(&path, file.contents());
    }
    let organisation = "name: 县图书馆\nregion: { code: 130002, name: 乙县 }\n";
    let several = site.clone().write("content/other/organisation.yaml", organisation);
    let several = PARTS.iter().fold(several, |several, path| {
        let text = several.read(path);
        several.write(&format!("content/other/2025-budget/{path}"), text)
    });
    for (site, home) in [(site, "demo/2025-budget/index.html"), (several, "other/index.html")] {
        let report = site.check_pages().human(Language::English);
        assert!(!report.contains("error[W"), "{report}");
        let page = site.page("index.html");
        assert!(page.contains(home), "{page}");
    }
}

#[test]
fn the_map_for_search_engines_says_when_a_disclosure_changed() {
    let head = "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\npublished: 2025-02-20\n";
    let site = TestSite::minimal().write("mingbai.yaml", CONFIGURATION);
    let dated = site.clone().write("disclosure.yaml", head).page("sitemap.xml");
    for path in ["", "demo/", "demo/2025-budget/", "demo/2025-budget/tables/funds.html"] {
        let line = format!(
            "<url><loc>https://example.org/b/{path}</loc><lastmod>2025-02-20</lastmod></url>"
        );
        assert!(dated.contains(&line), "{line} is not in\n{dated}");
    }
    let more = "corrections: [{ date: 2025-03-05, reason: 笔误, at: [funds] }]\n";
    let corrected = site.clone().write("disclosure.yaml", format!("{head}{more}"));
    let line = "tables/overview.html</loc><lastmod>2025-03-05</lastmod>";
    assert!(corrected.page("sitemap.xml").contains(line), "a correction is a change");
    let undated = head.replace("published: 2025-02-20\n", "");
    let undated = site.write("disclosure.yaml", undated).page("sitemap.xml");
    assert!(!undated.contains("lastmod"), "no day is made up\n{undated}");
}

#[test]
fn a_disclosure_that_is_shared_says_what_it_is() {
    let head = "fiscal_year: 2025\nstage: budget\nprofile: test/minimal\ncatalogue: { image: share.png }\n";
    let site = TestSite::minimal()
        .write("mingbai.yaml", CONFIGURATION)
        .write("static/share.png", "x")
        .write("disclosure.yaml", head);
    let page = site.page("demo/2025-budget/index.html");
    for (name, value) in [
        ("og:url", "https://example.org/b/demo/2025-budget/"),
        ("og:image", "https://example.org/b/share.png"),
    ] {
        let plain = format!("<meta property={name} content={value}>");
        let quoted = format!("<meta property={name} content=\"{value}\">");
        assert!(page.contains(&plain) || page.contains(&quoted), "{plain} is not in\n{page}");
    }
    let plain = TestSite::minimal().write("mingbai.yaml", CONFIGURATION);
    let shared = plain.page("demo/2025-budget/index.html");
    let image = shared.split("property=og:image content=").nth(1).expect("a picture of the theme");
    let image = image.split(['>', ' ']).next().expect("an address").trim_matches('"');
    let path = image.strip_prefix("https://example.org/b/").expect("a whole address");
    assert!(path.ends_with("/share.png") && plain.check().site.has(path), "{image}");
    assert!(!TestSite::minimal().page("demo/2025-budget/index.html").contains("og:image"));
    assert!(page.contains("og:title") && page.contains("og:description"), "{page}");
    assert!(!site.page("demo/2025-budget/tables/funds.html").contains("og:"));
}
