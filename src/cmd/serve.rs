//! `serve`: plan on every save what the save touched, render the path the browser asks for, and
//! show the findings in the page. Nothing is written.

use std::collections::BTreeSet;
use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use super::preview::Preview;
use super::{Outcome, elapsed, paint, say, show, verdict};
use crate::cli::{Global, Serve};
use crate::diagnostic::{Language, Report, Text, text};
use crate::findings::human;
use crate::plan::PlanOptions;
use crate::publish::Typesetter;
use crate::serve::{HTML, Options, PREVIEW_TAGS, Reply, serve};
use crate::source::{FOLDERS, Sources};
use crate::{status, url};

/// Runs the command; it ends with the process.
pub(super) fn run(global: &Global, arguments: &Serve) -> anyhow::Result<Outcome> {
    let options = PlanOptions {
        drafts: arguments.drafts,
        base_url: arguments.base_url.clone(),
        ..PlanOptions::default()
    };
    let started = Instant::now();
    let first = Preview::open(global, options)?;
    tell(global, &first, &(0..first.len()).collect(), started);
    let language = first.language;
    let watched = watched_of(global, &first);
    let current = Arc::new(RwLock::new(Current { preview: Arc::new(first), trouble: None }));
    let options = Options { interface: arguments.interface, port: arguments.port };
    let answering = Arc::clone(&current);
    let root = global.root.clone();
    let respond = move |path: &str| {
        let current = answering.read().unwrap_or_else(PoisonError::into_inner).clone();
        respond(&current, &root, path)
    };
    let global = global.clone();
    let changed = move |paths: &BTreeSet<PathBuf>| {
        let started = Instant::now();
        let Current { preview, trouble } =
            current.read().unwrap_or_else(PoisonError::into_inner).clone();
        // After trouble nothing is known of what changed meanwhile: everything is planned again.
        let none = BTreeSet::new();
        let paths = if trouble.is_some() { &none } else { paths };
        let planned = catch_unwind(AssertUnwindSafe(|| preview.after(&global, paths)));
        let next = match planned {
            Ok(Ok((next, touched))) => {
                tell(&global, &next, &touched, started);
                Current { preview: Arc::new(next), trouble: None }
            }
            Ok(Err(error)) => {
                say(&format!("{}: {error:#}", paint("error", "31;1")));
                Current { preview, trouble: Some(Arc::from(format!("{error:#}"))) }
            }
            // The panic is on the terminal already.
            Err(_) => Current { preview, trouble: Some(Arc::from("panic")) },
        };
        let to_watch = watched_of(&global, &next.preview);
        *current.write().unwrap_or_else(PoisonError::into_inner) = next;
        to_watch
    };
    let open = arguments.open;
    serve(&options, &watched, respond, changed, move |address| announce(address, language, open))?;
    Ok(Outcome::Clean)
}

/// What a portal is made of: its folders, its configuration, and what its links lead to.
fn watched_of(global: &Global, preview: &Preview) -> Vec<PathBuf> {
    let own = FOLDERS.iter().copied().chain([global.config.as_str()]);
    own.map(|name| global.root.join(name)).chain(preview.linked()).collect()
}

/// What pages are made of.
#[derive(Clone)]
struct Current {
    /// The newest plan.
    preview: Arc<Preview>,
    /// Why the last save is not in it, if it is not.
    trouble: Option<Arc<str>>,
}

fn announce(address: SocketAddr, language: Language, open: bool) {
    let is_everywhere = address.ip().is_unspecified();
    let here =
        if is_everywhere { SocketAddr::from(([127, 0, 0, 1], address.port())) } else { address };
    let url = format!("http://{here}/");
    let line = text!(zh: "预览在 {url}（保存即更新，Ctrl+C 结束）", en: "preview at {url} (follows every save; Ctrl+C ends it)", url = paint(&url, "1"));
    say(line.get(language));
    let line =
        text!(zh: "各年度做到哪一步：{url}{STATUS}", en: "how far every year is: {url}{STATUS}");
    say(line.get(language));
    if let Some(phone) = is_everywhere.then(own_address).flatten() {
        let url = paint(&format!("http://{}/", SocketAddr::new(phone, address.port())), "1");
        say(text!(zh: "同一网络里的手机打开 {url}", en: "on a phone in the same network: {url}")
            .get(language));
    }
    if open && let Err(error) = open::that_detached(&url) {
        say(&format!("{url}: {error}"));
    }
}

/// The address this machine would be reached at: asking for a route sends nothing.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip())
}

/// Says how the organisations that were planned came out, and the portal as a whole.
fn tell(global: &Global, preview: &Preview, touched: &BTreeSet<usize>, started: Instant) {
    let (sources, report) = preview.findings(touched);
    let language = preview.language;
    show(&sources, &report, language);
    if global.quiet {
        return;
    }
    let all = preview.summary();
    let sign = if all.has_errors() { paint("✗", "31;1") } else { paint("✓", "32;1") };
    let words = if all.diagnostics.is_empty() {
        match preview.len() {
            0 => text!(zh: "门户里还没有单位", en: "the portal holds no organisation yet"),
            _ => text!(zh: "全部通过", en: "all clear"),
        }
    } else {
        verdict(&all)
    };
    let counts = preview.counts(&all);
    let line = Text {
        zh: format!("{sign} {}。{}（{}）", words.zh, counts.zh, elapsed(started)),
        en: format!("{sign} {}. {} ({})", words.en, counts.en, elapsed(started)),
    };
    say(line.get(language));
}

/// The path of the page that says how far the disclosures are.
const STATUS: &str = "__mingbai/status";

fn respond(current: &Current, root: &Path, path: &str) -> Reply {
    let preview = &*current.preview;
    let path = path.trim_start_matches('/');
    if path.trim_end_matches('/') == STATUS {
        let page = status::page(&preview.status(), preview.language, PREVIEW_TAGS);
        let content_type = HTML.to_owned();
        return Reply { status: 200, content_type, body: page.into_bytes(), location: None };
    }
    let wanted = if path.is_empty() || path.ends_with('/') {
        format!("{path}{}", url::HOME)
    } else {
        path.to_owned()
    };
    let answer = preview.render(&wanted);
    let folder = format!("{path}/");
    if !answer.is_found && preview.has(&format!("{folder}{}", url::HOME)) {
        let content_type = HTML.to_owned();
        let location = Some(format!("/{folder}"));
        return Reply { status: 302, content_type, body: Vec::new(), location };
    }
    if let Some(fonts) = &answer.fonts {
        return typeset(root, fonts, &answer.bytes);
    }
    let is_page = wanted.ends_with(".html") || !answer.is_found;
    let mut body = answer.bytes;
    if is_page {
        body.extend_from_slice(overlay(preview, &answer.sources, &answer.report).as_bytes());
        if answer.is_stale {
            body.extend_from_slice(panel(preview, None).as_bytes());
        }
        if let Some(trouble) = &current.trouble {
            body.extend_from_slice(panel(preview, Some(trouble)).as_bytes());
        }
    }
    let status = if answer.is_found { 200 } else { 404 };
    let content_type = content_type(&wanted, is_page).to_owned();
    Reply { status, content_type, body, location: None }
}

/// A document set in type, or why it was not.
fn typeset(root: &Path, fonts: &[String], document: &[u8]) -> Reply {
    let made = Typesetter::find(root, fonts).and_then(|typesetter| typesetter.pdf(document));
    let (status, content_type, body) = match made {
        Ok(pdf) => (200, "application/pdf", pdf),
        Err(error) => (503, "text/plain; charset=utf-8", format!("{error:#}\n").into_bytes()),
    };
    Reply { status, content_type: content_type.to_owned(), body, location: None }
}

/// The findings over the page, in the words of the terminal, and the script that reloads.
fn overlay(preview: &Preview, sources: &Sources, report: &Report) -> String {
    if report.diagnostics.is_empty() {
        return PREVIEW_TAGS.to_owned();
    }
    let findings = human::render(sources, report, preview.language, false);
    let title = verdict(report);
    let open = if report.has_errors() { " open" } else { "" };
    let escaped = escape(findings.trim_end());
    let progress = text!(zh: "各年度做到哪一步", en: "how far every year is");
    let progress = progress.get(preview.language);
    format!(
        "<details{open} id=mingbai-findings><summary>mingbai: {}</summary><p><a href=/{STATUS}>{progress}</a></p><pre>{escaped}</pre></details>{PREVIEW_TAGS}",
        title.get(preview.language)
    )
}

/// Why a page is not what was saved last.
fn panel(preview: &Preview, trouble: Option<&str>) -> String {
    let words = match trouble {
        Some(_) => text!(
            zh: "最近一次保存没能读进来，这一页还是之前的样子。改好再存一次就会更新。",
            en: "the last save could not be read: this page is as it was before. It follows the next save.",
        ),
        None => text!(
            zh: "这一页的来源现在有错，显示的是出错之前的样子。改好再存一次就会更新。",
            en: "what this page is made of has an error now: it is shown as it was before. It follows the next save.",
        ),
    };
    let said = trouble.map(|words| format!("<pre>{}</pre>", escape(words))).unwrap_or_default();
    let words = words.get(preview.language);
    format!("<div id=mingbai-trouble role=alert>mingbai: {words}{said}</div>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn content_type(path: &str, is_page: bool) -> &'static str {
    let ending = path.rsplit('.').next().unwrap_or_default();
    match ending {
        _ if is_page => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        _ => "application/octet-stream",
    }
}
