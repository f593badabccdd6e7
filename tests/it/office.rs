//! Real LibreOffice, where it is installed: files of one office program become those of another.

use std::fs;
use std::process::{Command, Stdio};

/// A file converted to another form; nothing where LibreOffice is not installed, but on a machine
/// that tests for everybody.
pub(crate) fn converted(bytes: &[u8], from: &str, to: &str) -> Option<Vec<u8>> {
    let found = Command::new("soffice").arg("--version").stdout(Stdio::null()).status();
    if found.is_err() {
        assert!(std::env::var_os("CI").is_none(), "LibreOffice is not installed");
        println!("LibreOffice is not installed: nothing is converted");
        return None;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("file.{from}"));
    fs::write(&path, bytes).expect("a file");
    // Each run has settings of its own, or the second would hand its file to the first.
    let settings = format!("-env:UserInstallation=file://{}/settings", folder.path().display());
    // A page is a text to be written on, not one of the web, which becomes no document of Word.
    let reader = (from == "html").then_some("--infilter=HTML (StarWriter)");
    let output = Command::new("soffice")
        .args(reader)
        .args([&settings, "--headless", "--convert-to", to, "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .output()
        .expect("LibreOffice");
    let ending = to.split(':').next().unwrap_or(to);
    let converted = fs::read(folder.path().join(format!("file.{ending}")));
    Some(converted.unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    }))
}
