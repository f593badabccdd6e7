//! Profiles, the theme and the starter portal are embedded: a new file among them must be noticed.
//! A released program also knows the commit it was made of, which new portals install, and one of a
//! published release that it can be downloaded.

#![expect(clippy::disallowed_methods, reason = "what is built is told where it comes from")]

use std::path::Path;
use std::process::Command;

fn main() {
    for folder in ["profiles", "themes/default", "src/cmd/starter"] {
        println!("cargo:rerun-if-changed={folder}");
    }
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=MINGBAI_REVISION");
    // Of a program under development there is no commit, and asking would make it anew after each.
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let revision = is_release.then(revision).flatten().unwrap_or_default();
    println!("cargo:rustc-env=MINGBAI_REVISION={revision}");
    println!("cargo:rerun-if-env-changed=MINGBAI_RELEASE");
    // The version, where the workflow of a release makes the program: then it can be downloaded.
    let is_published = std::env::var("MINGBAI_RELEASE").is_ok_and(|said| !said.is_empty());
    let version = std::env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let release = if is_published { version } else { String::new() };
    println!("cargo:rustc-env=MINGBAI_RELEASE={release}");
}

/// The commit as whoever builds says it, as `cargo package` wrote it down, or of this very folder.
fn revision() -> Option<String> {
    let said = std::env::var("MINGBAI_REVISION").ok();
    said.or_else(packaged).or_else(checked_out).filter(|text| is_commit(text))
}

fn packaged() -> Option<String> {
    let text = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    Some(text.split_once("\"sha1\"")?.1.split('"').nth(1)?.to_owned())
}

fn checked_out() -> Option<String> {
    // Sources unpacked within another repository are not of its commit.
    let root = git("--show-toplevel")?;
    let here = std::env::current_dir().ok()?.canonicalize().ok()?;
    if Path::new(&root).canonicalize().ok()? != here {
        return None;
    }
    for path in [".git/HEAD", ".git/logs/HEAD"].iter().filter(|path| Path::new(path).exists()) {
        println!("cargo:rerun-if-changed={path}");
    }
    git("HEAD")
}

fn git(what: &str) -> Option<String> {
    let output = Command::new("git").args(["rev-parse", what]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

fn is_commit(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
