//! What a command is doing, on a line of the terminal that is written over: shown once it takes longer than
//! a moment, gone when it is done. Nothing is shown where nobody watches.

use std::io::{IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::cli::Global;

/// So long nothing is shown.
const MOMENT: Duration = Duration::from_millis(700);

/// How often the line is written again.
const TICK: Duration = Duration::from_millis(200);

/// Back to the start of the line, and clear it.
const CLEAR: &str = "\r\u{1b}[2K";

/// The line; it goes away when this is dropped.
pub(super) struct Progress {
    steps: Option<Sender<String>>,
    shown: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins; nothing is shown where standard error is no terminal.
    pub(super) fn begin(global: &Global) -> Progress {
        if global.quiet || !std::io::stderr().is_terminal() {
            return Progress { steps: None, shown: None };
        }
        Progress::to(std::io::stderr())
    }

    fn to(mut out: impl Write + Send + 'static) -> Progress {
        let (steps, doing) = channel::<String>();
        let shown = std::thread::spawn(move || {
            let started = Instant::now();
            let (mut step, mut is_shown) = (String::new(), false);
            loop {
                match doing.recv_timeout(TICK) {
                    Ok(next) => step = next,
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                let seconds = started.elapsed();
                if seconds >= MOMENT && !step.is_empty() {
                    is_shown = true;
                    let line = format!("{CLEAR}{step} … {} s", seconds.as_secs());
                    // A terminal that is gone is told nothing.
                    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
                }
            }
            if is_shown {
                let _ = out.write_all(CLEAR.as_bytes()).and_then(|()| out.flush());
            }
        });
        Progress { steps: Some(steps), shown: Some(shown) }
    }

    /// What is done now.
    pub(super) fn step(&self, words: &str) {
        if let Some(steps) = &self.steps {
            let _ = steps.send(words.to_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.steps = None;
        if let Some(shown) = self.shown.take() {
            let _ = shown.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Terminal(Arc<Mutex<Vec<u8>>>);

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("whole").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Terminal {
        fn text(&self) -> String {
            String::from_utf8_lossy(&self.0.lock().expect("whole")).into_owned()
        }
    }

    #[test]
    fn what_takes_long_is_shown_and_goes_away() {
        let terminal = Terminal::default();
        let progress = Progress::to(terminal.clone());
        progress.step("reading 1/2: a.xlsx");
        let until = Instant::now() + Duration::from_secs(30);
        while !terminal.text().contains("reading 1/2: a.xlsx … 0 s") && Instant::now() < until {
            std::thread::yield_now();
        }
        progress.step("reading 2/2: b.xlsx");
        while !terminal.text().contains("b.xlsx") && Instant::now() < until {
            std::thread::yield_now();
        }
        drop(progress);
        let text = terminal.text();
        assert!(text.contains("a.xlsx … 0 s") && text.contains("b.xlsx"), "{text:?}");
        assert!(text.ends_with(CLEAR), "{text:?}");
    }

    #[test]
    fn what_is_quick_is_not_shown() {
        let terminal = Terminal::default();
        let progress = Progress::to(terminal.clone());
        progress.step("reading");
        drop(progress);
        assert_eq!(terminal.text(), "");
    }
}
