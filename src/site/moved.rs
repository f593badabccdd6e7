//! Former addresses of pages: which page stands there and leads on, and what is wrong with those that
//! were written.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::Recipe;
use crate::codes;
use crate::content::{self, Alias, look_alike};
use crate::diagnostic::{Diagnostic, Report, Text, text};
use crate::model::{Disclosure, Portal};
use crate::page::overview::Moves;
use crate::source::Place;
use crate::url;

/// A page at a former address.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The page it leads to.
    pub to: String,
    /// What that is called; empty where the theme’s words name its kind.
    pub title: String,
    /// The kind of that page.
    pub kind: &'static str,
}

/// Whether the whole site has a path that is no former address.
type IsThere<'a> = &'a dyn Fn(&str) -> bool;

/// The pages at the former addresses of what an organisation's part has, and the rules for hosts that
/// can be told them.
pub(super) fn of(
    report: &mut Report,
    portal: &Portal,
    recipes: &IndexMap<String, Recipe>,
    is_there: IsThere,
) -> (BTreeMap<String, Moved>, Moves) {
    let mut gathered = Gathered {
        portal,
        recipes,
        is_there,
        places: BTreeMap::new(),
        pages: BTreeMap::new(),
        moves: Moves::default(),
    };
    for disclosure in &portal.disclosures {
        gathered.disclosure(report, disclosure);
    }
    for organisation in 0..portal.organisations.len() {
        gathered.renamed(organisation);
    }
    gathered.moves.pages = gathered.pages.keys().cloned().collect();
    (gathered.pages, gathered.moves)
}

struct Gathered<'a> {
    portal: &'a Portal,
    recipes: &'a IndexMap<String, Recipe>,
    is_there: IsThere<'a>,
    /// Where each former address is written, as the least tolerant host has it.
    places: BTreeMap<String, Place>,
    pages: BTreeMap<String, Moved>,
    moves: Moves,
}

impl Gathered<'_> {
    fn disclosure(&mut self, report: &mut Report, disclosure: &Disclosure) {
        for alias in &disclosure.written.aliases {
            if !self.is_free(report, disclosure, alias) {
                continue;
            }
            if alias.is_folder() {
                self.folder(report, disclosure, alias);
            } else if alias.to.is_empty() {
                self.single(report, alias, &url::disclosure(disclosure));
            } else {
                let to = format!("{}/{}", disclosure.path, alias.to.trim_start_matches('/'));
                self.single(report, alias, &to);
            }
        }
        for project in &disclosure.projects {
            let to = url::project(disclosure, project);
            for alias in &project.aliases {
                if self.is_free(report, disclosure, alias) {
                    self.single(report, alias, &to);
                }
            }
        }
    }

    /// Whether the folder that a former address stands in is nobody else's.
    fn is_free(&self, report: &mut Report, disclosure: &Disclosure, alias: &Alias) -> bool {
        let own = &self.portal.organisation(disclosure).id;
        let first = alias.from.split('/').next().unwrap_or_default();
        if first == own {
            return true;
        }
        let outline = &self.portal.outline;
        let is_page = |name: &str| name == alias.from && !url::OWN.contains(&name);
        let fault = if url::OWN.contains(&first) {
            text!(zh: "{first} 是网站自己用的", en: "{first} is one of the site’s own")
        } else if outline.is_folder(first) {
            text!(zh: "{first} 是另一个单位的文件夹", en: "{first} is the folder of another organisation")
        } else if let Some(other) = outline.claims(&alias.from, &disclosure.path) {
            text!(zh: "{other} 也写了这个旧网址", en: "{other} states this former address too")
        } else if is_page(first) || is_below_own(disclosure, alias) {
            return true;
        } else {
            text!(zh: "它不在本单位的文件夹里，也不在这份公开写明的旧文件夹里", en: "it is neither in the folder of this organisation nor in one that this disclosure states as its former one")
        };
        report.push(collision(&alias.place, &alias.from, &fault));
        false
    }

    /// Every page of a disclosure at its former folder.
    fn folder(&mut self, report: &mut Report, disclosure: &Disclosure, alias: &Alias) {
        let below = format!("{}/", disclosure.path);
        if alias.from == below {
            let fault = text!(zh: "它现在就在这里", en: "it stands there now");
            report.push(collision(&alias.place, &alias.from, &fault));
            return;
        }
        let recipes = self.recipes;
        for (path, recipe) in recipes.iter().filter(|(path, _)| path.starts_with(&below)) {
            let Recipe::Page(..) = recipe else { continue };
            let from = format!("{}{}", alias.from, &path[below.len()..]);
            let old = Alias { from, to: String::new(), place: alias.place.clone() };
            if !self.page(report, &old, path) {
                // One finding says it of the folder.
                return;
            }
        }
        self.moves.rules.push((alias.from.clone(), below));
    }

    /// One page at a former address.
    fn single(&mut self, report: &mut Report, alias: &Alias, to: &str) {
        if self.page(report, alias, to) {
            self.moves.rules.push((alias.from.clone(), to.to_owned()));
        }
    }

    /// A page at a former address. Says whether it can stand there.
    fn page(&mut self, report: &mut Report, alias: &Alias, to: &str) -> bool {
        let Some(Recipe::Page(kind, page)) = self.recipes.get(to) else {
            let message = text!(zh: "旧网址 {from} 要通到 {to}，网站里没有", en: "the former address {from} is to lead to {to}, which the site does not have", from = alias.from);
            let help = text!(
                zh: "`to` 写网页在这份公开里的路径，如 narrative/01-duties.html", en: "`to` is the path of a page from the folder of the disclosure, such as narrative/01-duties.html",
            );
            report.push(codes::BROKEN_LINK.at(alias.place.clone(), message).help(help));
            return false;
        };
        if (self.is_there)(&alias.from) {
            let fault = text!(zh: "那里有网页", en: "a page stands there");
            report.push(collision(&alias.place, &alias.from, &fault));
            return false;
        }
        let key = look_alike(&alias.from);
        if let Some(other) = self.places.get(&key) {
            let fault = text!(zh: "另一条 aliases 也写了它", en: "another entry of `aliases` states it too");
            let finding = collision(&alias.place, &alias.from, &fault);
            let other = other.clone();
            report.push(finding.related(other, text!(zh: "另一条在这里", en: "the other one")));
            return false;
        }
        self.places.insert(key, alias.place.clone());
        let moved = Moved { to: to.to_owned(), title: page.title.clone(), kind: kind.name };
        self.pages.insert(alias.from.clone(), moved);
        true
    }

    /// Codes and projects that a concordance says were renamed: where nothing stands at the address of
    /// the old name, and something at that of the new one.
    fn renamed(&mut self, organisation: usize) {
        let own = self.portal.disclosures_of(organisation);
        let profiles = own.map(|disclosure| &disclosure.profile);
        let lists = profiles.flat_map(|profile| &profile.concordance);
        let changes: BTreeMap<&str, &str> = lists
            .flat_map(|list| list.iter())
            .filter(|one| one.from != one.to && content::is_name(&one.from))
            .map(|one| (one.from.as_str(), one.to.as_str()))
            .collect();
        if changes.is_empty() {
            return;
        }
        let recipes = self.recipes;
        let below = format!("{}/", self.portal.organisations[organisation].id);
        let mut folders: Vec<(&str, &str)> = Vec::new();
        for (path, recipe) in recipes.iter().filter(|(path, _)| path.starts_with(&below)) {
            if let (Recipe::Page(..), Some((folder, name))) = (recipe, path.rsplit_once('/')) {
                let is_named = folder.contains("/subjects/") || folder.ends_with("/projects");
                folders.extend(is_named.then_some((folder, name)));
            }
        }
        for (from, to) in changes {
            for (folder, name) in &folders {
                let old = format!("{folder}/{from}.html");
                let is_new = name.strip_suffix(".html") == Some(to);
                if !is_new || (self.is_there)(&old) || self.pages.contains_key(&old) {
                    continue;
                }
                let to = format!("{folder}/{name}");
                let Some(Recipe::Page(kind, page)) = recipes.get(&to) else { continue };
                let moved = Moved { to: to.clone(), title: page.title.clone(), kind: kind.name };
                self.pages.insert(old.clone(), moved);
                self.moves.rules.push((old, to));
            }
        }
    }
}

/// Whether a disclosure states an address, or a folder above it.
fn is_below_own(disclosure: &Disclosure, alias: &Alias) -> bool {
    let own = &disclosure.written.aliases;
    own.iter()
        .any(|one| one.from == alias.from || (one.is_folder() && alias.from.starts_with(&one.from)))
}

fn collision(place: &Place, from: &str, fault: &Text) -> Diagnostic {
    let message = text!(
        zh: "旧网址 {from} 用不了：{zh}", en: "the former address {from} cannot be used: {en}",
        zh = fault.zh, en = fault.en,
    );
    codes::URL_COLLISION.at(place.clone(), message).help(text!(
        zh: "删去这一条，或改成那个网页从前真正的地址", en: "remove the entry, or write the address where the page really stood",
    ))
}
