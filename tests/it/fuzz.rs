//! The fuzzing bench (`examples/fuzz`) in small: inputs that failed once, and some that never did.

#[path = "../../examples/fuzz/corpus.rs"]
mod corpus;
#[expect(dead_code, reason = "the bench itself keeps inputs")]
#[path = "../../examples/fuzz/input.rs"]
mod input;
#[path = "../../examples/fuzz/mutate.rs"]
mod mutate;
#[path = "../../examples/fuzz/parts.rs"]
mod parts;
#[path = "../../examples/fuzz/portal.rs"]
mod portal;
#[path = "../../examples/fuzz/random.rs"]
mod random;
#[expect(dead_code, reason = "the bench itself counts by fault")]
#[path = "../../examples/fuzz/trial.rs"]
mod trial;

use std::fs;
use std::path::PathBuf;

use mingbai::plan::plan;
use mingbai::render::look_through;

use input::Input;
use trial::{Bench, Fault};

/// How many inputs are made anew, of each target.
const ANEW: u64 = 12;

/// Every file of `tests/fuzz` is an input that failed once, as `--minimise` leaves it. The first
/// line may go on with `expects` and a code that must be found.
#[test]
fn what_failed_once_holds() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let bench = Bench::new();
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("inputs")
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files {
        let text = fs::read(&file).expect("readable");
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let Some(input) = Input::kept(&bench.corpus, &text) else {
            wrong.push(format!("{name} is no input"));
            continue;
        };
        if let Some(fault) = fault(&bench, &input, true) {
            wrong.push(format!("{name}: {fault}"));
        }
        let head = String::from_utf8_lossy(&text).lines().next().unwrap_or_default().to_owned();
        let Some((_, code)) = head.split_once(" expects ") else { continue };
        let sources = bench.corpus.sources(&input.files);
        let (site, mut report) = plan(&sources, false);
        if !report.has_errors() {
            look_through(&mut report, &sources, &site);
        }
        let found: Vec<&str> = report.diagnostics.iter().map(|found| found.code.id).collect();
        if !found.contains(&code) {
            wrong.push(format!("{name}: {code} is not found, only {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn some_inputs_of_each_target_hold() {
    let bench = Bench::new();
    let mut wrong = Vec::new();
    for (target, _) in input::TARGETS {
        for execution in 0..ANEW {
            let input = input::of(&bench.corpus, 0, execution, input::named(target));
            if let Some(fault) = fault(&bench, &input, false) {
                wrong.push(format!("--target {target} --seed 0, execution {execution}: {fault}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What went wrong; a slow machine is no fault here.
fn fault(bench: &Bench, input: &Input, all: bool) -> Option<String> {
    let (_, fault) = bench.run(input, all);
    let (_, why) = fault.filter(|(fault, _)| *fault != Fault::Hang)?;
    Some(why)
}
