//! A profile that a disclosure names and does not follow: its tables, columns and fields are those of another one.

use std::collections::BTreeSet;

use crate::codes;
use crate::content::keys::PROJECT;
use crate::content::{self, DisclosureFolder};
use crate::diagnostic::{Report, text};
use crate::profile::{self, ColumnKind, KnownProfiles, PanelSpec, Profile, same_name};

/// So many words that a profile does not know show that it is the wrong one.
const ENOUGH: usize = 4;

/// Reports a disclosure whose profile is the wrong one of those there are; whether it did.
pub(super) fn is_another(
    report: &mut Report,
    known: &KnownProfiles,
    profile: &Profile,
    (written, folder): (&content::Disclosure, &DisclosureFolder),
) -> bool {
    let year = written.fiscal_year.get(..4).unwrap_or_default();
    let is_of_year = |id: &str| !year.is_empty() && id.ends_with(year);
    let is_of_another_year =
        profile.id.ends_with(|c: char| c.is_ascii_digit()) && !is_of_year(&profile.id);
    // What is of this year, or of no year, is seldom the wrong one.
    let own = misfits(profile, folder, is_of_another_year);
    if own < ENOUGH {
        return false;
    }
    let folder_of = |id: &str| id.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let place = folder_of(&profile.id);
    let others = || known.ids().iter().filter(|id| **id != profile.id);
    let beside: Vec<String> = others().filter(|id| folder_of(id) == place).cloned().collect();
    let elsewhere: Vec<String> = others().filter(|id| folder_of(id) != place).cloned().collect();
    let best = [beside, elsewhere].into_iter().find_map(|ids| {
        let all = profile::resolve(&mut Report::default(), known.sources(), ids);
        let fits = |other: &Profile| {
            other.is_for(&written.stage)
                && misfits(other, folder, false) == 0
                && !other.tables.is_empty()
        };
        let all: Vec<_> = all.into_values().filter(|other| fits(other)).collect();
        let worth = |other: &Profile| {
            let extended = all.iter().any(|one| one.bases.contains(&other.id));
            (misfits(other, folder, true), extended, !is_of_year(&other.id))
        };
        let best = all.iter().min_by_key(|other| worth(other))?;
        (misfits(best, folder, true) * 3 < own).then(|| best.id.clone())
    });
    let Some(best) = best else { return false };
    let id = &profile.id;
    let message = text!(
        zh: "表和项目的栏目不是模板“{id}”的（有 {own} 处），是“{best}”的", en: "the columns and rows of the tables and projects are not those of the profile `{id}` ({own} differ) but those of `{best}`",
    );
    let help = text!(zh: "写成 profile: {best}", en: "write profile: {best}");
    report.push(codes::UNKNOWN_PROFILE.at(written.profile_place.clone(), message).help(help));
    true
}

/// How many tables, panels, columns and fields of a disclosure a profile does not know; with `rows`, how many rows that
/// it prints are not there, too.
fn misfits(profile: &Profile, folder: &DisclosureFolder, rows: bool) -> usize {
    let mut count = 0;
    for (id, table) in &folder.tables {
        let Some(spec) = profile.tables.get(id) else {
            count += 1;
            continue;
        };
        for panel in &table.panels {
            let Some(number) = spec.panel(&panel.id) else {
                count += 1;
                continue;
            };
            let form = &spec.panels[number];
            count += columns(panel).iter().filter(|key| form.column(key).is_none()).count();
            if rows && !panel.rows.is_empty() {
                count += absent(form, panel);
            }
        }
    }
    let Some(spec) = &profile.projects else {
        return count + usize::from(!folder.projects.is_empty());
    };
    let keys = folder.projects.iter().flat_map(|project| project.node.entries());
    let keys: BTreeSet<&str> = keys.map(|(key, _)| &*key.text).collect();
    let is_known = |key: &&str| spec.fields.contains_key(*key) || PROJECT.position(key).is_some();
    count + keys.into_iter().filter(|key| !is_known(key)).count()
}

/// The columns of a panel: those of its first rows.
fn columns(panel: &content::Panel) -> BTreeSet<&str> {
    const FIRST: usize = 4;
    let rows = panel.rows.iter().take(FIRST);
    rows.flat_map(|row| &row.cells).map(|cell| &*cell.key.text).collect()
}

/// How many of the rows a form prints in any case a panel does not have.
fn absent(form: &PanelSpec, panel: &content::Panel) -> usize {
    let labels = form.columns.iter().filter(|column| column.kind == ColumnKind::Label);
    let labels: Vec<&str> = labels.map(|column| column.id.as_str()).collect();
    let cells = panel.rows.iter().flat_map(|row| &row.cells);
    let cells = cells.filter(|cell| labels.contains(&&*cell.key.text));
    let written: BTreeSet<&str> = cells.filter_map(|cell| cell.text.as_deref()).collect();
    let is_there = |name: &str| {
        written.contains(name) || written.iter().any(|written| same_name(written, name))
    };
    let printed = form.rows.values().filter(|row| !row.optional);
    printed
        .filter(|row| !is_there(&row.name) && !row.aliases.iter().any(|name| is_there(name)))
        .count()
}
