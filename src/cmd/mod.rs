//! The commands: each does one thing with the planned site.

mod accept;
mod bind;
mod build;
mod check;
mod completions;
mod diff;
mod earlier;
mod explain;
mod explain_profile;
mod formats;
mod gone;
mod git;
mod import;
mod import_report;
mod init;
mod merge;
mod new;
mod new_profile;
mod portal;
mod build_session;
mod preview;
mod profile;
mod progress;
mod record;
mod schema;
mod scope;
mod serve;
mod sign;
mod stamp;
mod state;
mod status;
mod test_profile;
mod today;
mod verify;
mod last_report;
mod limits;
mod watch;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use colorchoice::ColorChoice;

use crate::cli::{Cli, Color, Command, Global, Lang, Made, New, ProfileCommand};
use crate::diagnostic::{Coverage, Language, Report, Severity, Text, text};
use crate::findings::human;
use crate::model::{Disclosure, Portal};
use crate::page::Overview;
use crate::page::overview::DisclosureSummary;
use crate::plan::PlanOptions;
use crate::profile::{KnownProfiles, Profile, resolve};
use crate::site::Site;
use crate::source::{Library, Sources};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing wrong: exit 0.
    Clean,
    /// Findings: exit 1.
    Findings,
}

/// Runs a command: 0 clean, 1 findings, 2 could not run.
pub fn run(cli: &Cli) -> ExitCode {
    let started = Instant::now();
    match cli.global.color {
        Color::Auto => ColorChoice::Auto,
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    }
    .write_global();
    let outcome = match &cli.command {
        Command::Init(arguments) => init::run(&cli.global, arguments),
        Command::Import(arguments) => import::run(&cli.global, arguments, started),
        Command::New(New::Organisation(arguments)) => new::organisation(&cli.global, arguments),
        Command::New(New::Disclosure(arguments)) => new::disclosure(&cli.global, arguments),
        Command::New(New::Project(arguments)) => new::project(&cli.global, arguments),
        Command::New(New::Profile(arguments)) => new_profile::run(&cli.global, arguments),
        Command::Status(arguments) => status::run(&cli.global, arguments),
        Command::Diff(arguments) => diff::run(&cli.global, arguments),
        Command::Bind(arguments) => bind::run(&cli.global, arguments),
        Command::Accept(arguments) => accept::run(&cli.global, arguments),
        Command::Check(arguments) => check::run(&cli.global, arguments, started),
        Command::Build(arguments) => build::run(&cli.global, arguments, started),
        Command::Merge(arguments) => merge::run(&cli.global, arguments, started),
        Command::Verify(arguments) => verify::run(&cli.global, arguments),
        Command::Serve(arguments) => serve::run(&cli.global, arguments),
        Command::Explain(arguments) => explain::run(&cli.global, arguments),
        Command::Profile(ProfileCommand::Explain(arguments)) => {
            explain_profile::run(&cli.global, arguments)
        }
        Command::Profile(ProfileCommand::Test(arguments)) => {
            test_profile::run(&cli.global, arguments)
        }
        Command::Schema(arguments) => schema::run(&cli.global, arguments),
        Command::Completions(arguments) => completions::run(arguments),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => {
            let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
            say(&format!("{}: {}", paint("error", "31;1"), chain.join(": ")));
            ExitCode::from(2)
        }
    }
}

/// What a site is asked to be, from the command line.
fn options(site: &Made) -> PlanOptions {
    let day = site.today.clone().unwrap_or_else(today::today);
    PlanOptions {
        drafts: site.drafts,
        base_url: site.base_url.clone(),
        pdf: site.pdf,
        today: None,
        held_after: Some(day),
    }
}

/// Reads the whole portal.
fn read(global: &Global) -> anyhow::Result<Sources> {
    let library = open(global)?;
    library.sources(0..library.len(), |_| true)
}

/// Whether the folder is a portal.
fn has_portal(global: &Global) -> bool {
    global.root.join(&global.config).is_file() || global.root.join("content").is_dir()
}

/// A profile by its name.
fn named_profile(sources: &Sources, id: &str, language: Language) -> anyhow::Result<Arc<Profile>> {
    let mut profiles = resolve(&mut Report::default(), sources, [id.to_owned()]);
    profiles.remove(id).with_context(|| {
        let help = KnownProfiles::of(sources).beside(id);
        text!(zh: "没有模板“{id}”：{zh}", en: "there is no profile `{id}`: {en}", zh = help.zh, en = help.en)
            .get(language)
            .to_owned()
    })
}

/// Lists the portal; a folder that is none is said plainly.
fn open(global: &Global) -> anyhow::Result<Library> {
    if !has_portal(global) {
        anyhow::bail!(
            "{} 里没有 {}，也没有 content/：这里不是门户（mingbai init 新建一个） / {0} holds no {1} and no content/: this is no portal (mingbai init makes one)",
            global.root.display(),
            global.config
        );
    }
    Library::open(&global.root, &global.config)
}

/// The language of messages: asked for, or the portal's.
fn language(global: &Global, site: &Site) -> Language {
    chosen_language(global).unwrap_or_else(|| site.portal.site.message_language())
}

/// The language asked for, or that of a portal that is not planned.
fn language_of(global: &Global, sources: &Sources) -> Language {
    let site = || crate::content::parse(&mut Report::default(), sources).site;
    chosen_language(global).unwrap_or_else(|| site().message_language())
}

/// The language asked for on the command line.
fn chosen_language(global: &Global) -> Option<Language> {
    global.lang.map(|lang| match lang {
        Lang::Chinese => Language::Chinese,
        Lang::English => Language::English,
    })
}

/// One line on standard error.
#[expect(clippy::print_stderr, reason = "commands speak to people on standard error")]
fn say(line: &str) {
    eprintln!("{line}");
}

/// A result on standard output. A reader that stops listening is no trouble.
fn print(text: &str) {
    let mut out = std::io::stdout();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Whether what goes to a stream may be coloured: as the command line says, else on a terminal, unless
/// `NO_COLOR` is set.
#[expect(
    clippy::disallowed_methods,
    reason = "NO_COLOR is the user's wish about output, no input of the site"
)]
fn color(to: &impl IsTerminal) -> bool {
    match ColorChoice::global() {
        ColorChoice::Always | ColorChoice::AlwaysAnsi => return true,
        ColorChoice::Never => return false,
        ColorChoice::Auto => {}
    }
    let is_set =
        |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    !is_set("NO_COLOR") && (is_set("CLICOLOR_FORCE") || to.is_terminal())
}

fn paint(text: &str, code: &str) -> String {
    if color(&std::io::stderr()) {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

/// Prints a report as people read it.
fn show(sources: &Sources, report: &Report, language: Language) {
    if !report.diagnostics.is_empty() {
        say(human::render(sources, report, language, color(&std::io::stderr())).trim_end());
        say("");
    }
}

/// Prints the findings that were accepted: what `--verbose` adds.
fn show_accepted(sources: &Sources, report: &Report, language: Language) {
    let veils = report.veils.clone();
    let accepted = Report { diagnostics: report.accepted.clone(), veils, ..Report::default() };
    if !accepted.diagnostics.is_empty() {
        say(text!(zh: "已接受的例外：", en: "accepted with a reason:").get(language));
        show(sources, &accepted, language);
    }
}

/// Whether a report stands in the way.
fn fails(report: &Report, strict: bool) -> bool {
    report.has_errors() || (strict && report.count(Severity::Warning) > 0)
}

/// How much there is of everything an author writes.
#[derive(Clone, Copy, Default)]
struct Totals {
    disclosures: usize,
    tables: usize,
    projects: usize,
    sections: usize,
}

impl Totals {
    fn of(portal: &Portal) -> Totals {
        let sum = |count: fn(&Disclosure) -> usize| portal.disclosures.iter().map(count).sum();
        Totals {
            disclosures: portal.disclosures.len(),
            tables: sum(|disclosure| disclosure.tables.len()),
            projects: sum(|disclosure| disclosure.projects.len()),
            sections: sum(|disclosure| disclosure.sections.len()),
        }
    }

    /// Of what lists say of every disclosure.
    fn of_all(overview: &Overview) -> Totals {
        let one = |disclosure: &DisclosureSummary| Totals {
            disclosures: 1,
            tables: disclosure.tables,
            projects: disclosure.projects,
            sections: disclosure.sections,
        };
        overview.disclosures().map(one).fold(Totals::default(), Totals::and)
    }

    fn and(self, other: Totals) -> Totals {
        Totals {
            disclosures: self.disclosures + other.disclosures,
            tables: self.tables + other.tables,
            projects: self.projects + other.projects,
            sections: self.sections + other.sections,
        }
    }
}

/// What was looked at and how it came out, on one line.
fn counts(totals: Totals, report: &Report) -> Text {
    let Totals { disclosures, tables, projects, sections } = totals;
    let tally = report.relations;
    let all = tally.exact + tally.within_rounding + tally.broken + tally.could_not_run;
    let (exact, rounding, broken, unproved) =
        (tally.exact, tally.within_rounding, tally.broken, tally.could_not_run);
    let mut text = text!(
        zh: "{count} 份公开：{tables} 张表、{projects} 个项目、{sections} 节说明；{all} 个勾稽关系：{exact} 个相符，{rounding} 个四舍五入内",
        en: "{en_count}: {en_tables}, {en_projects}, {en_sections}; {en_all}: {exact} exact, {rounding} within rounding",
        count = disclosures, en_count = several(disclosures, "disclosure"), en_tables = several(tables, "table"),
        en_projects = several(projects, "project"), en_sections = several(sections, "section"), en_all = several(all, "relation"),
    );
    // With nothing left to report, what is broken was accepted with a reason.
    let broken_words = if report.diagnostics.is_empty() {
        ("个不符而已说明", "broken and accepted")
    } else {
        ("个不符", "broken")
    };
    for (number, (zh, en)) in [(broken, broken_words), (unproved, ("个无法核对", "could not run"))]
    {
        if number > 0 {
            text.zh.push_str(&format!("，{number} {zh}"));
            text.en.push_str(&format!(", {number} {en}"));
        }
    }
    let Coverage { stated, tried } = report.coverage;
    text.zh.push_str(&format!("；{stated} 条勾稽规则用到 {tried} 条"));
    text.en.push_str(&format!("; {tried} of {stated} rules applied"));
    if !report.accepted.is_empty() {
        let accepted = report.accepted.len();
        text.zh.push_str(&format!("；接受例外 {accepted} 条"));
        text.en.push_str(&format!("; {accepted} accepted"));
    }
    text
}

/// “1 table”, “2 tables”.
fn several(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// “3 errors, 1 warning”.
fn verdict(report: &Report) -> Text {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    for (severity, chinese, english) in [
        (Severity::Error, "个错误", "error"),
        (Severity::Warning, "个警告", "warning"),
        (Severity::Note, "条提示", "note"),
    ] {
        let count = report.count(severity);
        if count > 0 {
            zh.push(format!("{count} {chinese}"));
            en.push(several(count, english));
        }
    }
    Text { zh: zh.join("，"), en: en.join(", ") }
}

/// Elapsed time, short.
fn elapsed(started: Instant) -> String {
    let milliseconds = started.elapsed().as_millis();
    if milliseconds < 1000 {
        format!("{milliseconds} ms")
    } else {
        format!("{}.{:02} s", milliseconds / 1000, milliseconds % 1000 / 10)
    }
}
