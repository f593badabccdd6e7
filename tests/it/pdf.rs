//! The PDF of a disclosure: the document that is handed to Typst, and what is said where Typst is not there.
//! What Typst makes of it is read in `tests/packages/pdf.py`.

use std::path::Path;

use mingbai::diagnostic::Report;
use mingbai::model::{Cell, Disclosure};
use mingbai::plan::{PlanOptions, plan, plan_with};
use mingbai::render::render;
use mingbai::source::Sources;

use crate::cli::{Desk, command, errors};

fn seeds() -> Sources {
    Sources::read(Path::new(env!("CARGO_MANIFEST_DIR")), "mingbai.yaml").expect("readable")
}

fn documents(sources: &Sources) -> Vec<(String, Disclosure)> {
    let options = PlanOptions { pdf: true, ..PlanOptions::default() };
    let (site, mut report): (_, Report) = plan_with(sources, &options);
    let paths = site.paths().into_iter().filter(|path| path.ends_with(".pdf"));
    let document = |path: String| {
        let bytes = render(&mut report, sources, &site, &path).expect("it was planned");
        let folder = path.rsplit_once('/').expect("in a folder").0;
        let all = &site.portal.disclosures;
        let own = all.iter().find(|one| one.path == folder).expect("of a disclosure").clone();
        (String::from_utf8(bytes).expect("text"), own)
    };
    paths.map(document).collect()
}

#[test]
fn the_document_holds_every_cell_of_both_seeds_as_printed() {
    let documents = documents(&seeds());
    assert_eq!(documents.len(), 2);
    for (document, disclosure) in documents {
        let tables = disclosure.tables.values().flat_map(|table| &table.panels);
        let cells = tables.flat_map(|panel| &panel.rows).flat_map(|row| &row.cells);
        let of_projects = disclosure
            .projects
            .iter()
            .flat_map(|project| project.fields.iter().chain(project.indicators.iter().flatten()));
        let all: Vec<&Cell> = cells.chain(of_projects).filter(|cell| !cell.is_blank()).collect();
        assert!(all.len() > 1_000);
        for cell in all {
            let words = cell.words().replace('\\', "\\\\").replace('"', "\\\"");
            let words = words.replace('\n', "\\n");
            assert!(document.contains(&format!("\"{words}\"")), "{words}");
        }
    }
}

#[test]
fn a_site_has_a_pdf_only_where_it_is_asked_for() {
    let has_pdf = |sources: &Sources| {
        let (site, _) = plan(sources, false);
        site.paths().iter().any(|path| path.ends_with(".pdf"))
    };
    let mut sources = seeds();
    assert!(!has_pdf(&sources));
    sources.add("mingbai.yaml", "title: 门户\noutputs: [csv, pdf]\n");
    assert!(has_pdf(&sources));
}

#[test]
fn words_of_an_author_are_no_code() {
    let mut sources = seeds();
    let path = "content/zjk-kexie/2025-budget/tables/assets.yaml";
    let file = sources.find(path).expect("a table");
    let text = sources.file(file).text().to_owned();
    let hostile = r#"note: '"); #read("/etc/hostname") \ #{ 1 }'"#;
    sources.add(path, format!("{hostile}\n{text}"));
    let (document, _) = documents(&sources)
        .into_iter()
        .find(|(_, disclosure)| disclosure.id == "2025-budget")
        .expect("a document");
    assert!(
        document.contains(r#""\"); #read(\"/etc/hostname\") \\ #{ 1 }""#),
        "not held in a string"
    );
}

#[test]
fn without_typst_a_build_that_was_asked_for_pdf_says_what_to_install_and_loses_nothing() {
    let desk = Desk::mended();
    let built = desk.run(&["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", errors(&built));
    let before = std::fs::read(desk.path("public/index.html")).expect("a site");
    let nothing = tempfile::tempdir().expect("a folder");
    let output = command(desk.root()).args(["build", "--pdf"]).env("PATH", nothing.path()).output();
    let output = output.expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{}", errors(&output));
    assert!(errors(&output).contains("cargo install typst-cli"), "{}", errors(&output));
    assert_eq!(std::fs::read(desk.path("public/index.html")).expect("a site"), before);
    // Nobody asked: the same portal builds without it.
    let output = command(desk.root()).args(["build"]).env("PATH", nothing.path()).output();
    assert_eq!(output.expect("the program runs").status.code(), Some(0));
}
