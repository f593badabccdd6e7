//! The live preview as a browser meets it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::cli::{Desk, command};

/// A running preview; it ends with the test.
pub(crate) struct Preview {
    child: Child,
    address: String,
}

impl Preview {
    pub(crate) fn of(desk: &Desk) -> Preview {
        Preview::at(desk, "0")
    }

    fn at(desk: &Desk, port: &str) -> Preview {
        let mut child = command(desk.root())
            .args(["serve", "--port", port])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let address = loop {
            let line = lines.next().expect("it says where it listens").expect("text");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().expect("an address").to_owned();
            }
        };
        // Somebody must read what it says, or it would stop to wait.
        std::thread::spawn(move || lines.for_each(drop));
        Preview { child, address }
    }

    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).expect("sent");
        let (status, answer) = answer(stream);
        (status, answer.split_once("\r\n\r\n").expect("a body").1.to_owned())
    }

    /// The status and the whole answer to bytes as they are.
    fn send(&self, bytes: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        stream.write_all(bytes.as_bytes()).expect("sent");
        answer(stream)
    }

    /// Whether a page is answered: who finds no place may be cut off before the answer is read.
    fn is_answered(&self) -> bool {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let mut answer = String::new();
        write!(stream, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").is_ok()
            && stream.read_to_string(&mut answer).is_ok()
            && answer.starts_with("HTTP/1.1 200")
    }

    /// Listens for a reload; returns once one was told.
    fn listen(&self) -> impl FnOnce() {
        let (_, script) = self.get("/__mingbai/reload.js");
        let since = script
            .split("since=")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .expect("a version")
            .to_owned();
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        write!(stream, "GET /__mingbai/events?since={since} HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .expect("sent");
        let mut lines = BufReader::new(stream).lines();
        while !lines.next().expect("a head").expect("text").is_empty() {}
        move || while !lines.next().expect("an event").expect("text").starts_with("data:") {}
    }
}

fn answer(mut stream: TcpStream) -> (u16, String) {
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("answered");
    let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    (status, answer)
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const EXPENDITURE: &str = "content/library/2025-budget/tables/expenditure.yaml";

#[test]
fn a_save_is_in_the_browser_without_a_build() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    let (status, home) = preview.get("/");
    assert_eq!(status, 200);
    assert!(home.contains("/__mingbai/reload.js"));
    let (_, page) = preview.get("/library/2025-budget/tables/expenditure.html");
    assert!(page.contains("事业单位医疗") && !page.contains("mingbai-findings"));
    let told = preview.listen();
    desk.edit(EXPENDITURE, "事业单位医疗", "事业单位的医疗");
    told();
    assert!(
        preview.get("/library/2025-budget/tables/expenditure.html").1.contains("事业单位的医疗")
    );
    assert!(!desk.path("public").exists(), "a preview writes nothing");
}

#[test]
fn a_broken_portal_is_served_with_its_findings_in_the_page() {
    let desk = Desk::started();
    let preview = Preview::of(&desk);
    let (status, page) = preview.get("/library/2025-budget/tables/expenditure.html");
    assert_eq!(status, 200);
    assert!(
        page.contains("mingbai-findings") && page.contains("T201") && page.contains("51.00"),
        "{page}"
    );
    let told = preview.listen();
    desk.edit(EXPENDITURE, "rows:", "rows: [");
    told();
    let (_, page) = preview.get("/");
    assert!(page.contains("S001"), "a file that is no YAML is shown too");
    let told = preview.listen();
    desk.edit(EXPENDITURE, "rows: [", "rows:");
    desk.edit(EXPENDITURE, "total: 51.00", "total: 15.00");
    told();
    while preview.get("/").1.contains("mingbai-findings") {
        std::thread::yield_now();
    }
}

#[test]
fn a_missing_page_is_said_to_be_missing() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    let (status, page) = preview.get("/nowhere/at/all.html");
    assert_eq!(status, 404);
    assert!(page.contains("/__mingbai/reload.js"));
}

#[test]
fn a_taken_port_gives_way_to_the_next() {
    let desk = Desk::mended();
    let first = Preview::of(&desk);
    let port: u16 =
        first.address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
    let second = Preview::at(&desk, &port.to_string());
    assert_ne!(first.address, second.address);
    assert_eq!(second.get("/").0, 200);
}

#[test]
fn a_save_of_one_organisation_is_shown_and_the_others_stay() {
    let desk = crate::parts::several();
    let preview = Preview::of(&desk);
    let pages = ["/zjk-kexie-1/2025-budget/tables/general.html", "/zjk-kexie-2/index.html"];
    let before: Vec<String> = pages.iter().map(|path| preview.get(path).1).collect();
    assert!(before[0].contains("1454.54") && !before[0].contains("mingbai-findings"));
    let told = preview.listen();
    desk.edit("content/zjk-kexie-1/2025-budget/tables/general.yaml", "1454.54", "1454.99");
    told();
    let (_, page) = preview.get(pages[0]);
    assert!(page.contains("1454.99") && page.contains("mingbai-findings"));
    assert_eq!(preview.get(pages[1]).1, before[1], "another's page tells nothing of it");
    assert!(preview.get("/").1.contains("mingbai-findings"), "the front page does");
}

#[test]
fn what_others_may_know_of_an_organisation_is_seen_on_their_pages() {
    let desk = crate::parts::several();
    let preview = Preview::of(&desk);
    assert!(preview.get("/").1.contains("云岚市科学技术协会"));
    // Headings that name the organisation go with it: a finding would show the old name on every page.
    for year in [2022, 2025] {
        let told = preview.listen();
        let preface = format!("content/zjk-kexie-1/{year}-budget/narrative/00-preface.md");
        desk.edit(&preface, "云岚市", "蔚原县");
        told();
    }
    let told = preview.listen();
    desk.edit("content/zjk-kexie-1/organisation.yaml", "name: 云岚市", "name: 蔚原县");
    told();
    let (_, home) = preview.get("/");
    assert!(home.contains("蔚原县科学技术协会") && !home.contains("云岚市科学技术协会"));
    let told = preview.listen();
    let folder = desk.path("content/zjk-kexie-2");
    std::fs::rename(&folder, desk.path("content/renamed")).expect("moved");
    told();
    assert_eq!(preview.get("/renamed/index.html").0, 200);
    assert_eq!(preview.get("/zjk-kexie-2/index.html").0, 404);
}

#[test]
fn the_preview_answers_to_its_own_names_only() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    let get =
        |path: &str, hosts: &str| preview.send(&format!("GET {path} HTTP/1.1\r\n{hosts}\r\n"));
    for host in ["localhost", "LOCALHOST:1949", "127.0.0.1:80", "[::1]:1949"] {
        assert_eq!(get("/", &format!("Host: {host}\r\n")).0, 200, "{host}");
    }
    for host in
        ["evil.example", "localhost.evil.example:1949", "127.0.0.1.evil.example", "192.0.2.1"]
    {
        for path in ["/", "/assets/style.css", "/__mingbai/reload.js", "/__mingbai/events"] {
            let (status, answer) = get(path, &format!("Host: {host}\r\n"));
            assert_eq!(status, 421, "{host} {path}");
            assert!(
                answer.contains("does not go by the name") && answer.contains("text/plain"),
                "{answer}"
            );
        }
    }
    for hosts in ["", "Host: localhost\r\nHost: evil.example\r\n"] {
        assert_eq!(get("/", hosts).0, 400, "{hosts}");
    }
}

#[test]
fn the_preview_sends_what_hosts_will_send() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    let (_, answer) = preview.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    for (name, value) in mingbai::headers::HEADERS {
        assert!(answer.contains(&format!("\r\n{name}: {value}\r\n")), "{name}");
    }
}

#[test]
fn a_head_without_end_is_refused_and_many_connections_leave_room_for_a_page() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    let long = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}", "x".repeat(64 * 1024));
    assert_eq!(preview.send(&long).0, 431);
    // Listeners are fewer than connections, so that a page is always answered.
    let listen = || {
        let mut stream = TcpStream::connect(&preview.address).expect("it listens");
        write!(stream, "GET /__mingbai/events HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("sent");
        let mut first = [0; 12];
        stream.read_exact(&mut first).expect("answered");
        (String::from_utf8_lossy(&first).ends_with("200"), stream)
    };
    let all: Vec<_> = (0..80).map(|_| listen()).collect();
    let held = all.iter().filter(|(is_held, _)| *is_held).count();
    assert!((10..80).contains(&held), "{held} listen");
    assert_eq!(preview.get("/").0, 200);
    // Who only opens connections is told to come again, and others after him are answered.
    let idle: Vec<_> =
        (0..200).map(|_| TcpStream::connect(&preview.address).expect("it listens")).collect();
    drop((idle, all));
    while !preview.is_answered() {
        std::thread::yield_now();
    }
}

#[test]
fn a_save_that_cannot_be_read_is_said_on_every_page_until_it_can() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    assert!(!preview.get("/").1.contains("mingbai-trouble"));
    let told = preview.listen();
    std::fs::rename(desk.path("mingbai.yaml"), desk.path("away.yaml")).expect("moved");
    std::fs::rename(desk.path("content"), desk.path("away")).expect("moved");
    told();
    while !preview.get("/").1.contains("mingbai-trouble") {
        std::thread::yield_now();
    }
    let (status, page) = preview.get("/library/2025-budget/tables/expenditure.html");
    assert_eq!(status, 200);
    assert!(page.contains("最近一次保存没能读进来") && page.contains("事业单位医疗"), "{page}");
    std::fs::rename(desk.path("away"), desk.path("content")).expect("moved");
    std::fs::rename(desk.path("away.yaml"), desk.path("mingbai.yaml")).expect("moved");
    while preview.get("/").1.contains("mingbai-trouble") {
        std::thread::yield_now();
    }
}

#[test]
fn what_is_withheld_is_not_in_the_findings_over_the_page() {
    let desk = Desk::started();
    let head = "content/library/2025-budget/disclosure.yaml";
    let withhold = "profile: hebei/department-budget/2025\nwithhold:\n  - { at: expenditure/2101102/total, because: 测试 }";
    desk.edit(head, "profile: hebei/department-budget/2025", withhold);
    let preview = Preview::of(&desk);
    let (_, page) = preview.get("/library/2025-budget/tables/expenditure.html");
    let (_, findings) = page.split_once("mingbai-findings").expect("findings");
    assert!(findings.contains("T201") && findings.contains("各部分相加却是 涉密"), "{findings}");
    assert!(!findings.contains("51.00"), "{findings}");
}

#[test]
fn an_edit_behind_a_link_is_seen() {
    let desk = Desk::mended();
    std::fs::create_dir_all(desk.path("shared")).expect("made");
    std::fs::create_dir_all(desk.path("static")).expect("made");
    std::fs::write(desk.path("shared/notice.txt"), "closed on Monday").expect("written");
    std::os::unix::fs::symlink("../shared/notice.txt", desk.path("static/notice.txt"))
        .expect("linked");
    let preview = Preview::of(&desk);
    assert_eq!(preview.get("/notice.txt").1, "closed on Monday");
    let told = preview.listen();
    desk.edit("shared/notice.txt", "Monday", "Tuesday");
    told();
    assert_eq!(preview.get("/notice.txt").1, "closed on Tuesday");
}

#[test]
fn a_page_whose_source_broke_is_kept_as_it_was_until_it_is_mended() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    let page = "/library/2025-budget/tables/expenditure.html";
    let told = preview.listen();
    desk.edit(EXPENDITURE, "rows:", "rows：");
    told();
    let (status, said) = preview.get(page);
    assert_eq!(status, 200);
    assert!(said.contains("事业单位医疗") && said.contains("mingbai-trouble"), "{said}");
    assert!(said.contains("S001") && said.contains("显示的是出错之前的样子"), "{said}");
    // A second save that breaks something else keeps it too.
    let told = preview.listen();
    desk.edit("content/library/2025-budget/disclosure.yaml", "stage: budget", "stage：budget");
    told();
    assert_eq!(preview.get(page).0, 200);
    assert_eq!(preview.get("/library/2025-budget/nothing.html").0, 404);
    let told = preview.listen();
    desk.edit("content/library/2025-budget/disclosure.yaml", "stage：budget", "stage: budget");
    desk.edit(EXPENDITURE, "rows：", "rows:");
    told();
    while preview.get(page).1.contains("mingbai-trouble") {
        std::thread::yield_now();
    }
}

#[test]
fn every_page_is_kept_of_bodies_nobody_looked_at_and_of_those_with_errors_before() {
    let desk = crate::parts::several();
    let first = desk.path("content/zjk-kexie-0");
    // More bodies than are held whole, of which some are one by their code: an error from the start.
    for copy in 3..8 {
        for entry in walkdir::WalkDir::new(&first) {
            let entry = entry.expect("readable");
            let rest = entry.path().strip_prefix(&first).expect("inside");
            let to = desk.path(&format!("content/zjk-kexie-{copy}")).join(rest);
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(&to).expect("made");
            } else {
                std::fs::copy(entry.path(), &to).expect("copied");
            }
        }
    }
    let preview = Preview::of(&desk);
    let table = |copy| format!("zjk-kexie-{copy}/2025-budget/tables/expenditure");
    for copy in 0..8 {
        let told = preview.listen();
        let file = format!("content/{}.yaml", table(copy));
        desk.edit(&file, "rows:", "rows：");
        told();
    }
    for copy in 0..8 {
        let (status, said) = preview.get(&format!("/{}.html", table(copy)));
        assert_eq!(status, 200, "{copy}");
        assert!(said.contains("mingbai-trouble") && said.contains("1454.54"), "{copy}");
    }
}

#[test]
fn pages_of_a_content_that_was_moved_away_are_kept_until_it_is_back() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    let page = "/library/2025-budget/tables/expenditure.html";
    assert_eq!(preview.get(page).0, 200);
    for folder in ["content", "content/library"] {
        let told = preview.listen();
        std::fs::rename(desk.path(folder), desk.path("elsewhere")).expect("moved");
        told();
        for page in [page, "/library/2025-budget/", "/"] {
            let (status, said) = preview.get(page);
            assert_eq!(status, 200, "{folder}: {page}");
            assert!(said.contains("mingbai-trouble") && said.contains("S029"), "{said}");
        }
        assert!(preview.get(page).1.contains("事业单位医疗"));
        let told = preview.listen();
        std::fs::rename(desk.path("elsewhere"), desk.path(folder)).expect("moved back");
        told();
        while preview.get(page).1.contains("mingbai-trouble") {
            std::thread::yield_now();
        }
    }
}

#[test]
fn the_name_of_a_folder_leads_to_its_page() {
    let desk = Desk::mended();
    let preview = Preview::of(&desk);
    let (status, answer) =
        preview.send("GET /library/2025-budget HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assert_eq!(status, 302);
    assert!(answer.contains("\r\nLocation: /library/2025-budget/\r\n"), "{answer}");
    assert_eq!(preview.get("/library/2025-budget/").0, 200);
    assert_eq!(preview.get("/library/nothing").0, 404);
    assert_eq!(preview.get("//other.example").0, 404, "no page leads to another host");
}

#[test]
fn a_link_made_while_the_preview_runs_is_followed() {
    let desk = Desk::mended();
    std::fs::create_dir_all(desk.path("shared")).expect("made");
    let table = desk.path(EXPENDITURE);
    let preview = Preview::of(&desk);
    let told = preview.listen();
    std::fs::rename(&table, desk.path("shared/expenditure.yaml")).expect("moved");
    std::os::unix::fs::symlink("../../../../shared/expenditure.yaml", &table).expect("linked");
    told();
    let page = "/library/2025-budget/tables/expenditure.html";
    while preview.get(page).0 != 200 || preview.get(page).1.contains("mingbai-trouble") {
        std::thread::yield_now();
    }
    let told = preview.listen();
    desk.edit("shared/expenditure.yaml", "事业单位医疗", "事业单位的医疗");
    told();
    while !preview.get(page).1.contains("事业单位的医疗") {
        std::thread::yield_now();
    }
}
