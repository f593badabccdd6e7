//! The program as a person meets it: exit codes, the closing line, what goes to which stream.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::bench::TestSite;

/// A portal on disk and the program beside it.
pub(crate) struct Desk {
    folder: TempDir,
}

impl Desk {
    /// An empty folder.
    pub(crate) fn empty() -> Desk {
        Desk { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// What `init` writes.
    pub(crate) fn started() -> Desk {
        let desk = Desk::empty();
        let output = desk.run(&["init"]);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        desk
    }

    /// What `init` writes, its planted mistake mended.
    pub(crate) fn mended() -> Desk {
        let desk = Desk::started();
        desk.edit(
            "content/library/2025-budget/tables/expenditure.yaml",
            "total: 51.00",
            "total: 15.00",
        );
        desk
    }

    /// The files of a portal that is held in memory.
    pub(crate) fn holding(site: &TestSite) -> Desk {
        let desk = Desk::empty();
        let sources = site.sources();
        let folders = ["content", "profiles", "themes", "static"];
        let files = folders.iter().flat_map(|folder| sources.site_files(folder));
        let config = sources.find(sources.config());
        for id in files.map(|(id, _)| id).chain(config) {
            let file = sources.file(id);
            let path = desk.path(&file.path);
            let folder = path.parent().expect("a file stands in a folder");
            std::fs::create_dir_all(folder).expect("writable");
            std::fs::write(path, file.bytes()).expect("writable");
        }
        desk
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Replaces a text that must be there.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path(name)).expect("readable");
        assert!(text.contains(from), "{name} does not hold {from}");
        std::fs::write(self.path(name), text.replace(from, to)).expect("writable");
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        command(self.root()).args(arguments).output().expect("the program runs")
    }
}

pub(crate) fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mingbai"));
    command.current_dir(folder).env("NO_COLOR", "1");
    command
}

pub(crate) fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

pub(crate) fn results(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_newcomer_finds_the_planted_mistake_and_mends_it() {
    let desk = Desk::started();
    for name in ["mingbai.yaml", "netlify.toml", ".gitignore", ".github/workflows/publish.yml"] {
        assert!(desk.path(name).is_file(), "{name}");
    }
    let found = desk.run(&["check"]);
    assert_eq!(found.status.code(), Some(1));
    let said = errors(&found);
    for words in
        ["T201", "expenditure.yaml:12", "51.00", "15.00", "两位数字可能换了位置", "1 个错误"]
    {
        assert!(said.contains(words), "{words} is not in\n{said}");
    }
    assert_eq!(said.matches("error[").count(), 1, "one cause, one message");
    desk.edit(
        "content/library/2025-budget/tables/expenditure.yaml",
        "total: 51.00",
        "total: 15.00",
    );
    let clean = desk.run(&["check"]);
    assert_eq!((clean.status.code(), results(&clean).as_str()), (Some(0), ""));
    assert!(errors(&clean).contains("全部通过"), "success is said aloud");
}

#[test]
fn messages_come_in_the_language_asked_for() {
    let desk = Desk::started();
    let said = errors(&desk.run(&["--lang", "en", "check"]));
    assert!(
        said.contains("but its parts add up to")
            && said.contains("two digits may have changed places"),
        "{said}"
    );
}

#[test]
fn init_leaves_files_that_exist() {
    let desk = Desk::empty();
    std::fs::write(desk.path("mingbai.yaml"), "title: mine\n").expect("writable");
    assert_eq!(desk.run(&["init"]).status.code(), Some(2), "a folder in use is refused");
    assert_eq!(desk.run(&["init", "--force"]).status.code(), Some(0));
    assert_eq!(
        std::fs::read_to_string(desk.path("mingbai.yaml")).expect("readable"),
        "title: mine\n"
    );
}

#[test]
fn schemas_are_listed_printed_and_written() {
    let desk = Desk::started();
    let list = results(&desk.run(&["schema"]));
    for name in
        ["site ", "glossary ", "2025/tables/expenditure ", "2025/project ", "2025/sections "]
    {
        assert!(list.contains(name), "{list}");
    }
    let one = desk.run(&["schema", "organisation"]);
    let json: serde_json::Value = serde_json::from_slice(&one.stdout).expect("JSON");
    let says = |json: &serde_json::Value| json["properties"]["name"]["description"].to_string();
    assert!(says(&json).contains("全称") && says(&json).contains("the full name"));
    let english = desk.run(&["--lang", "en", "schema", "organisation"]);
    let json: serde_json::Value = serde_json::from_slice(&english.stdout).expect("JSON");
    assert!(!says(&json).contains("全称") && says(&json).contains("the full name"));
    let unknown = desk.run(&["schema", "organization"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(errors(&unknown).contains("did you mean organisation?"), "{}", errors(&unknown));
}

#[test]
fn writing_schemas_names_them_in_new_files_and_touches_no_other() {
    let desk = Desk::started();
    let library = |name: &str| desk.path(&format!("content/library/2025-budget/{name}"));
    let read = |name: &str| std::fs::read_to_string(library(name)).expect("readable");
    let before = read("tables/revenue.yaml");
    std::fs::write(library("tables/funds.yaml"), "rows: []\r\n").expect("writable");
    std::fs::write(library("narrative/12-new.md"), "# 新\n").expect("writable");
    let written = desk.run(&["schema", "--write"]);
    assert_eq!(written.status.code(), Some(0));
    assert!(errors(&written).contains("1 个文件"), "{}", errors(&written));
    let funds = read("tables/funds.yaml");
    assert!(funds.ends_with("2025/tables/funds.json\r\nrows: []\r\n"), "{funds}");
    assert_eq!(read("tables/revenue.yaml"), before);
    assert_eq!(read("narrative/12-new.md"), "# 新\n");
    assert!(errors(&desk.run(&["schema", "--write"])).contains("0 个文件"));
}

#[test]
fn findings_exit_with_one_and_a_missing_portal_with_two() {
    let desk = Desk::started();
    assert_eq!(desk.run(&["build"]).status.code(), Some(1));
    assert!(!desk.path("public").exists(), "nothing is published with an error");
    let nothing = Desk::empty().run(&["check"]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(errors(&nothing).contains("mingbai init"), "{}", errors(&nothing));
    assert_eq!(desk.run(&["chekc"]).status.code(), Some(2));
}

#[test]
fn machine_formats_go_to_standard_output() {
    let desk = Desk::started();
    let json = desk.run(&["check", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(document["findings"][0]["code"], "T201");
    assert_eq!(document["findings"][0]["place"]["line"], 12);
    let sarif = desk.run(&["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&sarif.stdout).expect("JSON");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "T201");
    let github = results(&desk.run(&["check", "--format", "github"]));
    assert!(
        github.starts_with(
            "::error file=content/library/2025-budget/tables/expenditure.yaml,line=12,"
        ),
        "{github}"
    );
    let concise = results(&desk.run(&["check", "--format", "concise"]));
    assert!(
        concise.starts_with("content/library/2025-budget/tables/expenditure.yaml:12:"),
        "{concise}"
    );
}

#[test]
fn a_build_with_errors_leaves_the_last_good_site() {
    let desk = Desk::mended();
    let built = desk.run(&["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", errors(&built));
    assert!(errors(&built).contains("已生成"));
    let page = desk.path("public/library/2025-budget/tables/expenditure.html");
    let before = std::fs::read(&page).expect("a page");
    desk.edit(
        "content/library/2025-budget/tables/expenditure.yaml",
        "total: 15.00",
        "total: 16.00",
    );
    let failed = desk.run(&["build"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(errors(&failed).contains("上一次的网站原样未动"));
    assert_eq!(std::fs::read(&page).expect("still there"), before);
}

#[test]
fn a_broken_template_is_shown_where_it_stands() {
    let desk = Desk::mended();
    std::fs::create_dir_all(desk.path("themes/default")).expect("made");
    std::fs::write(desk.path("themes/default/404.html"), "<p>预算单位：{{ page.titel }}</p>\n")
        .expect("writable");
    let said = errors(&desk.run(&["build"]));
    assert!(said.contains("W601") && said.contains("themes/default/404.html:1"), "{said}");
}

#[test]
fn explain_prints_a_page_and_a_list() {
    let desk = Desk::empty();
    let page = results(&desk.run(&["explain", "t201"]));
    assert!(page.starts_with("# cross-foot (T201)"), "{page}");
    assert_eq!(results(&desk.run(&["explain", "cross-foot"])), page);
    assert!(results(&desk.run(&["explain"])).lines().count() > 30);
    let wrong = desk.run(&["explain", "cros-foot"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(errors(&wrong).contains("cross-foot"));
}

#[test]
fn completions_are_printed_for_every_shell() {
    let desk = Desk::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = results(&desk.run(&["completions", shell]));
        assert!(script.contains("mingbai") && script.contains("serve"), "{shell}");
    }
}

#[test]
fn the_address_of_the_site_can_be_given() {
    let desk = Desk::mended();
    assert_eq!(
        desk.run(&["build", "-u", "https://a.example/b/", "-o", "out"]).status.code(),
        Some(0)
    );
    let map = std::fs::read_to_string(desk.path("out/sitemap.xml")).expect("a map");
    assert!(map.contains("<loc>https://a.example/b/library/2025-budget/</loc>"), "{map}");
    let robots = std::fs::read_to_string(desk.path("out/robots.txt")).expect("robots");
    assert!(robots.contains("Sitemap: https://a.example/b/sitemap.xml"));
}
