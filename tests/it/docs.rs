//! What is documented is true, and everything is documented: the references in
//! `docs/` are written from the program (`UPDATE_EXPECT=1`) and compared otherwise.

use std::fs;
use std::path::PathBuf;

use clap::CommandFactory;
use mingbai::check;
use mingbai::cli::Cli;
use mingbai::output::OUTPUTS;
use mingbai::page::PAGE_KINDS;

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
        "{path} is not current: run UPDATE_EXPECT=1 cargo test --test it docs"
    );
}

/// A script as oxc makes it small.
#[cfg(feature = "minify")]
fn small_script(text: &str) -> String {
    use oxc_minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions};
    let allocator = oxc_allocator::Allocator::default();
    let source = oxc_parser::Parser::new(&allocator, text, oxc_span::SourceType::default()).parse();
    assert!(source.errors.is_empty(), "{:?}", source.errors);
    let mut program = source.program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions::safest()),
    };
    let names = Minifier::new(options).minify(&allocator, &mut program).scoping;
    oxc_codegen::Codegen::new()
        .with_options(oxc_codegen::CodegenOptions::minify())
        .with_scoping(names)
        .build(&program)
        .code
}

#[cfg(feature = "minify")]
#[test]
fn the_small_scripts_of_the_theme_are_current() {
    let files = fs::read_dir(root().join("themes/default/static")).expect("the theme's files");
    let names = files.map(|file| file.expect("a file").file_name().into_string().expect("text"));
    for name in names.filter(|name| name.ends_with(".js")) {
        let whole = read(&format!("themes/default/static/{name}"));
        let small = small_script(&whole);
        assert!(small.len() < whole.len(), "{name}");
        generated(&format!("src/minify/small/{name}"), &small);
        let is_held = read("src/minify.rs").contains(&format!("minify/small/{name}"));
        assert!(is_held, "{name} is not among the small ones");
    }
}

#[test]
fn the_list_of_rules_is_current() {
    let mut text = String::from(
        "# 规则 Rules\n\n每条规则的全文：`mingbai explain <代码>`。/ The page of a rule: `mingbai explain <code>`.\n\n\
         | 代码 Code | 名称 Name | 轻重 Severity | 说什么 What it says |\n|---|---|---|---|\n",
    );
    for code in check::codes() {
        let sentence =
            code.page.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
        text.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            code.id,
            code.name,
            code.severity.word(),
            sentence.trim()
        ));
    }
    generated("docs/rules.md", &text);
}

#[test]
fn the_list_of_outputs_is_current() {
    let mut text = String::from("# 输出 Outputs\n\n| name | what it is |\n|---|---|\n");
    text.push_str("| html | One page a table, project, section and list. |\n");
    for output in OUTPUTS {
        text.push_str(&format!("| {} | {} |\n", output.name, output.summary));
    }
    text.push_str("| search | The files the search page asks for. |\n");
    text.push_str("\n`outputs:` in `mingbai.yaml` names those a site has beside html; `pages:` the kinds of its pages.\n");
    // What follows the list is written by hand.
    let written = read("docs/outputs.md");
    let (_, rest) = written.split_once("\n## ").expect("a chapter on CSV");
    text.push_str(&format!("\n## {rest}"));
    generated("docs/outputs.md", &text);
}

#[test]
fn the_help_of_every_command_is_current() {
    let mut text = String::from("# 命令 Commands\n\n```text\n");
    let mut program = Cli::command().term_width(100);
    text.push_str(&program.render_long_help().to_string());
    text.push_str("```\n");
    program.build();
    for command in program.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        let name = command.get_name().to_owned();
        text.push_str(&format!("\n## {name}\n\n```text\n{}```\n", command.render_help()));
    }
    let text: Vec<&str> = text.lines().map(str::trim_end).collect();
    generated("docs/commands.md", &(text.join("\n") + "\n"));
}

/// A struct as its source states it: name, sentence, fields with theirs.
struct Documented {
    name: String,
    sentence: String,
    fields: Vec<(String, String, String)>,
}

/// The structs of a source that a template gets, from their doc comments.
fn documented(source: &str) -> Vec<Documented> {
    let mut all = Vec::new();
    let mut comment = String::new();
    let mut current: Option<Documented> = None;
    for line in source.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("///") {
            comment.push_str(words);
        } else if let Some(rest) =
            line.split_once("struct ").map(|(_, rest)| rest).filter(|_| line.ends_with(['{', '}']))
        {
            let name =
                rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned();
            let found = Documented {
                name,
                sentence: std::mem::take(&mut comment).trim().to_owned(),
                fields: Vec::new(),
            };
            if line.ends_with("{}") { all.push(found) } else { current = Some(found) }
        } else if line == "}" {
            all.extend(current.take());
            comment.clear();
        } else if let Some(open) = &mut current {
            if let Some((name, kind)) = line.trim_end_matches(',').split_once(": ") {
                let name = name.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
                open.fields.push((
                    name.to_owned(),
                    // To a template borrowed words are words.
                    kind.replace("Cow<'a, str>", "String").replace("<'a>", ""),
                    std::mem::take(&mut comment).trim().to_owned(),
                ));
            }
        } else if !line.starts_with("#[") {
            comment.clear();
        }
    }
    all
}

#[test]
fn every_value_a_template_gets_is_documented() {
    let mut text = String::from(
        "# 模板 Templates\n\nA template of the same name in `themes/<theme>/` comes before the embedded one, and may begin with\n\
         `{% extends \"default/<name>.html\" %}`. Every template also gets `page`, `site` and the interface words `t.*`\n\
         (`texts.yaml`). Values are ready to print. Words around a number, `{n}`, are said by `{{ number | count(of=\"key\") }}`, in\n\
         the singular (`one`) or the plural (`many`); a day is written out by `{{ day | day }}`. `static/list.js` makes a\n\
         `table.sortable` sort by each heading with `data-sort` (`order`, `text`, `figure`, `size`: the figure without its\n\
         sign; a figure is the cell's `data-value`, or what it prints). A value that a template and those it takes in\n\
         never name is not worked out for it.\n\n\
         A page has at most 64 MB, and its loops make at most 2,000,000 turns together: turns of `{% for %}` in a site's own\n\
         templates and numbers that `range` makes; `join` makes at most 64 MB; more is a mistake of the template (W601). List\n\
         comprehensions over values of the page, and texts made large without being printed (`set`, `~`, `replace`), cannot be\n\
         counted. Where a site has templates of its own, `check`, `build`, `merge` and `serve` therefore watch: when one page is\n\
         filled in for more than 10 s, or memory grows by more than 1024 MB meanwhile (seen on Linux only), they name the template\n\
         (W608), publish nothing, leave the last good site as it was and exit with 1. Style sheets are made smaller unless their\n\
         brackets are nested more than 64 deep; scripts of a site's\n\
         own are published as they are.\n",
    );
    let mut section = |title: &str, path: &str, wanted: &dyn Fn(&str) -> bool| {
        let structs: Vec<Documented> =
            documented(&read(path)).into_iter().filter(|found| wanted(&found.name)).collect();
        assert!(!structs.is_empty(), "{path} holds no documented struct");
        text.push_str(&format!("\n## {title}\n"));
        for found in structs {
            assert!(!found.sentence.is_empty(), "{} of {path} is not documented", found.name);
            text.push_str(&format!("\n**{}**: {}\n", found.name, found.sentence));
            if !found.fields.is_empty() {
                text.push_str("\n| field | type | what |\n|---|---|---|\n");
            }
            for (name, kind, words) in &found.fields {
                assert!(!words.is_empty(), "{}.{name} of {path} is not documented", found.name);
                text.push_str(&format!("| {name} | `{kind}` | {words} |\n"));
            }
        }
    };
    section("Every page", "src/render.rs", &|name| name.ends_with("Frame"));
    section("Conventions", "src/page/conventions.rs", &|_| true);
    for kind in PAGE_KINDS {
        let file = kind.name.replace('-', "_");
        section(kind.template, &format!("src/page/{file}.rs"), &|_| true);
    }
    section("Shared", "src/page/context.rs", &|_| true);
    section("Charts", "src/page/charts.rs", &|name| name.ends_with("Context"));
    section("Sentences", "src/page/summary.rs", &|_| true);
    section("Change", "src/page/change.rs", &|_| true);
    section("Proof", "src/page/proof.rs", &|_| true);
    section("Grid", "src/page/grid.rs", &|_| true);
    generated("docs/templates.md", &text);
}

#[test]
fn the_readme_and_the_guides_exist() {
    for path in [
        "README.md",
        "README.zh-CN.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/authoring.md",
        "docs/profiles.md",
        "docs/secrecy.md",
        "docs/seed-notes.md",
    ] {
        assert!(read(path).len() > 400, "{path}");
    }
    assert!(read("ARCHITECTURE.md").lines().count() <= 180);
}

#[test]
fn the_two_commands_of_both_readmes_are_the_same() {
    let commands = |path: &str| -> Vec<String> {
        let text = read(path);
        text.split("```sh\n")
            .skip(1)
            .filter_map(|rest| rest.split("```").next())
            .map(str::to_owned)
            .take(2)
            .collect()
    };
    assert_eq!(commands("README.md"), commands("README.zh-CN.md"));
    assert_eq!(commands("README.md").len(), 2);
    assert!(
        read(".ci/run").contains(commands("README.md")[1].trim()),
        ".ci/run runs the README's test command"
    );
}
