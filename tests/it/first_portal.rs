//! `docs/first-portal.md` and `docs/next-year.md` are walked as they stand: every command is run, and what it
//! prints is on the page.

use std::path::Path;

use crate::cli::{Desk, command};
use crate::import_workbook::spoilt_workbook;

/// So many lines of what a command prints stand on the page; the rest is `…`.
const SHOWN: usize = 24;

/// What a command of the page prints, the time it took left out.
fn printed(desk: &Desk, line: &str) -> String {
    let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
    let output = command(desk.root()).args(arguments).output().expect("the program runs");
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(text).expect("text");
    let lines: Vec<String> = text.lines().map(without_time).collect();
    let shown = lines.len().min(SHOWN);
    let mut out = lines[..shown].join("\n").trim_end().to_owned();
    if let Some(last) = lines.last().filter(|_| lines.len() > SHOWN) {
        out.push_str(&format!("\n…\n{last}"));
    }
    out
}

fn without_time(line: &str) -> String {
    for (before, after) in [("用时 ", ""), (" sections in ", ""), ("（", "）"), (" (", ")")] {
        let Some((head, rest)) = line.rsplit_once(before) else { continue };
        let time = rest.strip_suffix(after).unwrap_or(rest);
        let number = time.strip_suffix(" ms").or_else(|| time.strip_suffix(" s"));
        if number.is_some_and(|number| number.parse::<f64>().is_ok()) {
            return format!("{head}{before}…{after}");
        }
    }
    line.to_owned()
}

#[test]
fn the_walk_to_a_first_portal_prints_what_the_page_says() {
    let desk = Desk::empty();
    std::fs::write(desk.path("预算.xlsx"), spoilt_workbook()).expect("writable");
    walk(&desk, "docs/first-portal.md");
}

#[test]
fn the_walk_to_the_next_year_prints_what_the_page_says() {
    walk(&Desk::mended(), "docs/next-year.md");
}

/// Runs the commands of a page, one after another.
fn walk(desk: &Desk, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let page = std::fs::read_to_string(&path).expect("the page");
    let mut walked = String::new();
    for (number, part) in page.split("```").enumerate() {
        if number > 0 {
            walked.push_str("```");
        }
        if number % 2 == 0 {
            walked.push_str(part);
        } else if let Some(rest) = part.strip_prefix("console\n") {
            let line = rest.lines().next().expect("a command");
            let command = line.strip_prefix("$ ").expect("a command");
            walked.push_str(&format!("console\n{line}\n{}\n", printed(desk, command)));
        } else if part.starts_with("diff\n") {
            let file = "content/kexie/2025-budget/tables/three-public.yaml";
            let before = std::fs::read_to_string(desk.path(file)).expect("readable");
            let line = before.lines().find(|line| line.contains('⁇')).expect("a mark");
            let (head, rest) = line.split_once('⁇').expect("a mark");
            let (_, tail) = rest.split_once('⟩').expect("its end");
            let mended = format!("{head}0.56{tail}");
            std::fs::write(desk.path(file), before.replace(line, &mended)).expect("writable");
            walked.push_str(&format!("diff\n-{line}\n+{mended}\n"));
        } else {
            walked.push_str(part);
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value == "1") {
        std::fs::write(&path, &walked).expect("writable");
    } else {
        assert_eq!(
            page, walked,
            "UPDATE_EXPECT=1 cargo test --test it -- first_portal rewrites the page"
        );
    }
}
