//! Portals that an author, or somebody who wishes the portal ill, can write: each grows in one way. What is asked of
//! them is that the work grows as they do (`benches/growth.rs` measures it, `tests/it/growth.rs` holds it).

mod characters;
mod forms;
mod many;
mod profiles;
mod rows;
mod secrets;
mod sentences;
mod texts;
mod yaml;

/// The files of a portal: path and text.
pub(crate) type Files = Vec<(String, String)>;

/// A portal that grows in one way.
pub(crate) struct Input {
    /// What grows.
    pub name: &'static str,
    /// How many of it there are at the smallest size that is measured.
    pub base: usize,
    /// The files that differ from the smallest portal, where there are so many.
    pub make: fn(usize) -> Files,
}

const HOME: &str = "content/demo/2025-budget";
const PROFILE: &str = include_str!("../sites/minimal/profiles/test/minimal.yaml");

/// Every input.
pub(crate) fn all() -> Vec<Input> {
    [
        rows::rows(),
        forms::forms(),
        texts::texts(),
        sentences::sentences(),
        characters::characters(),
        yaml::yaml(),
        many::many(),
        profiles::profiles(),
        secrets::secrets(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn input(name: &'static str, base: usize, make: fn(usize) -> Files) -> Input {
    Input { name, base, make }
}

/// One file of the disclosure.
fn own(path: &str, text: String) -> Files {
    vec![(format!("{HOME}/{path}"), text)]
}

fn file(path: &str, text: String) -> Files {
    vec![(path.to_owned(), text)]
}

/// Something written for each number.
fn each(count: usize, write: impl Fn(usize) -> String) -> String {
    (0..count).map(write).collect()
}

/// The smallest profile with a passage of it replaced.
fn profile(from: &str, to: &str) -> Files {
    assert!(PROFILE.contains(from), "the profile says {from}");
    file("profiles/test/minimal.yaml", PROFILE.replacen(from, to, 1))
}

fn funds(rows: &str) -> Files {
    own("tables/funds.yaml", format!("rows:\n{rows}"))
}

fn explanation(text: &str) -> Files {
    own("narrative/02-explanation.md", format!("# 二、预算情况说明\n\n{text}\n"))
}

fn disclosure(more: &str) -> Files {
    own(
        "disclosure.yaml",
        format!("fiscal_year: 2025\nstage: budget\nprofile: test/minimal\n{more}"),
    )
}
