//! `init`: a new portal with a small complete example, its host's settings, its
//! workflow, and one planted mistake for `check` to find.

#![expect(clippy::disallowed_methods, reason = "a new portal is written file by file")]

use std::path::Path;

use anyhow::Context;
use include_dir::{Dir, include_dir};
use serde::Serialize;

use super::{Outcome, chosen_language, paint, say, schema};
use crate::cli::{Global, Init};
use crate::diagnostic::{Text, text};
use crate::schema::{Schemas, annotate};
use crate::source::{CONFIG, Sources};

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cmd/starter");

/// The workflow where the program can be downloaded, in place of the starter's, which compiles it.
const RELEASED: &str = include_str!("released/publish.yml");
const WORKFLOW: &str = ".github/workflows/publish.yml";

/// Stands for the dot of hidden files, which packaging would drop.
const DOT: &str = "dot-";

/// Runs the command; files that exist are never overwritten.
pub(super) fn run(global: &Global, arguments: &Init) -> anyhow::Result<Outcome> {
    let target = global.root.join(&arguments.dir);
    if !arguments.force && !is_empty(&target) {
        anyhow::bail!(
            "{} 不是空文件夹；加 --force 就写进去，已有的文件不动 / {0} is not empty; --force writes into it and leaves files that exist",
            target.display()
        );
    }
    let mut sources = Sources::embedded();
    let mut files = vec![(CONFIG.to_owned(), config(arguments)?)];
    let origin = Origin::of(arguments);
    collect(&STARTER, &origin, &mut files);
    if let Some(text) = origin.released() {
        files.retain(|(path, _)| path != WORKFLOW);
        files.push((WORKFLOW.to_owned(), text));
    }
    for (path, contents) in &files {
        sources.add(path, contents.as_str());
    }
    let schemas = Schemas::of(&sources, chosen_language(global));
    let mut written = 0;
    for (path, contents) in &files {
        let named = schemas.name_of(path).and_then(|name| annotate(path, contents, &name));
        let contents = named.as_ref().unwrap_or(contents);
        write_new(&target.join(path), contents.as_bytes(), &mut written)?;
    }
    schema::write(&target, &schemas.all())?;
    let language = chosen_language(global).unwrap_or_default();
    let place = arguments.dir.display().to_string();
    let enter = if place == "." { String::new() } else { format!("cd {place} && ") };
    if !global.quiet {
        let line = text!(
            zh: "{ok} 写好了 {written} 个文件：一个小而全的例子，里面故意留了一处错。\n  下一步：{enter}mingbai check      找出那处错\n          {enter}mingbai serve -O   在浏览器里看",
            en: "{ok} {written} files written: a small complete example with one planted mistake.\n  next: {enter}mingbai check      finds the mistake\n        {enter}mingbai serve -O   shows the site",
            ok = paint("✓", "32;1"),
        );
        say(line.get(language));
        if !origin.is_known() {
            say(&format!("  {}", unknown_origin().get(language)));
        }
    }
    Ok(Outcome::Clean)
}

/// Where hosts install the program from.
struct Origin<'a> {
    repository: &'a str,
    /// A commit; empty where none is known, and the host's command refuses.
    revision: &'a str,
    /// The version of the release that commit is of; empty where it is of none.
    release: &'a str,
}

impl<'a> Origin<'a> {
    fn of(arguments: &'a Init) -> Origin<'a> {
        // Of another commit than its own the program knows no release.
        let own = if arguments.revision.is_none() { env!("MINGBAI_RELEASE") } else { "" };
        Origin {
            repository: &arguments.repository,
            revision: arguments.revision.as_deref().unwrap_or(env!("MINGBAI_REVISION")),
            release: arguments.release.as_deref().unwrap_or(own),
        }
    }

    /// The workflow that names the action of a release: GitHub takes actions of its own repositories alone.
    fn released(&self) -> Option<String> {
        let action = self.repository.strip_prefix("https://github.com/")?.trim_end_matches('/');
        let is_named = !self.revision.is_empty() && !self.release.is_empty();
        let action = action.trim_end_matches(".git");
        let filled = || RELEASED.replace("@ACTION@", action).replace("@RELEASE@", self.release);
        is_named.then(|| self.fill_in(&filled()))
    }

    /// A name below `.invalid` is nobody's (RFC 2606).
    fn is_known(&self) -> bool {
        !self.revision.is_empty() && !self.repository.contains(".invalid/")
    }

    fn fill_in(&self, text: &str) -> String {
        text.replace("@REPOSITORY@", self.repository).replace("@REVISION@", self.revision)
    }
}

fn unknown_origin() -> Text {
    text!(
        zh: "上线前在 .github/workflows/publish.yml 和 netlify.toml 里写明程序的出处：MINGBAI_REPOSITORY（仓库）和 MINGBAI_REVISION（40 位提交号）；没写明就不装",
        en: "before going online say where the program comes from, in .github/workflows/publish.yml and netlify.toml: MINGBAI_REPOSITORY and MINGBAI_REVISION (the 40 digits of a commit); until then nothing is installed",
    )
}

/// What `mingbai.yaml` begins with.
#[derive(Serialize)]
struct Starter<'a> {
    title: &'a str,
    description: &'a str,
    language: &'a str,
    publisher: &'a str,
    footer: Vec<&'a str>,
}

/// The configuration, in the name the user gave.
fn config(arguments: &Init) -> anyhow::Result<String> {
    let starter = Starter {
        title: arguments.title.as_deref().unwrap_or("示例县图书馆预算公开"),
        description: "一个可以照着改的小例子。",
        language: "zh-CN",
        publisher: "示例县图书馆",
        footer: vec!["主办单位：示例县图书馆"],
    };
    Ok(format!(
        "# 门户配置 / The portal's configuration\n{}# base_url: https://example.org   上线后的网址 / the site's address once it is online\n",
        serde_yaml::to_string(&starter)?
    ))
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

/// The files of the example, by path.
fn collect(dir: &Dir, origin: &Origin, files: &mut Vec<(String, String)>) {
    for file in dir.files() {
        let parts = file.path().components().map(|part| {
            let name = part.as_os_str().to_string_lossy();
            name.strip_prefix(DOT).map_or_else(|| name.to_string(), |rest| format!(".{rest}"))
        });
        let text = file.contents_utf8().expect("the starter is text");
        files.push((parts.collect::<Vec<_>>().join("/"), origin.fill_in(text)));
    }
    for dir in dir.dirs() {
        collect(dir, origin, files);
    }
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, contents: &[u8], written: &mut usize) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::write(path, contents).with_context(|| format!("cannot write {}", path.display()))?;
    *written += 1;
    Ok(())
}
