//! `new`: an organisation, a disclosure, a project or a profile is begun. No file is ever overwritten.

#![expect(clippy::disallowed_methods, reason = "what is begun is written file by file")]

use std::fs::OpenOptions;
use std::io::Write;

use anyhow::Context;

use super::{Outcome, chosen_language, language_of, named_profile, open, paint, say};
use crate::begin::{self, Begun, DisclosurePlan, EarlierYear, NewFile};
use crate::cli::{self, Global};
use crate::content::{self, Content};
use crate::diagnostic::{Language, Report, Text, text};
use crate::import::heads::{self, Facts};
use crate::plan::{PlanOptions, plan_with};
use crate::profile::KnownProfiles;
use crate::source::{CONFIG, Sources};
use crate::status;

/// Begins an organisation.
pub(super) fn organisation(
    global: &Global,
    arguments: &cli::NewOrganisation,
) -> anyhow::Result<Outcome> {
    let has_portal = super::has_portal(global);
    let language = match open(global) {
        Ok(library) => language_of(global, library.shared()),
        Err(error) if has_portal => return Err(error),
        Err(_) => chosen_language(global).unwrap_or_default(),
    };
    let (folder, name) = (arguments.organisation.as_str(), arguments.name.as_deref());
    let mut files = vec![begin::organisation(folder, name, arguments.code.as_deref())];
    if !has_portal {
        let facts = Facts { name: name.map(str::to_owned), ..Facts::default() };
        let text = heads::portal(&facts, folder, language);
        files.insert(0, NewFile { path: CONFIG.to_owned(), text });
    }
    write_all(global, &files, language)?;
    if !global.quiet {
        let (ok, paths) = (paint("✓", "32;1"), paths(&files));
        let mut line = text!(
            zh: "{ok} 写好了 {paths}\n  下一步：mingbai new disclosure {folder}/2026-budget --profile …",
            en: "{ok} written: {paths}\n  next: mingbai new disclosure {folder}/2026-budget --profile …",
        );
        if name.is_none() {
            line.zh.push_str("\n  单位名称还没有填：organisation.yaml 的 name");
            line.en.push_str("\n  its name is to be filled in: `name` in organisation.yaml");
        }
        say(line.get(language));
    }
    Ok(Outcome::Clean)
}

/// The files of an organisation and those all share, and the language of messages.
fn of_organisation(global: &Global, name: &str) -> anyhow::Result<(Sources, Language)> {
    let library = open(global)?;
    let language = language_of(global, library.shared());
    let Some(index) = library.find(name) else {
        anyhow::bail!(text!(
            zh: "content/ 下没有单位“{name}”：先运行 mingbai new organisation {name}", en: "there is no organisation `{name}` below content/: run mingbai new organisation {name} first",
        ).get(language).to_owned());
    };
    Ok((library.sources(index..index + 1, |_| true)?, language))
}

/// Begins a disclosure.
pub(super) fn disclosure(
    global: &Global,
    arguments: &cli::NewDisclosure,
) -> anyhow::Result<Outcome> {
    let (organisation, folder) = two(&arguments.disclosure);
    let (sources, language) = of_organisation(global, organisation)?;
    let content = content::parse(&mut Report::default(), &sources);
    let from = match arguments.from.as_deref() {
        Some(id) => Some(from(&content, organisation, id, language)?),
        None => None,
    };
    let (in_folder, stage) = begin::year_and_stage(folder);
    let Some(year) = arguments.year.as_deref().or(in_folder) else {
        anyhow::bail!(text!(
            zh: "文件夹的名字“{folder}”没有写明年度：用 --year 说明，或者叫作 2026-budget 这样", en: "the folder `{folder}` does not say the fiscal year: say it with --year, or name the folder like 2026-budget",
        ).get(language).to_owned());
    };
    let stage = arguments.stage.as_deref().or(stage);
    let Some(stage) = stage.or_else(|| from.map(|from| from.head.stage.as_str())) else {
        anyhow::bail!(text!(
            zh: "没有写明阶段：用 --stage budget 或 --stage final 说明，或者把文件夹叫作 {year}-budget", en: "the stage is not known: say it with --stage budget or --stage final, or name the folder {year}-budget",
        ).get(language).to_owned());
    };
    let profile = profile_of(&sources, arguments.profile.as_deref(), from, year, language)?;
    let profile = named_profile(&sources, &profile, language)?;
    let own = content.organisations.get(organisation).and_then(|own| own.organisation.as_ref());
    let begun = begin::disclosure(&DisclosurePlan {
        sources: &sources,
        organisation,
        name: own.map(|own| own.name.as_str()).filter(|name| *name != content::doubt::TO_FILL_IN),
        folder,
        year,
        stage,
        profile: &profile,
        from,
    });
    write_all(global, &begun.files, language)?;
    if !global.quiet {
        tell(sources, &begun, &arguments.disclosure, language);
    }
    Ok(Outcome::Clean)
}

/// The disclosure to begin from, all of which must be readable.
fn from<'a>(
    content: &'a Content,
    organisation: &str,
    id: &'a str,
    language: Language,
) -> anyhow::Result<EarlierYear<'a>> {
    let beside = content.organisations.get(organisation).map(|own| &own.disclosures);
    let folder = beside.and_then(|beside| beside.get(id));
    let Some((folder, head)) = folder.and_then(|own| Some((own, own.disclosure.as_ref()?))) else {
        let ids: Vec<&str> = beside.into_iter().flatten().map(|(id, _)| id.as_str()).collect();
        let help = crate::yaml::suggestion(id, &ids);
        anyhow::bail!(
            text!(zh: "单位“{organisation}”没有公开“{id}”：{zh}", en: "the organisation `{organisation}` has no disclosure `{id}`: {en}", zh = help.zh, en = help.en)
                .get(language)
                .to_owned()
        );
    };
    if !folder.unread.is_empty() {
        anyhow::bail!(text!(
            zh: "“{id}”里有读不出的文件，照它写起会丢东西：先用 mingbai check {organisation}/{id} 找出来改好", en: "`{id}` holds files that cannot be read and would be lost: find them with mingbai check {organisation}/{id} and mend them first",
        ).get(language).to_owned());
    }
    Ok(EarlierYear { id, head, folder })
}

/// The profile that is asked for, or that of the earlier disclosure: where there is one of the new year,
/// that one.
fn profile_of(
    sources: &Sources,
    asked: Option<&str>,
    from: Option<EarlierYear>,
    year: &str,
    language: Language,
) -> anyhow::Result<String> {
    let known = KnownProfiles::of(sources);
    if let Some(asked) = asked {
        return Ok(asked.to_owned());
    }
    let Some(from) = from else {
        let list = known.ids().join("  ");
        anyhow::bail!(text!(
            zh: "写明依照哪个模板：--profile，可用的有 {list}；照上一年写起用 --from", en: "name the profile with --profile; there are {list}; --from begins from an earlier year",
        ).get(language).to_owned());
    };
    let newer = from.head.profile.replace(&from.head.fiscal_year, year);
    Ok(if known.has(&newer) { newer } else { from.head.profile.clone() })
}

/// Begins a project.
pub(super) fn project(global: &Global, arguments: &cli::NewProject) -> anyhow::Result<Outcome> {
    let (organisation, id) = two(&arguments.disclosure);
    let (sources, language) = of_organisation(global, organisation)?;
    let content = content::parse(&mut Report::default(), &sources);
    let own = content.organisations.get(organisation);
    let head = own.and_then(|own| own.disclosures.get(id)?.disclosure.as_ref());
    let Some(head) = head else {
        anyhow::bail!(text!(
            zh: "没有公开“{organisation}/{id}”，或者它的 disclosure.yaml 读不出", en: "there is no disclosure `{organisation}/{id}`, or its disclosure.yaml cannot be read",
        ).get(language).to_owned());
    };
    let profile = named_profile(&sources, &head.profile, language)?;
    let below = format!("content/{organisation}/{id}/");
    let existing: Vec<String> = sources
        .site_files(below.trim_end_matches('/'))
        .map(|(_, path)| path[below.len()..].to_owned())
        .collect();
    let file = begin::project(&profile, &below, &arguments.name, &existing);
    let Some(file) = file else {
        anyhow::bail!(text!(
            zh: "模板 {profile} 没有项目表", en: "the profile {profile} has no form for projects", profile = profile.id,
        ).get(language).to_owned());
    };
    let files = [file];
    write_all(global, &files, language)?;
    if !global.quiet {
        let (ok, path) = (paint("✓", "32;1"), &files[0].path);
        let (count, _) = content::doubt::count(&files[0].text);
        say(text!(
            zh: "{ok} 写好了 {path}：{count} 处要填，没有的项连键一起删去", en: "{ok} written: {path} with {count} places to be filled in; take out the keys of what it has not",
        ).get(language));
    }
    Ok(Outcome::Clean)
}

/// The two names of a disclosure's folder.
fn two(path: &str) -> (&str, &str) {
    path.split_once('/').expect("the command line was read as two names")
}

/// What was begun, what did not come along and what is to be filled in.
fn tell(mut sources: Sources, begun: &Begun, path: &str, language: Language) {
    for file in &begun.files {
        sources.add(&file.path, file.text.as_str());
    }
    let (site, report) =
        plan_with(&sources, &PlanOptions { drafts: true, ..PlanOptions::default() });
    let (organisation, id) = two(path);
    let found = status::of_organisation(&sources, organisation, &site.portal, &report);
    let own = found.iter().find(|one| one.id == organisation);
    let own = own.and_then(|own| own.disclosures.iter().find(|one| one.id == id));
    let (ok, count) = (paint("✓", "32;1"), begun.files.len());
    let line: Text = text!(
        zh: "{ok} content/{path}：写好 {count} 个文件，没有抄一个数\n  下一步：mingbai import 表格.xlsx --into {path}   有表格文件的，一次取来\n          mingbai status {path}                  还要填什么\n          mingbai check {path}                   每一处在哪里",
        en: "{ok} content/{path}: {count} files written, no figure copied\n  next: mingbai import FILE.xlsx --into {path}   where there is a workbook, takes its figures\n        mingbai status {path}                    what is still to be filled in\n        mingbai check {path}                     where each place is",
    );
    say(line.get(language));
    if !begun.lost.is_empty() {
        let title = text!(zh: "没有带来的：", en: "what did not come along:");
        say(title.get(language));
        begun.lost.iter().for_each(|line| say(&format!("  {}", line.get(language))));
    }
    if let Some(own) = own {
        say(text!(zh: "要填的：", en: "to be filled in:").get(language));
        say(status::of_disclosure(own, language).trim_end());
    }
}

fn paths(files: &[NewFile]) -> String {
    files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>().join("  ")
}

/// Writes files none of which is there; where one is, nothing is written.
pub(super) fn write_all(
    global: &Global,
    files: &[NewFile],
    language: Language,
) -> anyhow::Result<()> {
    if let Some(file) = files.iter().find(|file| global.root.join(&file.path).exists()) {
        let path = &file.path;
        anyhow::bail!(
            text!(zh: "{path} 已经有了，什么也没有写", en: "{path} is there already: nothing was written")
                .get(language)
                .to_owned()
        );
    }
    for file in files {
        let path = global.root.join(&file.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let mut open = OpenOptions::new();
        let written = open.write(true).create_new(true).open(&path);
        written
            .and_then(|mut to| to.write_all(file.text.as_bytes()))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
