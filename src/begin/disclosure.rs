//! A disclosure of an earlier year, or a profile alone → the files of a new disclosure.

use super::{NewFile, project, table};
use crate::content::doubt::TO_FILL_IN;
use crate::content::{self, DisclosureFolder, is_year, origins};
use crate::diagnostic::{Text, text};
use crate::import::{digest, scalar};
use crate::profile::Profile;
use crate::source::Sources;

/// What a disclosure is begun with.
#[derive(Clone, Copy, Debug)]
pub struct DisclosurePlan<'a> {
    /// The files of the portal.
    pub sources: &'a Sources,
    /// The folder of the organisation.
    pub organisation: &'a str,
    /// What the organisation is called, where it says so.
    pub name: Option<&'a str>,
    /// The folder of the disclosure.
    pub folder: &'a str,
    /// The fiscal year.
    pub year: &'a str,
    /// The stage.
    pub stage: &'a str,
    /// Its profile.
    pub profile: &'a Profile,
    /// The disclosure it is begun from.
    pub from: Option<EarlierYear<'a>>,
}

/// The disclosure that another is begun from.
#[derive(Clone, Copy, Debug)]
pub struct EarlierYear<'a> {
    /// Its folder.
    pub id: &'a str,
    /// Its head.
    pub head: &'a content::Disclosure,
    /// What it holds.
    pub folder: &'a DisclosureFolder,
}

/// The files of a disclosure that is begun.
#[derive(Clone, Debug, Default)]
pub struct Begun {
    /// The files.
    pub files: Vec<NewFile>,
    /// What the earlier disclosure holds and this one does not.
    pub lost: Vec<Text>,
}

/// The fiscal year and the stage that the name of a folder says: `2026-budget`.
pub fn year_and_stage(folder: &str) -> (Option<&str>, Option<&str>) {
    match folder.split_once('-') {
        Some((year, stage)) if is_year(year) => (Some(year), Some(stage).filter(|s| !s.is_empty())),
        _ => (Some(folder).filter(|folder| is_year(folder)), None),
    }
}

/// The files of a new disclosure.
pub fn disclosure(new: &DisclosurePlan) -> Begun {
    let mut begun = Begun::default();
    let below = format!("content/{}/{}/", new.organisation, new.folder);
    begun.add(format!("{below}disclosure.yaml"), head(new));
    tables(new, &below, &mut begun);
    if let Some(from) = new.from {
        taken_along(new, from, &below, &mut begun);
    }
    sections(new, &below, &mut begun);
    // An import may write over what nobody touched since.
    let mut written = origins::Origins::default();
    for file in begun.files.iter().filter(|file| !file.path.ends_with("/disclosure.yaml")) {
        let one = origins::Written { digest: digest(&file.text), ..origins::Written::default() };
        written.written.insert(file.path[below.len()..].to_owned(), one);
    }
    begun.add(format!("{below}{}", origins::FILE), written.to_text());
    begun
}

impl Begun {
    fn add(&mut self, path: String, text: String) {
        self.files.push(NewFile { path, text });
    }
}

/// `disclosure.yaml`. Dates, acceptances and the catalogue are of one year alone; what is withheld stays
/// withheld until somebody says otherwise.
fn head(new: &DisclosurePlan) -> String {
    let from = new.from.map(|from| from.head);
    let line = |key: &str, value: &str| match value {
        "" => String::new(),
        value => format!("{key}: {}\n", scalar(value, false)),
    };
    let title = match (from, new.name) {
        (Some(from), _) if !from.title.is_empty() => in_year(&from.title, &from.fiscal_year, new),
        (_, Some(name)) => {
            let year = new.profile.words.year.replace("{year}", new.year);
            format!("{name}{year}{}", new.profile.title)
        }
        _ => String::new(),
    };
    let mut out = line("fiscal_year", new.year) + &line("stage", new.stage);
    out.push_str(&line("edition", from.map_or("", |from| &from.edition)));
    out.push_str(&line("profile", &new.profile.id));
    out.push_str(&line("from", new.from.map_or("", |from| from.id)));
    out.push_str(&line("title", &title));
    let flags = from.map(|from| from.flags.as_slice()).unwrap_or_default();
    if !flags.is_empty() {
        let flags: Vec<_> = flags.iter().map(|flag| scalar(flag, true)).collect();
        out.push_str(&format!("flags: [{}]\n", flags.join(", ")));
    }
    let withheld = from.map(|from| from.withhold.as_slice()).unwrap_or_default();
    if !withheld.is_empty() {
        out.push_str("withhold:\n");
        for one in withheld {
            let (at, because) = (scalar(&one.at, true), scalar(&one.because, true));
            out.push_str(&format!("  - {{ at: {at}, because: {because} }}\n"));
        }
    }
    out
}

/// A title of the earlier year, with the new one in its place.
fn in_year(title: &str, earlier: &str, new: &DisclosurePlan) -> String {
    let mut out = String::with_capacity(title.len());
    let mut rest = title;
    while let Some(at) = rest.find(earlier).filter(|_| !earlier.is_empty()) {
        let (before, behind) = (&rest[..at], &rest[at + earlier.len()..]);
        let is_whole = !before.ends_with(|c: char| c.is_ascii_digit())
            && !behind.starts_with(|c: char| c.is_ascii_digit());
        out.push_str(before);
        out.push_str(if is_whole { new.year } else { earlier });
        rest = behind;
    }
    out + rest
}

fn tables(new: &DisclosurePlan, below: &str, begun: &mut Begun) {
    let earlier = new.from.map(|from| &from.folder.tables);
    for (id, spec) in &new.profile.tables {
        let own = earlier.and_then(|tables| tables.get(id));
        // Of forms that may be left out, those of the year before.
        if spec.required || own.is_some() {
            let is_same = new.from.is_none_or(|from| from.head.profile == new.profile.id);
            let text = table::table((spec, is_same), own, &mut begun.lost);
            begun.add(format!("{below}tables/{id}.yaml"), text);
        }
    }
    let ids = earlier.into_iter().flat_map(|tables| tables.keys());
    for id in ids.filter(|id| !new.profile.tables.contains_key(*id)) {
        begun.lost.push(text!(
            zh: "模板 {profile} 没有表“{id}”，没有带来", en: "the profile {profile} has no table `{id}`: it did not come along",
            profile = new.profile.id,
        ));
    }
}

/// Projects and sections of the earlier disclosure.
fn taken_along(new: &DisclosurePlan, from: EarlierYear, below: &str, begun: &mut Begun) {
    for project in &from.folder.projects {
        let Some(spec) = &new.profile.projects else {
            begun.lost.push(text!(
                zh: "模板 {profile} 没有项目，projects/{slug}.yaml 没有带来", en: "the profile {profile} has no projects: projects/{slug}.yaml did not come along",
                profile = new.profile.id, slug = project.slug,
            ));
            continue;
        };
        let text = project::blanked(spec, project, new.sources.file(project.file).text());
        begun.add(format!("{below}projects/{}.yaml", project.slug), text);
    }
    for section in &from.folder.sections {
        let file = new.sources.file(section.file);
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        begun.add(format!("{below}narrative/{name}"), file.text().to_owned());
    }
}

/// Sections of which nothing is known but their heading.
fn sections(new: &DisclosurePlan, below: &str, begun: &mut Begun) {
    for (index, (id, spec)) in new.profile.sections.iter().enumerate() {
        let earlier = new.from.map(|from| from.folder.sections.as_slice()).unwrap_or_default();
        let is_there = earlier.iter().any(|section| section.id == *id);
        if spec.required && !is_there {
            let path = format!("{below}narrative/{index:02}-{id}.md");
            begun.add(path, format!("# {}\n\n{TO_FILL_IN}\n", spec.title));
        }
    }
}
