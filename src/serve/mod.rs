//! The live preview: a port on this machine that answers with what the caller
//! renders, watches the authors' files, and tells the browsers to load again. It
//! knows no pages: paths go to one closure, changes to another. It writes nothing.

#![allow(
    clippy::disallowed_methods,
    reason = "a preview is told apart from an earlier run by its time"
)]

use std::any::Any;
use std::collections::BTreeSet;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, anyhow};
use percent_encoding::percent_decode_str;

mod watch;

use watch::Watch;

/// What a page carries to be loaded again after a save.
pub const RELOAD_SCRIPT_TAG: &str = r#"<script src="/__mingbai/reload.js" defer></script>"#;

const SCRIPT_PATH: &str = "/__mingbai/reload.js";
const EVENTS_PATH: &str = "/__mingbai/events";

/// How many ports are tried when the wanted one is taken.
const PORTS: usize = 100;

/// A head longer than this is no browser's; cookies of other tools on this host make it long.
const LONGEST_HEAD: u64 = 64 * 1024;

/// How long a browser may keep a connection it does not use, or leave an answer unread.
const IDLE: Duration = Duration::from_secs(30);

/// How often an idle browser is spoken to, so that one that left is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

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
}

/// Serves until the process is ended.
///
/// `respond` gets the decoded path without its query. `changed` runs after a
/// watched file changed, and before the browsers are told; it gets the real paths, or none where
/// the system does not know them. `ready` gets the address.
///
/// # Errors
///
/// When no port can be bound or the files cannot be watched; never afterwards.
pub fn serve(
    options: &Options,
    watch: &[PathBuf],
    respond: impl Fn(&str) -> Reply + Send + Sync + 'static,
    changed: impl Fn(&BTreeSet<PathBuf>) + Send + 'static,
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
            let _ = catch_unwind(AssertUnwindSafe(|| changed(paths)));
            told.reload();
        });
    });
    ready(address);
    accept_all(&listener, &Arc::new(respond), &browsers)
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
/// opens connections it may never use, so that a pool of any size runs dry.
fn accept_all(
    listener: &TcpListener,
    respond: &Arc<impl Fn(&str) -> Reply + Send + Sync + 'static>,
    browsers: &Arc<Browsers>,
) -> ! {
    loop {
        let Ok((stream, _)) = listener.accept() else {
            // The system is out of handles, which passes when browsers let go of some.
            thread::sleep(Duration::from_millis(100));
            continue;
        };
        let (respond, browsers) = (Arc::clone(respond), Arc::clone(browsers));
        // A browser that leaves, or finds no thread, asks again: nothing to report.
        let _ = thread::Builder::new().spawn(move || answer(&stream, &*respond, &browsers));
    }
}

/// Answers one request and closes, so that no connection is left waiting for another.
fn answer(
    stream: &TcpStream,
    respond: &impl Fn(&str) -> Reply,
    browsers: &Browsers,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_write_timeout(Some(IDLE))?;
    let line = read_head(stream)?;
    let mut words = line.split_ascii_whitespace();
    let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let reply = match (method, path) {
        ("GET", EVENTS_PATH) => return browsers.stream(stream, query.strip_prefix("since=")),
        ("GET" | "HEAD", SCRIPT_PATH) => script(&browsers.version()),
        ("GET" | "HEAD", path) if path.starts_with('/') => reply(&decode(path), respond),
        ("GET" | "HEAD", _) => text(400, "请求无法理解 / not a request"),
        _ => text(405, "只能读取 / this preview can only be read"),
    };
    send(stream, &reply, method != "HEAD")?;
    drain(stream)
}

/// The request line; the headers are read and left, since no answer depends on them.
fn read_head(stream: &TcpStream) -> io::Result<String> {
    let mut lines = BufReader::new(stream.take(LONGEST_HEAD));
    let first = read_line(&mut lines)?;
    while !read_line(&mut lines)?.is_empty() {}
    Ok(first)
}

fn read_line(lines: &mut impl BufRead) -> io::Result<String> {
    let mut line = Vec::new();
    match lines.read_until(b'\n', &mut line)? {
        0 => Err(ErrorKind::UnexpectedEof.into()),
        _ => Ok(String::from_utf8_lossy(&line).trim_end().to_owned()),
    }
}

/// Closing on bytes that were sent and not read would take the answer back.
fn drain(stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(Duration::from_secs(1)))?;
    io::copy(&mut stream.take(LONGEST_HEAD), &mut io::sink()).map(|_| ())
}

fn reply(path: &str, respond: &impl Fn(&str) -> Reply) -> Reply {
    catch_unwind(AssertUnwindSafe(|| respond(path))).unwrap_or_else(|panic| {
        text(500, &format!("预览出错 / the preview failed: {}", words(&*panic)))
    })
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default()
}

fn text(status: u16, body: &str) -> Reply {
    Reply {
        status,
        content_type: "text/plain; charset=utf-8".to_owned(),
        body: body.as_bytes().to_vec(),
    }
}

fn send(mut stream: &TcpStream, reply: &Reply, with_body: bool) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nAllow: GET, HEAD\r\n\
         Cache-Control: no-store\r\nConnection: close\r\n\r\n",
        reply.status,
        reason(reply.status),
        reply.content_type,
        reply.body.len(),
    );
    stream.write_all(head.as_bytes())?;
    if with_body {
        stream.write_all(&reply.body)?;
    }
    Ok(())
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        500 => "Internal Server Error",
        // HTTP lets it be empty, and browsers show the number.
        _ => "",
    }
}

/// The path as the author named it: `%E7%A7%91` is 科.
fn decode(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

/// The browsers that listen, as one number they all wait to see grow. It starts at
/// the time of the run, so that a page of an earlier run is seen to be old.
struct Browsers {
    version: Mutex<u128>,
    grown: Condvar,
}

impl Default for Browsers {
    fn default() -> Browsers {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Browsers { version: Mutex::new(now.as_nanos()), grown: Condvar::new() }
    }
}

impl Browsers {
    fn lock(&self) -> MutexGuard<'_, u128> {
        self.version.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn version(&self) -> String {
        self.lock().to_string()
    }

    fn reload(&self) {
        *self.lock() += 1;
        self.grown.notify_all();
    }

    /// Speaks to one browser until it leaves. One whose page is of another version
    /// than now (saved before it listened, or of an earlier run) is told at once.
    fn stream(&self, mut stream: &TcpStream, since: Option<&str>) -> io::Result<()> {
        let mut told = match since {
            Some(version) => version.parse().unwrap_or_default(),
            None => *self.lock(),
        };
        stream.write_all(EVENTS_HEAD.as_bytes())?;
        loop {
            let line = match self.wait(told) {
                version if version == told => ": still here\n\n",
                version => {
                    told = version;
                    "data: reload\n\n"
                }
            };
            stream.write_all(line.as_bytes())?;
        }
    }

    /// The version once it differs from the one told, or after a while the same.
    fn wait(&self, told: u128) -> u128 {
        let waited =
            self.grown.wait_timeout_while(self.lock(), KEEP_ALIVE, |version| *version == told);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// No length and no chunks: the stream ends with the connection.
const EVENTS_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
    Cache-Control: no-store\r\nConnection: close\r\n\r\nretry: 500\n\n";

fn script(version: &str) -> Reply {
    let body = SCRIPT.replace("VERSION", version).into_bytes();
    Reply { status: 200, content_type: "text/javascript; charset=utf-8".to_owned(), body }
}

/// A browser opens six connections to one host: pages in hidden tabs let go of
/// theirs, and learn what they missed when they are shown. `reload` keeps the scroll position.
const SCRIPT: &str = r#"(() => {
  let source;
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource("/__mingbai/events?since=VERSION");
    source.onmessage = () => location.reload();
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
"#;
