//! What says how large data files are is made after them and given their sizes, whichever command
//! makes it.

use std::collections::BTreeMap;

use mingbai::diagnostic::Report;
use mingbai::format;
use mingbai::model::Portal;
use mingbai::output::{DataFile, Writer};
use mingbai::page::{Made, MadeFiles, Subject};
use mingbai::render::{in_phases, render, render_given};
use mingbai::site::Recipe;
use mingbai::url;
use scraper::{ElementRef, Html, Selector};

use crate::bench::{Checked, TestSite};
use crate::cli::{Desk, errors};
use crate::parts::{several, tree};
use crate::serve::Preview;

/// The files a page of downloads lists, by path, with the size it says.
fn listed(path: &str, page: &str) -> BTreeMap<String, String> {
    let page = Html::parse_document(page);
    let link = Selector::parse("a[download]").expect("a selector");
    let small = Selector::parse("small").expect("a selector");
    page.select(&link)
        .map(|link| {
            let target = url::resolve(path, link.value().attr("href").expect("a link"));
            let beside = ElementRef::wrap(link.parent().expect("not alone")).expect("an element");
            let said: String = beside.select(&small).flat_map(|said| said.text()).collect();
            let size = said.rsplit(" · ").next().unwrap_or_default().to_owned();
            (target.expect("a path of the site"), size)
        })
        .collect()
}

/// The sizes that all pages of downloads of a tree say, compared with its files.
fn compare(files: &BTreeMap<String, Vec<u8>>) {
    let is_listing = |path: &str| path.ends_with("/downloads.html");
    let mut said = BTreeMap::new();
    for (path, page) in files.iter().filter(|(path, _)| is_listing(path)) {
        said.extend(listed(path, std::str::from_utf8(page).expect("text")));
    }
    let size = |bytes: &Vec<u8>| format::size(bytes.len() as u64);
    for (path, said) in &said {
        assert_eq!(*said, size(&files[path]), "{path}");
    }
    let is_data = |path: &str| [".csv", ".xlsx", ".zip"].iter().any(|end| path.ends_with(end));
    let data: Vec<&String> = files.keys().filter(|path| is_data(path)).collect();
    assert!(data.len() > 50, "{} data files", data.len());
    assert!(data.iter().all(|path| said.contains_key(*path)), "every data file is listed");
}

fn run(desk: &Desk, arguments: &[&str]) {
    let output = desk.run(arguments);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
}

#[test]
fn pages_of_downloads_say_how_large_the_published_files_are() {
    let desk = several();
    run(&desk, &["build"]);
    let first = tree(&desk.path("public"));
    compare(&first);

    // Two organisations are taken over as they are; one has longer files.
    let longer = format!("purpose: {}", "工作内容".repeat(200));
    desk.edit("content/zjk-kexie-1/2025-budget/projects/01-rural-2024.yaml", "purpose: ", &longer);
    run(&desk, &["build"]);
    let second = tree(&desk.path("public"));
    compare(&second);
    let page = "zjk-kexie-1/2025-budget/downloads.html";
    assert_ne!(first[page], second[page], "the sizes it says are new");

    for number in 1..=2 {
        run(&desk, &["build", "--shard", &format!("{number}/2"), "-o", &format!("part-{number}")]);
    }
    run(&desk, &["merge", "-o", "merged", "part-1", "part-2"]);
    compare(&tree(&desk.path("merged")));

    let preview = Preview::of(&desk);
    for (path, published) in second.iter().filter(|(path, _)| path.ends_with("downloads.html")) {
        let (status, page) = preview.get(&format!("/{path}"));
        assert_eq!(status, 200, "{path}");
        assert_eq!(
            listed(path, &page),
            listed(path, std::str::from_utf8(published).expect("text"))
        );
    }
}

const LIST: &str = "demo/2025-budget/sizes.txt";

/// The format of the recipe in CONTRIBUTING.md: the size of every other data file.
fn sizes(portal: &Portal, subject: &Subject, files: &MadeFiles) -> Vec<u8> {
    let disclosure = &portal.disclosures[subject.disclosure];
    let lines = files.below(&disclosure.path).map(|(path, bytes)| format!("{bytes} {path}\n"));
    lines.collect::<String>().into_bytes()
}

#[test]
fn a_format_that_says_how_large_others_are_is_given_them_and_pages_are_given_its_own_size() {
    let Checked { sources, mut site, .. } = TestSite::minimal().check();
    let writer = Writer::Finishing(sizes);
    let file = DataFile::new(LIST.to_owned(), Subject::default(), "data_csv", writer);
    // First of all: what it needs stands after it.
    site.recipes.shift_insert(0, LIST.to_owned(), Recipe::Data(file));
    site.data.insert(LIST.to_owned());

    let recipes: Vec<_> = site.recipes.iter().collect();
    let made = in_phases(&mut MadeFiles::default(), &recipes, |path, _, files| {
        let bytes = render_given(&mut Report::default(), &sources, &site, path, files);
        let bytes = bytes.expect("planned");
        ((path.to_owned(), bytes.clone()), Made::Bytes(bytes))
    });
    let made: BTreeMap<String, Vec<u8>> = made.into_iter().collect();
    assert_eq!(made.len(), recipes.len());

    let text = std::str::from_utf8(&made[LIST]).expect("text");
    let is_first = |path: &str| match &site.recipes[path] {
        Recipe::Data(file) => matches!(file.writer, Writer::Organisation(_) | Writer::Worded(_)),
        _ => false,
    };
    let others = site.data.iter().filter(|path| is_first(path));
    assert_eq!(text.lines().count(), others.count(), "{text}");
    assert!(text.lines().count() > 8, "{text}");
    for line in text.lines() {
        let (size, path) = line.split_once(' ').expect("a size and a path");
        assert_eq!(size, made[path].len().to_string(), "{path}");
    }
    let page = "demo/2025-budget/downloads.html";
    let listed = listed(page, std::str::from_utf8(&made[page]).expect("text"));
    assert_eq!(listed[LIST], format::size(made[LIST].len() as u64));
    for (path, bytes) in &made {
        let alone = render(&mut Report::default(), &sources, &site, path);
        assert!(alone.as_ref() == Some(bytes), "{path} alone is as it is among the others");
    }
}
