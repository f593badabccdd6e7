//! `explain`: the page of a rule, or the list of them all.

use super::{Outcome, print};
use crate::check;
use crate::cli::Explain;
use crate::yaml::nearest;

/// Runs the command.
pub(super) fn run(arguments: &Explain) -> anyhow::Result<Outcome> {
    let Some(name) = &arguments.code else {
        for code in check::codes() {
            let title = code.page.lines().next().unwrap_or_default().trim_start_matches("# ");
            print(&format!("{}  {:<8} {}\n", code.id, code.severity.word(), title));
        }
        return Ok(Outcome::Clean);
    };
    if let Some(code) = check::find(name) {
        print(code.page);
        return Ok(Outcome::Clean);
    }
    let codes = check::codes();
    let names: Vec<&str> = codes.iter().flat_map(|code| [code.id, code.name]).collect();
    match nearest(name, &names) {
        Some(near) => anyhow::bail!(
            "没有规则“{name}”，是不是 {near}？ / there is no rule `{name}`: did you mean {near}?"
        ),
        None => anyhow::bail!(
            "没有规则“{name}”，mingbai explain 列出全部 / there is no rule `{name}`: mingbai explain lists them"
        ),
    }
}
