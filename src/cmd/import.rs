//! `import`: figures of spreadsheets, documents and texts → the files of a disclosure.

#![expect(
    clippy::disallowed_methods,
    reason = "files are read that are named, and written below content/"
)]

use std::io::Read;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;

use super::import_report::{self, Change, Fate};
use super::progress::Progress;
use super::{Outcome, chosen_language, color, language_of, named_profile};
use crate::cli::{Global, Import};
use crate::content;
use crate::content::origins::{self, Origins};
use crate::diagnostic::{Language, Report, text};
use crate::import::document::Document;
use crate::import::heads::{self, Given};
use crate::import::{self, Request, digest, read};
use crate::profile::{KnownProfiles, Profile};
use crate::source::{CONFIG, Library, Sources};

/// Runs the command.
pub(super) fn run(
    global: &Global,
    arguments: &Import,
    started: Instant,
) -> anyhow::Result<Outcome> {
    let (sources, language) = portal(global)?;
    let target = target(&sources, arguments, language)?;
    let profile = profile(&sources, arguments, &target, language)?;
    known_table(&profile, arguments, language)?;
    let progress = Progress::begin(global);
    // The process ends behind this command: what large files became is not taken apart before.
    let documents = ManuallyDrop::new(documents(&progress, arguments, language)?);
    let existing = target.files(&sources);
    progress.step(
        text!(zh: "照模板认表，再与原件逐格比较", en: "placing what was read, and comparing every cell")
            .get(language),
    );
    let imported = ManuallyDrop::new(import::import(&Request {
        profile: &profile,
        documents: &documents,
        only: arguments.table.as_deref(),
        existing: &existing,
        language,
    }));
    drop(progress);
    let earlier = sources
        .find(&target.path(origins::FILE))
        .and_then(|file| Origins::parse(sources.file(file).text()));
    let mut changes = Vec::new();
    if !imported.files.is_empty() {
        let found = (&*profile, documents.as_slice(), &*imported);
        changes = heads(&sources, arguments, &target, found, language)?;
        changes.extend(imported.files.iter().map(|file| {
            let before = existing.iter().find(|(path, _)| *path == file.path);
            let before = before.map(|(_, text)| text.clone());
            let fate = fate(file, before.as_deref(), earlier.as_ref(), arguments.force);
            Change { path: target.path(&file.path), before, after: file.text.clone(), fate }
        }));
        let kept = kept(&imported, &documents, earlier.as_ref(), (&target, &changes));
        if arguments.dry_run {
            super::print(&import_report::diff(&changes, color(&std::io::stdout())));
        } else {
            for change in changes.iter().filter(|change| change.fate.is_written()) {
                write(&global.root.join(&change.path), &change.after)?;
            }
            write(&global.root.join(target.path(origins::FILE)), &kept.to_text())?;
        }
    }
    let told = import_report::Told {
        profile: &profile,
        documents: &documents,
        imported: &imported,
        changes: &changes,
        is_partial: arguments.table.is_some(),
        folder: &target.path(""),
        is_dry: arguments.dry_run,
        started,
    };
    Ok(import_report::tell(global, &told, language))
}

/// The portal, and the language of messages.
pub(super) fn portal(global: &Global) -> anyhow::Result<(Sources, Language)> {
    if !super::has_portal(global) {
        // There may be profiles before there is anything else.
        let sources = Library::open(&global.root, &global.config)?.shared().clone();
        return Ok((sources, chosen_language(global).unwrap_or_default()));
    }
    let sources = super::read(global)?;
    let language = language_of(global, &sources);
    Ok((sources, language))
}

/// What becomes of a file: one that says something else than what an import wrote was edited.
fn fate(file: &import::File, before: Option<&str>, earlier: Option<&Origins>, force: bool) -> Fate {
    let Some(before) = before else { return Fate::New };
    let written = earlier.and_then(|earlier| earlier.written.get(&file.path));
    if before == file.text {
        Fate::Same
    } else if force || written.is_some_and(|written| written.digest == digest(before)) {
        Fate::Changed
    } else {
        Fate::Edited
    }
}

/// What is known from now on of what was written. Of a file that stays as a person left it, what was
/// known before.
fn kept(
    imported: &import::Imported,
    documents: &[Document],
    earlier: Option<&Origins>,
    (target, changes): (&Destination, &[Change]),
) -> Origins {
    let mut kept = imported.origins(documents, earlier);
    let folder = target.path("");
    for change in changes.iter().filter(|change| change.fate == Fate::Edited) {
        let Some(path) = change.path.strip_prefix(&folder) else { continue };
        match earlier.and_then(|earlier| earlier.written.get(path)) {
            Some(before) => drop(kept.written.insert(path.to_owned(), before.clone())),
            None => drop(kept.written.remove(path)),
        }
    }
    kept
}

/// The folder of a disclosure.
struct Destination {
    organisation: String,
    disclosure: String,
}

impl Destination {
    /// The path of a file below it, from the root of the portal.
    fn path(&self, below: &str) -> String {
        format!("content/{}/{}/{below}", self.organisation, self.disclosure)
    }

    /// The files it has, by their path below it.
    fn files(&self, sources: &Sources) -> Vec<(String, String)> {
        let folder = self.path("");
        let files = sources.site_files(folder.trim_end_matches('/'));
        files
            .map(|(file, path)| {
                let bytes = sources.file(file).bytes();
                (path[folder.len()..].to_owned(), String::from_utf8_lossy(bytes).into_owned())
            })
            .collect()
    }
}

/// The disclosure that is asked for, or the only one there is.
fn target(
    sources: &Sources,
    arguments: &Import,
    language: Language,
) -> anyhow::Result<Destination> {
    let of = |name: &str| {
        let (organisation, disclosure) = name.split_once('/')?;
        Some(Destination {
            organisation: organisation.to_owned(),
            disclosure: disclosure.to_owned(),
        })
    };
    if let Some(target) = arguments.into.as_deref().and_then(of) {
        return Ok(target);
    }
    let content = content::parse(&mut Report::default(), sources);
    let folders: Vec<String> = content
        .organisations
        .iter()
        .flat_map(|(name, folder)| folder.disclosures.keys().map(move |id| format!("{name}/{id}")))
        .collect();
    match folders.as_slice() {
        [only] => Ok(of(only).expect("it has two names")),
        [] => anyhow::bail!(text!(
            zh: "写明取进哪一份公开：--into 单位/公开，如 --into wenlv/2026-budget",
            en: "say which disclosure they go into: --into organisation/disclosure, as in --into culture/2026-budget",
        ).get(language).to_owned()),
        all => {
            let list = all.join("  ");
            anyhow::bail!(text!(
                zh: "这个门户有几份公开，用 --into 写明一份：{list}", en: "this portal has several disclosures; name one with --into: {list}",
            ).get(language).to_owned())
        }
    }
}

/// The profile that is asked for, or the one the disclosure names.
fn profile(
    sources: &Sources,
    arguments: &Import,
    target: &Destination,
    language: Language,
) -> anyhow::Result<Arc<Profile>> {
    let content = content::parse(&mut Report::default(), sources);
    let named = content
        .organisations
        .get(&target.organisation)
        .and_then(|folder| folder.disclosures.get(&target.disclosure))
        .and_then(|folder| folder.disclosure.as_ref())
        .map(|disclosure| disclosure.profile.clone());
    let Some(id) = arguments.profile.clone().or(named) else {
        let list = KnownProfiles::of(sources).ids().join("  ");
        anyhow::bail!(text!(
            zh: "写明按哪个模板读：--profile，可用的有 {list}", en: "name the profile to read by with --profile; there are {list}",
        ).get(language).to_owned());
    };
    named_profile(sources, &id, language)
}

/// A table that is asked for must be one of the profile.
fn known_table(profile: &Profile, arguments: &Import, language: Language) -> anyhow::Result<()> {
    let Some(table) = &arguments.table else { return Ok(()) };
    if profile.tables.contains_key(table) {
        return Ok(());
    }
    let ids: Vec<&str> = profile.tables.keys().map(String::as_str).collect();
    let help = crate::yaml::suggestion(table, &ids);
    anyhow::bail!(
        text!(zh: "模板没有表“{table}”：{zh}", en: "the profile has no table `{table}`: {en}", zh = help.zh, en = help.en)
            .get(language)
            .to_owned()
    )
}

/// Reads every file.
fn documents(
    progress: &Progress,
    arguments: &Import,
    language: Language,
) -> anyhow::Result<Vec<Document>> {
    let mut documents = Vec::new();
    let count = arguments.files.len();
    for (index, path) in arguments.files.iter().enumerate() {
        let number = index + 1;
        let shown = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let line =
            text!(zh: "读取 {number}/{count}：{shown}", en: "reading {number}/{count}: {shown}");
        progress.step(line.get(language));
        let (name, bytes) = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            std::io::stdin()
                .take(LARGEST + 1)
                .read_to_end(&mut bytes)
                .context("cannot read standard input")?;
            ("stdin.tsv".to_owned(), bytes)
        } else {
            (shown.into_owned(), bytes_of(path, language)?)
        };
        documents.push(read::read(&name, &bytes));
    }
    Ok(documents)
}

/// No file that figures come from is larger, in bytes: it is read whole, beside what is unpacked of it.
const LARGEST: u64 = 32 << 20;

pub(super) fn bytes_of(path: &Path, language: Language) -> anyhow::Result<Vec<u8>> {
    let cannot_read = || {
        let path = path.display();
        text!(zh: "读不了 {path}", en: "cannot read {path}").get(language).to_owned()
    };
    let length = std::fs::metadata(path).with_context(cannot_read)?.len();
    if length > LARGEST {
        let path = path.display();
        anyhow::bail!(
            text!(zh: "{path} 有 {length} 字节，最多读 {LARGEST} 字节", en: "{path} has {length} bytes, and no more than {LARGEST} are read")
                .get(language)
                .to_owned()
        );
    }
    std::fs::read(path).with_context(cannot_read)
}

/// The heads of the portal, the organisation and the disclosure: those that are missing are written.
fn heads(
    sources: &Sources,
    arguments: &Import,
    target: &Destination,
    (profile, documents, imported): (&Profile, &[Document], &import::Imported),
    language: Language,
) -> anyhow::Result<Vec<Change>> {
    let given = Given {
        folder: &target.disclosure,
        year: arguments.year.as_deref(),
        stage: arguments.stage.as_deref(),
        name: arguments.name.as_deref(),
    };
    let (facts, unknown) = heads::facts(&imported.placed, documents, given);
    let has_head = sources.find(&target.path("disclosure.yaml")).is_some();
    if let Some(unknown) = unknown.first().filter(|_| !has_head) {
        anyhow::bail!(unknown.words.get(language).to_owned());
    }
    let organisation = format!("content/{}/organisation.yaml", target.organisation);
    let all = [
        (CONFIG.to_owned(), heads::portal(&facts, &target.organisation, language)),
        (organisation, heads::organisation(&facts, &target.organisation, language)),
        (target.path("disclosure.yaml"), heads::disclosure(&facts, profile, documents, language)),
    ];
    let missing = all.into_iter().filter(|(path, _)| sources.find(path).is_none());
    Ok(missing.map(|(path, after)| Change { path, before: None, after, fate: Fate::New }).collect())
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
