//! The browsers that listen, and what their pages carry to do so.

use std::io;
use std::net::TcpStream;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::request;

/// How often an idle browser is spoken to, so that one that left is noticed.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// How long a browser may leave a word of a few bytes unread.
const PATIENCE: Duration = Duration::from_secs(10);

/// The browsers that listen, as one number they all wait to see grow. It starts at
/// the time of the run, so that a page of an earlier run is seen to be old.
pub(super) struct Browsers {
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

    /// Tells every browser to load its page again.
    pub(super) fn reload(&self) {
        *self.lock() += 1;
        self.grown.notify_all();
    }

    /// Speaks to one browser until it leaves. One whose page is of another version
    /// than now (saved before it listened, or of an earlier run) is told at once.
    pub(super) fn stream(&self, stream: &TcpStream, since: Option<&str>) -> io::Result<()> {
        let mut told = match since {
            Some(version) => version.parse().unwrap_or_default(),
            None => *self.lock(),
        };
        let speak =
            |words: &str| request::write(stream, words.as_bytes(), Instant::now() + PATIENCE);
        speak(EVENTS_HEAD)?;
        loop {
            let line = match self.wait(told) {
                version if version == told => ": still here\n\n",
                version => {
                    told = version;
                    "data: reload\n\n"
                }
            };
            speak(line)?;
        }
    }

    /// The version once it differs from the one told, or after a while the same.
    fn wait(&self, told: u128) -> u128 {
        let waited =
            self.grown.wait_timeout_while(self.lock(), KEEP_ALIVE, |version| *version == told);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }

    /// The script of a page that is loaded now.
    pub(super) fn script(&self) -> String {
        SCRIPT.replace("VERSION", &self.lock().to_string())
    }
}

/// No length and no chunks: the stream ends with the connection.
const EVENTS_HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
    Cache-Control: no-store\r\nConnection: close\r\n\r\nretry: 500\n\n";

/// A browser opens six connections to one host: pages in hidden tabs let go of
/// theirs, and learn what they missed when they are shown. `reload` keeps the scroll position.
/// Where nobody answers for two seconds, the page says that it may be old.
const SCRIPT: &str = r#"(() => {
  let source, waiting, gone;
  const said = () => { clearTimeout(waiting); waiting = undefined; gone?.remove(); gone = undefined; };
  const lost = () => {
    gone = document.createElement("p");
    gone.id = "mingbai-gone";
    gone.setAttribute("role", "status");
    gone.textContent = "预览已经停了，这一页可能是旧的 / the preview has ended: this page may be old";
    document.body.append(gone);
  };
  const listen = () => {
    source?.close();
    if (document.hidden) return said();
    source = new EventSource("/__mingbai/events?since=VERSION");
    source.onmessage = () => location.reload();
    source.onopen = said;
    source.onerror = () => {
      if (!gone) waiting ??= setTimeout(lost, 2000);
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    };
  };
  document.addEventListener("visibilitychange", listen);
  listen();
})();
"#;

/// What the preview lays over a page.
pub(super) const STYLE: &str = "\
#mingbai-findings,#mingbai-trouble,#mingbai-gone{position:fixed;inset:auto 0 0;z-index:99;box-sizing:border-box;max-height:60vh;\
margin:0;overflow:auto;padding:.5em 1em;background:#1c1b19;color:#fdfcf9;border-top:3px solid #d64550;font:14px/1.5 ui-monospace,monospace}
#mingbai-findings summary{cursor:pointer}
#mingbai-findings a{color:inherit}
#mingbai-findings pre{margin:.5em 0;white-space:pre}
#mingbai-trouble pre{margin:.5em 0;white-space:pre-wrap}
#mingbai-trouble{inset:0 0 auto;border-top:0;border-bottom:3px solid #d64550}
#mingbai-gone{inset:0 0 auto;border-top:0;border-bottom:3px solid #d64550}
#mingbai-status{color-scheme:light dark;margin:0;background:light-dark(#fdfcf9,#1c1b19);color:light-dark(#1c1b19,#f3f1ea);font:16px/1.6 system-ui,sans-serif}
#mingbai-status main{max-width:72rem;margin:0 auto;padding:1rem}
#mingbai-status a{color:light-dark(#8a1c24,#ff9aa2)}
#mingbai-status .scroll{overflow-x:auto}
#mingbai-status table{border-collapse:collapse;width:100%}
#mingbai-status th,#mingbai-status td{padding:.4em .8em;border-bottom:1px solid light-dark(#cfcabd,#55524a);text-align:start;vertical-align:top;white-space:nowrap}
#mingbai-status ul{padding-inline-start:1.2em}
#mingbai-status li{margin:.4em 0}
#mingbai-status code{color:light-dark(#5c584e,#b9b4a6);font-size:.85em;overflow-wrap:anywhere}
#mingbai-status td span,#mingbai-status li span{display:inline-block;padding:0 .5em;border:1px solid currentColor;border-radius:.3em}
#mingbai-status .there,#mingbai-status .empty,#mingbai-status .accepted{color:light-dark(#5c584e,#b9b4a6)}
#mingbai-status .stale,#mingbai-status .doubtful{color:light-dark(#7a4b00,#f0c060)}
#mingbai-status .to_fill_in,#mingbai-status .missing{color:light-dark(#8a1c24,#ff9aa2)}
";
