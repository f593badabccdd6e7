//! The new tree takes the place of the old one: in one call where the file system can exchange
//! two folders, in two renames elsewhere.

use std::fs;
use std::path::Path;

use super::output::Output;

/// Puts the staged tree in the place of the output, which is then under the staging name.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn exchange(place: &Output, staging: &Path) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, staging, CWD, &place.folder, RenameFlags::EXCHANGE) {
        // File systems and kernels that cannot exchange answer with one of these.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => exchange_in_two_steps(place, staging),
        answer => Ok(answer?),
    }
}

/// Puts the staged tree in the place of the output, which is then under the staging name.
#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn exchange(place: &Output, staging: &Path) -> std::io::Result<()> {
    exchange_in_two_steps(place, staging)
}

/// For a moment there is no site; `recover` mends a run killed in that moment.
fn exchange_in_two_steps(place: &Output, staging: &Path) -> std::io::Result<()> {
    let previous = place.beside(".previous");
    fs::rename(&place.folder, &previous)?;
    if let Err(error) = fs::rename(staging, &place.folder) {
        fs::rename(&previous, &place.folder)?;
        return Err(error);
    }
    // A tree that stays behind is swept at the next start.
    let _ = fs::rename(&previous, staging);
    Ok(())
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "a child learns from its environment what to do")]
mod tests {
    use std::io::{Error, Read, Write};
    use std::path::PathBuf;
    use std::process::{Command, Stdio};

    use anyhow::Result;

    use super::super::{MARKER, Options, Publication};
    use super::*;

    const OUTPUT: &str = "MINGBAI_TEST_TWO_STEPS";
    const PAGES: [&str; 3] = ["a", "b", "c"];

    fn publish(
        output: &Path,
        edition: &str,
        exchange: impl Fn(&Output, &Path) -> std::io::Result<()>,
    ) -> Result<()> {
        let publication = Publication::begin(output, Options::default())?;
        for page in PAGES {
            publication.place(page, edition.as_bytes())?;
        }
        publication.finish_by(exchange)
    }

    fn edition(output: &Path) -> String {
        assert!(output.join(MARKER).is_file(), "a whole site has its marker");
        let pages = PAGES.map(|page| fs::read_to_string(output.join(page)).expect("a page"));
        assert!(pages.iter().all(|page| *page == pages[0]), "a mixed site: {pages:?}");
        pages[0].clone()
    }

    #[test]
    fn two_renames_do_what_one_exchange_does() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("public");
        for text in ["one", "two", "three"] {
            publish(&output, text, exchange_in_two_steps).expect("published");
            assert_eq!(edition(&output), text);
            assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
        }
    }

    #[test]
    fn an_exchange_that_fails_leaves_the_old_site() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("public");
        publish(&output, "one", exchange).expect("published");
        publish(&output, "two", |_, _| Err(Error::other("no"))).expect_err("refused");
        // The second rename finds nothing to rename: the first is taken back.
        let missing =
            |place: &Output, _: &Path| exchange_in_two_steps(place, &place.parent.join("nothing"));
        publish(&output, "two", missing).expect_err("refused");
        assert_eq!(edition(&output), "one");
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
    }

    /// The child of the next test: it publishes one edition after the other until it is killed.
    #[test]
    fn child_of_two_steps() {
        let Some(output) = std::env::var_os(OUTPUT).map(PathBuf::from) else { return };
        let two_steps = |place: &Output, staging: &Path| {
            let previous = place.beside(".previous");
            fs::rename(&place.folder, &previous)?;
            // The parent kills anywhere behind this word.
            std::io::stderr().write_all(b"x")?;
            fs::rename(staging, &place.folder)?;
            let _ = fs::rename(&previous, staging);
            Ok(())
        };
        for text in ["two", "one"].iter().cycle() {
            publish(&output, text, two_steps).expect("published");
        }
    }

    #[test]
    fn killed_between_or_behind_two_renames_nothing_is_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = folder.path().join("public");
        publish(&output, "one", exchange).expect("published");
        for round in 1..=20 {
            let mut child = Command::new(std::env::current_exe().expect("a test binary"))
                .args(["publish::exchange::tests::child_of_two_steps", "--exact", "--nocapture"])
                .env(OUTPUT, &output)
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("started");
            let mut words = vec![0; 1 + round % 3];
            let mut pipe = child.stderr.take().expect("piped");
            pipe.read_exact(&mut words).expect("it exchanges");
            child.kill().expect("killed");
            child.wait().expect("ended");
            let place = Output::of(&output).expect("a place");
            super::super::recover(&place).expect("recovered");
            assert!(["one", "two"].contains(&edition(&output).as_str()));
        }
        publish(&output, "last", exchange).expect("published");
        assert_eq!(edition(&output), "last");
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
    }
}
