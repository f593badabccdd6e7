//! What differs, as JSON for programs.

use serde::Serialize;

use super::Diff;

/// The version of this form: it grows when a key goes, or comes to mean something else
/// (docs/outputs.md).
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    before: &'a str,
    after: &'a str,
    #[serde(flatten)]
    diff: &'a Diff,
}

/// All of it as one JSON document.
pub fn json(diff: &Diff, names: [&str; 2]) -> String {
    let [before, after] = names;
    let document = Document { version: VERSION, before, after, diff };
    let mut out = serde_json::to_string_pretty(&document).expect("what differs is plain data");
    out.push('\n');
    out
}
