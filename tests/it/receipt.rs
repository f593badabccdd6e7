//! The receipt of a build says what every file holds, and `verify` tells a copy that is not what was
//! published.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mingbai::check;
use mingbai::receipt::{Digest, PATH, Receipt, SIGNATURE};
use minisign::KeyPair;
use serde_json::Value;

use crate::cli::{Desk, command, errors};
use crate::parts::{differences, several, tree};

fn good(output: &Output) {
    assert_eq!(output.status.code(), Some(0), "{}", errors(output));
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &errors(output)
}

fn receipt(folder: &Path) -> Receipt {
    Receipt::read(&fs::read(folder.join(PATH)).expect("a receipt")).expect("of this version")
}

#[test]
fn a_receipt_says_what_every_file_and_table_holds() {
    let desk = several();
    good(&desk.run(&["build"]));
    let public = desk.path("public");
    let (said, mut files) = (receipt(&public), tree(&public));
    files.remove(PATH);
    let digests: BTreeMap<String, Digest> =
        files.iter().map(|(path, bytes)| (path.clone(), Digest::of(bytes))).collect();
    assert_eq!(said.files, digests);
    assert!(said.tables.len() > 30, "{} tables", said.tables.len());
    for (table, digest) in &said.tables {
        assert_eq!(Some(digest), digests.get(&format!("{table}.data.csv")), "{table}");
    }
    assert_eq!(said.rules, check::rules().collect::<Vec<_>>());
    assert!(said.profiles.keys().all(|id| id.contains("department")), "{:?}", said.profiles);
    let folder = "zjk-kexie-1/2025-budget";
    let accepted = said.accepted.iter().filter(|one| one.disclosure == folder);
    assert!(accepted.count() > 0, "the demonstration accepts findings");
    assert_eq!(said.base_url, "https://example.org");
}

#[test]
fn a_receipt_is_the_same_whatever_was_taken_over_from_the_last_build() {
    let desk = several();
    good(&desk.run(&["build"]));
    let place = "content/zjk-kexie-1/2025-budget/narrative/01-duties.md";
    desk.edit(place, "。", "；");
    good(&desk.run(&["build"]));
    good(&desk.run(&["build", "-o", "fresh"]));
    let (again, fresh) = (tree(&desk.path("public")), tree(&desk.path("fresh")));
    assert_eq!(differences(&again, &fresh), Vec::<String>::new());
    good(&desk.run(&["verify", "public"]));
}

#[test]
fn tables_have_the_same_digests_without_their_files() {
    let desk = Desk::mended();
    good(&desk.run(&["build"]));
    let whole = receipt(&desk.path("public"));
    let configuration = fs::read_to_string(desk.path("mingbai.yaml")).expect("readable");
    fs::write(desk.path("mingbai.yaml"), configuration + "\noutputs: [json]\n").expect("written");
    good(&desk.run(&["build", "-o", "few", "--allow-removal"]));
    let few = receipt(&desk.path("few"));
    assert!(!few.files.keys().any(|path| path.ends_with(".csv")) && !few.tables.is_empty());
    assert_eq!(few.tables, whole.tables);
}

#[test]
fn a_copy_that_was_touched_is_named_file_by_file() {
    let desk = Desk::mended();
    good(&desk.run(&["build"]));
    let clean = desk.run(&["verify", "public"]);
    assert!(said(&clean).contains("都与 public/manifest.json 相符"), "{}", said(&clean));
    let page = desk.path("public/index.html");
    let text = fs::read_to_string(&page).expect("a page") + " ";
    fs::write(&page, text).expect("written");
    fs::remove_file(desk.path("public/404.html")).expect("there");
    fs::write(desk.path("public/added.html"), "x").expect("written");
    let found = desk.run(&["--lang", "en", "verify", "public"]);
    assert_eq!(found.status.code(), Some(1));
    for words in [
        "differs  index.html",
        "missing  404.html",
        "extra  added.html",
        "1 differs, 1 missing, 1 extra",
    ] {
        assert!(said(&found).contains(words), "{words} is not in\n{}", said(&found));
    }
    // What is said adds up: the receipt and the program's own notes are not counted.
    let listed = receipt(&desk.path("public")).files.len();
    let whole =
        format!("{} files against public/manifest.json: {} the same", listed + 1, listed - 2);
    assert!(said(&found).contains(&whole), "{whole} is not in\n{}", said(&found));
    assert!(said(&clean).contains(&format!("{listed} 个文件")), "{}", said(&clean));
    let found = desk.run(&["verify", "public", "--format", "json"]);
    let json: Value = serde_json::from_slice(&found.stdout).expect("JSON");
    assert_eq!(json["version"], 1);
    let standings = json["differences"].as_array().expect("a list").iter();
    let standings: Vec<String> = standings
        .map(|one| format!("{} {}", one["path"], one["standing"]).replace('"', ""))
        .collect();
    assert_eq!(standings, ["404.html missing", "added.html extra", "index.html differs"]);
}

#[test]
fn files_that_were_downloaded_are_verified_one_by_one() {
    let desk = Desk::mended();
    good(&desk.run(&["build", "--base-url", "https://budget.example.org/x"]));
    let table = "library/2025-budget/tables/revenue.csv";
    let saved = |name: &str| {
        fs::create_dir_all(desk.path("saved")).expect("made");
        fs::copy(desk.path("public").join(table), desk.path("saved").join(name)).expect("copied");
    };
    saved("renamed.csv");
    saved("revenue.csv");
    let verify = |files: &[&str]| {
        desk.run(&[&["--lang", "en", "verify", "-m", "public/manifest.json"], files].concat())
    };
    good(&verify(&["saved/renamed.csv", "saved/revenue.csv"]));
    let list = format!(
        "# what was saved\nhttps://budget.example.org/x/{table} renamed.csv\nhttps://budget.example.org/x/{table}\n"
    );
    fs::write(desk.path("saved/list.txt"), list).expect("written");
    good(&verify(&["--addresses", "saved/list.txt"]));
    fs::write(desk.path("saved/revenue.csv"), "1").expect("written");
    for arguments in [vec!["--addresses", "saved/list.txt"], vec!["saved/revenue.csv"]] {
        let found = verify(&arguments);
        assert_eq!(found.status.code(), Some(1), "{}", said(&found));
        assert!(said(&found).contains(&format!("differs  {table}")), "{}", said(&found));
    }
    fs::write(desk.path("saved/list.txt"), "https://budget.example.org/x/none.html\n")
        .expect("written");
    let unknown = verify(&["--addresses", "saved/list.txt"]);
    assert_eq!(unknown.status.code(), Some(2), "{}", said(&unknown));
    let none = desk.run(&["verify", "saved"]);
    assert_eq!(none.status.code(), Some(2), "{}", said(&none));
}

/// A pair of keys that anybody knows, the secret one without a password and with one (明白); the public
/// key of another pair.
fn keys(desk: &Desk) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/keys");
    for name in ["plain.key", "password.key", "test.pub"] {
        fs::copy(folder.join(name), desk.path(name)).expect("copied");
    }
    let other = KeyPair::generate_unencrypted_keypair().expect("a pair of keys").pk;
    fs::write(desk.path("other.pub"), other.to_base64()).expect("written");
}

#[test]
fn a_signed_receipt_is_that_of_the_key_and_no_other() {
    let desk = Desk::mended();
    keys(&desk);
    good(&desk.run(&["build", "--sign", "plain.key"]));
    let first = fs::read(desk.path("public").join(SIGNATURE)).expect("a signature");
    good(&desk.run(&["build", "--sign", "plain.key"]));
    assert!(fs::read(desk.path("public").join(SIGNATURE)).expect("there") == first, "kept");
    let signed = desk.run(&["--lang", "en", "verify", "public", "--key", "test.pub"]);
    let words = "the signature is good (file:manifest.json)";
    assert!(said(&signed).contains(words), "{}", said(&signed));
    good(&signed);
    let line = fs::read_to_string(desk.path("test.pub")).expect("text");
    let bare = line.lines().nth(1).expect("the key in its second line").to_owned();
    good(&desk.run(&["verify", "public", "-k", &bare]));
    assert_eq!(desk.run(&["verify", "public", "-k", "other.pub"]).status.code(), Some(1));
    // The program of the same name, where there is one, says the same.
    let (public, file) = (desk.path("test.pub"), desk.path("public").join(PATH));
    let mut theirs = Command::new("minisign");
    if let Ok(theirs) = theirs.arg("-Vqm").arg(&file).arg("-p").arg(public).status() {
        assert!(theirs.success());
    }
    desk.edit("public/manifest.json", "\"rules\"", "\"rulez\"");
    let forged = desk.run(&["verify", "public", "--key", "test.pub"]);
    assert_eq!(forged.status.code(), Some(1), "{}", said(&forged));
}

#[test]
fn a_key_with_a_password_signs_where_the_password_is_known() {
    let desk = Desk::mended();
    keys(&desk);
    let build = |password: Option<&str>| {
        let mut build = command(desk.root());
        build.args(["build", "--sign", "password.key"]).stdin(std::process::Stdio::null());
        password.map(|password| build.env("MINGBAI_SIGN_PASSWORD", password));
        build.output().expect("the program runs")
    };
    for password in [None, Some("糊涂")] {
        assert_eq!(build(password).status.code(), Some(2), "{password:?}");
        assert!(!desk.path("public").exists(), "nothing is published unsigned");
    }
    assert!(said(&build(None)).contains("MINGBAI_SIGN_PASSWORD"));
    good(&build(Some("明白")));
    good(&desk.run(&["verify", "public", "--key", "test.pub"]));
    good(&desk.run(&["build", "-o", "plain"]));
    let missing = desk.run(&["verify", "plain", "--key", "test.pub"]);
    assert_eq!(missing.status.code(), Some(1), "who gives a key wants a signature");
    good(&desk.run(&["verify", "plain"]));
}
