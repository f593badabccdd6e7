//! Declared keys and profiles → JSON Schemas, by which editors complete, explain and mark what an
//! author writes. One a kind of file; of each profile one a table, and those of its projects,
//! sections and disclosures.

mod form;
mod shape;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use self::shape::{Maker, WordLists};
use crate::content::{self, Content};
use crate::diagnostic::{Language, Report};
use crate::model::assemble;
use crate::profile::{self, Profile};
use crate::source::Sources;
use crate::yaml::keys::FileKind;
use crate::{theme, yaml};

/// Where schemas are written, from the portal's root.
pub const FOLDER: &str = ".mingbai-schema";

/// What a comment that names a schema begins with, after its `#`.
const MODELINE: &str = "yaml-language-server: $schema=";

/// The dialect that editors and validators agree on.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// One JSON Schema.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Its path below [`FOLDER`] without `.json`: `table`, `<profile>/tables/<table>`.
    pub name: String,
    /// The kind of file it describes, or the table.
    pub title: String,
    /// The schema.
    pub json: Value,
}

/// The kinds of authored files, in the order of the reference.
pub fn kinds() -> impl Iterator<Item = &'static FileKind> {
    content::keys::FILES.iter().chain(&profile::keys::FILES).chain(&theme::keys::FILES)
}

/// The schemas of a portal, and which of them describes a file.
pub struct Schemas<'a> {
    sources: &'a Sources,
    profiles: BTreeMap<String, Arc<Profile>>,
    /// The profile of each disclosure, by its folder.
    followed: BTreeMap<String, String>,
    language: Option<Language>,
}

impl<'a> Schemas<'a> {
    /// Reads the profiles that the portal names and those it holds. What keys mean is said in one
    /// language, or in both.
    pub fn of(sources: &'a Sources, language: Option<Language>) -> Schemas<'a> {
        // What is wrong with the files is `check`’s to say.
        let mut report = Report::default();
        let content = content::parse(&mut report, sources);
        let named: Vec<String> = assemble::profiles_named(&content).collect();
        let profiles = profile::resolve(&mut report, sources, named);
        Schemas { sources, profiles, followed: followed(&content), language }
    }

    /// Every schema, those of the kinds of files first.
    pub fn all(&self) -> Vec<Schema> {
        let known = WordLists::of(self.sources, self.language);
        let mut all: Vec<Schema> = kinds()
            .filter(|kind| kind.path.ends_with(".yaml"))
            .map(|kind| self.kind(kind, kind.name.to_owned(), &known))
            .collect();
        for (id, profile) in &self.profiles {
            let own = known.within(profile);
            for kind in kinds().filter(|kind| matches!(kind.name, "disclosure" | "profile")) {
                all.push(self.kind(kind, format!("{id}/{}", kind.name), &own));
            }
            all.extend(
                form::schemas(profile, &own, self.language)
                    .into_iter()
                    .map(|schema| Schema { name: format!("{id}/{}", schema.name), ..schema }),
            );
        }
        for schema in &mut all {
            seal(schema);
        }
        all
    }

    fn kind(&self, kind: &FileKind, name: String, known: &WordLists) -> Schema {
        let mut maker = Maker::new(known, self.language, kind.partial);
        let mut json = maker.shape(&kind.shape);
        let definitions = maker.into_definitions();
        if !definitions.is_empty() {
            json.insert("definitions".to_owned(), Value::Object(definitions));
        }
        let title = shape::said(kind.title, self.language, " ");
        Schema { name, title, json: Value::Object(json) }
    }

    /// The name of the schema of an authored file; nothing where no schema describes it.
    pub fn name_of(&self, path: &str) -> Option<String> {
        if path == self.sources.config() {
            return Some("site".to_owned());
        }
        let parts: Vec<&str> = path.split('/').collect();
        let name = match parts.as_slice() {
            ["content", "glossary.yaml"] => "glossary",
            ["content", "concordance.yaml"] => "concordance",
            ["content", _, "organisation.yaml"] => "organisation",
            ["content", organisation, disclosure, rest @ ..] => {
                let profile = self.followed.get(&format!("{organisation}/{disclosure}"));
                let profile = profile.and_then(|id| self.profiles.get(id));
                return of_disclosure(profile.map(|profile| &**profile), rest);
            }
            ["profiles", ..] => return self.of_profile(path),
            ["themes", _, "theme.yaml"] => "theme",
            ["themes", _, "texts.yaml"] => "texts",
            _ => return None,
        };
        Some(name.to_owned())
    }

    /// A profile that is only extended has no words of its own yet, and the schema of its kind. A piece has
    /// none: its keys are those of the map it is for.
    fn of_profile(&self, path: &str) -> Option<String> {
        let id = path.strip_prefix("profiles/")?.strip_suffix(".yaml")?;
        let file = self.sources.find(path)?;
        let node = yaml::parse(&mut Report::default(), file, self.sources.file(file))?;
        if profile::keys::is_piece(&node) {
            return None;
        }
        let kind = profile::keys::kind_of(&node);
        let is_resolved = profile::keys::is_profile(&node) && self.profiles.contains_key(id);
        Some(if is_resolved { format!("{id}/{}", kind.name) } else { kind.name.to_owned() })
    }
}

/// The schema of a file of a disclosure: its profile's, or that of the kind where the profile
/// is not there or has no such table.
fn of_disclosure(profile: Option<&Profile>, rest: &[&str]) -> Option<String> {
    let (kind, own) = match rest {
        ["disclosure.yaml"] => ("disclosure", profile.map(|_| "disclosure".to_owned())),
        ["tables", name] => {
            let id = name.strip_suffix(".yaml")?;
            let spec = profile.and_then(|profile| profile.tables.get(id));
            ("table", spec.map(|_| format!("tables/{id}")))
        }
        ["projects", name] if name.ends_with(".yaml") => {
            let spec = profile.and_then(|profile| profile.projects.as_ref());
            ("project", spec.map(|_| "project".to_owned()))
        }
        _ => return None,
    };
    Some(match profile.zip(own) {
        Some((profile, own)) => format!("{}/{own}", profile.id),
        None => kind.to_owned(),
    })
}

fn followed(content: &Content) -> BTreeMap<String, String> {
    let mut followed = BTreeMap::new();
    for (organisation, folder) in &content.organisations {
        for (id, disclosure) in &folder.disclosures {
            if let Some(written) = &disclosure.disclosure {
                followed.insert(format!("{organisation}/{id}"), written.profile.clone());
            }
        }
    }
    followed
}

/// What every schema states first.
fn seal(schema: &mut Schema) {
    let mut sealed = json!({ "$schema": DIALECT, "title": schema.title });
    if let (Some(sealed), Value::Object(own)) = (sealed.as_object_mut(), &mut schema.json) {
        sealed.append(own);
    }
    schema.json = sealed;
}

/// A file with a first line that names its schema; nothing where it names that one, or one of the
/// author's own, already. The rest of the file stays as it is.
pub fn annotate(path: &str, text: &str, schema: &str) -> Option<String> {
    let up = "../".repeat(path.matches('/').count());
    let modeline = format!("# {MODELINE}{up}{FOLDER}/{schema}.json");
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(body) => ("\u{feff}", body),
        None => ("", text),
    };
    let end = if body.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines = body.split_inclusive('\n');
    let Some(old) = lines.clone().find(|line| line.starts_with('#') && line.contains(MODELINE))
    else {
        return Some(format!("{mark}{modeline}{end}{body}"));
    };
    if old.trim_end() == modeline || !old.contains(FOLDER) {
        return None;
    }
    let replaced = lines
        .by_ref()
        .map(|line| if line == old { format!("{modeline}{end}") } else { line.to_owned() });
    Some(format!("{mark}{}", replaced.collect::<String>()))
}
