//! What was written reaches the disk before it is published.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Result, anyhow};

use super::unwritable;

/// Bytes are sent to the disk while others are made, so that little is left to wait for.
#[derive(Default)]
pub(super) struct Flushing {
    /// What was written since the last time.
    waiting: AtomicU64,
    running: Mutex<Option<JoinHandle<Result<()>>>>,
}

/// So many bytes are worth a flush of their own.
const FLUSHED: u64 = 8 << 20;

impl Flushing {
    /// Notes what was written; begins a flush where enough waits for one and none is under way.
    pub(super) fn wrote(&self, staging: &Path, bytes: u64) -> Result<()> {
        if self.waiting.fetch_add(bytes, Ordering::Relaxed) + bytes < FLUSHED {
            return Ok(());
        }
        let Ok(mut running) = self.running.try_lock() else { return Ok(()) };
        if running.as_ref().is_some_and(|running| !running.is_finished()) {
            return Ok(());
        }
        ended(running.take())?;
        self.waiting.store(0, Ordering::Relaxed);
        let staging = staging.to_owned();
        *running = Some(std::thread::spawn(move || flush(&staging)));
        Ok(())
    }

    /// Waits until all is on the disk.
    pub(super) fn finish(&self, staging: &Path) -> Result<()> {
        ended(self.running.lock().unwrap_or_else(PoisonError::into_inner).take())?;
        flush(staging)
    }
}

/// How a flush came out: the system tells of a failure once, so each is asked.
fn ended(flush: Option<JoinHandle<Result<()>>>) -> Result<()> {
    flush.map_or(Ok(()), |flush| flush.join().unwrap_or_else(|_| Err(anyhow!(unwritable("")))))
}

/// One call for the whole tree: flushing file by file costs a disk turn each.
#[cfg(target_os = "linux")]
fn flush(staging: &Path) -> Result<()> {
    use anyhow::Context;
    let folder = std::fs::File::open(staging).with_context(|| unwritable(""))?;
    rustix::fs::syncfs(&folder).with_context(|| unwritable(""))
}

#[cfg(not(target_os = "linux"))]
fn flush(_: &Path) -> Result<()> {
    Ok(())
}
