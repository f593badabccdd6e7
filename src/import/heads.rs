//! The heads of a portal, an organisation and a disclosure, where they are missing: what the files
//! say of them, and marks where they say nothing.

use super::placed::{Placed, Said};
use super::words::{key, year_in};
use super::write::{origin_words, scalar};
use crate::content::doubt;
use crate::diagnostic::{Language, Text, text};
use crate::import::document::Document;
use crate::profile::Profile;

/// What is known of a disclosure beside its figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The fiscal year.
    pub year: String,
    /// The stage: `budget`, `final`.
    pub stage: String,
    /// The name of the organisation.
    pub name: Option<String>,
    /// Its code in the budget system.
    pub code: Option<String>,
}

/// What the author says of a disclosure, which what files say must not gainsay.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// The folder of the disclosure: `2025-budget`.
    pub folder: &'a str,
    /// The fiscal year.
    pub year: Option<&'a str>,
    /// The stage.
    pub stage: Option<&'a str>,
    /// The name of the organisation.
    pub name: Option<&'a str>,
}

/// Why a head cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What is to be said to the author.
    pub words: Text,
}

/// What the files and the author say of a disclosure; nothing is guessed. Beside it what cannot be
/// told.
pub fn facts(placed: &Placed, documents: &[Document], given: Given) -> (Facts, Vec<Unknown>) {
    let mut unknown = Vec::new();
    let (in_folder, stage_in_folder) = match given.folder.split_once('-') {
        Some((year, stage)) => (year_in(year), Some(stage)),
        None => (year_in(given.folder), None),
    };
    let said = most_said(placed, "year");
    let year = match (given.year, said, in_folder) {
        (Some(year), ..) => year.to_owned(),
        (None, Some(said), Some(folder)) if said.text != folder => {
            let at = origin_words(documents, &said.at);
            let printed = &said.text;
            unknown.push(Unknown { words: text!(
                zh: "文件里写的是 {printed} 年（{zh}），文件夹写的是 {folder} 年：用 --year 说明是哪一年",
                en: "the file says {printed} ({en}) and the folder {folder}: say with --year which it is",
                zh = at.zh, en = at.en,
            )});
            String::new()
        }
        (None, Some(said), _) => said.text.clone(),
        (None, None, Some(folder)) => folder,
        (None, None, None) => {
            unknown.push(Unknown { words: text!(
                zh: "文件和文件夹的名字都没有写明年度：用 --year 说明", en: "neither the file nor the folder says the fiscal year: say it with --year",
            )});
            String::new()
        }
    };
    let stage = given.stage.or(stage_in_folder).unwrap_or_default().to_owned();
    if stage.is_empty() {
        unknown.push(Unknown { words: text!(
            zh: "没有写明阶段：用 --stage budget 或 --stage final 说明，或者把文件夹叫作 2025-budget 这样",
            en: "the stage is not known: say it with --stage budget or --stage final, or name the folder like 2025-budget",
        )});
    }
    let name = given.name.map(str::to_owned);
    let name = name.or_else(|| most_said(placed, "organisation").map(|said| said.text.clone()));
    let code = most_said(placed, "code").map(|said| said.text.clone());
    (Facts { year, stage, name, code }, unknown)
}

/// What most lines say of one thing.
fn most_said<'a>(placed: &'a Placed, what: &str) -> Option<&'a Said> {
    let all: Vec<&Said> = placed.said.iter().filter(|said| said.what == what).collect();
    let count = |text: &str| all.iter().filter(|said| key(&said.text) == key(text)).count();
    // The first of those said most often.
    let most = all.iter().map(|said| count(&said.text)).max()?;
    all.iter().find(|said| count(&said.text) == most).copied()
}

/// `organisation.yaml`.
pub fn organisation(facts: &Facts, folder: &str, language: Language) -> String {
    let code = facts.code.as_deref().map(|code| format!("code: {}\n", scalar(code, false)));
    let why = text!(zh: "文件里没有写单位名称", en: "the files do not name the organisation");
    let name = facts.name.clone().unwrap_or_else(|| doubt::marked(folder, why.get(language)));
    format!("{}name: {}\n", code.unwrap_or_default(), scalar(&name, false))
}

/// `disclosure.yaml`.
pub fn disclosure(
    facts: &Facts,
    profile: &Profile,
    documents: &[Document],
    language: Language,
) -> String {
    let names: Vec<&str> = documents.iter().map(|document| document.name.as_str()).collect();
    let (zh, en) = (names.join("、"), names.join(", "));
    let source = text!(zh: "由 {zh} 导入", en: "imported from {en}");
    let year = profile.words.year.replace("{year}", &facts.year);
    let title = facts.name.as_deref().map(|name| {
        let title = format!("{name}{year}{}", profile.title);
        format!("title: {}\n", scalar(&title, false))
    });
    format!(
        "fiscal_year: {}\nstage: {}\nprofile: {}\n{}source: {}\n",
        scalar(&facts.year, false),
        scalar(&facts.stage, false),
        profile.id,
        title.unwrap_or_default(),
        scalar(source.get(language), false)
    )
}

/// `mingbai.yaml`.
pub fn portal(facts: &Facts, folder: &str, language: Language) -> String {
    let name = facts.name.as_deref().unwrap_or(folder);
    let name = scalar(name, false);
    let tongue = match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    format!("title: {name}\nlanguage: {tongue}\npublisher: {name}\n")
}
