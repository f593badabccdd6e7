//! `accept`: writes a known exception with what it is of, who says so and why; with `--pin`, what those that
//! are there are of.

#![expect(clippy::disallowed_methods, reason = "it writes the exceptions it is asked to write")]

mod entry;

use std::collections::BTreeMap;

use anyhow::Context;
use entry::{AcceptedEntry, append, set};

use super::{Outcome, chosen_language, language, paint, print, read, say, today};
use crate::cli::{Accept, Global};
use crate::content::{Acceptance, says_why};
use crate::diagnostic::{Diagnostic, Language, Report, text};
use crate::model::{Disclosure, acceptance};
use crate::plan::{PlanOptions, plan_with};
use crate::site::Site;
use crate::source::{FileId, Sources};
use crate::{check, yaml};

/// Runs the command.
pub(super) fn run(global: &Global, arguments: &Accept) -> anyhow::Result<Outcome> {
    let sources = read(global)?;
    let options =
        PlanOptions { drafts: true, today: Some(today::today()), ..PlanOptions::default() };
    let (site, report) = plan_with(&sources, &options);
    let desk = Desk { language: language(global, &site), sources, site, report };
    let written = match (&arguments.code, &arguments.at) {
        (Some(code), Some(at)) => desk.accept(arguments, code, at)?,
        _ if arguments.pin => desk.pin(),
        _ => anyhow::bail!(
            "写明规则和地址（每条发现的末行），或者 --pin / give a code and an address, as in the last line of a finding, or --pin"
        ),
    };
    for (file, text) in &written {
        let path = global.root.join(&desk.sources.file(*file).path);
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    if !global.quiet {
        let ok = paint("✓", "32;1");
        let line = if written.is_empty() {
            text!(zh: "{ok} 没有要补的例外", en: "{ok} no acceptance is left to complete")
        } else {
            text!(zh: "{ok} 写好了；请看一遍差异再提交", en: "{ok} written; read the diff before you commit it")
        };
        say(line.get(chosen_language(global).unwrap_or(desk.language)));
    }
    Ok(Outcome::Clean)
}

/// The portal and what is found in it.
struct Desk {
    sources: Sources,
    site: Site,
    report: Report,
    language: Language,
}

impl Desk {
    /// Everything found of a disclosure, accepted or not.
    fn found<'a>(&'a self, disclosure: &'a Disclosure) -> impl Iterator<Item = &'a Diagnostic> {
        let all = self.report.accepted.iter().chain(&self.report.diagnostics);
        all.filter(|found| found.disclosure.as_ref() == Some(&disclosure.path))
    }

    /// What findings are of, a line each; those of something missing have none.
    fn lines<'a>(&self, found: impl Iterator<Item = &'a Diagnostic>) -> Vec<String> {
        let lines = found.map(|found| acceptance::pin(&self.sources, found));
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// The files in which every acceptance that says nothing says what it is of.
    fn pin(&self) -> BTreeMap<FileId, String> {
        let mut written = BTreeMap::new();
        for disclosure in &self.site.portal.disclosures {
            let file = disclosure.written.file;
            let mut text = self.sources.file(file).text().to_owned();
            let all = disclosure.acceptances().iter().enumerate();
            for (index, known) in all.filter(|(_, known)| known.found.is_empty()) {
                let lines = self
                    .lines(self.found(disclosure).filter(|found| acceptance::is_of(known, found)));
                if lines.is_empty() {
                    continue;
                }
                if let Some(more) = set(&text, index, &[("found", entry::lines(&lines))]) {
                    self.show(disclosure, known, &lines);
                    text = more;
                    written.insert(file, text.clone());
                }
            }
        }
        written
    }

    fn show(&self, disclosure: &Disclosure, known: &Acceptance, lines: &[String]) {
        let path = &self.sources.file(disclosure.written.file).path;
        print(&format!("{path}: {} {}\n", known.code, known.at));
        let is_shown = acceptance::may_show(&self.report, disclosure);
        for line in lines.iter().filter(|_| is_shown) {
            print(&format!("    {line}\n"));
        }
    }

    /// The file with a finding accepted.
    fn accept(
        &self,
        arguments: &Accept,
        code: &str,
        at: &str,
    ) -> anyhow::Result<BTreeMap<FileId, String>> {
        let code = check::find(code).map_or(code, |code| code.name);
        let entry = AcceptedEntry {
            code: code.to_owned(),
            at: at.to_owned(),
            reason: arguments.reason.clone(),
            by: arguments.by.clone(),
            until: arguments.until.clone(),
            found: Vec::new(),
        };
        let disclosure = self.only(arguments, &entry)?;
        let wanted = entry.as_acceptance(disclosure);
        let of_it = |found: &&Diagnostic| acceptance::is_of(&wanted, found);
        let asked: Vec<&Diagnostic> = self.found(disclosure).filter(of_it).collect();
        let known = disclosure.acceptances().iter().enumerate();
        let mut known =
            known.filter(|(_, known)| asked.iter().all(|found| acceptance::is_of(known, found)));
        let file = disclosure.written.file;
        let text = self.sources.file(file).text();
        let written = if let Some((index, known)) = known.next() {
            // Those of its findings that it is of already stay.
            let held = self.report.accepted.iter().filter(|found| {
                found.disclosure.as_ref() == Some(&disclosure.path)
                    && acceptance::is_of(known, found)
                    && !asked.iter().any(|one| std::ptr::eq(*one, *found))
            });
            let lines = self.lines(held.chain(asked.iter().copied()));
            self.reason_of(arguments, Some(known))?;
            self.show(disclosure, known, &lines);
            set(text, index, &entry.changes(&lines))
        } else {
            self.reason_of(arguments, None)?;
            let entry = AcceptedEntry { found: self.lines(asked.iter().copied()), ..entry };
            self.show(disclosure, &wanted, &entry.found);
            append(text, &entry)
        };
        let written = written.filter(|text| is_read(text)).with_context(|| {
            let path = &self.sources.file(file).path;
            text!(zh: "{path} 的写法改不了，请照上面的自己写", en: "{path} is written in a form that cannot be added to: write what is printed above").get(self.language).to_owned()
        })?;
        Ok([(file, written)].into())
    }

    /// The reason that is given, or was.
    fn reason_of(&self, arguments: &Accept, known: Option<&Acceptance>) -> anyhow::Result<()> {
        let is_known = known.is_some_and(|known| !known.reason.is_empty());
        let message = match arguments.reason.as_deref().map(str::trim) {
            Some(given) if says_why(given) => return Ok(()),
            None if is_known => return Ok(()),
            None | Some("") => {
                text!(zh: "为什么接受？写 --reason，读者看得到", en: "why is it accepted? give --reason: it is published")
            }
            Some(given) => {
                text!(zh: "“{given}”不是理由：用 --reason 写明为什么接受，读者看得到", en: "`{given}` is no reason: say by --reason why it is accepted, readers see it")
            }
        };
        anyhow::bail!(message.get(self.language).to_owned())
    }

    /// The one disclosure in which it is found.
    fn only(&self, arguments: &Accept, entry: &AcceptedEntry) -> anyhow::Result<&Disclosure> {
        let is_wanted = |disclosure: &&Disclosure| {
            arguments.disclosure.as_ref().is_none_or(|name| *name == disclosure.path)
        };
        let all: Vec<&Disclosure> = self.site.portal.disclosures.iter().filter(is_wanted).collect();
        let has = |disclosure: &&&Disclosure| {
            let wanted = entry.as_acceptance(disclosure);
            self.found(disclosure).any(|found| acceptance::is_of(&wanted, found))
        };
        let having: Vec<&&Disclosure> = all.iter().filter(has).collect();
        let AcceptedEntry { code, at, .. } = entry;
        match having.as_slice() {
            [only] => return Ok(only),
            [] => {}
            several => {
                let names: Vec<&str> = several.iter().map(|one| one.path.as_str()).collect();
                let message = text!(zh: "几份公开里都有：用 --disclosure 写明是哪一份（{zh}）", en: "several disclosures have it: say which by --disclosure ({en})", zh = names.join("、"), en = names.join(", "));
                anyhow::bail!(message.get(self.language).to_owned())
            }
        }
        let same = all.iter().flat_map(|disclosure| self.found(disclosure));
        let same = same.filter(|found| found.code.name == code || found.code.id == code);
        let known: Vec<&str> = same.filter_map(|found| found.address.as_deref()).collect();
        let near = yaml::nearest(at, &known).or(known.first().copied());
        let message = match near {
            Some(near) => {
                text!(zh: "没有查出“{code} {at}”；有“{code} {near}”", en: "nothing is found of `{code} {at}`; there is `{code} {near}`")
            }
            None => {
                text!(zh: "没有查出“{code} {at}”", en: "nothing is found of `{code} {at}`")
            }
        };
        anyhow::bail!(message.get(self.language).to_owned())
    }
}

/// Whether a text is read without a mistake.
fn is_read(text: &str) -> bool {
    entry::parsed(text).is_some()
}
