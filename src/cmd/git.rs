//! A revision of the repository that a portal stands in, read by the `git` program: through no shell,
//! with nothing checked out and nothing asked of the network.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use crate::source::{FOLDERS, LARGEST, Refusal, Sources};

/// What is published as it is: no state is read by it, so its bytes are not asked for.
const AS_THEY_ARE: &str = "static/";

/// One file of a revision.
struct Blob {
    /// Its path from the root of the portal.
    path: String,
    object: String,
    size: u64,
    is_link: bool,
}

/// The files of the portal at `root` as a revision has them.
///
/// # Errors
/// When there is no `git`, no repository or no such revision.
pub(super) fn sources(root: &Path, config: &str, revision: &str) -> anyhow::Result<Sources> {
    let commit = commit(root, revision)?;
    let prefix = text(root, &["rev-parse", "--show-prefix"])?;
    let blobs = blobs(root, &commit, &prefix, config)?;
    let wanted: Vec<&Blob> = blobs.iter().filter(|blob| is_read(blob)).collect();
    let mut bytes = contents(root, &wanted)?.into_iter();
    let mut sources = Sources::named(config);
    for blob in &blobs {
        if blob.is_link {
            sources.refuse(&blob.path, Refusal::Nowhere(blob.path.clone()));
        } else if is_read(blob) {
            sources.add(&blob.path, bytes.next().expect("the bytes of every file asked for"));
        } else if blob.path.starts_with(AS_THEY_ARE) {
            sources.add(&blob.path, Vec::new());
        } else {
            sources.refuse(&blob.path, Refusal::TooLarge(blob.size));
        }
    }
    Ok(sources)
}

fn is_read(blob: &Blob) -> bool {
    !blob.is_link && blob.size <= LARGEST && !blob.path.starts_with(AS_THEY_ARE)
}

/// The commit of a revision, by its digits.
fn commit(root: &Path, revision: &str) -> anyhow::Result<String> {
    // No option of git may come in as a name.
    let is_name = !revision.is_empty() && !revision.starts_with('-') && !revision.contains('\0');
    let wanted = format!("{revision}^{{commit}}");
    let found = is_name
        .then(|| run(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]));
    let found = found.transpose()?.flatten();
    let commit = found.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
    match commit.filter(|commit| commit.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        Some(commit) if !commit.is_empty() => Ok(commit),
        _ => bail!(
            "“{revision}”既不是文件夹，也不是 {} 所在的 git 仓库里的版本 / `{revision}` is no folder, and no revision of the git repository of {0}",
            root.display()
        ),
    }
}

/// The files that a portal is read from.
fn blobs(root: &Path, commit: &str, prefix: &str, config: &str) -> anyhow::Result<Vec<Blob>> {
    let paths: Vec<String> =
        FOLDERS.iter().chain([&config]).map(|name| format!("{prefix}{name}")).collect();
    let mut arguments = vec!["ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--"];
    arguments.extend(paths.iter().map(String::as_str));
    let listed = text(root, &arguments)?;
    let mut blobs = Vec::new();
    for entry in listed.split('\0').filter(|entry| !entry.is_empty()) {
        let (about, path) = entry.split_once('\t').context("a line of git ls-tree")?;
        let about: Vec<&str> = about.split_whitespace().collect();
        let ["100644" | "100755" | "120000", "blob", object, size] = about[..] else { continue };
        let path = path.strip_prefix(prefix).context("a path below the portal")?;
        let is_hidden = |name: &str| name.starts_with('.') || name.ends_with('~');
        if !path.split('/').any(is_hidden) {
            blobs.push(Blob {
                path: path.to_owned(),
                object: object.to_owned(),
                size: size.parse().context("a size of git ls-tree")?,
                is_link: about[0] == "120000",
            });
        }
    }
    Ok(blobs)
}

/// The bytes of files, in their order.
fn contents(root: &Path, blobs: &[&Blob]) -> anyhow::Result<Vec<Vec<u8>>> {
    let mut child = git(root, &["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(no_git)?;
    let names: String = blobs.iter().map(|blob| format!("{}\n", blob.object)).collect();
    let mut input = child.stdin.take().expect("it is piped");
    let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
    // Both ends are held at once: neither waits for a full pipe.
    let asks = std::thread::spawn(move || input.write_all(names.as_bytes()));
    let mut all = Vec::with_capacity(blobs.len());
    for blob in blobs {
        let mut head = String::new();
        output.read_line(&mut head)?;
        let is_it = head.trim_end() == format!("{} blob {}", blob.object, blob.size);
        ensure!(is_it, "git 没有给出 {0} / git does not have {0}", blob.path);
        let mut bytes = vec![0; usize::try_from(blob.size)?];
        output.read_exact(&mut bytes)?;
        output.read_exact(&mut [0])?;
        all.push(bytes);
    }
    asks.join().expect("writing does not panic")?;
    child.wait()?;
    Ok(all)
}

/// What git prints, as text.
fn text(root: &Path, arguments: &[&str]) -> anyhow::Result<String> {
    let printed = run(root, arguments)?.with_context(|| {
        format!("{} 不在 git 仓库里 / {0} is in no repository of git", root.display())
    })?;
    Ok(String::from_utf8_lossy(&printed).trim_end_matches('\n').to_owned())
}

/// What git prints; nothing where it ends with a mistake.
fn run(root: &Path, arguments: &[&str]) -> anyhow::Result<Option<Vec<u8>>> {
    let output = git(root, arguments).stdin(Stdio::null()).output().with_context(no_git)?;
    Ok(output.status.success().then_some(output.stdout))
}

fn no_git() -> String {
    "找不到 git 程序（比较 git 的版本要用它） / there is no `git` program, by which revisions are read"
        .to_owned()
}

fn git(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command
        .arg("-C")
        .arg(root)
        .args(["--no-pager", "--no-replace-objects", "--literal-pathspecs"])
        .args(arguments)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stderr(Stdio::null());
    command
}
