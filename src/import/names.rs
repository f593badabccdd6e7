//! The names of the files of projects and sections: those they have, or new ones.

use super::placed::PlacedProject;
use super::words::key;
use crate::profile::{ColumnKind, Profile};

/// The path of each project below the folder of its disclosure. A project that is there, by its code
/// or its name, keeps its file.
pub(super) fn of_projects(
    profile: &Profile,
    projects: &[PlacedProject],
    existing: &[(String, String)],
) -> Vec<String> {
    let field = |kind: ColumnKind| {
        let fields = profile.projects.iter().flat_map(|spec| spec.fields.values());
        fields.into_iter().find(|field| field.kind == kind).map(|field| field.id.as_str())
    };
    let (code, name) = (field(ColumnKind::Code), field(ColumnKind::Label));
    let text = |project: &PlacedProject, id: Option<&str>| {
        let value = id.and_then(|id| project.fields.get(id));
        value.map(|value| value.text.clone()).unwrap_or_default()
    };
    let digits = projects.len().to_string().len().max(2);
    let mut paths: Vec<String> = Vec::new();
    for (index, project) in projects.iter().enumerate() {
        let is_there = |id: Option<&str>| {
            let (id, own) = (id?, key(&text(project, id)));
            let line = format!("{id}: ");
            let is_own = |text: &str| {
                let written = text.lines().find_map(|text| text.strip_prefix(&line));
                written.is_some_and(|written| key(written.trim_matches(['"', '\''])) == own)
            };
            let files = existing.iter().filter(|(path, _)| path.starts_with(FOLDER));
            let found =
                files.into_iter().find(|(path, text)| is_own(text) && !paths.contains(path));
            found.filter(|_| !own.is_empty()).map(|(path, _)| path.clone())
        };
        let path = is_there(code).or_else(|| is_there(name));
        let new = || format!("{FOLDER}{:0digits$}-{}.yaml", index + 1, slug(&text(project, name)));
        paths.push(path.unwrap_or_else(new));
    }
    paths
}

/// The path of a new project below the folder of its disclosure: the number after the last one, and its
/// name. `existing` are the paths of the files that are there.
pub fn project_file_name(name: &str, existing: &[String]) -> String {
    let files = existing.iter().filter_map(|path| path.strip_prefix(FOLDER));
    let number = |file: &str| {
        let digits = file.trim_start_matches(|c: char| c.is_ascii_digit());
        file[..file.len() - digits.len()].parse::<usize>().ok()
    };
    let last = files.filter_map(number).max().unwrap_or(0);
    format!("{FOLDER}{:02}-{}.yaml", last.saturating_add(1), slug(name))
}

const FOLDER: &str = "projects/";

/// So many characters of a name stand in an address.
const LONGEST: usize = 16;

/// A name as a part of an address: letters and digits alone.
fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.chars().count() >= LONGEST {
            break;
        }
    }
    let slug = out.trim_matches('-');
    if slug.is_empty() { "project".to_owned() } else { slug.to_owned() }
}

/// The path of a section: the file it has, or its number in the form and its id.
pub(super) fn of_section(profile: &Profile, id: &str, existing: &[(String, String)]) -> String {
    let is_own = |path: &str| {
        let name = path.strip_prefix("narrative/").and_then(|name| name.strip_suffix(".md"));
        name.is_some_and(|name| {
            name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-') == id
        })
    };
    let known = existing.iter().find(|(path, _)| is_own(path)).map(|(path, _)| path.clone());
    let number = profile.sections.get_index_of(id).unwrap_or_default();
    known.unwrap_or_else(|| format!("narrative/{number:02}-{id}.md"))
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_become_parts_of_addresses() {
        assert_eq!(slug("2024 科普经费"), "2024-科普经费");
        assert_eq!(slug("冀财教【2023】149号-提前下达2024年"), "冀财教-2023-149号-提前");
        assert_eq!(slug("——"), "project");
    }
}
