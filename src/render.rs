//! One path of the site to bytes: a page through its template and the minifier,
//! or a data file. No path renders another on the way: what says how large data files are is given
//! their sizes.

mod foreign;
mod links;
mod frame;
mod moved;
mod phases;

use std::borrow::Cow;
use std::ops::Bound;

use crate::diagnostic::{Language, Report};
use crate::model::{Portal, Vault};
use crate::output::{DataFile, Writer};
use crate::page::{Made as MadeFile, MadeFiles, Page, PageKind, PageScope, View};
use crate::receipt::Receipt;
use crate::site::{Recipe, Site};
use crate::source::{FileId, Sources};
use crate::{minify, secrecy, theme};

use links::check_links;
use phases::Phase;
pub use phases::in_phases;

/// Renders one path alone, after the data files it needs; nothing when the site has none of that
/// name. Mistakes of templates are added to the report.
pub fn render(report: &mut Report, sources: &Sources, site: &Site, path: &str) -> Option<Vec<u8>> {
    let due = Phase::of(site.recipes.get(path)?);
    // What is in the folder of a disclosure tells of the files in it alone.
    let mut folders = site.portal.disclosures.iter().map(|disclosure| disclosure.path.as_str());
    let is_below = |folder: &str, path: &str| {
        path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let folder = folders.find(|folder| is_below(folder, path));
    let is_needed = |(other, recipe): &(&String, &Recipe)| {
        matches!(recipe, Recipe::Data(_))
            && Phase::of(recipe) < due
            && folder.is_none_or(|folder| is_below(folder, other))
    };
    let needed: Vec<_> = site.recipes.iter().filter(is_needed).collect();
    let mut files = MadeFiles::default();
    in_phases(&mut files, &needed, |_, recipe, files| match recipe {
        Recipe::Data(file) => ((), MadeFile::Bytes(data_bytes(site, file, files))),
        _ => ((), MadeFile::Size(0)),
    });
    render_given(report, sources, site, path, &files)
}

/// Renders one path, given the data files of the phases before its own; nothing when the site has
/// none of that name. Mistakes of templates are added to the report.
pub fn render_given(
    report: &mut Report,
    sources: &Sources,
    site: &Site,
    path: &str,
    files: &MadeFiles,
) -> Option<Vec<u8>> {
    use secrecy::Made;
    let (made, bytes) = match site.recipes.get(path)? {
        Recipe::Page(kind, page) => {
            let html = checked_page(report, sources, site, (kind, page), Some(files));
            return Some(minify::page(&html));
        }
        Recipe::Data(file) if is_packed(path) => {
            // What it holds is on pages and in other data files, which are looked at.
            return Some(data_bytes(site, file, files));
        }
        Recipe::Data(file) => (Made::Data, data_bytes(site, file, files)),
        Recipe::Search(file) => {
            let bytes = site.search.get(&site.portal).render(*file);
            // What the index holds is on pages, which are looked at.
            secrecy::scan_index(report, &site.vault, (path, Made::Data), &bytes);
            return Some(bytes);
        }
        Recipe::Style => (Made::File, minify::style(&site.theme.style)),
        Recipe::Asset(file) => (Made::File, asset(sources, path, *file)),
        Recipe::Moved(moved) => {
            let html = moved::page(site, path, moved);
            secrecy::scan(report, sources, known(site), (path, Made::Page), &html);
            return Some(html);
        }
        // Whoever makes all files writes what they are; of one alone nothing is known.
        Recipe::Receipt => return Some(Receipt::new(&site.portal.site.base_url).text()),
    };
    secrecy::scan(report, sources, known(site), (path, made), &bytes);
    Some(bytes)
}

/// The bytes of a data file.
fn data_bytes(site: &Site, file: &DataFile, files: &MadeFiles) -> Vec<u8> {
    match file.writer {
        Writer::Organisation(write) => write(&site.portal, &file.subject),
        Writer::Worded(write) | Writer::Typeset(write) => {
            write(&site.portal, &file.subject, &site.theme)
        }
        Writer::Finishing(write) => write(&site.portal, &file.subject, &whole(site, files)),
        Writer::Portal(write) => write(&site.overview, &mut site.all_paths()),
        Writer::Paths(write) => write(&site.overview, file.subject.item, &mut site.all_paths()),
    }
}

/// Data files with the bytes of those that were taken over from the last build.
fn whole<'f>(site: &Site, files: &'f MadeFiles) -> Cow<'f, MadeFiles> {
    let mut whole = Cow::Borrowed(files);
    for path in files.without_bytes() {
        if let Some(Recipe::Data(file)) = site.recipes.get(path) {
            let bytes = data_bytes(site, file, &MadeFiles::default());
            whole.to_mut().add(path, MadeFile::Bytes(bytes));
        }
    }
    whole
}

/// Whether a data file is packed: its bytes hold no text that could be looked at.
fn is_packed(path: &str) -> bool {
    [".xlsx", ".zip"].iter().any(|ending| path.ends_with(ending))
}

fn asset(sources: &Sources, path: &str, file: FileId) -> Vec<u8> {
    let file = sources.file(file);
    if path.ends_with(".css") {
        minify::style(file.text())
    } else if path.ends_with(".js") {
        minify::script(file.text())
    } else {
        file.bytes().to_vec()
    }
}

/// A page as the look at what is withheld and at numbers of persons sees it, whichever command asks.
fn checked_page(
    report: &mut Report,
    sources: &Sources,
    site: &Site,
    (kind, page): (&PageKind, &Page),
    files: Option<&MadeFiles>,
) -> Vec<u8> {
    let html = render_page(report, sources, site, (kind, page), files);
    secrecy::scan(report, sources, known(site), (&page.path, secrecy::Made::Page), &html);
    html
}

/// The figures a file may print, and those it may not.
fn known(site: &Site) -> (&Portal, &Vault) {
    (site.overview.only.as_deref().unwrap_or(&site.portal), &site.vault)
}

/// Adds to the report what is wrong with pages, without making them small or keeping them. Every
/// page is looked at where the site has templates or files of its own, withheld values, or what looks
/// like the number of a person in what all pages share; else those whose text could break: what is
/// left of the others is the program's own. Those state no sizes, for no data file is made.
pub fn look_through(report: &mut Report, sources: &Sources, site: &Site) {
    let is_hiding = !site.vault.is_empty();
    let all = is_hiding
        || theme::is_own(sources, &site.portal.site)
        || sources.site_files("static").next().is_some()
        || secrecy::has_shared_people(sources);
    let is_looked_at = |recipe: &Recipe| match recipe {
        // Its bytes hold no text, and are made of what is looked at.
        Recipe::Data(file) if is_packed(&file.path) => false,
        Recipe::Page(_, page) => all || links::could_break(sources, site, page),
        _ => all,
    };
    let paths: Vec<_> = site.recipes.iter().filter(|(_, recipe)| is_looked_at(recipe)).collect();
    let found = in_phases(&mut MadeFiles::default(), &paths, |path, recipe, files| {
        let mut found = Report::default();
        let mut made = MadeFile::Size(0);
        match recipe {
            Recipe::Page(kind, page) => {
                let files = all.then_some(files);
                checked_page(&mut found, sources, site, (kind, page), files);
            }
            // What the index holds is on pages.
            Recipe::Search(_) | Recipe::Receipt => {}
            Recipe::Style if !is_hiding => {}
            Recipe::Style | Recipe::Data(_) | Recipe::Asset(_) | Recipe::Moved(_) => {
                let bytes = render_given(&mut found, sources, site, path, files);
                made = bytes.map_or(MadeFile::Size(0), MadeFile::Bytes);
            }
        }
        (found.diagnostics, made)
    });
    report.diagnostics.extend(found.into_iter().flatten());
}

/// A page as its template prints it.
fn render_page(
    report: &mut Report,
    sources: &Sources,
    site: &Site,
    (kind, page): (&PageKind, &Page),
    files: Option<&MadeFiles>,
) -> Vec<u8> {
    let exists = |path: &str| site.has(path);
    let data = |stem: &str| data_files(site, stem);
    let folder = |folder: &str| files_in(site, folder);
    let uses = |name: &str| site.theme.uses(sources, kind.template, name);
    let (exists, data, folder) = (&exists, &data, &folder);
    let view = View { portal: &site.portal, page, exists, data, folder, uses: &uses };
    let (mut context, trail) = match &kind.scope {
        PageScope::Organisation(maker) => {
            ((maker.context)(&view), (maker.trail)(&site.portal, page))
        }
        PageScope::Finishing(maker) => {
            ((maker.context)(&view, files), (maker.trail)(&site.portal, page))
        }
        PageScope::Portal(maker) => {
            ((maker.context)(&view.of(&site.overview)), (maker.trail)(&site.overview, page))
        }
    };
    context.insert("page", &frame::of(site, &view, kind, trail));
    context.insert_value(
        "site",
        site.for_templates.get_or_init(|| frame::for_templates(site)).clone(),
    );
    let mut html = Vec::with_capacity(32 * 1024);
    let ticket = site.theme.watched(kind.template, &page.path);
    site.theme.render(report, sources, kind.template, &context, &mut html);
    drop(ticket);
    check_links(report, sources, site, kind, page, &html);
    if site.portal.site.message_language() == Language::Chinese {
        return html;
    }
    foreign::mark(&String::from_utf8_lossy(&html)).into_bytes()
}

/// The data files beside a page: those that share its name but for the ending.
fn data_files(site: &Site, stem: &str) -> Vec<(String, String)> {
    files_after(site, &format!("{stem}."))
}

/// The data files right in a folder.
fn files_in(site: &Site, folder: &str) -> Vec<(String, String)> {
    files_after(site, &format!("{folder}/"))
}

/// The data files whose path goes on from here by a name or an ending, in the order of formats.
fn files_after(site: &Site, start: &str) -> Vec<(String, String)> {
    let paths = site.data.range::<str, _>((Bound::Included(start), Bound::Unbounded));
    let paths = paths.take_while(|path| path.starts_with(start));
    let mut found: Vec<(usize, String, String)> = paths
        .filter(|path| !path[start.len()..].contains('/'))
        .filter_map(|path| match site.recipes.get_full(path)? {
            (index, path, Recipe::Data(file)) => {
                Some((index, site.theme.word(file.title).to_owned(), path.clone()))
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|(index, ..)| *index);
    found.into_iter().map(|(_, title, path)| (title, path)).collect()
}
