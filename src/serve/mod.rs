//! The live preview: a port on this machine that answers with what the caller
//! renders, watches the authors' files, and tells the browsers to load again. It
//! knows no pages: paths go to one closure, changes to another. It writes nothing.

#![expect(
    clippy::disallowed_methods,
    reason = "a preview is told apart from an earlier run by its time"
)]

use std::any::Any;
use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::net::{IpAddr, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

mod browsers;
mod request;
mod watch;

use browsers::Browsers;
use request::Request;
use watch::Watch;

use crate::headers::HEADERS;

/// What a page carries to be loaded again after a save, and for what is laid over it.
pub const PREVIEW_TAGS: &str = r#"<link rel="stylesheet" href="/__mingbai/preview.css"><script src="/__mingbai/reload.js" defer></script>"#;

const SCRIPT_PATH: &str = "/__mingbai/reload.js";
const STYLE_PATH: &str = "/__mingbai/preview.css";
const EVENTS_PATH: &str = "/__mingbai/events";

/// How many ports are tried when the wanted one is taken.
const PORTS: usize = 100;

/// How many connections are held at a time, and how many of them only listen for saves: a browser
/// opens six to one host.
const CONNECTIONS: usize = 96;
const LISTENERS: usize = 48;

/// How long a browser may take to read an answer.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// Where the preview listens.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The address to bind: loopback for this machine only, unspecified for the network too.
    pub interface: IpAddr,
    /// The wanted port; the next free one is taken when it is not free, and any when it is 0.
    pub port: u16,
}

/// What the browser gets for a path.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The media type, with its charset.
    pub content_type: String,
    /// The bytes of the page or file.
    pub body: Vec<u8>,
    /// Where it stands instead, as a path of the preview.
    pub location: Option<String>,
}

/// Serves until the process is ended.
///
/// `respond` gets the decoded path without its query. `changed` runs after a
/// watched file changed, and before the browsers are told; it gets the real paths, or none where
/// the system does not know them, and says what is to be watched from then on. `ready` gets the address.
///
/// # Errors
///
/// When no port can be bound or the files cannot be watched; never afterwards.
pub fn serve(
    options: &Options,
    watch: &[PathBuf],
    respond: impl Fn(&str) -> Reply + Send + Sync + 'static,
    changed: impl Fn(&BTreeSet<PathBuf>) -> Vec<PathBuf> + Send + 'static,
    ready: impl FnOnce(SocketAddr),
) -> Result<()> {
    let listener = bind(options)?;
    let address = listener.local_addr()?;
    let browsers = Arc::new(Browsers::default());
    let mut watch = Watch::start(watch)?;
    let told = Arc::clone(&browsers);
    thread::spawn(move || {
        watch.each_change(|paths| {
            // The panic is on the terminal already; the browsers show what can be shown.
            let watched = catch_unwind(AssertUnwindSafe(|| changed(paths)));
            told.reload();
            watched.ok()
        });
    });
    ready(address);
    accept_all(&listener, &Arc::new(respond), &browsers, options.interface)
}

/// Calls `changed` after each change of watched files, which says what is to be watched from then on;
/// until the process is ended.
///
/// # Errors
///
/// When the files cannot be watched; never afterwards.
pub fn follow(
    watch: &[PathBuf],
    changed: impl Fn(&BTreeSet<PathBuf>) -> Vec<PathBuf>,
) -> Result<()> {
    Watch::start(watch)?.each_change(|paths| Some(changed(paths)));
    Ok(())
}

fn bind(options: &Options) -> Result<TcpListener> {
    let Options { interface, port } = *options;
    let mut taken = None;
    for candidate in (port..=u16::MAX).take(PORTS) {
        match TcpListener::bind(SocketAddr::new(interface, candidate)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == ErrorKind::AddrInUse => taken = Some(error),
            Err(error) => {
                return Err(error).with_context(|| {
                    format!("无法监听 / cannot listen on {interface}, port {candidate}")
                });
            }
        }
    }
    let error = taken.map_or_else(|| anyhow!("no port"), Into::into);
    Err(error.context(format!(
        "自 {port} 起的 {PORTS} 个端口都被占用 / {PORTS} ports from {port} are all taken"
    )))
}

/// A thread for each connection: a browser listens for as long as its page is open, and
/// opens connections it may never use, so that a small pool runs dry. Beyond so many a browser is
/// told to come again.
fn accept_all(
    listener: &TcpListener,
    respond: &Arc<impl Fn(&str) -> Reply + Send + Sync + 'static>,
    browsers: &Arc<Browsers>,
    interface: IpAddr,
) -> ! {
    let (open, listening) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // The system is out of handles, which passes when browsers let go of some.
            thread::sleep(Duration::from_millis(100));
            continue;
        };
        let Some(slot) = Slot::take(&open, CONNECTIONS) else {
            let _ = refuse(&stream);
            continue;
        };
        let (respond, browsers) = (Arc::clone(respond), Arc::clone(browsers));
        let listening = Arc::clone(&listening);
        // A browser that leaves, or finds no thread, asks again: nothing to report.
        let _ = thread::Builder::new().spawn(move || {
            let _slot = slot;
            answer(&stream, interface, &*respond, &browsers, &listening)
        });
    }
}

/// One of a number of places, given back when it is dropped.
struct Slot(Arc<AtomicUsize>);

impl Slot {
    fn take(taken: &Arc<AtomicUsize>, places: usize) -> Option<Slot> {
        let slot = Slot(Arc::clone(taken));
        // Dropping the slot gives the place back, whether or not it may be kept.
        (taken.fetch_add(1, Ordering::SeqCst) < places).then_some(slot)
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Says that there is no place, without waiting for what the browser wants.
fn refuse(stream: &TcpStream) -> io::Result<()> {
    stream.set_nonblocking(true)?;
    send(stream, &full(), true)
}

fn full() -> Reply {
    text(503, "连接太多，稍后再试 / too many connections: try again")
}

/// Answers one request and closes, so that no connection is left waiting for another.
fn answer(
    stream: &TcpStream,
    interface: IpAddr,
    respond: &impl Fn(&str) -> Reply,
    browsers: &Browsers,
    listening: &Arc<AtomicUsize>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let Some(request) = request::read(stream)? else {
        send(stream, &text(431, "请求头太长 / the head of the request is too long"), true)?;
        return request::drain(stream);
    };
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let reply = match (request.method.as_str(), path) {
        _ if !is_for_us(&request, interface) => not_for_us(&request),
        ("GET", EVENTS_PATH) => match Slot::take(listening, LISTENERS) {
            Some(_slot) => return browsers.stream(stream, query.strip_prefix("since=")),
            None => full(),
        },
        ("GET" | "HEAD", SCRIPT_PATH) => file("text/javascript", &browsers.script()),
        ("GET" | "HEAD", STYLE_PATH) => file("text/css", browsers::STYLE),
        ("GET" | "HEAD", path) if path.starts_with('/') => reply(&decode(path), respond),
        ("GET" | "HEAD", _) => text(400, "请求无法理解 / not a request"),
        _ => text(405, "只能读取 / this preview can only be read"),
    };
    send(stream, &reply, request.method != "HEAD")?;
    request::drain(stream)
}

fn is_for_us(request: &Request, interface: IpAddr) -> bool {
    request.host.as_deref().is_some_and(|host| request::is_own_name(host, interface))
}

fn not_for_us(request: &Request) -> Reply {
    let Some(host) = &request.host else {
        return text(400, "请求没有写明主机名 / the request names no host");
    };
    // A name is whatever the request says: it is said again as text only.
    text(
        421,
        &format!(
            "这个预览不叫 {host}。请用 http://localhost 或启动时显示的网址打开；要从别的机器看，加 --interface 0.0.0.0，用 IP 地址打开\n\
             this preview does not go by the name {host}. Open it at http://localhost or the address it printed; \
             from another machine start it with --interface 0.0.0.0 and open it by its IP address\n"
        ),
    )
}

/// A page that could not be made says so, and loads again after the next save.
fn reply(path: &str, respond: &impl Fn(&str) -> Reply) -> Reply {
    catch_unwind(AssertUnwindSafe(|| respond(path))).unwrap_or_else(|panic| {
        let words = words(&*panic).replace('&', "&amp;").replace('<', "&lt;");
        let body = format!(
            "<!doctype html><meta charset=utf-8><title>mingbai</title>{PREVIEW_TAGS}\
             <p>预览出错 / the preview failed: {words}</p>"
        );
        let content_type = HTML.to_owned();
        Reply { status: 500, content_type, body: body.into_bytes(), location: None }
    })
}

/// The media type of a page.
pub const HTML: &str = "text/html; charset=utf-8";

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default()
}

fn text(status: u16, body: &str) -> Reply {
    Reply { status, ..file("text/plain", body) }
}

fn file(kind: &str, body: &str) -> Reply {
    let content_type = format!("{kind}; charset=utf-8");
    Reply { status: 200, content_type, body: body.as_bytes().to_vec(), location: None }
}

/// Answers with what a host would say beside the page, so that a page that would not work there
/// does not work here.
fn send(stream: &TcpStream, reply: &Reply, with_body: bool) -> io::Result<()> {
    let mut answer = format!(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nAllow: GET, HEAD\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n",
        reply.status,
        reason(reply.status),
        reply.content_type,
        reply.body.len(),
    );
    if let Some(location) = &reply.location {
        answer.push_str(&format!("Location: {}\r\n", encode(location)));
    }
    for (name, value) in HEADERS {
        answer.push_str(&format!("{name}: {value}\r\n"));
    }
    answer.push_str("\r\n");
    let mut answer = answer.into_bytes();
    if with_body {
        answer.extend_from_slice(&reply.body);
    }
    request::write(stream, &answer, Instant::now() + ANSWER_TIME)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        302 => "Found",
        404 => "Not Found",
        405 => "Method Not Allowed",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        // HTTP lets it be empty, and browsers show the number.
        _ => "",
    }
}

/// A path as a header may hold it.
fn encode(path: &str) -> String {
    const ENCODED: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?');
    utf8_percent_encode(path, ENCODED).to_string()
}

/// The path as the author named it: `%E7%A7%91` is 科.
fn decode(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}
