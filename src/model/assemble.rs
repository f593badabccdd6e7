//! Content laid over profiles: the portal. What does not fit is reported and left out.

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use super::code_names::CodeNames;
use super::code_rows::Doubt;
use super::pasted;
use super::{
    Answers, Cached, Disclosure, Draft, Model, Organisation, Outline, Panel, Project, Section,
    Table, absent, cut_off, fitting, hierarchy, projects, prose, rowless, rows, strange_table,
    withhold,
};
use crate::codes;
use crate::content::{self, Content, DisclosureFolder, Part, Term, Unread};
use crate::diagnostic::{Report, Text, text};
use crate::profile::{KnownProfiles, Profile, TableSpec};
use crate::source::{FileId, Place, Sources};
use crate::yaml;

/// Which disclosures become part of the portal.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Drafts, too.
    pub drafts: bool,
    /// Where the portal holds disclosures back until they are published: the day it is, `YYYY-MM-DD`.
    pub held_after: Option<&'a str>,
}

impl Wanted<'_> {
    /// Whether a disclosure is wanted; one that is held back is reported.
    fn has(&self, report: &mut Report, site: &content::Site, disclosure: &Disclosure) -> bool {
        let written = &disclosure.written;
        if written.draft && !self.drafts {
            return false;
        }
        let (day, published) = (self.held_after.unwrap_or_default(), &written.published);
        let is_early = site.hold_until_published && !day.is_empty() && published.as_str() > day;
        if is_early {
            report.push(codes::HELD_BACK.at(
                Place::value(written.file, "published"),
                text!(zh: "今天是 {day}，这份公开到 {published} 才公开：这次没有生成", en: "today is {day}, and the disclosure is published on {published}: it was left out"),
            ).about(&disclosure.path, "published"));
        }
        !is_early
    }
}

/// Builds the portal, or the part of it whose content this is: then `outline` is the whole
/// portal's. Of its disclosures those are left out that are not `wanted`.
pub fn assemble(
    report: &mut Report,
    sources: &Sources,
    content: Content,
    profiles: &BTreeMap<String, Arc<Profile>>,
    outline: Option<&Arc<Outline>>,
    wanted: Wanted,
) -> Draft {
    let mut portal = Model { site: content.site, glossary: content.glossary, ..Model::default() };
    let known = KnownProfiles::of(sources);
    let mut names = BTreeMap::new();
    let first = content.organisations.iter().find(|(_, folder)| folder.has_heads());
    let first = first.map(|(id, _)| id.clone());
    for (id, folder) in content.organisations {
        let Some(written) = folder.organisation else { continue };
        let organisation = portal.organisations.len();
        if folder.disclosures.is_empty() {
            let name = &written.name;
            nothing_disclosed(
                report,
                written.file,
                &text!(zh: "“{name}”没有一份公开", en: "`{name}` has no disclosure"),
            );
        }
        let mut disclosures: Vec<Disclosure> = folder
            .disclosures
            .into_iter()
            .filter_map(|(name, folder)| {
                disclosure(report, &known, profiles, (&id, organisation, &written), &name, folder)
            })
            .collect();
        disclosures.retain(|disclosure| wanted.has(report, &portal.site, disclosure));
        disclosures.sort_by(|a, b| {
            (b.year, &a.written.stage, &a.id).cmp(&(a.year, &b.written.stage, &b.id))
        });
        let own_names = [&written.name, &written.short].into_iter().filter(|name| !name.is_empty());
        names.extend(own_names.map(|name| (name.clone(), id.clone())));
        // An organisation without a disclosure is not published.
        if disclosures.is_empty() {
            continue;
        }
        portal.organisations.push(Organisation {
            id,
            written,
            subjects: Cached::default(),
            project_years: Cached::default(),
        });
        portal.disclosures.append(&mut disclosures);
    }
    link_years(&mut portal);
    portal.outline =
        outline.map_or_else(|| Arc::new(Outline::of(&portal, first, names)), Arc::clone);
    unconfigured(report, sources, &portal.outline);
    let secrets = withhold::resolve(report, &portal);
    Draft::new(portal, secrets)
}

/// A portal without a configuration is reported once, whatever part of it this is.
fn unconfigured(report: &mut Report, sources: &Sources, outline: &Outline) {
    let config = sources.config();
    if sources.find(config).is_some() {
        return;
    }
    let Some(file) = outline.first_file(sources) else { return };
    report.push(codes::MISSING_KEY.at(
        Place::start(file),
        text!(zh: "门户根目录缺少配置文件 {config}", en: "the portal has no {config}"),
    ).help(match &sources.config_alike {
        Some(alike) => text!(zh: "{alike} 改名为 {config}", en: "rename {alike} {config}"),
        None => text!(zh: "至少写一行：title: 门户名称", en: "one line will do: title: name of the portal"),
    }));
}

/// The profiles that content names, so that embedded ones nobody uses are not read.
pub fn profiles_named(content: &Content) -> impl Iterator<Item = String> + '_ {
    let folders = content.organisations.values().flat_map(|folder| folder.disclosures.values());
    folders.filter_map(|folder| Some(folder.disclosure.as_ref()?.profile.clone()))
}

fn disclosure(
    report: &mut Report,
    known: &KnownProfiles,
    profiles: &BTreeMap<String, Arc<Profile>>,
    (organisation_id, organisation, organisation_written): (&str, usize, &content::Organisation),
    id: &str,
    mut folder: DisclosureFolder,
) -> Option<Disclosure> {
    let written = folder.disclosure.take()?;
    let Some(profile) = profiles.get(&written.profile).cloned() else {
        unknown_profile(report, known, &written);
        return None;
    };
    if fitting::is_another(report, known, &profile, (&written, &folder)) {
        return None;
    }
    let has_unread = folder.unread.iter().any(|unread| matches!(unread.what, Part::Table(_)));
    let is_empty = folder.tables.is_empty() && !has_unread;
    if is_empty && !profile.tables.is_empty() && !written.draft {
        let message = text!(zh: "这份公开没有一张表", en: "the disclosure has no table");
        nothing_disclosed(report, written.file, &message);
    }
    let year = year(&written);
    check_stage(report, &profile, &written);
    let mut unread = std::mem::take(&mut folder.unread);
    let printed = Printed { organisation: organisation_written, disclosure: &written };
    let tables = tables(report, &profile, (&printed, year), &folder.tables, &mut unread);
    unknown_tables(report, &profile, &folder.tables, &mut unread);
    let spec = profile.projects.as_ref();
    let projects = spec.map_or_else(Vec::new, |spec| {
        folder
            .projects
            .iter()
            .map(|written| projects::read(report, &profile, spec, written))
            .collect::<Vec<Project>>()
    });
    unread.extend(projects::no_figures(spec, &projects, &folder.projects));
    unread.extend(cut_off::unread(&tables));
    unread.extend(absent::tables(&profile, &tables, &written, &unread));
    unread.extend(spec.into_iter().flat_map(|spec| absent::fields(spec, &projects)));
    unread.extend(spec.and_then(|spec| absent::projects(spec, &projects, &written, &unread)));
    let mut disclosure = Disclosure {
        id: id.to_owned(),
        organisation,
        path: format!("{organisation_id}/{id}"),
        written,
        year,
        sections: sections(&profile, folder.sections),
        profile,
        tables,
        projects,
        prior: None,
        worked: Answers::default(),
        unread,
        project_decimals: 0,
        is_grouped: false,
    };
    disclosure.derive();
    Some(disclosure)
}

/// The tables of a disclosure, in the order of its profile.
fn tables(
    report: &mut Report,
    profile: &Profile,
    (printed, year): (&Printed, u32),
    written: &BTreeMap<String, content::Table>,
    unread: &mut Vec<Unread>,
) -> IndexMap<String, Table> {
    let mut tables = IndexMap::new();
    let code_names = CodeNames::of(profile, year, |id| written.get(id));
    for spec in profile.tables.values() {
        let Some(content) = written.get(&spec.id) else { continue };
        let pasted = pasted::find(report, (profile, spec), written, content);
        if pasted.is_some() {
            unread.extend(pasted);
            continue;
        }
        let table = table(report, (profile, spec, &code_names), content, printed, unread);
        tables.insert(table.spec.id.clone(), table);
    }
    tables
}

fn unknown_profile(report: &mut Report, known: &KnownProfiles, written: &content::Disclosure) {
    // A profile that is there and cannot be read was reported where it stands.
    if written.profile.is_empty() || known.has(&written.profile) {
        return;
    }
    let message =
        text!(zh: "没有模板“{id}”", en: "there is no profile `{id}`", id = written.profile);
    report.push(
        codes::UNKNOWN_PROFILE
            .at(written.profile_place.clone(), message)
            .help(known.beside(&written.profile)),
    );
}

fn nothing_disclosed(report: &mut Report, file: FileId, message: &Text) {
    report.push(codes::NOTHING_DISCLOSED.at(Place::start(file), message.clone()).help(text!(
        zh: "看看文件夹有没有搬走、名字有没有写错：表放在 content/<单位>/<公开>/tables/*.yaml；还没有写好的，在 disclosure.yaml 里写 draft: true",
        en: "see whether a folder was moved or misspelt: tables stand in content/<organisation>/<disclosure>/tables/*.yaml; a disclosure that is not ready says draft: true",
    )));
}

/// The first of its years: `2023/24` is ordered as 2023.
fn year(written: &content::Disclosure) -> u32 {
    written.fiscal_year.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default()
}

/// Reports a stage that the profile is not for.
fn check_stage(report: &mut Report, profile: &Profile, written: &content::Disclosure) {
    let (stages, stage) = (&profile.stages, &written.stage);
    if stage.is_empty() || profile.is_for(stage) {
        return;
    }
    let known: Vec<&str> = stages.iter().map(String::as_str).collect();
    let (list, en_list) = (known.join("、"), known.join(", "));
    let message = text!(
        zh: "stage 写的是“{stage}”，模板“{profile}”的阶段是 {list}", en: "the stage is `{stage}`, but the profile `{profile}` is for: {en_list}",
        profile = profile.id,
    );
    let help = match yaml::nearest(stage, &known) {
        Some(name) => text!(zh: "是不是“{name}”？", en: "did you mean `{name}`?"),
        None => {
            text!(zh: "核对 stage；确是这个阶段的，换一个它的模板", en: "look at the stage; where it is right, name a profile of that stage")
        }
    };
    report.push(codes::BAD_VALUE.at(written.stage_place.clone(), message).help(help));
}

fn unknown_tables(
    report: &mut Report,
    profile: &Profile,
    tables: &BTreeMap<String, content::Table>,
    unread: &mut Vec<Unread>,
) {
    let known: Vec<&str> = profile.tables.keys().map(String::as_str).collect();
    for (id, table) in tables {
        if !profile.tables.contains_key(id) {
            let message = text!(zh: "模板“{profile}”没有表“{id}”", en: "the profile `{profile}` has no table `{id}`", profile = profile.id);
            let place = Place::start(table.file);
            let meant = strange_table::meant(profile, tables, id);
            let help = match &meant {
                Some(meant) => {
                    text!(zh: "是不是“{meant}”？改名为 tables/{meant}.yaml", en: "did you mean `{meant}`? rename it tables/{meant}.yaml")
                }
                None => strange_table::copied(tables, &known, id)
                    .unwrap_or_else(|| yaml::suggestion(id, &known)),
            };
            report.push(codes::UNKNOWN_TABLE.at(place.clone(), message).help(help));
            unread.extend(meant.map(|meant| Unread::new(Part::Table(meant), place)));
        }
    }
}

/// What a form's `{…}` stand for.
struct Printed<'a> {
    organisation: &'a content::Organisation,
    disclosure: &'a content::Disclosure,
}

impl Printed<'_> {
    fn fill(&self, pattern: &str, unit: &str, facts: &[(crate::yaml::Key, String)]) -> String {
        let mut text = pattern
            .replace("{code}", &self.organisation.code)
            .replace("{organisation}", &self.organisation.name)
            .replace("{year}", &self.disclosure.fiscal_year)
            .replace("{unit}", unit);
        for (key, value) in facts {
            text = text.replace(&format!("{{{}}}", key.text), value);
        }
        text
    }
}

impl Disclosure {
    /// A title of the profile with what its `{organisation}`, `{code}` and `{year}` stand for.
    pub fn filled(&self, portal: &Model, pattern: &str) -> String {
        let organisation = &portal.organisation(self).written;
        Printed { organisation, disclosure: &self.written }.fill(pattern, "", &[])
    }
}

fn table(
    report: &mut Report,
    (profile, spec, code_names): (&Profile, &Arc<TableSpec>, &CodeNames),
    written: &content::Table,
    printed: &Printed,
    unread: &mut Vec<Unread>,
) -> Table {
    let mut panels = Vec::with_capacity(spec.panels.len());
    for (index, form) in spec.panels.iter().enumerate() {
        let panel = match written.panels.iter().find(|panel| panel.id == form.id) {
            None => Panel::default(),
            Some(content) => {
                let (mut doubts, marks) = (Vec::new(), (&profile.marks, code_names));
                let mut panel =
                    rows::read(report, (spec, form), marks, (written.file, content), &mut doubts);
                unread.extend(absent::rows(spec, (index, form), &panel, (written.file, content)));
                let place = |row: usize, column: usize| place(written, spec, index, row, column);
                hierarchy::resolve(report, form, &mut panel.rows, &place, &mut doubts);
                unread.extend(absent::below(spec, (index, form), &panel, &place));
                unread.extend(doubts.into_iter().map(|(doubt, place)| {
                    let part = match doubt {
                        Doubt::Row(row) => Part::Row(spec.id.clone(), index, row),
                        Doubt::Cell(row, column) => Part::Cell(spec.id.clone(), index, row, column),
                        Doubt::Code(code) => Part::Code(spec.id.clone(), index, code),
                    };
                    Unread::new(part, place)
                }));
                panel
            }
        };
        panels.push(panel);
    }
    unknown_panels(report, spec, written);
    rowless::find(report, spec, written, unread);
    rowless::unreadable(spec, written, &panels, unread);
    let unit = spec.unit.as_deref().unwrap_or_default();
    Table {
        title: match &written.title {
            Some(title) => title.clone(),
            None => printed.fill(&spec.title, unit, &written.facts),
        },
        form_title: printed.fill(&spec.title, unit, &written.facts),
        caption: spec.caption.iter().map(|line| printed.fill(line, unit, &written.facts)).collect(),
        decimals: Vec::new(),
        spec: Arc::clone(spec),
        file: written.file,
        panels,
        note: written.note.clone(),
        facts: facts(report, spec, written),
    }
}

fn place(
    written: &content::Table,
    spec: &TableSpec,
    panel: usize,
    row: usize,
    column: usize,
) -> Place {
    let form = &spec.panels[panel];
    let column = form.columns.get(column).map(|column| column.id.as_str()).unwrap_or_default();
    let rows = if form.id.is_empty() { "rows".to_owned() } else { format!("panels.{}", form.id) };
    Place::value(written.file, format!("{rows}[{row}].{column}"))
}

fn unknown_panels(report: &mut Report, spec: &TableSpec, written: &content::Table) {
    let known: Vec<&str> = spec.panels.iter().map(|panel| panel.id.as_str()).collect();
    for panel in &written.panels {
        if spec.panel(&panel.id).is_some() {
            continue;
        }
        let list = known.join("、");
        match &panel.key {
            Some(key) => yaml::unknown_key(report, key, &text!(zh: "表“{title}”", en: "the table `{id}`", title = spec.title, id = spec.id), &known),
            None => report.push(codes::WRONG_TYPE.at(
                Place::key(written.file, "rows"),
                text!(zh: "表“{title}”分几栏，要写 panels:（{list}），不能直接写 rows:", en: "the table `{id}` has panels ({list}): write `panels:`, not `rows:`", title = spec.title, id = spec.id),
            )),
        }
    }
}

fn facts(report: &mut Report, spec: &TableSpec, written: &content::Table) -> Vec<(String, String)> {
    let known: Vec<&str> = spec.facts.keys().map(String::as_str).collect();
    let mut facts = Vec::new();
    for (key, value) in &written.facts {
        match spec.facts.get(&*key.text) {
            Some(title) => facts.push((title.clone(), value.clone())),
            None => yaml::unknown_key(
                report,
                key,
                &text!(zh: "表“{title}”", en: "the table `{id}`", title = spec.title, id = spec.id),
                &known,
            ),
        }
    }
    if written.panels.iter().any(|panel| !panel.rows.is_empty()) {
        absent_facts(report, spec, written);
    }
    facts
}

/// Reports the facts of a form that a table leaves out.
fn absent_facts(report: &mut Report, spec: &TableSpec, written: &content::Table) {
    let (table, id) = (&spec.title, &spec.id);
    for (fact, title) in &spec.facts {
        let mut keys = written.facts.iter().map(|(key, value)| (&*key.text, value.trim()));
        if keys.any(|(key, value)| key == fact && !value.is_empty()) {
            continue;
        }
        let message = text!(zh: "表“{table}”缺少“{title}”", en: "the table `{id}` does not say its `{fact}`, “{title}”");
        let help = text!(zh: "写上 facts: {{ {fact}: … }}", en: "write facts: {{ {fact}: … }}");
        report.push(codes::MISSING_KEY.at(Place::key(written.file, "facts"), message).help(help));
    }
}

/// Sections in file order; those the profile places under another know their parent.
fn sections(profile: &Profile, written: Vec<content::Section>) -> Vec<Section> {
    let mut ids: IndexMap<String, usize> = IndexMap::with_capacity(written.len());
    for (index, section) in written.iter().enumerate() {
        ids.entry(section.id.clone()).or_insert(index);
    }
    written
        .into_iter()
        .map(|section| {
            let spec = profile.sections.get(&section.id);
            let explains = spec.is_some_and(|spec| spec.terms);
            let terms = section.terms.into_iter().filter(|_| explains);
            Section {
                parent: spec
                    .and_then(|spec| spec.parent.as_ref())
                    .and_then(|parent| ids.get(parent).copied()),
                terms: terms
                    .map(|(name, definition)| Term { name, definition, also: Vec::new() })
                    .collect(),
                id: section.id,
                slug: section.slug,
                file: section.file,
                title: section.title,
                has_heading: section.has_heading,
                pieces: section.pieces,
                bindings: prose::Binding::all(profile, &section.paragraphs, section.bindings),
                halves: section.halves,
                paragraphs: section.paragraphs,
            }
        })
        .collect()
}

/// Each disclosure learns which one is the year before: same body, stage and edition.
fn link_years(portal: &mut Model) {
    let key = |d: &Disclosure| {
        (d.organisation, d.written.stage.clone(), d.written.edition.clone(), d.year)
    };
    let mut places = BTreeMap::new();
    for (index, disclosure) in portal.disclosures.iter().enumerate() {
        places.entry(key(disclosure)).or_insert(index);
    }
    for disclosure in &mut portal.disclosures {
        let (organisation, stage, edition, year) = key(disclosure);
        let before = year.checked_sub(1).map(|year| (organisation, stage, edition, year));
        disclosure.prior = before.and_then(|before| places.get(&before).copied());
    }
}
