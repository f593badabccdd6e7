//! `new profile`: the forms in a file → the first draft of a profile.

use std::sync::Arc;

use super::import::{bytes_of, portal};
use super::import_report::refusal_words;
use super::new::write_all;
use super::{Outcome, paint, print, say};
use crate::begin::profile::{self, KnownWords};
use crate::cli::{Global, NewProfile};
use crate::diagnostic::{Report, text};
use crate::import::read;
use crate::profile::{KnownProfiles, Profile, resolve};
use crate::source::Sources;

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &NewProfile) -> anyhow::Result<Outcome> {
    let (sources, language) = portal(global)?;
    let path = &arguments.from;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let document = read::read(&name, &bytes_of(path, language)?);
    if let Some(refusal) = &document.refusal {
        let why = refusal_words(refusal);
        anyhow::bail!("{name}: {}", why.get(language));
    }
    let Some(draft) = profile::profile(&arguments.profile, &document, &words(&sources)) else {
        anyhow::bail!(text!(
            zh: "{name} 里没有找到表：一张表要有两栏以上的表头", en: "no table was found in {name}: a table has headings over two columns or more",
        ).get(language).to_owned());
    };
    write_all(global, &[draft.file], language)?;
    if global.quiet {
        return Ok(Outcome::Clean);
    }
    for (title, columns, rows) in &draft.tables {
        let line = text!(zh: "  {title}：{columns} 栏，{rows} 行固定\n", en: "  {title}: {columns} columns, {rows} printed rows\n");
        print(line.get(language));
    }
    let (ok, count, sums, id) =
        (paint("✓", "32;1"), draft.tables.len(), draft.sums, &arguments.profile);
    let ties = draft.ties;
    let line = text!(
        zh: "{ok} profiles/{id}.yaml：{count} 张表，{sums} 个成立的合计、{ties} 对相等的合计写作注释\n  下一步：看一遍，改好栏的类型；mingbai import {name} --profile {id} --into 单位/2026-budget",
        en: "{ok} profiles/{id}.yaml: {count} tables, {sums} sums that hold and {ties} pairs of equal totals as comments\n  next: look it over and mend the types of columns; mingbai import {name} --profile {id} --into organisation/2026-budget",
    );
    say(line.get(language));
    Ok(Outcome::Clean)
}

/// What the profiles that are there call things.
fn words(sources: &Sources) -> KnownWords {
    let ids = KnownProfiles::of(sources).ids().to_vec();
    let profiles = resolve(&mut Report::default(), sources, ids);
    KnownWords::of(profiles.values().map(Arc::<Profile>::as_ref))
}
