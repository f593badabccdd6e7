//! `init`: a new portal with a small complete example, its host's settings, its
//! workflow, and one planted mistake for `check` to find.

#![allow(clippy::disallowed_methods, reason = "a new portal is written file by file")]

use std::path::Path;

use anyhow::Context;
use include_dir::{Dir, include_dir};

use super::{Outcome, asked, paint, say};
use crate::cli::{Global, Init};
use crate::diagnostic::text;

static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/cmd/starter");

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
    let mut written = 0;
    write(&STARTER, &target, &mut written)?;
    let language = asked(global).unwrap_or_default();
    let place = arguments.dir.display().to_string();
    let enter = if place == "." { String::new() } else { format!("cd {place} && ") };
    if !global.quiet {
        let line = text!(
            zh: "{ok} 写好了 {written} 个文件：一个小而全的例子，里面故意留了一处错。\n  下一步：{enter}mingbai check      找出那处错\n          {enter}mingbai serve -O   在浏览器里看",
            en: "{ok} {written} files written: a small complete example with one planted mistake.\n  next: {enter}mingbai check      finds the mistake\n        {enter}mingbai serve -O   shows the site",
            ok = paint("✓", "32;1"),
        );
        say(line.get(language));
    }
    Ok(Outcome::Clean)
}

fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none())
}

fn write(dir: &Dir, target: &Path, written: &mut usize) -> anyhow::Result<()> {
    for file in dir.files() {
        let path: std::path::PathBuf = file
            .path()
            .components()
            .map(|part| {
                let name = part.as_os_str().to_string_lossy();
                name.strip_prefix(DOT).map_or_else(|| name.to_string(), |rest| format!(".{rest}"))
            })
            .collect();
        let path = target.join(path);
        if path.exists() {
            continue;
        }
        let folder = path.parent().unwrap_or(target);
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
        std::fs::write(&path, file.contents())
            .with_context(|| format!("cannot write {}", path.display()))?;
        *written += 1;
    }
    for dir in dir.dirs() {
        write(dir, target, written)?;
    }
    Ok(())
}
