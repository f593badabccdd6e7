//! Nothing from outside the portal gets into the site, and what the program keeps for itself is
//! for its owner alone.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli::{Desk, command, errors};

const NARRATIVE: &str = "content/library/2025-budget/narrative";

/// A file outside the portal that nobody may read through it.
fn secret(desk: &Desk) -> (tempfile::TempDir, std::path::PathBuf) {
    let _ = desk;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("token");
    fs::write(&file, "# 一、token-of-the-builder\n\ntoken-of-the-builder\n").expect("written");
    (folder, file)
}

fn refused(desk: &Desk, place: &str, words: &str) {
    for arguments in [&["check"][..], &["check", "--lang", "en"], &["build"]] {
        let output = desk.run(arguments);
        let said = errors(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("S021") && said.contains(place), "{place}: {said}");
        assert!(said.contains(words), "{words}: {said}");
        assert!(!said.contains("token-of-the-builder"), "{said}");
    }
    assert!(!desk.path("public").exists());
}

#[test]
fn links_that_leave_the_portal_are_named_and_not_read() {
    for place in [
        "static/x.html",
        "content/library/2025-budget/narrative/09-more.md",
        "content/glossary.yaml",
        "themes/default/page.html",
        "profiles/x.yaml",
    ] {
        let desk = Desk::mended();
        let (_folder, token) = secret(&desk);
        fs::create_dir_all(desk.path(place).parent().expect("a folder")).expect("made");
        symlink(&token, desk.path(place)).expect("linked");
        refused(&desk, place, &token.canonicalize().expect("there").display().to_string());
    }
}

#[test]
fn folders_links_of_links_and_the_environment_are_refused_too() {
    let desk = Desk::mended();
    let (folder, token) = secret(&desk);
    symlink(folder.path(), desk.path("static")).expect("linked");
    refused(&desk, "static", "S021");
    let desk = Desk::mended();
    symlink(&token, desk.path("hop")).expect("linked");
    fs::create_dir(desk.path("static")).expect("made");
    symlink("../hop", desk.path("static/x.html")).expect("linked");
    refused(&desk, "static/x.html", "token");
    let desk = Desk::mended();
    let text = desk.path(&format!("{NARRATIVE}/09-more.md"));
    symlink("/proc/self/environ", text).expect("linked");
    refused(&desk, "09-more.md", "environ");
    let desk = Desk::mended();
    fs::rename(desk.path("mingbai.yaml"), folder.path().join("m.yaml")).expect("moved");
    symlink(folder.path().join("m.yaml"), desk.path("mingbai.yaml")).expect("linked");
    refused(&desk, "mingbai.yaml", "m.yaml");
    // Version control keeps passwords beside the content.
    let desk = Desk::mended();
    fs::create_dir_all(desk.path(".git")).expect("made");
    fs::write(desk.path(".git/config"), "token-of-the-builder").expect("written");
    fs::create_dir(desk.path("static")).expect("made");
    symlink("../.git/config", desk.path("static/config")).expect("linked");
    refused(&desk, "static/config", ".git/config");
}

#[test]
fn a_link_appearing_after_a_good_build_is_seen() {
    let desk = Desk::mended();
    assert_eq!(desk.run(&["build"]).status.code(), Some(0));
    fs::create_dir(desk.path("static")).expect("made");
    symlink("/etc/hostname", desk.path("static/x")).expect("linked");
    let output = desk.run(&["build"]);
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
}

#[test]
fn links_within_the_portal_work_and_circles_end() {
    let desk = Desk::mended();
    fs::create_dir_all(desk.path("shared/deep")).expect("made");
    fs::write(desk.path("shared/notice.txt"), "closed on Monday").expect("written");
    fs::write(desk.path("shared/deep/more.txt"), "open on Sunday").expect("written");
    fs::create_dir(desk.path("static")).expect("made");
    symlink("../shared/notice.txt", desk.path("static/notice.txt")).expect("linked");
    symlink("../shared/deep", desk.path("static/deep")).expect("linked");
    let output = desk.run(&["build"]);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let read = |name: &str| fs::read_to_string(desk.path("public").join(name)).expect("published");
    assert_eq!(read("notice.txt"), "closed on Monday");
    assert_eq!(read("deep/more.txt"), "open on Sunday");
    fs::write(desk.path("shared/notice.txt"), "closed on Tuesday").expect("written");
    assert_eq!(desk.run(&["build"]).status.code(), Some(0));
    assert_eq!(read("notice.txt"), "closed on Tuesday");
    symlink("..", desk.path("shared/deep/up")).expect("linked");
    let output = desk.run(&["check"]);
    assert!(errors(&output).contains("S021"), "{}", errors(&output));
}

#[test]
fn pipes_and_sockets_are_never_opened() {
    for place in ["static/pipe", "content/library/2025-budget/tables/pipe.yaml", "mingbai.yaml"] {
        let desk = Desk::mended();
        let path = desk.path(place);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        let _ = fs::remove_file(&path);
        assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo runs").success());
        refused(&desk, place, "S021");
    }
    let desk = Desk::mended();
    fs::create_dir(desk.path("static")).expect("made");
    symlink("/dev/zero", desk.path("static/zero")).expect("linked");
    refused(&desk, "static/zero", "/dev/zero");
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("there").permissions().mode() & 0o777
}

/// What the program keeps of a portal: names and texts.
fn kept(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(desk.path(".mingbai")).expect("kept");
    let entries = entries.map(|entry| entry.expect("readable").path());
    let name = |path: &Path| path.file_name().expect("named").to_string_lossy().into_owned();
    entries.map(|path| (name(&path), fs::read(&path).expect("readable"))).collect()
}

#[test]
fn what_is_kept_of_a_build_is_its_owners_alone_and_outside_the_web() {
    let desk = Desk::mended();
    desk.edit("content/library/2025-budget/disclosure.yaml", "approved:", "# approved:");
    // An earlier version would have left this, with lines of the sources.
    fs::create_dir(desk.path("www")).expect("made");
    fs::write(desk.path("www/.budget.stamp"), "{}").expect("written");
    for round in 0..2 {
        let output = desk.run(&["build", "-o", "www/budget"]);
        assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
        assert_eq!(errors(&output).contains("没有可做的"), round == 1, "{}", errors(&output));
    }
    let beside: Vec<_> = fs::read_dir(desk.path("www")).expect("there").collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
    assert_eq!(mode(&desk.path(".mingbai")), 0o700);
    assert_eq!(fs::read_to_string(desk.path(".mingbai/.gitignore")).expect("there"), "*\n");
    let all = kept(&desk);
    assert!(all.len() > 2);
    for (name, bytes) in &all {
        assert_eq!(mode(&desk.path(".mingbai").join(name)), 0o600, "{name}");
        let text = String::from_utf8_lossy(bytes);
        for line in fs::read_to_string(desk.path("content/library/2025-budget/disclosure.yaml"))
            .expect("text")
            .lines()
        {
            assert!(line.len() < 12 || !text.contains(line), "{name} holds {line}");
        }
    }
}

#[test]
fn findings_are_told_again_word_for_word() {
    let desk = Desk::mended();
    fs::write(desk.path("content/library/2025-budget/spare.txt"), "nobody reads this")
        .expect("written");
    let first = errors(&desk.run(&["build"]));
    let again = errors(&desk.run(&["build"]));
    assert!(again.contains("没有可做的") && again.contains("S015"), "{again}");
    let findings = |text: &str| text.split("✓").next().unwrap_or_default().to_owned();
    assert_eq!(findings(&first), findings(&again));
    let english = errors(&desk.run(&["build", "--lang", "en"]));
    assert!(
        english.contains("nothing changed") && english.contains("nothing reads this file"),
        "{english}"
    );
}

#[test]
fn two_portals_of_the_same_files_keep_different_digests() {
    let stamps: Vec<String> = (0..2)
        .map(|_| {
            let desk = Desk::mended();
            assert_eq!(desk.run(&["build"]).status.code(), Some(0));
            let stamp = kept(&desk).into_iter().find(|(name, _)| name.ends_with(".stamp"));
            let text = String::from_utf8(stamp.expect("a stamp").1).expect("text");
            let from = text.find("\"organisations\"").expect("organisations");
            text[from..from + 100].to_owned()
        })
        .collect();
    assert_ne!(stamps[0], stamps[1]);
}

#[test]
fn a_planted_link_in_the_place_of_what_is_kept_is_left_alone() {
    let desk = Desk::mended();
    let (folder, token) = secret(&desk);
    symlink(folder.path(), desk.path(".mingbai")).expect("linked");
    assert_eq!(desk.run(&["build"]).status.code(), Some(0));
    let beside: Vec<_> = fs::read_dir(folder.path()).expect("there").flatten().collect();
    assert_eq!(beside.len(), 1, "{beside:?}");
    assert!(fs::read_to_string(token).expect("there").contains("token"));
}

#[test]
fn files_somebody_put_into_the_output_are_named_and_stay_until_told() {
    let desk = Desk::mended();
    assert_eq!(desk.run(&["build"]).status.code(), Some(0));
    fs::write(desk.path("public/CNAME"), "example.org").expect("written");
    let output = desk.run(&["build"]);
    assert_eq!(output.status.code(), Some(2));
    let said = errors(&output);
    assert!(said.contains("CNAME") && said.contains("--discard-strays"), "{said}");
    assert!(desk.path("public/CNAME").is_file());
    let output = desk.run(&["build", "--discard-strays"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(errors(&output).contains("CNAME"), "{}", errors(&output));
    assert!(!desk.path("public/CNAME").exists());
}

#[test]
fn a_second_build_says_whom_it_waits_for() {
    let desk = Desk::mended();
    let path = desk.path(".public.lock");
    let mut held = File::create(&path).expect("made");
    std::io::Write::write_all(&mut held, b"4711").expect("written");
    held.lock().expect("held");
    let mut child = command(desk.root())
        .args(["build", "--lang", "en"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let line = lines.next().expect("a line").expect("text");
    assert!(line.contains("process 4711") && line.contains("s ago"), "{line}");
    fs::remove_file(&path).expect("removed");
    drop(held);
    let rest: Vec<String> = lines.map_while(Result::ok).collect();
    assert!(child.wait().expect("ended").success(), "{rest:?}");
}

#[test]
fn a_text_too_large_is_named_and_not_read() {
    for place in ["content/library/2025-budget/tables/huge.yaml", "profiles/x.yaml", "mingbai.yaml"]
    {
        let desk = Desk::mended();
        fs::create_dir_all(desk.path(place).parent().expect("a folder")).expect("made");
        // A file of nothing but a length: reading it would take as much memory.
        let file = File::options().create(true).append(true).open(desk.path(place));
        file.expect("opened").set_len(1 << 40).expect("made long");
        for arguments in [&["check"][..], &["build"]] {
            let output = desk.run(arguments);
            let said = errors(&output);
            assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
            assert!(said.contains("S030") && said.contains("1099511627776"), "{place}: {said}");
        }
    }
}

#[test]
fn a_large_file_that_is_published_as_it_is_is_read() {
    let desk = Desk::mended();
    fs::create_dir_all(desk.path("static")).expect("made");
    let file = File::create(desk.path("static/scan.pdf")).expect("made");
    file.set_len(mingbai::source::LARGEST + 1).expect("made long");
    let output = desk.run(&["check"]);
    assert!(output.status.success(), "{}", errors(&output));
}

#[test]
fn a_hidden_file_of_the_content_is_named_and_not_read() {
    let desk = Desk::mended();
    let folder = "content/library/2025-budget/projects";
    let text = fs::read_to_string(desk.path(&format!("{folder}/01-books.yaml"))).expect("there");
    for name in [".03-more.yaml", "._01-books.yaml", ".DS_Store"] {
        fs::write(desk.path(&format!("{folder}/{name}")), &text).expect("written");
    }
    let said = errors(&desk.run(&["check", "--lang", "en"]));
    assert!(said.contains(&format!("{folder}/.03-more.yaml")) && said.contains("S015"), "{said}");
    assert!(!said.contains("._01") && !said.contains("DS_Store"), "{said}");
}
