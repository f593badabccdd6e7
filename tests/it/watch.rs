//! Templates of the site's own that no count stops: the program says which, and ends with 1.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Output, Stdio};

use crate::cli::{Desk, command, errors};

/// A page of the frame: every command fills it in.
const TEMPLATE: &str = "themes/default/404.html";

/// Doubles a text forty times.
fn doubled() -> String {
    "{% set a = \"预算\" %}".to_owned() + &"{% set a = a ~ a %}".repeat(40) + "{{ a | length }}"
}

/// Puts a long text into the place of every letter of a long text, three times.
fn replaced() -> String {
    let letters = "x".repeat(10_000);
    let again = format!("{{% set a = a | replace(from=\"x\", to=\"{letters}\") %}}");
    "{% set a = \"x\" %}".to_owned() + &again.repeat(3) + "{{ a | length }}"
}

/// A list of so many long texts.
fn gathered() -> String {
    let text = "x".repeat(1_000);
    format!(
        "{{% set l = range(end=1900000) %}}{{% set a = [k ~ \"{text}\" for k in l] %}}{{{{ a | length }}}}"
    )
}

/// Few turns of a loop, each over a long list of which it keeps nothing.
fn patient() -> String {
    let turn = "{% set a = [k for k in l if k < 0] %}";
    format!(
        "{{% set l = range(end=100000) %}}{{% for i in range(end=100000) %}}{turn}{{% endfor %}}"
    )
}

fn with(desk: &Desk, template: &str) {
    std::fs::create_dir_all(desk.path("themes/default")).expect("made");
    std::fs::write(desk.path(TEMPLATE), format!("<p>404</p>\n{template}\n")).expect("writable");
}

fn refused(output: &Output, format: &str, words: &[&str]) {
    let said = errors(output) + &String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{format}: {said}");
    for word in [&["W608", TEMPLATE], words].concat() {
        assert!(said.contains(word), "{format}: {word} is not in\n{said}");
    }
}

/// One test and not four: together they would take more memory than a small machine has.
#[test]
fn a_template_that_takes_too_much_is_named_and_nothing_is_published() {
    let desk = Desk::mended();
    let built = desk.run(&["build"]);
    assert_eq!(built.status.code(), Some(0), "{}", errors(&built));
    let page = std::fs::read(desk.path("public/index.html")).expect("a page");

    if cfg!(target_os = "linux") {
        let memory = "1024 MB of memory to fill in 404.html";
        with(&desk, &doubled());
        for format in ["human", "concise", "json", "github", "sarif"] {
            let checked = desk.run(&["check", "--lang", "en", "--format", format]);
            refused(&checked, format, &[memory]);
        }
        with(&desk, &replaced());
        refused(&desk.run(&["build"]), "build", &["填写网页 404.html 用了超过 1024 MB 内存"]);
        with(&desk, &gathered());
        refused(&served(&desk), "serve", &["1024 MB"]);
    }
    with(&desk, &patient());
    let part = desk.run(&["build", "--shard", "1/1", "-o", "part"]);
    assert_eq!(part.status.code(), Some(0), "{}", errors(&part));
    refused(&desk.run(&["merge", "part"]), "merge", &["超过 10 秒", "上一次的网站原样未动"]);

    assert_eq!(std::fs::read(desk.path("public/index.html")).expect("a page"), page);
    std::fs::remove_file(desk.path(TEMPLATE)).expect("it was there");
    let again = desk.run(&["build"]);
    assert_eq!(again.status.code(), Some(0), "{}", errors(&again));
    let left = std::fs::read_dir(desk.root()).expect("listed").flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("public.")), "{left:?}");
}

/// What a preview says when a browser asks for the page.
fn served(desk: &Desk) -> Output {
    let mut child = command(desk.root())
        .args(["serve", "--port", "0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut stderr = child.stderr.take().expect("piped");
    let mut said = Vec::new();
    let address = loop {
        let mut byte = [0];
        stderr.read_exact(&mut byte).expect("it says where it listens");
        said.push(byte[0]);
        let text = String::from_utf8_lossy(&said).into_owned();
        let address = text.split_once("http://").and_then(|(_, rest)| rest.split_once('/'));
        if let Some((address, _)) = address {
            break address.to_owned();
        }
    };
    let mut stream = TcpStream::connect(&address).expect("it listens");
    write!(stream, "GET /404.html HTTP/1.1\r\nHost: {address}\r\n\r\n").expect("sent");
    // Where it answers after all, it would never end.
    let _ = stream.read_to_end(&mut Vec::new());
    let _ = child.kill();
    stderr.read_to_end(&mut said).expect("it ends");
    let status = child.wait().expect("it ended");
    Output { status, stdout: Vec::new(), stderr: said }
}
