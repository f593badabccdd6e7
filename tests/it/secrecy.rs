//! What is withheld stays withheld, over the published disclosure of 2025.

use std::collections::BTreeMap;
use std::path::Path;

use mingbai::diagnostic::{Language, Report};
use mingbai::findings::{human, order};
use mingbai::plan::plan;
use mingbai::render::render;
use mingbai::site::Site;
use mingbai::source::Sources;

const HOME: &str = "content/zjk-kexie/2025-budget";

/// The repository's own portal with one disclosure withholding something, and texts rewritten.
fn portal(withhold: &[&str], rewritten: &[(&str, &str, &str)]) -> (Sources, Site, Report) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::read(root, "mingbai.yaml").expect("the repository is a portal");
    let text_of = |sources: &Sources, path: &str| {
        let file = sources.find(path).unwrap_or_else(|| panic!("{path} is there"));
        sources.file(file).text().to_owned()
    };
    for (path, old, new) in rewritten {
        let path = format!("{HOME}/{path}");
        let text = text_of(&sources, &path);
        assert!(text.contains(old), "{path} says {old}");
        sources.add(&path, text.replace(old, new));
    }
    let path = format!("{HOME}/disclosure.yaml");
    let mut text = text_of(&sources, &path);
    text.push_str("withhold:\n");
    for at in withhold {
        text.push_str(&format!("  - {{ at: \"{at}\", because: 测试 }}\n"));
    }
    sources.add(&path, text);
    let (site, mut report) = plan(&sources, false);
    order(&sources, &mut report);
    (sources, site, report)
}

fn human(sources: &Sources, report: &Report) -> String {
    human::render(sources, report, Language::Chinese, false)
}

/// The whole built output.
fn built(sources: &Sources, site: &Site, report: &mut Report) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    for path in site.paths() {
        let bytes = render(report, sources, site, &path).expect("planned");
        pages.insert(path, String::from_utf8_lossy(&bytes).into_owned());
    }
    pages
}

#[test]
fn probe() {
    let at: Vec<String> = std::fs::read_to_string("/tmp/spec/w.txt").unwrap().lines().map(str::to_owned).collect();
    let at: Vec<&str> = at.iter().map(String::as_str).collect();
    let (sources, site, mut report) = portal(&at, &[]);
    println!("{}", human(&sources, &report));
    let n = report.diagnostics.len();
    built(&sources, &site, &mut report);
    report.diagnostics.drain(..n);
    println!("LATE\n{}", human(&sources, &report));
}
