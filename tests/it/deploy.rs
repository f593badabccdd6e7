//! What hosts and workflows are told: the headers are those of the one description, the program is
//! installed from a commit, and nothing runs that could be exchanged for something else.

use std::fs;
use std::path::{Path, PathBuf};

use mingbai::format;
use mingbai::headers::{FOR_GOOD, FOR_NOW, HEADERS, HTTPS_ONLY};
use mingbai::hosts::HOSTS;
use serde_yaml::Value;

use crate::cli::{Desk, errors};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_default()
}

/// The file must hold exactly this; `UPDATE_EXPECT=1` writes it.
fn generated(path: &str, text: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(root().join(path), text).expect("writable");
    }
    assert!(
        read(path) == text,
        "{path} is not current: run UPDATE_EXPECT=1 cargo test --test it deploy"
    );
}

const WHY: &str = "# 网页不从别的网站装载任何东西，只运行本站自己的脚本。\n\
    # Pages load nothing from another host and run no script but the site's own files.\n";
const ASKED: &str = "# 全站以后都只用 HTTPS 时再打开下一行。\n\
    # Take the next line in where every page will be reached by HTTPS from now on.\n";

const NAMED: &str = "# 文件夹以内容的摘要命名，里面的文件从不改变。网页由主机自己按“每次都问”处理。\n\
    # Folders named by what they hold: nothing in them ever changes. Of pages the host itself asks each time.\n";

fn indented(text: &str, by: &str) -> String {
    text.lines().map(|line| format!("{by}{line}\n")).collect()
}

fn for_netlify() -> String {
    let mut text = format!("{WHY}[[headers]]\n  for = \"/*\"\n  [headers.values]\n");
    for (name, value) in HEADERS {
        text.push_str(&format!("    {name} = \"{value}\"\n"));
    }
    let (name, value) = HTTPS_ONLY;
    let (cache, for_good) = FOR_GOOD;
    text + &indented(ASKED, "    ")
        + &format!("    # {name} = \"{value}\"\n\n")
        + NAMED
        + &format!(
            "[[headers]]\n  for = \"/assets/*\"\n  [headers.values]\n    {cache} = \"{for_good}\"\n"
        )
}

#[test]
fn every_host_is_told_the_same_headers() {
    for path in ["netlify.toml", "src/cmd/starter/netlify.toml"] {
        let text = read(path);
        let own = text.split("# 网页不从").next().expect("a beginning").trim_end();
        generated(path, &format!("{own}\n\n{}", for_netlify()));
    }
    let (asked, asked_value) = HTTPS_ONLY;
    let mut plain = format!("{WHY}/*\n");
    let mut nginx = WHY.to_owned();
    for (name, value) in HEADERS {
        plain.push_str(&format!("  {name}: {value}\n"));
        nginx.push_str(&format!("add_header {name} \"{value}\" always;\n"));
    }
    plain.push_str(&indented(ASKED, "  "));
    let (cache, for_good) = FOR_GOOD;
    let for_good_lines = format!("\n{NAMED}/assets/*\n  {cache}: {for_good}\n");
    plain.push_str(&format!("  # {asked}: {asked_value}\n"));
    generated("docs/deploy/_headers", &(plain + &for_good_lines));
    nginx.push_str(ASKED);
    let line = format!("# add_header {asked} \"{asked_value}\" always;\n");
    let (_, for_now) = FOR_NOW;
    nginx.push_str(&line);
    nginx.push_str(&format!(
        "\n# 文件夹以内容的摘要命名，里面的文件从不改变；其余的五分钟后再问。\n\
         # Folders named by what they hold never change; everything else is asked for again after five minutes.\n\
         set $mingbai_cache \"{for_now}\";\nif ($uri ~ \"/assets/[0-9a-f]{{8}}/\") {{ set $mingbai_cache \"{for_good}\"; }}\n\
         add_header {cache} $mingbai_cache;\n"
    ));
    generated("docs/deploy/nginx-headers.conf", &nginx);
}

#[test]
fn what_hosts_take_is_stated_with_its_source() {
    let size = |bytes: Option<u64>| bytes.map_or_else(|| "—".to_owned(), format::size);
    let head = "| `host:` | 文件 files | 网站 site | 一个文件 one file | 出处 source |\n|---|---|---|---|---|\n";
    let mut table = head.to_owned();
    for host in HOSTS {
        let files = host.files.map_or_else(|| "—".to_owned(), |files| files.to_string());
        let (name, source) = (host.name, host.source);
        let line = format!(
            "| `{name}` | {files} | {} | {} | <{source}> |\n",
            size(host.site),
            size(host.file)
        );
        table.push_str(&line);
    }
    let text = read("docs/deploy.md");
    let (before, after) = text.split_once(head).expect("a table of hosts");
    let rest: String = after
        .lines()
        .skip_while(|line| line.starts_with('|'))
        .map(|line| format!("{line}\n"))
        .collect();
    generated("docs/deploy.md", &format!("{before}{table}{rest}"));
}

#[test]
fn a_site_that_is_more_than_its_host_takes_is_told_with_the_figures() {
    let desk = Desk::mended();
    let text = read_of(&desk, "mingbai.yaml");
    let large = desk.path("static/large.bin");
    fs::create_dir_all(desk.path("static")).expect("made");
    fs::write(&large, vec![0; 26 * 1024 * 1024]).expect("written");
    let build = |host: &str| {
        fs::write(desk.path("mingbai.yaml"), format!("{text}\nhost: {host}\n")).expect("written");
        let output = desk.run(&["--lang", "en", "build"]);
        errors(&output)
    };
    let said = build("cloudflare-pages");
    assert!(said.contains("W612") && said.contains("large.bin has 27"), "{said}");
    assert!(said.contains("Cloudflare Pages takes 26"), "{said}");
    let said = build("netlify");
    assert!(!said.contains("W612"), "{said}");
    let said = build("cloudflare-page");
    assert!(said.contains("host should be one of cloudflare-pages"), "{said}");
}

fn read_of(desk: &Desk, name: &str) -> String {
    fs::read_to_string(desk.path(name)).expect("readable")
}

/// Every workflow: of this repository, of a new portal, and of the guides.
fn workflows() -> Vec<(String, String)> {
    let folders = [".github/workflows", "src/cmd/starter/dot-github/workflows", "docs/deploy"];
    let mut all = Vec::new();
    for folder in folders {
        for file in fs::read_dir(root().join(folder)).expect("a folder") {
            let path = format!("{folder}/{}", file.expect("a file").file_name().to_string_lossy());
            if Path::new(&path).extension().is_some_and(|ending| ending == "yml") {
                all.push((path.clone(), read(&path)));
            }
        }
    }
    assert!(all.len() >= 5);
    all
}

#[test]
fn actions_are_named_by_commit_with_their_version_beside_it() {
    for (path, text) in workflows() {
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (action, version) = line.split_once(" # ").unwrap_or((line, ""));
            let commit = action.rsplit('@').next().unwrap_or_default();
            let is_commit = commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit());
            let is_version = version.starts_with('v') && version.matches('.').count() == 2;
            assert!(is_commit && is_version, "{path}: {line}");
        }
    }
}

#[test]
fn only_the_job_that_publishes_may_write() {
    for (path, text) in workflows().into_iter().filter(|(_, text)| text.contains("runs-on:")) {
        let workflow: Value = serde_yaml::from_str(&text).expect("YAML");
        let read_only: Value = serde_yaml::from_str("contents: read").expect("YAML");
        assert_eq!(workflow.get("permissions"), Some(&read_only), "{path}");
        let jobs = workflow.get("jobs").and_then(Value::as_mapping).expect("jobs");
        for (name, job) in jobs {
            let is_deploying = name.as_str() == Some("deploy");
            assert_eq!(job.get("permissions").is_some(), is_deploying, "{path}: {name:?}");
            let steps = job.get("steps").and_then(Value::as_sequence).expect("steps");
            let runs = steps.iter().any(|step| step.get("run").is_some());
            assert!(!(is_deploying && runs), "{path}: the job that may write runs code");
        }
    }
}

#[test]
fn cargo_takes_what_is_locked_and_the_program_of_one_commit() {
    let mut all = workflows();
    for path in ["netlify.toml", "src/cmd/starter/netlify.toml", "scripts/test", "justfile"] {
        all.push((path.to_owned(), read(path)));
    }
    let mut installs = 0;
    for (path, text) in all {
        for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let builds = ["build", "run", "test", "check", "clippy", "install", "package", "deny"];
            let is_cargo = builds.iter().any(|word| {
                line.contains(&format!("cargo {word} "))
                    || line.contains(&format!("cargo +1.95.0 {word} "))
            });
            assert!(!is_cargo || line.contains("--locked"), "{path}: {line}");
            let is_tool =
                ["cargo-deny", "cargo-cyclonedx", "mdbook"].iter().any(|tool| line.ends_with(tool));
            assert!(!is_tool || line.contains("--locked --version "), "{path}: {line}");
            if line.contains("cargo install") && !is_tool {
                installs += 1;
                let has_origin =
                    line.contains("--git \"$") && line.contains("--rev \"${MINGBAI_REVISION:?}\"");
                assert!(has_origin, "{path}: {line}");
            }
        }
    }
    assert!(installs >= 6);
}

#[test]
fn the_oldest_rust_is_the_one_that_is_named() {
    let line =
        read("Cargo.toml").lines().find(|line| line.starts_with("rust-version")).map(str::to_owned);
    let version = line.as_deref().and_then(|line| line.split('"').nth(1)).expect("a version");
    assert!(read(".github/workflows/ci.yml").contains(&format!("cargo +{version}.0 check")));
}

#[test]
fn a_new_portal_names_the_commit_it_was_made_with_or_installs_nothing() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let desk = Desk::empty();
    let known = ["init", "--repository", "https://git.example.org/mingbai", "--revision", commit];
    let output = desk.run(&known);
    assert!(!errors(&output).contains("MINGBAI_REVISION"), "{}", errors(&output));
    for path in [".github/workflows/publish.yml", "netlify.toml"] {
        let text = fs::read_to_string(desk.path(path)).expect("written");
        assert!(
            text.contains(commit) && text.contains("https://git.example.org/mingbai"),
            "{text}"
        );
        assert!(!text.contains('@') || !text.contains("@REVISION@"));
    }
    let desk = Desk::empty();
    let output = desk.run(&["--lang", "en", "init"]);
    assert!(errors(&output).contains("until then nothing is installed"), "{}", errors(&output));
    let text = fs::read_to_string(desk.path("netlify.toml")).expect("written");
    assert!(text.contains(".invalid/"), "a name that is nobody's");
    for bad in ["main", "0123456", "v1.0.0"] {
        assert_eq!(Desk::empty().run(&["init", "--revision", bad]).status.code(), Some(2), "{bad}");
    }
}

#[test]
fn a_new_portal_names_the_action_of_a_release_where_there_is_one() {
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let workflow = |arguments: &[&str]| {
        let desk = Desk::empty();
        let output = desk.run(&[&["init"], arguments].concat());
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        read_of(&desk, ".github/workflows/publish.yml")
    };
    let github = "https://github.com/example/mingbai";
    let of_release = ["--revision", commit, "--release", "1.2.3", "--repository"];
    let text = workflow(&[&of_release[..], &[github]].concat());
    assert!(text.contains(&format!("uses: example/mingbai@{commit} # v1.2.3\n")), "{text}");
    assert!(!text.contains("cargo install"), "{text}");
    // Elsewhere there is no such action, and of a commit without a release nothing can be downloaded.
    let text = workflow(&[&of_release[..], &["https://git.example.org/mingbai"]].concat());
    assert!(text.contains("cargo install") && !text.contains("uses: example"), "{text}");
    let text = workflow(&["--revision", commit, "--repository", github]);
    assert!(text.contains("cargo install") && !text.contains("uses: example"), "{text}");
    for bad in ["main", "v1.2.3", "1.2"] {
        assert_eq!(Desk::empty().run(&["init", "--release", bad]).status.code(), Some(2), "{bad}");
    }
}

#[test]
fn outputs_for_programs_state_their_version() {
    let desk = Desk::started();
    let json = desk.run(&["check", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(document["version"], mingbai::findings::json::VERSION);
    let promise = read("docs/outputs.md");
    assert!(promise.contains(&format!("`version`, now {}", mingbai::findings::json::VERSION)));
    assert!(promise.contains(&format!("`index.js`, now {}", mingbai::search::VERSION)));
    let site = crate::bench::TestSite::minimal();
    let start = format!("mingbai.counts(0,{{\"version\":{},", mingbai::search::VERSION);
    let counts = site.check().site.search.folder().to_owned() + "index.js";
    assert!(site.page(&counts).starts_with(&start));
}

#[test]
fn the_change_log_keeps_its_form() {
    let text = read("CHANGELOG.md");
    let kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];
    let mut releases = text.lines().filter_map(|line| line.strip_prefix("## "));
    assert_eq!(releases.next(), Some("[Unreleased]"));
    for kind in text.lines().filter_map(|line| line.strip_prefix("### ")) {
        assert!(kinds.contains(&kind), "{kind}");
    }
}
