//! `verify`: files held against the receipt of the site they are from. Nothing is fetched.

#![expect(clippy::disallowed_methods, reason = "the files to verify stand anywhere")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use serde::Serialize;
use walkdir::WalkDir;

use super::build_session::receipt_of;
use super::sign;
use super::{Outcome, chosen_language, has_portal, language_of, open, paint, print, several};
use crate::cli::{Global, Verify, VerifyFormat};
use crate::diagnostic::{Language, text};
use crate::receipt::{self, Difference, Digest, Receipt, Standing};

/// What came of it, as programs read it.
#[derive(Serialize)]
struct Verified {
    version: u32,
    /// The receipt.
    manifest: String,
    /// How many files were looked at; the receipt and the program’s own notes are none of them.
    files: usize,
    /// What is not what was published.
    differences: Vec<Difference>,
    signature: Signature,
}

/// What is known of the signature.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
enum Signature {
    /// Nobody asked: no key was given.
    Unchecked,
    /// It is that of the key.
    Good { comment: String },
    /// It is not, or there is none.
    Bad { why: String },
}

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &Verify) -> Result<Outcome> {
    let folder = match arguments.paths.as_slice() {
        [only] if only.is_dir() && arguments.addresses.is_none() => Some(only.as_path()),
        _ => None,
    };
    let of_folder = || folder.map(|folder| folder.join(receipt::PATH));
    let manifest = arguments.manifest.clone().or_else(of_folder).context(
        "用 --manifest 写明按哪一份 manifest.json 核对 / say with --manifest which manifest.json to verify against",
    )?;
    let receipt = receipt_of(&manifest)?;
    let signature = signature(arguments, &manifest)?;
    let (files, mut differences) = match folder {
        Some(folder) => whole(&receipt, folder)?,
        None => single(&receipt, arguments)?,
    };
    differences.sort();
    let manifest = manifest.display().to_string();
    let verified = Verified { version: 1, manifest, files, differences, signature };
    let is_good =
        verified.differences.is_empty() && !matches!(verified.signature, Signature::Bad { .. });
    if arguments.format == VerifyFormat::Json {
        let json = serde_json::to_string_pretty(&verified).expect("plain values");
        print(&format!("{json}\n"));
    } else if !(global.quiet && is_good) {
        print(&words(&verified, language(global)?));
    }
    Ok(if is_good { Outcome::Clean } else { Outcome::Findings })
}

fn language(global: &Global) -> Result<Language> {
    Ok(match chosen_language(global) {
        Some(language) => language,
        None if has_portal(global) => language_of(global, open(global)?.shared()),
        None => Language::Chinese,
    })
}

/// Whether the receipt is signed by the key that was given.
fn signature(arguments: &Verify, manifest: &Path) -> Result<Signature> {
    let Some(key) = &arguments.key else { return Ok(Signature::Unchecked) };
    let key = sign::public_key(key)?;
    let beside = || {
        let mut name = manifest.as_os_str().to_owned();
        name.push(".minisig");
        PathBuf::from(name)
    };
    let file = arguments.signature.clone().unwrap_or_else(beside);
    let Ok(signature) = std::fs::read_to_string(&file) else {
        let why = format!("没有 {} / there is no {0}", file.display());
        return Ok(Signature::Bad { why });
    };
    let bytes = std::fs::read(manifest)?;
    Ok(match sign::check(&key, &signature, &bytes) {
        Ok(comment) => Signature::Good { comment },
        Err(error) => Signature::Bad { why: error.to_string() },
    })
}

/// A folder that holds a whole site.
fn whole(receipt: &Receipt, folder: &Path) -> Result<(usize, Vec<Difference>)> {
    let mut paths = Vec::new();
    for found in WalkDir::new(folder).sort_by_file_name() {
        let found = found.with_context(|| folder.display().to_string())?;
        if !found.file_type().is_dir() {
            let path = found.path().strip_prefix(folder).unwrap_or(found.path());
            paths.push((path.to_string_lossy().replace('\\', "/"), found.into_path()));
        }
    }
    let compare =
        |(path, file): &(String, PathBuf)| Ok(receipt::difference(receipt, path, digest(file)?));
    let found: Vec<_> = paths.par_iter().map(compare).collect::<Result<_>>()?;
    let there: BTreeSet<&str> = paths.iter().map(|(path, _)| path.as_str()).collect();
    let missing = receipt::missing(receipt, |path| there.contains(path));
    let files = paths.iter().filter(|(path, _)| !receipt.is_beside(path)).count();
    Ok((files, found.into_iter().flatten().chain(missing).collect()))
}

/// Files that were downloaded one by one, with the addresses they came from where a list names them.
fn single(receipt: &Receipt, arguments: &Verify) -> Result<(usize, Vec<Difference>)> {
    let mut files: Vec<(Option<String>, PathBuf)> = Vec::new();
    if let Some(list) = &arguments.addresses {
        files = listed(receipt, list)?;
    }
    files.extend(arguments.paths.iter().map(|file| (None, file.clone())));
    let compare = |(path, file): &(Option<String>, PathBuf)| {
        let found = digest(file)?;
        let name = file.to_string_lossy();
        let path = path.clone().or_else(|| receipt.path_like(&name, found));
        Ok(match path {
            Some(path) => receipt::difference(receipt, &path, found),
            None => Some(receipt::extra(&name, found)),
        })
    };
    let found: Vec<_> = files.par_iter().map(compare).collect::<Result<_>>()?;
    Ok((files.len(), found.into_iter().flatten().collect()))
}

/// The lines of a list: the path an address leads to, and the file it was saved as.
fn listed(receipt: &Receipt, list: &Path) -> Result<Vec<(Option<String>, PathBuf)>> {
    let text = std::fs::read_to_string(list)
        .with_context(|| format!("无法读取 {} / cannot read {0}", list.display()))?;
    let beside = list.parent().unwrap_or(Path::new(""));
    let lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut files = Vec::new();
    for line in lines {
        let (address, file) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let path = receipt.path_of(address);
        let Some(path) = path else {
            bail!("{address} 不在这份 manifest.json 里 / {address} is not in the manifest");
        };
        let name = path.rsplit('/').next().unwrap_or(&path);
        let file = if file.trim().is_empty() { name } else { file.trim() };
        files.push((Some(path.clone()), beside.join(file)));
    }
    Ok(files)
}

fn digest(file: &Path) -> Result<Digest> {
    let bytes = std::fs::read(file)
        .with_context(|| format!("无法读取 {} / cannot read {0}", file.display()))?;
    Ok(Digest::of(&bytes))
}

/// The outcome for people: a line a file, then how it came out.
fn words(verified: &Verified, language: Language) -> String {
    let mut lines = String::new();
    for difference in &verified.differences {
        let word = match difference.standing {
            Standing::Differs => text!(zh: "不符", en: "differs"),
            Standing::Missing => text!(zh: "缺少", en: "missing"),
            Standing::Extra => text!(zh: "多出", en: "extra"),
        };
        lines.push_str(&format!("{}  {}\n", paint(word.get(language), "31;1"), difference.path));
    }
    let signed = match &verified.signature {
        Signature::Unchecked => {
            text!(zh: "没有核对签名（用 --key 给出公钥）", en: "the signature was not checked (give --key)")
        }
        Signature::Good { comment } => {
            text!(zh: "签名有效（{comment}）", en: "the signature is good ({comment})")
        }
        Signature::Bad { why } => {
            text!(zh: "签名不对：{why}", en: "the signature is not good: {why}")
        }
    };
    let count =
        |standing| verified.differences.iter().filter(|found| found.standing == standing).count();
    let (differs, missing, extra) =
        (count(Standing::Differs), count(Standing::Missing), count(Standing::Extra));
    let files = verified.files;
    // What was found and what is missing, so that the parts add up to the whole.
    let (all, same) = (files + missing, files - differs - extra);
    let last = if verified.differences.is_empty() {
        text!(
            zh: "{ok} {files} 个文件都与 {manifest} 相符；{zh}。", en: "{ok} {en_files} as {manifest} says; {en}.",
            ok = paint("✓", "32;1"), en_files = several(files, "file"), manifest = verified.manifest,
            zh = signed.zh, en = signed.en,
        )
    } else {
        text!(
            zh: "{no} 对照 {manifest}，{all} 个文件里 {same} 个相符，{differs} 个不符，{missing} 个缺少，{extra} 个多出；{zh}。",
            en: "{no} {en_all} against {manifest}: {same} the same, {differs} {verb}, {missing} missing, {extra} extra; {en}.",
            no = paint("✗", "31;1"), en_all = several(all, "file"), manifest = verified.manifest,
            verb = if differs == 1 { "differs" } else { "differ" }, zh = signed.zh, en = signed.en,
        )
    };
    lines + last.get(language) + "\n"
}
