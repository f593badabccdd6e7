//! A finding never stands in a file that came with the program: the author cannot open it. What a
//! rule says of an embedded profile is said where a disclosure names that profile.

use crate::codes;
use crate::diagnostic::{Diagnostic, text};
use crate::locate::{line_column, locate};
use crate::model::{Disclosure, Model};
use crate::source::Sources;

/// Moves findings of embedded profiles to the disclosure they are about, with a note that says where
/// they are stated.
pub fn point_at_own_file(
    findings: &mut Vec<Diagnostic>,
    sources: &Sources,
    portal: &Model,
    from: usize,
) {
    // What comes to nothing in a form for all is no mistake of one body.
    let is_idle = |found: &Diagnostic| found.code.id == codes::IDLE_RULE.id;
    let mut later = findings.split_off(from);
    later.retain(|found| !(is_idle(found) && sources.is_embedded(found.primary.file)));
    findings.append(&mut later);
    for found in &mut findings[from..] {
        if !sources.is_embedded(found.primary.file) {
            continue;
        }
        let is_about = |one: &&Disclosure| found.disclosure.as_ref() == Some(&one.path);
        let Some(disclosure) = portal.disclosures.iter().find(is_about) else { continue };
        let file = sources.file(found.primary.file);
        let (line, _) = line_column(file.text(), locate(sources, &found.primary).start);
        found.notes.push(text!(
            zh: "这一条写在程序自带的 {path} 第 {line} 行；要改，写一个 extends 它的模板",
            en: "it is stated in line {line} of the program’s own {path}; to change it, write a profile that extends it",
            path = file.path,
        ));
        found.primary = disclosure.place();
    }
}
