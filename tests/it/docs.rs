//! What is documented is true, and everything is documented: the references in
//! `docs/` are written from the program (`UPDATE_EXPECT=1`) and compared otherwise.

use std::fs;
use std::path::PathBuf;

use clap::CommandFactory;
use mingbai::check;
use mingbai::cli::Cli;
use mingbai::output::OUTPUTS;
use mingbai::page::PAGE_KINDS;
use mingbai::schema::kinds;
use mingbai::yaml::keys::{KeySpec, Known, Record, Shape, Word};

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
        let below = command.get_subcommands_mut().filter(|below| below.get_name() != "help");
        for below in below {
            let below_name = below.get_name().to_owned();
            let help = below.render_help();
            text.push_str(&format!("\n### {name} {below_name}\n\n```text\n{help}```\n"));
        }
    }
    let text: Vec<&str> = text.lines().map(str::trim_end).collect();
    generated("docs/commands.md", &(text.join("\n") + "\n"));
}

/// What a value may be, in a few words of both languages, and the words it may be one of.
fn shape(shape: &Shape) -> (String, Vec<Word>) {
    let plain = |words: &str| (words.to_owned(), Vec::new());
    match shape {
        Shape::Text => plain("文字 text"),
        Shape::Flag => plain("`true` / `false`"),
        Shape::Count => plain("整数 whole number"),
        Shape::Figure => plain("数 figure"),
        Shape::Cell => plain("数或文字 figure or text"),
        Shape::Day => plain("日期 day `YYYY-MM-DD`"),
        Shape::Moment => plain("日期和时间 day and time `YYYY-MM-DD HH:MM`"),
        Shape::Web => plain("网址 `https://…`"),
        Shape::Address => plain("地址 address"),
        Shape::Word(words) => {
            let names: Vec<String> = words.iter().map(|word| format!("`{}`", word.name)).collect();
            (names.join(" "), words.to_vec())
        }
        Shape::Known(known) => plain(elsewhere(*known)),
        Shape::List(item) => {
            let (item, words) = self::shape(item);
            (format!("列表 list: {item}"), words)
        }
        Shape::Several(item) => {
            let (item, words) = self::shape(item);
            (format!("{item}，或列表 or list"), words)
        }
        Shape::Map(value) => {
            let (value, words) = self::shape(value);
            (format!("名称和值 map: {value}"), words)
        }
        Shape::Record(record) => plain(&link(record)),
        Shape::With(key, with, without) => {
            plain(&format!("{}; `{key}`: {}", link(without), link(with)))
        }
        Shape::Either(shapes) => {
            let all: Vec<_> = shapes.iter().map(self::shape).collect();
            let words = all.iter().flat_map(|(_, words)| words.clone()).collect();
            let names: Vec<String> = all.into_iter().map(|(name, _)| name).collect();
            (names.join(" · "), words)
        }
    }
}

/// Where the words of a key are listed.
fn elsewhere(known: Known) -> &'static str {
    match known {
        Known::PageKind => "页面种类 kind of page: [templates.md](templates.md)",
        Known::Output => "格式 format: [outputs.md](outputs.md)",
        Known::Rule => "规则 rule: [rules.md](rules.md)",
        Known::Profile => "模板的路径 id of a profile",
        Known::Section => "节的标识 id of a section",
        Known::Table => "表的标识 id of a table",
        Known::Classification => "科目分类的名称 name of a classification",
        Known::Unit => "单位的名称 name of a unit",
    }
}

/// The records a value holds.
fn records(shape: &Shape) -> Vec<&'static Record> {
    match shape {
        Shape::Record(record) => vec![record],
        Shape::With(_, with, without) => vec![without, with],
        Shape::List(inner) | Shape::Several(inner) | Shape::Map(inner) => records(inner),
        Shape::Either(shapes) => shapes.iter().flat_map(records).collect(),
        _ => Vec::new(),
    }
}

fn link(record: &Record) -> String {
    format!("[{} {}](#{})", record.title[0], record.title[1], anchor(record))
}

fn anchor(record: &Record) -> String {
    let letters = record.name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    letters.trim_matches('-').to_owned()
}

fn row(key: &KeySpec) -> String {
    let (mut what, words) = shape(&key.shape);
    if key.required {
        what.push_str("；必填 required");
    }
    for (label, text) in [("单位 unit", key.unit), ("缺省 default", key.default)] {
        let text = if text[0] == text[1] { text[0].to_owned() } else { text.join(" / ") };
        if !text.is_empty() {
            what.push_str(&format!("；{label}: {text}"));
        }
    }
    let mut means = format!("{}<br>{}", key.means[0], key.means[1]);
    for word in words {
        means.push_str(&format!("<br>`{}`: {} / {}", word.name, word.means[0], word.means[1]));
    }
    let example = if key.example.is_empty() { String::new() } else { format!("`{}`", key.example) };
    format!("| `{}` | {what} | {means} | {example} |\n", key.name).replace("**", "\\*\\*")
}

#[test]
fn the_reference_of_every_key_is_current() {
    let mut text = String::from(
        "# 键 Keys\n\n每个文件能写的每一个键：它是什么，缺省什么，例子。编辑器里也能看到：`mingbai schema --write`。\n\
         Every key of every file an author writes: what it holds, its default, an example. Editors show it, too: `mingbai schema --write`.\n",
    );
    let mut told: Vec<&Record> = Vec::new();
    for kind in kinds() {
        text.push_str(&format!("\n## {} {}\n\n`{}`\n", kind.title[0], kind.title[1], kind.path));
        if records(&kind.shape).is_empty() || !matches!(kind.shape, Shape::Record(_)) {
            text.push_str(&format!("\n{}\n", shape(&kind.shape).0));
        }
        let mut open = records(&kind.shape);
        while !open.is_empty() {
            let record = open.remove(0);
            if told.iter().any(|other| std::ptr::eq(*other, record)) {
                continue;
            }
            let is_new = told.iter().all(|other| anchor(other) != anchor(record));
            assert!(is_new, "two records are called {}", record.name);
            told.push(record);
            text.push_str(&format!(
                "\n<a id=\"{}\"></a>\n\n### {} {}\n\n| 键 key | 写什么 holds | 意思 means | 例 example |\n|---|---|---|---|\n",
                anchor(record), record.title[0], record.title[1]
            ));
            record.keys().for_each(|key| text.push_str(&row(key)));
            if let Some(others) = record.others {
                let others = shape(others).0;
                text.push_str(&format!(
                    "| … | {others} | 模板或作者自己的键<br>keys of the profile or the author | |\n"
                ));
            }
            let mut below: Vec<_> = record.keys().flat_map(|key| records(&key.shape)).collect();
            below.append(&mut open);
            open = below;
        }
    }
    generated("docs/keys.md", &text);
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
         `table.sortable` sort by each heading with `data-sort` (`order`, `text`, `number`, `figure`: the largest first, `size`: the figure without its\n\
         sign; a figure is the cell's `data-value`, or what it prints). A value that a template and those it takes in\n\
         never name is not worked out for it. Files of `static/` of a theme are published in one folder that is named by what\n\
         they hold: a template writes `{{ page.assets }}seal.png`, a style sheet `url(seal.png)`. Files of `static/` of the portal\n\
         keep their paths, behind `{{ page.root }}`.\n\n\
         A page has at most 64 MB, and its loops make at most 2,000,000 turns together: turns of `{% for %}` in a site's own\n\
         templates and numbers that `range` makes; `join` makes at most 64 MB; more is a mistake of the template (W601). List\n\
         comprehensions over values of the page, and texts made large without being printed (`set`, `~`, `replace`), cannot be\n\
         counted. Where a site has templates of its own, `check`, `build`, `merge` and `serve` therefore watch: when one page is\n\
         filled in for more than 10 s, or memory grows by more than 1024 MB meanwhile (seen on Linux only), they name the template\n\
         (W608), publish nothing, leave the last good site as it was and exit with 1. Style sheets are made smaller unless their\n\
         brackets are nested more than 64 deep, or functions more than 10; scripts of a site's\n\
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
    section("Every page", "src/render/frame.rs", &|name| name.ends_with("Frame"));
    section("Conventions", "src/page/conventions.rs", &|_| true);
    for kind in PAGE_KINDS {
        let file = kind.name.replace('-', "_");
        section(kind.template, &format!("src/page/{file}.rs"), &|_| true);
    }
    section("Shared", "src/page/context.rs", &|_| true);
    section("Story", "src/page/story.rs", &|_| true);
    section("Promises", "src/page/promises.rs", &|_| true);
    section("Deeds", "src/page/deeds.rs", &|_| true);
    section("Where figures stand", "src/page/whereabouts.rs", &|name| name.ends_with("Context"));
    section("Standing", "src/page/standing.rs", &|name| name.ends_with("Context"));
    section("Charts", "src/page/chart_parts.rs", &|name| name.ends_with("Context"));
    section("Sentences", "src/page/summary.rs", &|_| true);
    section("Change", "src/page/change.rs", &|_| true);
    section("Changed lines", "src/page/changed_lines.rs", &|name| name == "ChangedLine");
    section("Proof", "src/page/proof.rs", &|_| true);
    section("Grid", "src/page/grid.rs", &|_| true);
    section("Fields of a project", "src/page/project_fields.rs", &|_| true);
    section("Corrections", "src/page/corrections.rs", &|name| name.ends_with("Context"));
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

/// The examples of a document without what explains them: comments, and words some blanks behind a line.
/// What is of no named language is the plan of the folders, in the words of each language.
fn blocks(text: &str) -> Vec<String> {
    let bare = |line: &str| {
        let line = line.split(" #").next().unwrap_or_default().trim();
        line.split("   ").next().unwrap_or_default().to_owned()
    };
    let is_kept = |line: &String| !line.is_empty() && !line.starts_with('#');
    let without_words = |block: &str| block.lines().map(bare).filter(is_kept).collect::<Vec<_>>();
    let code = text.split("```").skip(1).step_by(2).filter(|block| !block.starts_with('\n'));
    code.map(|block| without_words(block).join("\n")).collect()
}

/// What a document says in any language: its codes of findings, its places to jump to, its commands.
fn constants(text: &str) -> std::collections::BTreeSet<&str> {
    let is_word = |c: char| c.is_ascii_alphanumeric();
    let is_code = |word: &&str| {
        word.len() == 4
            && word.starts_with(|c: char| c.is_ascii_uppercase())
            && word[1..].parse::<u16>().is_ok()
    };
    let codes = text.split(|c: char| !is_word(c)).filter(is_code);
    let commands = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|span| span.starts_with("mingbai ") && span.is_ascii());
    codes.chain(commands).collect()
}

#[test]
fn a_translation_says_what_the_original_says() {
    let translated = ["authoring"];
    for name in translated {
        let original = read(&format!("docs/{name}.md"));
        let own = read(&format!("docs/{name}.zh-CN.md"));
        let headings = |text: &str| text.lines().filter(|line| line.starts_with('#')).count();
        assert_eq!(headings(&original), headings(&own), "{name}: chapters");
        assert_eq!(blocks(&original), blocks(&own), "{name}: examples");
        assert_eq!(constants(&original), constants(&own), "{name}: codes and commands");
    }
}
