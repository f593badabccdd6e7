//! The sources as Rust reads them: functions with their length, what they return, and which
//! file uses which. Tests inside the sources are left out.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// One function with a body, or a signature of a trait.
pub(crate) struct Function {
    pub name: String,
    /// The line it begins at.
    pub line: usize,
    /// Lines between its braces that hold code: no blanks, no comments; nothing without a body.
    pub lines: Option<usize>,
    /// Whether it is `pub` without a restriction, or stands in a trait that is.
    pub is_public: bool,
    /// The words of its return type.
    pub returns: BTreeSet<String>,
}

/// One source.
pub(crate) struct Source {
    /// Its path from the root of the repository.
    pub path: String,
    file: syn::File,
    text: String,
}

impl Source {
    pub(crate) fn read(path: &str, text: &str) -> Source {
        let mut file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        file.items.retain(|item| !matches!(item, syn::Item::Mod(item) if is_test(&item.attrs)));
        Source { path: path.to_owned(), file, text: text.to_owned() }
    }

    /// Its functions, those inside others as well.
    pub(crate) fn functions(&self) -> Vec<Function> {
        let lines: Vec<&str> = self.text.lines().collect();
        let mut found = Functions { lines, is_public_trait: false, all: Vec::new() };
        found.visit_file(&self.file);
        found.all
    }

    /// Names it gives to types that hold one of these words.
    pub(crate) fn aliases_of(&self, words: &BTreeSet<String>) -> BTreeSet<String> {
        let aliases = self.file.items.iter().filter_map(|item| match item {
            syn::Item::Type(alias) => Some((&alias.ident, &*alias.ty)),
            _ => None,
        });
        aliases
            .filter(|(_, of)| !words_of(of).is_disjoint(words))
            .map(|(name, _)| name.to_string())
            .collect()
    }

    /// The path of its module: `["page", "grid"]`.
    pub(crate) fn module(&self) -> Vec<String> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        parts.pop_if(|last| matches!(last.as_str(), "mod" | "lib"));
        parts
    }

    /// Every path in it that begins at `crate` or `super`, from the root of the crate.
    fn uses(&self) -> Vec<Vec<String>> {
        let mut all = Vec::new();
        for item in &self.file.items {
            let tokens = quote::ToTokens::to_token_stream(item);
            paths(tokens, &self.module(), &mut all);
        }
        all
    }

    /// What it passes on of its own files: each name with the file it comes from.
    fn passed_on(&self) -> Vec<(String, String)> {
        let children: BTreeSet<String> = self
            .file
            .items
            .iter()
            .filter_map(|item| match item {
                syn::Item::Mod(item) => Some(item.ident.to_string()),
                _ => None,
            })
            .collect();
        let mut all = Vec::new();
        for item in &self.file.items {
            let syn::Item::Use(item) = item else { continue };
            let mut leaves = Vec::new();
            tree(&item.tree, &mut Vec::new(), &mut leaves);
            for (path, name) in leaves {
                let path = match path.first().map(String::as_str) {
                    Some("self") => &path[1..],
                    _ => &path[..],
                };
                if let [child, _, ..] = path
                    && children.contains(child)
                {
                    all.push((name, child.clone()));
                }
            }
        }
        all
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.parse_args::<syn::Ident>().is_ok_and(|name| name == "test")
    })
}

/// The words a type is written with.
fn words_of(of: &syn::Type) -> BTreeSet<String> {
    #[derive(Default)]
    struct Words(BTreeSet<String>);
    impl Visit<'_> for Words {
        fn visit_ident(&mut self, name: &proc_macro2::Ident) {
            self.0.insert(name.to_string());
        }
    }
    let mut words = Words::default();
    words.visit_type(of);
    words.0
}

struct Functions<'a> {
    lines: Vec<&'a str>,
    is_public_trait: bool,
    all: Vec<Function>,
}

impl Functions<'_> {
    fn add(&mut self, sign: &syn::Signature, body: Option<&syn::Block>, is_public: bool) {
        let lines = body.map(|body| {
            let braces = body.brace_token.span;
            let (open, close) = (braces.open().start().line, braces.close().start().line);
            let inside = self.lines.get(open..close.saturating_sub(1)).unwrap_or_default();
            let is_code = |line: &&&str| !line.trim().is_empty() && !line.trim().starts_with("//");
            // A body on one line is a line.
            if open == close { 1 } else { inside.iter().filter(is_code).count() }
        });
        let returns = match &sign.output {
            syn::ReturnType::Default => BTreeSet::new(),
            syn::ReturnType::Type(_, of) => words_of(of),
        };
        let (name, line) = (sign.ident.to_string(), sign.span().start().line);
        self.all.push(Function { name, line, lines, is_public, returns });
    }
}

fn is_public(visibility: &syn::Visibility) -> bool {
    matches!(visibility, syn::Visibility::Public(_))
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.add(&item.sig, Some(&item.block), is_public(&item.vis));
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.add(&item.sig, Some(&item.block), is_public(&item.vis));
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        let outer = std::mem::replace(&mut self.is_public_trait, is_public(&item.vis));
        visit::visit_item_trait(self, item);
        self.is_public_trait = outer;
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.add(&item.sig, item.default.as_ref(), self.is_public_trait);
        visit::visit_trait_item_fn(self, item);
    }
}

/// The leaves of a `use`: the path of each, and the name it has here.
fn tree(tree_of: &syn::UseTree, path: &mut Vec<String>, leaves: &mut Vec<(Vec<String>, String)>) {
    match tree_of {
        syn::UseTree::Path(step) => {
            path.push(step.ident.to_string());
            tree(&step.tree, path, leaves);
            path.pop();
        }
        syn::UseTree::Name(leaf) => {
            let whole = path.iter().cloned().chain([leaf.ident.to_string()]).collect();
            leaves.push((whole, leaf.ident.to_string()));
        }
        syn::UseTree::Rename(leaf) => {
            let whole = path.iter().cloned().chain([leaf.ident.to_string()]).collect();
            leaves.push((whole, leaf.rename.to_string()));
        }
        syn::UseTree::Glob(_) => {
            let whole = path.iter().cloned().chain(["*".to_owned()]).collect();
            leaves.push((whole, "*".to_owned()));
        }
        syn::UseTree::Group(group) => {
            for item in &group.items {
                tree(item, path, leaves);
            }
        }
    }
}

/// Finds `crate::…` and `super::…` among tokens, those handed to macros as well.
fn paths(tokens: TokenStream, module: &[String], all: &mut Vec<Vec<String>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Ident(word) if *word == "crate" || *word == "super" => {
                at = path(&tokens, at, module, all);
            }
            TokenTree::Group(group) => {
                paths(group.stream(), module, all);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Reads one path from its first word; where it ends.
fn path(
    tokens: &[TokenTree],
    mut at: usize,
    module: &[String],
    all: &mut Vec<Vec<String>>,
) -> usize {
    let mut here: Vec<String> = Vec::new();
    if matches!(&tokens[at], TokenTree::Ident(word) if word == "super") {
        here = module.to_vec();
        here.pop();
    }
    loop {
        at += 1;
        let [TokenTree::Punct(one), TokenTree::Punct(two), next, ..] = &tokens[at..] else {
            break;
        };
        if one.as_char() != ':' || two.as_char() != ':' {
            break;
        }
        at += 2;
        match next {
            TokenTree::Ident(word) if word == "super" => {
                here.pop();
            }
            TokenTree::Ident(word) => here.push(word.to_string()),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                list(group.stream(), &here, all);
                return at + 1;
            }
            _ => break,
        }
    }
    all.push(here);
    at
}

/// Reads what stands in braces behind a path.
fn list(tokens: TokenStream, here: &[String], all: &mut Vec<Vec<String>>) {
    let mut path = here.to_vec();
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "self" || word == "as" => {}
            TokenTree::Ident(word) => path.push(word.to_string()),
            TokenTree::Group(group) => {
                list(group.stream(), &path, all);
                path = here.to_vec();
            }
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                all.push(std::mem::replace(&mut path, here.to_vec()));
            }
            _ => {}
        }
    }
    all.push(path);
}

/// For each folder, which of its files uses which: names of files and of folders in it. What a
/// folder passes on of a file counts as that file; what it defines itself is nobody's.
pub(crate) fn uses_by_folder(
    sources: &[Source],
) -> BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> {
    let passed: BTreeMap<Vec<String>, BTreeMap<String, String>> = sources
        .iter()
        .map(|source| (source.module(), source.passed_on().into_iter().collect()))
        .collect();
    let mut folders: BTreeMap<_, BTreeMap<_, BTreeSet<_>>> = BTreeMap::new();
    for source in sources {
        let own = source.module();
        for mut used in source.uses() {
            let common = own.iter().zip(&used).take_while(|(own, used)| own == used).count();
            if common == own.len() {
                continue;
            }
            let folder = &own[..common];
            let Some(step) = used.get_mut(common) else { continue };
            let files = passed.get(folder);
            if let Some(file) = files.and_then(|files| files.get(step)) {
                step.clone_from(file);
            }
            let mut whole = folder.to_vec();
            whole.push(step.clone());
            if passed.contains_key(&whole) && *step != own[common] {
                let of_folder = folders.entry(folder.to_vec()).or_default();
                of_folder.entry(own[common].clone()).or_default().insert(step.clone());
            }
        }
    }
    folders
}

/// A circle in a graph, as its nodes in turn; nothing where there is none.
pub(crate) fn circle(graph: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    // What leads nowhere is taken out until all that is left leads into a circle.
    let mut left: BTreeMap<&str, BTreeSet<&str>> = graph
        .iter()
        .map(|(node, next)| (node.as_str(), next.iter().map(String::as_str).collect()))
        .collect();
    loop {
        let before = left.len();
        let nodes: BTreeSet<&str> = left.keys().copied().collect();
        for next in left.values_mut() {
            next.retain(|node| nodes.contains(node));
        }
        left.retain(|_, next| !next.is_empty());
        if left.len() == before {
            break;
        }
    }
    let mut trail = vec![*left.keys().next()?];
    loop {
        let next = *left[trail.last()?].first()?;
        if let Some(at) = trail.iter().position(|node| *node == next) {
            return Some(trail[at..].iter().map(|node| (*node).to_owned()).collect());
        }
        trail.push(next);
    }
}

#[test]
fn a_function_over_several_lines_is_read_whole() {
    let text = "pub fn one(\n    text: &str,\n) -> Option<\n    std::io::Result<()>,\n> {\n    None\n}\n\
                trait Own { fn two(&self) -> R; }\nimpl X { pub(crate) fn three() { a(); } }\n\
                pub type R = Result<u8, ()>;\n#[cfg(test)]\nmod tests { pub fn four() {} }\n";
    let source = Source::read("src/x/y.rs", text);
    let all: Vec<(String, Option<usize>, bool)> =
        source.functions().into_iter().map(|one| (one.name, one.lines, one.is_public)).collect();
    let expected = [("one", Some(1), true), ("two", None, false), ("three", Some(1), false)];
    assert_eq!(all, expected.map(|(name, lines, public)| (name.to_owned(), lines, public)));
    assert!(source.functions()[0].returns.contains("Result"));
    let aliases = source.aliases_of(&BTreeSet::from(["Result".to_owned()]));
    assert_eq!(aliases, BTreeSet::from(["R".to_owned()]));
}

#[test]
fn circles_are_found_however_they_are_written() {
    let circle_of = |own: &str, a: &str, b: &str| {
        let sources = [("src/x/mod.rs", own), ("src/x/a.rs", a), ("src/x/b.rs", b)];
        let sources = sources.map(|(path, text)| Source::read(path, text));
        uses_by_folder(&sources).values().find_map(circle)
    };
    let own = "mod a; mod b; pub use b::{Both as Passed}; pub struct Own;";
    let found = Some(vec!["a".to_owned(), "b".to_owned()]);
    for (a, b) in [
        ("use super::b::Both;", "use super::a;"),
        ("use super::{Own, b::{self, Both}};", "fn f() { crate::x::a::g(); }"),
        ("fn f() { assert!(super::b::g()); }", "use crate::{x::a::A, y};"),
        ("use super::Passed;", "type A = super::a::A;"),
    ] {
        assert_eq!(circle_of(own, a, b), found, "{a} {b}");
    }
    assert_eq!(circle_of(own, "use super::{Own, b::Both};", "use super::Own;"), None);
    let test = "use super::Own; #[cfg(test)] mod tests { use super::super::a::A; }";
    assert_eq!(circle_of(own, "use super::b::Both;", test), None);
}
