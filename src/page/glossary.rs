//! Every term of the portal, with each definition that was published, and what profiles say of it in
//! words that no publisher said.

use indexmap::IndexMap;
use serde::Serialize;

use super::overview::Overview;
use super::{Link, Maker, Page, PageKind, PageScope, Subject, View, context};
use crate::url;

/// The kind.
pub(super) static KIND: PageKind = PageKind {
    name: "glossary",
    template: "glossary.html",
    scope: PageScope::Portal(Maker { plan, trail, context: build }),
};

/// What `glossary.html` gets.
#[derive(Serialize)]
struct GlossaryContext {
    /// The terms, in the order they were first explained.
    terms: Vec<TermContext>,
}

/// One term.
#[derive(Default, Serialize)]
struct TermContext {
    /// The word without spaces: its anchor.
    id: String,
    /// The word.
    name: String,
    /// What it was said to mean: what most say first.
    definitions: Vec<DefinitionContext>,
    /// How many more meanings there are in the sections of organisations.
    more: usize,
    /// What a profile says of it, which is not the publisher's; empty where it says nothing.
    ours: String,
}

/// One definition.
#[derive(Serialize)]
struct DefinitionContext {
    /// The words.
    text: String,
    /// The sections that say so.
    sources: Vec<Link>,
    /// How many more sections say so.
    more: usize,
}

/// How many meanings of a term are printed, and how many sections of each: more are counted.
const MEANINGS: usize = 4;
const SECTIONS: usize = 8;

fn plan(overview: &Overview) -> Vec<Page> {
    let page =
        Page { path: url::GLOSSARY.to_owned(), title: String::new(), subject: Subject::default() };
    overview.terms().next().map(|_| page).into_iter().collect()
}

fn trail(_: &Overview, _: &Page) -> Vec<(String, String)> {
    vec![(url::HOME.to_owned(), String::new())]
}

fn build(view: &View<Overview>) -> tera::Context {
    let mut terms = Meanings::new();
    for term in view.portal.glossary.iter().filter(|term| !term.definition.is_empty()) {
        define(&mut terms, &term.name, &term.definition, None);
    }
    for organisation in &view.portal.organisations {
        for disclosure in &organisation.disclosures {
            for section in &disclosure.explained {
                let title = format!("{} {}", organisation.short, disclosure.title);
                let source = view.to(&section.page, title);
                for term in &section.terms {
                    define(&mut terms, &term.name, &term.definition, Some(source.clone()));
                }
            }
        }
    }
    for term in &view.portal.meanings {
        terms.entry(term.name.clone()).or_default();
    }
    let ours = |name: &str| {
        let ours = view.portal.meanings.iter().find(|term| term.name == name);
        ours.map(|term| term.definition.clone()).unwrap_or_default()
    };
    let terms = terms.into_iter().map(|(name, meanings)| {
        let definition = |(text, sources)| DefinitionContext { text, sources, more: 0 };
        let mut definitions: Vec<DefinitionContext> =
            meanings.into_iter().map(definition).collect();
        if definitions.len() > MEANINGS {
            definitions.sort_by_key(|definition| std::cmp::Reverse(definition.sources.len()));
        }
        let more = definitions.len().saturating_sub(MEANINGS);
        definitions.truncate(MEANINGS);
        for definition in &mut definitions {
            definition.more = definition.sources.len().saturating_sub(SECTIONS);
            definition.sources.truncate(SECTIONS);
        }
        TermContext { id: url::term_anchor(&name), ours: ours(&name), name, definitions, more }
    });
    context(&GlossaryContext { terms: terms.collect() })
}

/// Terms with what they were said to mean, and the sections that say so.
type Meanings = IndexMap<String, IndexMap<String, Vec<Link>>>;

fn define(terms: &mut Meanings, name: &str, definition: &str, source: Option<Link>) {
    let meanings = terms.entry(name.to_owned()).or_default();
    meanings.entry(definition.to_owned()).or_default().extend(source);
}
