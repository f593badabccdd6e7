//! A document for Typst → the PDF that its program makes of it: accessible by the standard PDF/UA-1, the
//! same bytes of the same document.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// The program.
const PROGRAM: &str = "typst";

/// The folder of a portal whose families of type are there beside those of the computer.
const FONTS: &str = "fonts";

/// Families that hold Chinese, the first that is there is taken: of free projects and of the systems.
const FAMILIES: &[&str] = &[
    "Source Han Serif SC",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Songti SC",
    "SimSun",
    "Source Han Sans SC",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
];

/// The program as it is there, and the family of type it sets with.
#[derive(Debug)]
pub struct Typesetter {
    family: String,
    folder: Option<PathBuf>,
}

impl Typesetter {
    /// Looks for the program and for the first of these families, of the usual ones where none is
    /// named.
    ///
    /// # Errors
    /// When the program is not there, or none of the families is.
    pub fn find(root: &Path, wanted: &[String]) -> Result<Typesetter> {
        let folder = Some(root.join(FONTS)).filter(|folder| folder.is_dir());
        let mut command = Command::new(PROGRAM);
        command.arg("fonts").args(fonts_in(folder.as_deref()));
        let told = command.stdin(Stdio::null()).output();
        let told = told.map_err(|error| match error.kind() {
            ErrorKind::NotFound => anyhow::anyhow!(
                "做 PDF 要用 typst，电脑上没有：装好（cargo install typst-cli、brew install typst、winget install Typst.Typst），或者不要 --pdf / \
                 a PDF takes the program typst, which is not installed: install it (cargo install typst-cli, brew install typst, winget install Typst.Typst), or leave out --pdf"
            ),
            _ => error.into(),
        })?;
        ensure!(told.status.success(), failure(&told));
        let there = String::from_utf8_lossy(&told.stdout).into_owned();
        let there: Vec<&str> = there.lines().map(str::trim).collect();
        let usual: Vec<String> = FAMILIES.iter().map(|&family| family.to_owned()).collect();
        let wanted = if wanted.is_empty() { &usual } else { wanted };
        let is_there = |family: &&String| {
            there.iter().any(|there| there.eq_ignore_ascii_case(family.as_str()))
        };
        let Some(family) = wanted.iter().find(is_there) else {
            let (zh, en) = (wanted.join("、"), wanted.join(", "));
            bail!(
                "做 PDF 要有中文字体，这些都没有：{zh}。装一种（Debian、Ubuntu：apt-get install fonts-noto-cjk），放进门户的 {FONTS} 文件夹，或者在 mingbai.yaml 里写 pdf_fonts / \
                 a PDF takes a family of type with Chinese, and none of these is there: {en}. Install one (Debian, Ubuntu: apt-get install fonts-noto-cjk), put it into the portal’s folder {FONTS}, or name another as pdf_fonts in mingbai.yaml"
            );
        };
        Ok(Typesetter { family: family.clone(), folder })
    }

    /// Sets a document in type.
    ///
    /// # Errors
    /// When the program refuses it: with what it says.
    pub fn pdf(&self, document: &[u8]) -> Result<Vec<u8>> {
        let mut command = Command::new(PROGRAM);
        command
            .args(["compile", "--format", "pdf", "--pdf-standard", "ua-1"])
            .args(["--creation-timestamp", "0", "--features", "a11y-extras"])
            .args(["--input", &format!("font={}", self.family)])
            .args(fonts_in(self.folder.as_deref()))
            .args(["-", "-"])
            // The document reads no file; where it stands tells it none.
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut running = command.spawn().context(PROGRAM)?;
        let mut input = running.stdin.take().expect("asked for");
        // A program that refuses a document early does not read all of it, and says why.
        let written = input.write_all(document);
        drop(input);
        let made = running.wait_with_output().context(PROGRAM)?;
        ensure!(made.status.success(), failure(&made));
        written.context(PROGRAM)?;
        Ok(made.stdout)
    }
}

fn fonts_in(folder: Option<&Path>) -> Vec<&std::ffi::OsStr> {
    folder.map(|folder| vec!["--font-path".as_ref(), folder.as_os_str()]).unwrap_or_default()
}

fn failure(told: &Output) -> String {
    let why = String::from_utf8_lossy(&told.stderr);
    format!("typst 没有做成 PDF / typst made no PDF:\n{}", why.trim())
}
