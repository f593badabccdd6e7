//! Files of the content that stand where nothing reads them: what each was meant to be, and where it
//! belongs. What is not read is unknown; nothing else is blamed for it.

use std::collections::{BTreeMap, BTreeSet};

use super::narrative::id_of;
use super::{Content, Part, Unread};
use crate::codes;
use crate::diagnostic::{Report, Severity, Text, text};
use crate::source::{FileId, Place, Sources};
use crate::yaml::{self, Node};

/// The folders of a disclosure.
pub(super) const FOLDERS: [&str; 3] = ["tables", "projects", "narrative"];

/// Keys that only the file of a project has.
const OF_PROJECTS: [&str; 3] = ["indicators", "goals", "payment_plan"];

/// Keys that only a table has.
const OF_TABLES: [&str; 2] = ["rows", "panels"];

/// Endings of what is written in other programs, or of other spellings.
const TABLES: [&str; 8] = ["yml", "yaml", "csv", "tsv", "xlsx", "xls", "ods", "et"];
const TEXTS: [&str; 8] = ["md", "markdown", "mdown", "txt", "docx", "doc", "odt", "wps"];

/// Whether the keys of a file are those of a project.
fn is_project(node: &Node) -> bool {
    OF_PROJECTS.iter().any(|key| node.get(key).is_some()) && !is_table(node)
}

/// Whether the keys of a file are those of a table.
fn is_table(node: &Node) -> bool {
    OF_TABLES.iter().any(|key| node.get(key).is_some())
}

/// Whether the keys of a file are those of the head of a disclosure.
fn is_head(node: &Node) -> bool {
    node.get("profile").is_some() && node.get("fiscal_year").is_some() && !is_table(node)
}

/// Whether a file among the tables is none.
pub(super) fn is_no_table(node: &Node) -> bool {
    is_project(node) || is_head(node)
}

/// Whether a file among the projects is none.
pub(super) fn is_no_project(node: &Node) -> bool {
    is_table(node) || is_head(node)
}

/// Where a file belongs, and what is unknown as long as it is not there.
struct Meant {
    /// The path it should have.
    home: String,
    /// The organisation, the disclosure and the part of it; nothing for its head.
    part: Option<(String, String, Part)>,
}

/// Reports the files that nothing reads: one finding for those of one folder that belong into one.
pub(super) fn report(
    report: &mut Report,
    sources: &Sources,
    content: &mut Content,
    files: &[FileId],
) {
    let mut folders = Folders::new();
    for file in files {
        let path = sources.file(*file).path.as_str();
        let meant = meant(sources, *file, path).filter(|meant| sources.find(&meant.home).is_none());
        match meant {
            // Where organisations are not known, nobody can tell of which one this is the head.
            None if path == "content/organisation.yaml" && !has_folders(sources) => {}
            None => unused(report, *file),
            Some(meant) => {
                let (folder, home) = (folder_of(path), folder_of(&meant.home).to_owned());
                folders.entry((folder, home)).or_default().push((*file, meant));
            }
        }
    }
    for ((folder, home), files) in together(sources, folders) {
        let place = Place::start(files[0].0);
        report.push(finding(sources, (folder, &home), &files));
        for (_, Meant { home, part }) in files {
            match part {
                Some((organisation, disclosure, part)) => {
                    let folder = content.organisations.entry(organisation).or_default();
                    let folder = folder.disclosures.entry(disclosure).or_default();
                    folder.unread.push(Unread::new(part, place.clone()));
                }
                None => head_is_there(content, &home),
            }
        }
    }
}

type Folders<'a> = BTreeMap<(&'a str, String), Vec<(FileId, Meant)>>;

/// The folders of a disclosure that stands at another depth, which are one with that of its head.
fn together<'a>(sources: &Sources, mut folders: Folders<'a>) -> Folders<'a> {
    let is_head = |(file, meant): &(FileId, Meant)| {
        let path = sources.file(*file).path.as_str();
        [path, &meant.home].iter().all(|path| path.ends_with("/disclosure.yaml"))
    };
    let heads = folders.iter().filter(|(_, files)| files.iter().any(is_head));
    let heads: Vec<(&str, String)> = heads.map(|(key, _)| key.clone()).collect();
    for (head, home) in heads {
        let is_below = |of: &str, whole: &str| {
            of.strip_prefix(whole).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned)
        };
        let below = folders.keys().filter(|(folder, at)| {
            let inner = is_below(folder, head);
            inner.is_some() && inner == is_below(at, &home)
        });
        let below: Vec<(&str, String)> = below.cloned().collect();
        for key in below {
            let files = folders.remove(&key).unwrap_or_default();
            folders.entry((head, home.clone())).or_default().extend(files);
        }
    }
    folders
}

/// The finding about files of one folder that belong into another, or need another name.
fn finding(
    sources: &Sources,
    (folder, home): (&str, &str),
    files: &[(FileId, Meant)],
) -> crate::diagnostic::Diagnostic {
    let (file, meant) = &files[0];
    let path = &sources.file(*file).path;
    let place = Place::start(*file);
    let count = files.len();
    let (message, help) = if count == 1 {
        (
            text!(zh: "这个文件没有用到：名字或位置不对", en: "nothing reads this file: its name or its place is wrong"),
            remedy(path, &meant.home),
        )
    } else if folder == home {
        (
            text!(zh: "{folder} 里有 {count} 个文件没有用到：名字不对", en: "nothing reads {count} files of {folder}: their names are wrong"),
            remedy(path, &meant.home),
        )
    } else {
        (
            text!(zh: "{folder} 里的 {count} 个文件没有用到：文件夹不对", en: "nothing reads the {count} files of {folder}: the folder is wrong"),
            text!(zh: "移到 {home}/", en: "move them to {home}/"),
        )
    };
    let mut finding = codes::UNRECOGNISED_FILE.at(place, message).help(help);
    // What is not read would be left out of the site.
    finding.severity = Severity::Error;
    finding
}

/// What to do with a file: give it another name, move it, or write it anew.
fn remedy(path: &str, home: &str) -> Text {
    let ending = ending_of(path);
    let is_text =
        matches!(ending.as_str(), "" | "yml" | "yaml" | "md" | "markdown" | "mdown" | "txt");
    if !is_text {
        return text!(
            zh: "程序不读 .{ending}：把内容写成 {home}",
            en: "the program does not read .{ending}: write what it holds as {home}",
        );
    }
    if folder_of(path) == folder_of(home) {
        text!(zh: "改名为 {home}", en: "rename it {home}")
    } else {
        text!(zh: "移到 {home}", en: "move it to {home}")
    }
}

fn unused(report: &mut Report, file: FileId) {
    report.push(codes::UNRECOGNISED_FILE.at(
        Place::start(file),
        text!(zh: "这个文件没有用到", en: "nothing reads this file"),
    ).help(text!(
        zh: "内容放在 content/<单位>/<公开>/ 下：disclosure.yaml、tables/*.yaml、projects/*.yaml、narrative/*.md",
        en: "content lives in content/<organisation>/<disclosure>/: disclosure.yaml, tables/*.yaml, projects/*.yaml, narrative/*.md",
    )));
}

/// What a file that nothing reads was meant to be, as far as that can be told.
fn meant(sources: &Sources, file: FileId, path: &str) -> Option<Meant> {
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let name = parts.last()?;
    // Some programs add an ending that other ones hide.
    let name = name.strip_suffix(".txt").filter(|name| name.contains('.')).unwrap_or(name);
    let (stem, ending) = (name.rsplit_once('.').map_or(name, |(stem, _)| stem), ending_of(name));
    let is_yaml = matches!(ending.as_str(), "yaml" | "yml");
    let head = |head: &str| (is_yaml && is_near(stem, head)).then(|| format!("{head}.yaml"));
    let node =
        is_yaml.then(|| yaml::parse(&mut Report::default(), file, sources.file(file))).flatten();
    if let (Some(node), [organisation, rest @ ..]) = (&node, parts.as_slice())
        && is_head(node)
        && let Some(disclosure) = rest
            .first()
            .filter(|_| rest.len() > 1)
            .copied()
            .or_else(|| only_folder(sources, organisation))
    {
        return Some(Meant {
            home: format!("content/{organisation}/{disclosure}/disclosure.yaml"),
            part: None,
        });
    }
    if let (Some(_), [rest @ .., _]) = (head("organisation"), parts.as_slice())
        && let Some(organisation) = rest.first().copied().or_else(|| only_organisation(sources))
    {
        return Some(Meant {
            home: format!("content/{organisation}/organisation.yaml"),
            part: None,
        });
    }
    let (organisation, disclosure, rest) = match parts.as_slice() {
        [organisation, _] => match head("organisation") {
            Some(name) => {
                return Some(Meant { home: format!("content/{organisation}/{name}"), part: None });
            }
            None => (*organisation, only_disclosure(sources, organisation)?, &parts[1..]),
        },
        [organisation, disclosure, rest @ ..] if !rest.is_empty() => {
            (*organisation, *disclosure, rest)
        }
        _ => return None,
    };
    let home = format!("content/{organisation}/{disclosure}");
    if let ([_], Some(name)) = (rest, head("disclosure")) {
        return Some(Meant { home: format!("{home}/{name}"), part: None });
    }
    let folder = kind(sources, file, rest, (stem, &ending))?;
    let (name, part) = match folder {
        "tables" => (format!("{stem}.yaml"), Part::Table(stem.to_owned())),
        "projects" => (format!("{stem}.yaml"), Part::Projects),
        _ => (format!("{stem}.md"), Part::Section(id_of(stem).to_owned())),
    };
    let part = Some((organisation.to_owned(), disclosure.to_owned(), part));
    Some(Meant { home: format!("{home}/{folder}/{name}"), part })
}

/// The only folder of an organisation that holds parts of a disclosure and has no head.
fn only_folder<'a>(sources: &'a Sources, organisation: &str) -> Option<&'a str> {
    let below = sources.site_files("content").filter_map(|(_, path)| {
        let rest = path.strip_prefix("content/")?.strip_prefix(organisation)?.strip_prefix('/')?;
        let (folder, rest) = rest.split_once('/')?;
        FOLDERS.contains(&rest.split_once('/')?.0).then_some(folder)
    });
    let folders: BTreeSet<&str> = below.collect();
    let head = |folder: &&&str| {
        sources.find(&format!("content/{organisation}/{folder}/disclosure.yaml")).is_none()
    };
    let mut without = folders.iter().filter(head);
    without.next().copied().filter(|_| without.next().is_none())
}

/// Whether anything stands in a folder of `content/`.
fn has_folders(sources: &Sources) -> bool {
    sources.site_files("content").any(|(_, path)| path.matches('/').count() > 1)
}

/// The only organisation of a portal.
fn only_organisation(sources: &Sources) -> Option<&str> {
    let folders = sources
        .site_files("content")
        .filter_map(|(_, path)| path.strip_prefix("content/")?.split_once('/'));
    let folders: BTreeSet<&str> = folders.map(|(folder, _)| folder).collect();
    folders.first().copied().filter(|_| folders.len() == 1)
}

/// The folder of the only disclosure of an organisation.
fn only_disclosure<'a>(sources: &'a Sources, organisation: &str) -> Option<&'a str> {
    let mut heads = sources.site_files("content").filter_map(|(_, path)| {
        let rest = path.strip_prefix("content/")?.strip_prefix(organisation)?.strip_prefix('/')?;
        rest.strip_suffix("/disclosure.yaml").filter(|name| !name.contains('/'))
    });
    heads.next().filter(|_| heads.next().is_none())
}

/// The folder of a disclosure that a file belongs into: by what it holds, by its ending, by where it stands.
fn kind(
    sources: &Sources,
    file: FileId,
    rest: &[&str],
    (stem, ending): (&str, &str),
) -> Option<&'static str> {
    if matches!(ending, "yaml" | "yml" | "txt" | "") {
        let node = yaml::parse(&mut Report::default(), file, sources.file(file));
        if node.as_ref().is_some_and(is_table) {
            return Some("tables");
        }
        if node.as_ref().is_some_and(is_project) {
            return Some("projects");
        }
    }
    let stands_in = (rest.len() > 1)
        .then(|| FOLDERS.into_iter().find(|folder| is_near(&rest[0].to_lowercase(), folder)))
        .flatten();
    let is_numbered = || {
        let heading = sources.file(file).text().lines().find_map(|line| line.strip_prefix("# "));
        stem.starts_with(|c: char| c.is_ascii_digit()) || heading.is_some_and(begins_with_ordinal)
    };
    let is_text = stands_in == Some("narrative") || ending == "md" && is_numbered();
    if TEXTS.contains(&ending) && is_text {
        return Some("narrative");
    }
    stands_in.filter(|folder| *folder != "narrative" && TABLES.contains(&ending))
}

/// Whether a heading is numbered as those of disclosures are: `三、…`, `（三）…`, `3. …`.
fn begins_with_ordinal(heading: &str) -> bool {
    let heading = heading.trim_start_matches(['（', '(']);
    let is_digit = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let after = heading.trim_start_matches(is_digit);
    after.len() < heading.len() && after.starts_with(['、', '.', '．', '）', ')'])
}

fn is_near(written: &str, known: &str) -> bool {
    yaml::nearest(written, &[known]).is_some()
}

/// Says that the head of an organisation or a disclosure is there, under another name.
fn head_is_there(content: &mut Content, home: &str) {
    let parts: Vec<&str> = home.split('/').skip(1).collect();
    match parts.as_slice() {
        [organisation, _] => {
            content.organisations.entry((*organisation).to_owned()).or_default().has_head = true;
        }
        [organisation, disclosure, _] => {
            let folder = content.organisations.entry((*organisation).to_owned()).or_default();
            folder.disclosures.entry((*disclosure).to_owned()).or_default().has_head = true;
        }
        _ => {}
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn ending_of(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_lowercase())
}
