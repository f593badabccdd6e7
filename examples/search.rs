//! The bench of the search index: the demonstration portal, repeated as so many organisations with
//! other figures, codes and names, indexed; what that costs, and optionally its files.
//!
//! ```sh
//! cargo run --release --example search -- 107           # about 10,000 pages
//! cargo run --release --example search -- 107 DIR       # and the files, to be queried
//! ```
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "the figures are the result")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use mingbai::diagnostic::Report;
use mingbai::render::render;
use mingbai::site::Recipe;
use mingbai::source::Sources;
use mingbai::{content, profile};
use mingbai::{model::assemble, site};
use rayon::prelude::*;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let copies: usize = arguments.next().map_or(Ok(1), |text| text.parse())?;
    let folder = arguments.next().map(PathBuf::from);
    let sources = repeated(&Sources::read(Path::new("."), "mingbai.yaml")?, copies);
    let mut report = Report::default();
    let content = content::parse(&mut report, &sources);
    let named: Vec<String> = assemble::profiles_named(&content).collect();
    let profiles = profile::resolve(&mut report, &sources, named);
    let portal = assemble::assemble(&mut report, &sources, content, &profiles, false);
    let started = Instant::now();
    let site = site::plan(&mut report, &sources, portal);
    println!("{} pages, planned in {:?}", site.counts().0, started.elapsed());
    let before = peak();
    let started = Instant::now();
    let entries = site.search.get(&site.portal).len();
    println!(
        "{entries} entries, indexed in {:?}, peak {} MB over {before} MB",
        started.elapsed(),
        peak()
    );
    let started = Instant::now();
    let files: Vec<(&String, Vec<u8>)> = site
        .recipes
        .iter()
        .par_bridge()
        .filter(|(_, recipe)| matches!(recipe, Recipe::Search(_)))
        .map(|(path, _)| {
            (path, render(&mut Report::default(), &sources, &site, path).unwrap_or_default())
        })
        .collect();
    for kind in ["words/", "entries/"] {
        let sizes: Vec<usize> = files
            .iter()
            .filter(|(path, _)| path.contains(kind))
            .map(|(_, bytes)| bytes.len())
            .collect();
        let (total, most) = (sizes.iter().sum::<usize>(), sizes.iter().max().copied());
        println!(
            "{kind} {} files, {total} B, the largest {} B",
            sizes.len(),
            most.unwrap_or_default()
        );
    }
    println!("written out in {:?}", started.elapsed());
    if let Some(folder) = folder {
        for (path, bytes) in files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap_or(&folder))?;
            std::fs::write(path, bytes)?;
        }
    }
    Ok(())
}

/// The portal with its organisation once for each copy; the first is as it is.
fn repeated(portal: &Sources, copies: usize) -> Sources {
    let mut sources = Sources::embedded();
    for (file, path) in portal.site_files("content") {
        let mut parts = path.splitn(3, '/').skip(1);
        let (Some(organisation), Some(rest)) = (parts.next(), parts.next()) else { continue };
        let text = portal.file(file).text();
        for copy in 0..copies {
            let text = if copy == 0 { text.to_owned() } else { other(text, rest, copy) };
            sources.add(&format!("content/{organisation}-{copy}/{rest}"), text.into_bytes());
        }
    }
    let configuration = "title: 示例\ndescription: 示例\nlanguage: zh-CN\n";
    sources.add("mingbai.yaml", configuration.as_bytes().to_vec());
    sources
}

/// Other digits in every figure and code, another county in every name.
fn other(text: &str, path: &str, copy: usize) -> String {
    let mut state = copy as u64;
    path.bytes().for_each(|byte| state = state.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut next = || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from(state >> 40).unwrap_or_default()
    };
    let syllables: Vec<char> =
        "云岚东川宁化下园万北岭安保沽水尚礼蔚阳怀清涿赤桥平远长丰".chars().collect();
    let county: String =
        [copy % 30, copy / 30 % 30].iter().map(|at| syllables[at % syllables.len()]).collect();
    let is_head = path.ends_with("disclosure.yaml");
    let text = text.replace("张家口", &county);
    let mut out = String::with_capacity(text.len());
    let mut fraction = 0;
    for c in text.chars() {
        // The last digits of a decimal differ from organisation to organisation.
        fraction = if c == '.' {
            1
        } else if c.is_ascii_digit() && fraction > 0 {
            fraction + 1
        } else {
            0
        };
        let is_other = !is_head && fraction > 1 && path.ends_with(".yaml");
        out.push(if is_other { char::from_digit(next() % 10, 10).unwrap_or(c) } else { c });
    }
    if path.starts_with("2025-budget/projects") || path.starts_with("2022-budget/projects") {
        out = out.replace("code: 1307", &format!("code: {:04}", 1300 + copy));
    }
    out
}

/// The most memory this process has had, in MB; 0 where the system does not say.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or_default()
        / 1024
}
