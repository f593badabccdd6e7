//! A kept input made smaller, as long as it fails in the same way: files, then lines, then
//! stretches of bytes are taken away. Every attempt is a process of its own, for some end it.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::corpus::{Corpus, Files};
use super::input::Input;
use super::tally::alike;

/// Makes the input of a file smaller, in a file beside it that ends in `.min`.
pub(crate) fn run(file: &Path) -> anyhow::Result<()> {
    let corpus = Corpus::new();
    let kept = Input::kept(&corpus, &fs::read(file)?);
    let Some(mut input) = kept else { anyhow::bail!("no input that was kept") };
    let target = file.with_extension("min");
    let failure = |files: &Files| -> anyhow::Result<String> {
        fs::write(&target, Input { files: files.clone(), ..input.clone() }.keep(&corpus))?;
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("--replay").arg(&target).stderr(Stdio::null());
        let out = command.output()?;
        let said = String::from_utf8_lossy(&out.stdout).trim().to_owned();
        Ok(if said.is_empty() { out.status.to_string() } else { alike(&said) })
    };
    let wanted = failure(&input.files)?;
    anyhow::ensure!(!wanted.starts_with("nothing wrong"), "the input does not fail");
    let mut files = input.files.clone();
    for path in input.files.keys() {
        let mut fewer = files.clone();
        fewer.remove(path);
        if failure(&fewer)? == wanted {
            files = fewer;
            continue;
        }
        if let Some(own) = corpus.minimal.get(path) {
            fewer.insert(path.clone(), own.clone());
            if failure(&fewer)? == wanted {
                files = fewer;
                continue;
            }
        }
        for ends in [b"\n".as_slice(), b"", b" ,/"] {
            shrink(&mut files, path, ends, &mut |files| Ok(failure(files)? == wanted))?;
        }
    }
    let said = failure(&files)?;
    input.files = files;
    println!("{}\n{said}", target.display());
    Ok(())
}

/// Takes pieces of a file away that its failure does not need: ever smaller ones.
fn shrink(
    files: &mut Files,
    path: &str,
    ends: &[u8],
    fails: &mut dyn FnMut(&Files) -> anyhow::Result<bool>,
) -> anyhow::Result<()> {
    let content = files.get(path).cloned().unwrap_or_default();
    let mut pieces: Vec<Vec<u8>> = if ends.is_empty() {
        content.chunks(1).map(<[u8]>::to_vec).collect()
    } else {
        content.split_inclusive(|byte| ends.contains(byte)).map(<[u8]>::to_vec).collect()
    };
    let mut size = pieces.len().div_ceil(2);
    while size > 0 && !pieces.is_empty() {
        let mut at = 0;
        while at < pieces.len() {
            let mut fewer = pieces.clone();
            fewer.drain(at..(at + size).min(pieces.len()));
            let mut smaller = files.clone();
            smaller.insert(path.to_owned(), fewer.concat());
            if fails(&smaller)? {
                pieces = fewer;
                *files = smaller;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    Ok(())
}
