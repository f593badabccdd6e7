//! `schema`: the JSON Schemas of a portal, listed, printed, or written where editors find them.

#![expect(clippy::disallowed_methods, reason = "schemas are written for editors, file by file")]

use std::path::Path;

use anyhow::Context;

use super::{Outcome, chosen_language, language_of, paint, print, read, say};
use crate::cli::{Global, Schema as Arguments};
use crate::diagnostic::text;
use crate::schema::{self, FOLDER, Schema, Schemas};
use crate::source::Sources;
use crate::yaml::nearest;

/// Runs the command. What keys mean is said in both languages, and `--lang` leaves one of them.
pub(super) fn run(global: &Global, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let sources = read(global)?;
    let schemas = Schemas::of(&sources, chosen_language(global));
    let all = schemas.all();
    if arguments.write {
        write(&global.root, &all)?;
        let named = annotate(&global.root, &sources, &schemas)?;
        let line = text!(
            zh: "{ok} {FOLDER}/ 里写好了 {count} 份 JSON Schema；{named} 个文件的第一行新写明了用哪一份",
            en: "{ok} {count} JSON Schemas written to {FOLDER}/; {named} files name theirs anew in the first line",
            ok = paint("✓", "32;1"), count = all.len(),
        );
        if !global.quiet {
            say(line.get(language_of(global, &sources)));
        }
        return Ok(Outcome::Clean);
    }
    let Some(name) = &arguments.name else {
        let width = all.iter().map(|schema| schema.name.len()).max().unwrap_or_default();
        for schema in &all {
            print(&format!("{:<width$}  {}\n", schema.name, schema.title));
        }
        return Ok(Outcome::Clean);
    };
    if let Some(schema) = all.iter().find(|schema| schema.name == *name) {
        print(&pretty(schema)?);
        return Ok(Outcome::Clean);
    }
    let names: Vec<&str> = all.iter().map(|schema| schema.name.as_str()).collect();
    match nearest(name, &names) {
        Some(near) => anyhow::bail!(
            "没有“{name}”这份，是不是 {near}？ / there is no schema `{name}`: did you mean {near}?"
        ),
        None => anyhow::bail!(
            "没有“{name}”这份，mingbai schema 列出全部 / there is no schema `{name}`: mingbai schema lists them"
        ),
    }
}

fn pretty(schema: &Schema) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&schema.json)? + "\n")
}

/// Writes the schemas of a portal below its root. What was written before and describes nothing
/// any longer stays: files may still name it.
pub(super) fn write(root: &Path, schemas: &[Schema]) -> anyhow::Result<()> {
    for schema in schemas {
        let path = root.join(FOLDER).join(format!("{}.json", schema.name));
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        std::fs::write(&path, format!("{}\n", schema.json))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Writes into every file of the portal which schema describes it; how many changed.
fn annotate(root: &Path, sources: &Sources, schemas: &Schemas) -> anyhow::Result<usize> {
    let folders = ["content", "profiles", "themes"].map(|folder| sources.site_files(folder));
    let mut paths: Vec<&str> = folders.into_iter().flatten().map(|(_, path)| path).collect();
    paths.push(sources.config());
    let mut changed = 0;
    for path in paths {
        let Some(file) = sources.find(path).filter(|file| !sources.is_embedded(*file)) else {
            continue;
        };
        let Some(name) = schemas.name_of(path) else { continue };
        let file = sources.file(file);
        // A file that is not UTF-8 is left as it is: `check` says so.
        if file.invalid_utf8().is_some() {
            continue;
        }
        if let Some(text) = schema::annotate(path, file.text(), &name) {
            let path = root.join(path);
            std::fs::write(&path, text)
                .with_context(|| format!("cannot write {}", path.display()))?;
            changed += 1;
        }
    }
    Ok(changed)
}
