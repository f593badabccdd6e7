//! The public sees the old site or the new one, never a mixture (I8).

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, mpsc};

use anyhow::{Result, bail};
use mingbai::publish::{MARKER, Notice, Options, Publication, Published, publish};
use tempfile::TempDir;

fn paths(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// Every page says which edition it is of.
fn edition(text: &'static str) -> impl Fn(&str) -> Result<Vec<u8>> + Sync {
    move |path| Ok(format!("{path} {text}").into_bytes())
}

fn bench() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("public");
    (folder, output)
}

/// Path to text of a published tree, the marker left out.
fn tree(root: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != MARKER)
        .map(|entry| {
            let name = entry.path().strip_prefix(root).expect("inside").display().to_string();
            (name, fs::read_to_string(entry.path()).expect("text"))
        })
        .collect()
}

/// What stands beside the output: nothing but it, once a run has ended.
fn neighbours(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .expect("readable")
        .map(|entry| entry.expect("readable").file_name().into_string().expect("utf-8"))
        .collect();
    names.sort();
    names
}

fn message(error: &anyhow::Error) -> String {
    format!("{error:#}")
}

#[test]
fn a_site_is_written_with_its_folders_and_marker() {
    let (folder, output) = bench();
    let site = paths(&["index.html", "科协/2025/index.html", "科协/2025/a.csv"]);
    let published = publish(&output, &site, edition("one")).expect("published");
    let bytes = tree(&output).values().map(String::len).sum::<usize>() as u64;
    assert_eq!(published, Published { files: 3, bytes, unchanged: 0 });
    assert_eq!(tree(&output)["科协/2025/a.csv"], "科协/2025/a.csv one");
    assert!(output.join(MARKER).is_file());
    assert_eq!(neighbours(&folder), ["public"]);
}

#[test]
fn folders_above_the_output_are_made() {
    let (_folder, output) = bench();
    publish(&output.join("deep/er"), &paths(&["a"]), edition("one")).expect("published");
    assert_eq!(tree(&output.join("deep/er")).len(), 1);
}

#[test]
fn the_second_site_replaces_the_first_whole() {
    let (folder, output) = bench();
    publish(&output, &paths(&["a", "gone/b"]), edition("one")).expect("published");
    publish(&output, &paths(&["a", "new/c"]), edition("two")).expect("published");
    let expected = [("a", "a two"), ("new/c", "new/c two")];
    let found: Vec<(String, String)> = tree(&output).into_iter().collect();
    assert_eq!(found, expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
    assert_eq!(neighbours(&folder), ["public"]);
}

#[test]
fn a_reader_meets_one_edition_at_a_time() {
    let (_folder, output) = bench();
    let names: Vec<String> = (0..40).map(|number| format!("{number}")).collect();
    publish(&output, &names, edition("one")).expect("published");
    let (stop, stopped) = mpsc::channel::<()>();
    let watched = output.clone();
    let reader = std::thread::spawn(move || {
        let mut reads = 0;
        while stopped.try_recv() == Err(mpsc::TryRecvError::Empty) {
            // A folder held open is one tree, whatever its name becomes; it is whole or being removed,
            // and the output's own name always stands for a whole one.
            assert!(watched.join(MARKER).is_file(), "the output was missing for a moment");
            reads += 1;
        }
        reads
    });
    for round in 0..20 {
        let text = if round % 2 == 0 { "two" } else { "one" };
        publish(&output, &names, edition(text)).expect("published");
    }
    drop(stop);
    assert!(reader.join().expect("the reader met a whole site every time") > 0);
}

#[test]
fn unchanged_files_keep_inode_and_time() {
    let (_folder, output) = bench();
    let site = paths(&["same", "other", "resized"]);
    publish(&output, &site, |path| Ok(format!("{path} 1").into())).expect("published");
    let before = |name: &str| {
        let found = fs::metadata(output.join(name)).expect("there");
        (found.ino(), found.mtime(), found.mtime_nsec())
    };
    let (same, other, marker) = (before("same"), before("other"), before(MARKER));
    let published = publish(&output, &site, |path| {
        Ok(match path {
            "same" => b"same 1".to_vec(),
            "other" => b"other 2".to_vec(),
            _ => b"longer than before".to_vec(),
        })
    })
    .expect("published");
    assert_eq!(published.unchanged, 1);
    assert_eq!(before("same"), same);
    assert_eq!(before(MARKER), marker);
    assert_ne!(before("other").0, other.0);
    assert_eq!(tree(&output)["other"], "other 2");
}

#[test]
fn a_failing_page_leaves_the_old_site() {
    let (folder, output) = bench();
    publish(&output, &paths(&["a", "b"]), edition("one")).expect("published");
    let before = tree(&output);
    let error = publish(&output, &paths(&["a", "b"]), |path| match path {
        "b" => bail!("no space left on device"),
        _ => Ok(b"two".to_vec()),
    })
    .expect_err("refused");
    assert!(message(&error).contains("cannot render b: no space left"), "{error:#}");
    assert_eq!(tree(&output), before);
    assert_eq!(neighbours(&folder), ["public"]);
}

#[test]
fn a_panicking_page_leaves_the_old_site() {
    let (folder, output) = bench();
    publish(&output, &paths(&["a"]), edition("one")).expect("published");
    let ended =
        std::panic::catch_unwind(|| publish(&output, &paths(&["a"]), |_| panic!("on purpose")));
    assert!(ended.is_err());
    assert_eq!(tree(&output)["a"], "a one");
    assert_eq!(neighbours(&folder), ["public"]);
}

#[test]
fn a_failing_first_site_leaves_nothing() {
    let (folder, output) = bench();
    publish(&output, &paths(&["a"]), |_| bail!("no")).expect_err("refused");
    assert!(neighbours(&folder).is_empty());
}

/// A small file system of its own, which goes with it. Nothing where this machine does not let
/// tests mount one, which is said.
struct Mounted(TempDir);

impl Mounted {
    fn tmpfs(options: &str) -> Option<Mounted> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Mounted(folder));
        }
        eprintln!("not tried: this machine does not let tests mount a file system");
        None
    }

    fn remount(&self, options: &str) {
        let mounted = Command::new("mount").args(["-o", options]).arg(self.0.path()).status();
        assert!(mounted.expect("mount runs").success());
    }

    fn output(&self) -> PathBuf {
        self.0.path().join("public")
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let Some(disk) = Mounted::tmpfs("size=256k") else { return };
    let (site, output) = (paths(&["a", "b"]), disk.output());
    let error =
        publish(&output, &site, |_| Ok(vec![b'x'; 1 << 20])).expect_err("the disk is full at once");
    assert!(message(&error).contains("No space left"), "{error:#}");
    assert_eq!(neighbours(&disk.0), Vec::<String>::new());
    publish(&output, &site, edition("one")).expect("published");
    let error = publish(&output, &site, |_| Ok(vec![b'x'; 1 << 20])).expect_err("the disk is full");
    assert!(message(&error).contains("No space left"), "{error:#}");
    assert_eq!(tree(&output)["a"], "a one");
    assert_eq!(neighbours(&disk.0), ["public"]);
    publish(&output, &site, edition("two")).expect("there is space again");
}

#[test]
fn a_disk_without_inodes_leaves_the_old_site() {
    let Some(disk) = Mounted::tmpfs("size=4m,nr_inodes=24") else { return };
    let output = disk.output();
    publish(&output, &paths(&["a", "b"]), edition("one")).expect("published");
    let many: Vec<String> = (0..40).map(|number| format!("{number}")).collect();
    let error = publish(&output, &many, edition("two")).expect_err("no inode is left");
    assert!(message(&error).contains("No space left"), "{error:#}");
    assert_eq!(tree(&output)["a"], "a one");
    assert_eq!(neighbours(&disk.0), ["public"]);
    // Not even the lock can be made.
    let filled = (0..40).take_while(|n| fs::write(disk.0.path().join(format!("f{n}")), "").is_ok());
    assert!(filled.count() < 40);
    publish(&output, &paths(&["a"]), edition("two")).expect_err("refused");
    assert_eq!(tree(&output)["a"], "a one");
}

#[test]
fn a_read_only_disk_is_said_and_leaves_the_old_site() {
    let Some(disk) = Mounted::tmpfs("size=1m") else { return };
    let output = disk.output();
    publish(&output, &paths(&["a"]), edition("one")).expect("published");
    disk.remount("remount,ro");
    let error = publish(&output, &paths(&["a"]), edition("two")).expect_err("refused");
    assert!(message(&error).contains("Read-only file system"), "{error:#}");
    assert_eq!(tree(&output)["a"], "a one");
    disk.remount("remount,rw");
}

#[test]
fn a_mount_point_is_named_before_the_work() {
    let Some(disk) = Mounted::tmpfs("size=1m") else { return };
    let error = publish(disk.0.path(), &paths(&["a"]), |_| bail!("rendered")).expect_err("refused");
    assert!(message(&error).contains("mount point"), "{error:#}");
    publish(&disk.0.path().join("site"), &paths(&["a"]), edition("one")).expect("within it");
}

#[test]
fn files_of_somebody_in_the_output_are_named_and_stay() {
    let (folder, output) = bench();
    publish(&output, &paths(&["a", "b"]), edition("one")).expect("published");
    fs::write(output.join("CNAME"), "example.org").expect("written");
    fs::write(output.join(".DS_Store"), "").expect("written");
    let error = publish(&output, &paths(&["a", "CNAME"]), edition("two")).expect_err("refused");
    let text = message(&error);
    assert!(text.contains("--discard-strays") && text.ends_with("\n  CNAME"), "{text}");
    assert_eq!(tree(&output)["CNAME"], "example.org");
    assert_eq!(neighbours(&folder), ["public"]);
    let told = Mutex::new(Vec::new());
    let tell = |notice: &Notice| told.lock().expect("whole").push(notice.clone());
    let options = Options { discard_strays: true, allow_removal: true, tell: &tell };
    let publication = Publication::begin(&output, options).expect("begun");
    publication.place("a", b"two").expect("placed");
    publication.finish().expect("published");
    assert_eq!(*told.lock().expect("whole"), [Notice::Discarding(vec!["CNAME".to_owned()])]);
    assert_eq!(tree(&output).into_keys().collect::<Vec<_>>(), ["a"]);
}

#[test]
fn where_it_is_not_known_what_was_made_nothing_is_lost_either() {
    let (_folder, output) = bench();
    publish(&output, &paths(&["a"]), edition("one")).expect("published");
    fs::write(output.join(MARKER), "the marker of an earlier version").expect("written");
    publish(&output, &paths(&["a"]), edition("two")).expect("all of it is in the new site");
    fs::write(output.join(MARKER), "the marker of an earlier version").expect("written");
    fs::write(output.join("thesis.docx"), "ten years").expect("written");
    publish(&output, &paths(&["a"]), edition("two")).expect_err("refused");
    assert_eq!(tree(&output)["thesis.docx"], "ten years");
}

#[test]
fn links_planted_where_the_program_writes_are_not_followed() {
    let (folder, output) = bench();
    let precious = folder.path().join("precious");
    fs::create_dir(&precious).expect("made");
    let letter = precious.join("letter");
    fs::write(&letter, "dear").expect("written");
    let intact = || assert_eq!(fs::read_to_string(&letter).expect("there"), "dear");
    // The lock: a link, a second name, a pipe.
    let lock = folder.path().join(".public.lock");
    symlink(&letter, &lock).expect("linked");
    publish(&output, &paths(&["a"]), edition("one")).expect_err("refused");
    intact();
    fs::remove_file(&lock).expect("removed");
    fs::hard_link(&letter, &lock).expect("linked");
    publish(&output, &paths(&["a"]), edition("one")).expect_err("refused");
    intact();
    fs::remove_file(&lock).expect("removed");
    assert!(Command::new("mkfifo").arg(&lock).status().expect("mkfifo runs").success());
    publish(&output, &paths(&["a"]), edition("one")).expect_err("refused");
    fs::remove_file(&lock).expect("removed");
    // What earlier runs would have left.
    symlink(&precious, folder.path().join(".public.previous")).expect("linked");
    symlink(&precious, folder.path().join(".public.staging-7")).expect("linked");
    publish(&output, &paths(&["a", "b/c"]), edition("one")).expect("published");
    intact();
    // In the site itself.
    fs::write(precious.join("c"), "b/c two").expect("written");
    fs::remove_dir_all(output.join("b")).expect("removed");
    symlink(&precious, output.join("b")).expect("linked");
    fs::remove_file(output.join("a")).expect("removed");
    symlink(&letter, output.join("a")).expect("linked");
    publish(&output, &paths(&["a", "b/c"]), edition("two")).expect_err("named first");
    let options = Options { discard_strays: true, allow_removal: true, tell: &|_| () };
    let publication = Publication::begin(&output, options).expect("begun");
    publication.folders(&paths(&["a", "b/c"])).expect("made");
    publication.place("a", b"a two").expect("placed");
    publication.place("b/c", b"b/c two").expect("placed");
    assert!(publication.keep("b/c").is_none());
    publication.finish().expect("published");
    intact();
    assert_eq!(fs::metadata(output.join("b/c")).expect("there").nlink(), 1, "no file of others");
    assert!(!output.join("b").is_symlink() && !output.join("a").is_symlink());
}

/// The child of the next test: it publishes one edition after the other until it is killed.
#[test]
fn child_that_publishes_for_ever() {
    let Ok(output) = std::env::var("MINGBAI_TEST_EDITIONS") else { return };
    let names: Vec<String> = (0..12).map(|number| format!("{number}/page")).collect();
    for text in ["one", "two", "six"].into_iter().cycle() {
        publish(Path::new(&output), &names, |path| {
            eprint!("x");
            edition(text)(path)
        })
        .expect("published");
        eprint!("x");
    }
}

#[test]
fn killed_two_hundred_times_the_site_is_whole_every_time() {
    let (folder, output) = bench();
    for round in 0..200 {
        let mut child = Command::new(std::env::current_exe().expect("a test binary"))
            .args(["publish::child_that_publishes_for_ever", "--exact", "--nocapture"])
            .env("MINGBAI_TEST_EDITIONS", &output)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        // A kill after so many pages, and then wherever the child has come to.
        let mut words = vec![0; 1 + round * 7 % 41];
        let mut pipe = child.stderr.take().expect("piped");
        pipe.read_exact(&mut words).expect("it publishes");
        child.kill().expect("killed");
        child.wait().expect("ended");
        if output.exists() {
            let site = tree(&output);
            let endings: std::collections::BTreeSet<&str> =
                site.values().map(|text| &text[text.len() - 3..]).collect();
            assert_eq!((site.len(), endings.len()), (12, 1), "round {round}: {site:?}");
        }
    }
    publish(&output, &paths(&["a"]), edition("one")).expect("published");
    assert_eq!(neighbours(&folder), ["public"]);
}

/// The child of the next test: it stages one page, says so, and waits to be killed.
#[test]
fn child_that_is_killed() {
    let Ok(output) = std::env::var("MINGBAI_TEST_OUTPUT") else { return };
    let _ = publish(Path::new(&output), &paths(&["a", "b"]), |path| {
        if path == "b" {
            eprintln!("staging");
            loop {
                std::thread::park();
            }
        }
        Ok(b"half".to_vec())
    });
}

#[test]
fn a_killed_run_leaves_the_old_site_and_the_next_sweeps() {
    let (folder, output) = bench();
    publish(&output, &paths(&["a", "b"]), edition("one")).expect("published");
    let before = tree(&output);
    let mut child = Command::new(std::env::current_exe().expect("a test binary"))
        .args(["publish::child_that_is_killed", "--exact", "--nocapture"])
        .env("MINGBAI_TEST_OUTPUT", &output)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut word = [0; 7];
    child.stderr.take().expect("piped").read_exact(&mut word).expect("it says staging");
    child.kill().expect("killed");
    child.wait().expect("ended");
    assert_eq!(tree(&output), before);
    assert!(neighbours(&folder).iter().any(|name| name.starts_with(".public.staging-")));
    // Neither its lock nor its staging folder is in the way.
    publish(&output, &paths(&["a", "b"]), edition("two")).expect("published");
    assert_eq!(tree(&output)["b"], "b two");
    assert_eq!(neighbours(&folder), ["public"]);
}

#[test]
fn a_run_killed_between_two_renames_is_mended() {
    let (folder, output) = bench();
    publish(&output, &paths(&["a"]), edition("one")).expect("published");
    fs::rename(&output, folder.path().join(".public.previous")).expect("renamed");
    publish(&output, &paths(&["a"]), |_| bail!("no")).expect_err("refused");
    assert_eq!(tree(&output)["a"], "a one");
    assert_eq!(neighbours(&folder), ["public"]);
}

#[test]
fn somebodys_folder_is_refused() {
    let (_folder, output) = bench();
    fs::create_dir(&output).expect("made");
    fs::write(output.join("thesis.docx"), "ten years").expect("written");
    let error = publish(&output, &paths(&["a"]), edition("one")).expect_err("refused");
    assert!(message(&error).contains("files mingbai did not make"), "{error:#}");
    assert_eq!(tree(&output)["thesis.docx"], "ten years");
}

#[test]
fn an_empty_folder_is_taken_with_its_permissions() {
    let (_folder, output) = bench();
    fs::create_dir(&output).expect("made");
    fs::set_permissions(&output, fs::Permissions::from_mode(0o750)).expect("set");
    publish(&output, &paths(&["a"]), edition("one")).expect("published");
    assert_eq!(fs::metadata(&output).expect("there").permissions().mode() & 0o777, 0o750);
}

#[test]
fn a_file_and_a_git_tree_are_refused() {
    let (_folder, output) = bench();
    fs::write(&output, "a file").expect("written");
    let error = publish(&output, &paths(&["a"]), edition("one")).expect_err("refused");
    assert!(message(&error).contains("not a folder"), "{error:#}");
    fs::remove_file(&output).expect("removed");
    publish(&output, &paths(&["a"]), edition("one")).expect("published");
    fs::create_dir(output.join(".git")).expect("made");
    let error = publish(&output, &paths(&["a"]), edition("two")).expect_err("refused");
    assert!(message(&error).contains("Git working tree"), "{error:#}");
    assert_eq!(tree(&output)["a"], "a one");
}

#[test]
fn paths_cannot_leave_the_site_or_meet() {
    let (folder, output) = bench();
    for bad in ["../a", "/etc/a", "a/../../b", "", "a/./../b"] {
        let error = publish(&output, &paths(&[bad]), edition("one")).expect_err(bad);
        assert!(message(&error).contains("not a path inside the site"), "{error:#}");
    }
    for twice in [["a", "a"], ["a", "a/b"], [MARKER, "b"]] {
        publish(&output, &paths(&twice), edition("one")).expect_err("refused");
    }
    assert!(neighbours(&folder).is_empty());
}

#[test]
fn a_symbolic_link_stays_one() {
    let (folder, output) = bench();
    let real = folder.path().join("real");
    fs::create_dir(&real).expect("made");
    symlink(&real, &output).expect("linked");
    for text in ["one", "two"] {
        publish(&output, &paths(&["a"]), edition(text)).expect("published");
        assert_eq!(tree(&real)["a"], format!("a {text}"));
    }
    assert!(output.is_symlink());
    assert_eq!(neighbours(&folder), ["public", "real"]);
    fs::remove_dir_all(&real).expect("removed");
    let error = publish(&output, &paths(&["a"]), edition("one")).expect_err("refused");
    assert!(message(&error).contains("broken symbolic link"), "{error:#}");
}

#[test]
fn two_runs_at_once_take_turns() {
    let (folder, output) = bench();
    let names: Vec<String> = (0..30).map(|number| format!("{number}")).collect();
    let run = |text: &'static str| {
        let (output, names) = (output.clone(), names.clone());
        std::thread::spawn(move || publish(&output, &names, edition(text)).map(|_| ()))
    };
    for _ in 0..10 {
        let runs = [run("one"), run("two"), run("six")];
        for run in runs {
            run.join().expect("no panic").expect("published");
        }
        let endings: std::collections::BTreeSet<String> =
            tree(&output).into_values().map(|text| text[text.len() - 3..].to_owned()).collect();
        assert_eq!(endings.len(), 1, "a mixed site");
        assert_eq!(neighbours(&folder), ["public"]);
    }
}
