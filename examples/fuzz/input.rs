//! What one execution is given: made from its number alone, and kept in a file.

use super::corpus::{Corpus, Files, kind};
use super::mutate::{self, Pieces, figure};
use super::random::Random;

/// One execution's input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Input {
    /// What it is given to.
    pub(crate) target: &'static str,
    /// What of a portal is looked at beside its plan.
    pub(crate) choice: u64,
    /// The files of a portal, or one text without a path.
    pub(crate) files: Files,
}

/// What is tried, and how many of a hundred executions it gets: first whole portals of which
/// files of one kind are mutated, then parts of the program on their own.
pub(crate) const TARGETS: [(&str, usize); 24] = [
    ("configuration", 1),
    ("heads", 1),
    ("tables", 2),
    ("projects", 2),
    ("markdown", 2),
    ("glossary", 1),
    ("profiles", 2),
    ("themes", 1),
    ("static", 1),
    ("several", 2),
    ("yaml", 20),
    ("commonmark", 16),
    ("amount", 8),
    ("address", 8),
    ("printed-target", 10),
    ("date", 2),
    ("url", 6),
    ("page", 6),
    ("style", 1),
    ("script", 2),
    ("figures", 3),
    ("search", 1),
    ("clause", 1),
    ("names", 1),
];

/// How many of the targets are whole portals.
const PORTALS: usize = 10;

/// Whether a target is a whole portal.
pub(crate) fn is_portal(target: &str) -> bool {
    TARGETS[..PORTALS].iter().any(|(name, _)| *name == target)
}

/// The target of a name.
pub(crate) fn named(name: &str) -> Option<&'static str> {
    TARGETS.iter().map(|(known, _)| *known).find(|known| *known == name)
}

/// What an execution is given to.
pub(crate) fn target(seed: u64, execution: u64) -> &'static str {
    let mut at = Random::new(seed, execution).below(TARGETS.iter().map(|(_, share)| share).sum());
    for (name, share) in TARGETS {
        if at < share {
            return name;
        }
        at -= share;
    }
    TARGETS[0].0
}

/// The input of an execution, of the target it falls to or of one that is asked for.
pub(crate) fn of(corpus: &Corpus, seed: u64, execution: u64, only: Option<&'static str>) -> Input {
    let mut random = Random::new(!seed, execution);
    let target = only.unwrap_or_else(|| target(seed, execution));
    let files = if is_portal(target) {
        portal(corpus, &mut random, target)
    } else {
        Files::from([(String::new(), text(corpus, &mut random, target))])
    };
    Input { target, choice: random.next(), files }
}

/// A portal some of whose files are mutated.
fn portal(corpus: &Corpus, random: &mut Random, target: &str) -> Files {
    let mut files = seed(corpus, random);
    let wanted = if target == "several" { 2 + random.below(4) } else { 1 + random.below(2) };
    for _ in 0..wanted {
        let kind = if target == "several" { TARGETS[random.below(PORTALS - 1)].0 } else { target };
        let path = file_of(corpus, random, &mut files, kind);
        let content = files.get(&path).cloned().unwrap_or_default();
        let content = mutated(corpus, random, kind, content);
        match random.below(120) {
            0 => drop(files.remove(&path)),
            1 => drop(files.insert(path, Vec::new())),
            2 => {
                files.remove(&path);
                files.insert(renamed(corpus, random, &path), content);
            }
            _ => drop(files.insert(path, content)),
        }
    }
    files
}

/// A portal nothing is mutated of yet: one of the corpus, two laid over each other, or one with
/// its year before.
fn seed(corpus: &Corpus, random: &mut Random) -> Files {
    // The last few are larger.
    let few = if random.one_in(12) { corpus.portals.len() } else { corpus.portals.len() - 4 };
    let mut files = if random.one_in(4) {
        corpus.minimal.clone()
    } else {
        corpus.portals[random.below(few)].clone()
    };
    if random.one_in(5) {
        files.extend(corpus.portals[random.below(few)].clone());
    }
    if random.one_in(6) {
        let before: Vec<(String, Vec<u8>)> = files
            .iter()
            .filter(|(path, _)| path.contains("/2025-budget/"))
            .map(|(path, content)| {
                (
                    path.replace("/2025-", "/2024-"),
                    String::from_utf8_lossy(content).replace("2025", "2024").into_bytes(),
                )
            })
            .collect();
        files.extend(before);
    }
    files
}

/// A file of a kind: one the portal has, or one brought in.
fn file_of(corpus: &Corpus, random: &mut Random, files: &mut Files, wanted: &str) -> String {
    let own: Vec<String> = files.keys().filter(|path| kind(path) == wanted).cloned().collect();
    if let Some(path) = random.pick(&own)
        && !random.one_in(8)
    {
        return path.clone();
    }
    let Some((path, content)) = corpus.files.get(wanted).and_then(|all| random.pick(all)) else {
        return String::from("mingbai.yaml");
    };
    // What is one disclosure's comes to stand in the portal's own.
    let home =
        files.keys().find_map(|path| path.split_once("/tables/").map(|(home, _)| home.to_owned()));
    let path = match (
        ["/tables/", "/projects/", "/narrative/"].iter().find_map(|part| path.find(part)),
        home,
    ) {
        (Some(at), Some(home)) => format!("{home}{}", &path[at..]),
        _ => path.clone(),
    };
    files.insert(path.clone(), content.clone());
    path
}

fn mutated(corpus: &Corpus, random: &mut Random, kind: &str, content: Vec<u8>) -> Vec<u8> {
    let other = corpus.files.get(kind).and_then(|all| random.pick(all));
    let pieces = Pieces {
        lines: corpus.lines.get(kind).map(Vec::as_slice).unwrap_or_default(),
        words: &corpus.words,
        other: other.map(|(_, content)| content.as_slice()).unwrap_or_default(),
    };
    mutate::text(random, content, &pieces)
}

/// A path whose last name is mutated, as far as a file system takes it.
fn renamed(corpus: &Corpus, random: &mut Random, path: &str) -> String {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("content", path));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "yaml"));
    let stem = mutated(corpus, random, "", stem.as_bytes().to_vec());
    let stem = String::from_utf8_lossy(&stem).replace(['/', '\0'], "");
    let stem: String = stem.chars().take(60).collect();
    format!("{folder}/{stem}.{ending}")
}

const AMOUNTS: [&str; 8] =
    ["1290.10", "-3.1", "164,978,640", "+5", "−0.00", "50%", "１２.５", "12万元"];
const ADDRESSES: [&str; 9] = [
    "overview/income.total/amount",
    "expenditure/2060701/basic",
    "projects/*/budget",
    "projects/01-science-day/indicators/cost",
    "narrative/explanation/total",
    "prior:expenditure/\"一、 教育/支出\"/total",
    "expenditure/level:2/total",
    "expenditure/@level:1/total",
    "a/kind=\"b c\"*/d",
];
const PRINTED: [&str; 12] = [
    "≥20场",
    "≤84万元",
    "100%",
    "不低于95%",
    "2025年12月底前",
    "2025年1-6月",
    "全年",
    "1,234.5人次",
    "3.08百分比",
    "＜1 年",
    "12月31日前",
    "2025-2027年",
];
const DATES: [&str; 5] = ["2025-02-28", "2024-02-29", "0000-01-01", "9999-12-31", "23:59"];
const LINKS: [&str; 8] = [
    "index.html",
    "a/b/tables/x.html#205",
    "../x/./y.html?z",
    "//example.org/a",
    "/a/%E4%B8%80.html",
    "mailto:a@b",
    "a/../../b",
    "#一、 x",
];
const SENTENCES: [&str; 3] = [
    "2025年支出预算100.00万元，其中基本支出60.00万元；比上年增加5.2%。",
    "（五）开展培训；5、开展培训!",
    "一、部门职责\n组织：科普活动？",
];

/// One text for a part of the program.
fn text(corpus: &Corpus, random: &mut Random, target: &str) -> Vec<u8> {
    let seeds: &[&str] = match target {
        "amount" => &AMOUNTS,
        "address" => &ADDRESSES,
        "printed-target" => &PRINTED,
        "date" => &DATES,
        "url" => &LINKS,
        "clause" => &SENTENCES,
        "figures" => {
            let count = 1 + random.below(6);
            let figures: Vec<String> = (0..count).map(|_| figure(random)).collect();
            return figures.join(" ").into_bytes();
        }
        _ => &[],
    };
    if let Some(seed) = random.of(seeds) {
        let content = if random.one_in(3) { figure(random) + seed } else { seed.to_owned() };
        return mutated(corpus, random, "", content.into_bytes());
    }
    let kinds: &[&str] = match target {
        "yaml" => &["tables", "projects", "heads", "glossary", "profiles", "configuration"],
        "page" => &["pages", "themes", "static"],
        "style" => &["styles"],
        "script" => &["scripts"],
        "commonmark" | "search" => &["markdown"],
        _ => &["tables", "markdown"],
    };
    let kind = random.of(kinds).unwrap_or_default();
    let content = corpus.files.get(kind).and_then(|all| random.pick(all));
    let mut content = content.map(|(_, content)| content.clone()).unwrap_or_default();
    if target == "names" || target == "search" {
        let range = random.range(content.len(), 80);
        content = content[range].to_vec();
    }
    mutated(corpus, random, kind, content)
}

/// What stands before every file of an input that is kept.
const FILE: &str = "=== ";
/// What stands for its length where it goes on to the next file.
const OPEN: &str = "-";
/// What stands for its length where it is not there.
const REMOVED: &str = "removed";

impl Input {
    /// The input as it is kept: what of a portal differs from the smallest. A file that would read
    /// otherwise has its length in bytes before its path.
    pub(crate) fn keep(&self, corpus: &Corpus) -> Vec<u8> {
        let mut out = format!("target {} choice {}\n", self.target, self.choice).into_bytes();
        let is_portal = is_portal(self.target);
        let same = |path: &String, content: &Vec<u8>| {
            is_portal && corpus.minimal.get(path) == Some(content)
        };
        for (path, content) in self.files.iter().filter(|(path, content)| !same(path, content)) {
            let text = std::str::from_utf8(content).unwrap_or_default();
            let is_plain = text.ends_with('\n') && !text.lines().any(|line| line.starts_with(FILE));
            let length = if is_plain { OPEN.to_owned() } else { content.len().to_string() };
            out.extend(format!("{FILE}{length} {}\n", path.escape_debug()).into_bytes());
            out.extend_from_slice(content);
            out.extend(b"\n".iter().filter(|_| !is_plain));
        }
        for path in corpus.minimal.keys() {
            if is_portal && !self.files.contains_key(path) {
                out.extend(format!("{FILE}{REMOVED} {path}\n").into_bytes());
            }
        }
        out
    }

    /// An input that was kept; nothing where the text is none.
    pub(crate) fn kept(corpus: &Corpus, text: &[u8]) -> Option<Input> {
        let (head, mut rest) = line(text);
        let mut words = head.split(' ').skip(1).step_by(2);
        let (target, choice) = (named(words.next()?)?, words.next()?.parse().ok()?);
        let mut files = if is_portal(target) { corpus.minimal.clone() } else { Files::new() };
        while !rest.is_empty() {
            let (head, after) = line(rest);
            let (length, path) = head.strip_prefix(FILE)?.split_once(' ')?;
            if length == REMOVED {
                files.remove(path);
                rest = after;
                continue;
            }
            let is_open = length == OPEN;
            let length = if is_open { open(after) } else { length.parse().ok()? };
            files.insert(unescaped(path)?, after.get(..length)?.to_vec());
            rest = after.get(length + usize::from(!is_open)..).unwrap_or_default();
        }
        Some(Input { target, choice, files })
    }
}

/// How far a file goes that ends where the next begins.
fn open(text: &[u8]) -> usize {
    let mut length = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(FILE.as_bytes()) {
            break;
        }
        length += line.len();
    }
    length
}

fn line(text: &[u8]) -> (String, &[u8]) {
    let end = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len());
    (String::from_utf8_lossy(&text[..end]).into_owned(), text.get(end + 1..).unwrap_or_default())
}

/// A text without its escapes.
fn unescaped(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some((digits, after)) = rest.strip_prefix("u{").and_then(|rest| rest.split_once('}'))
        {
            out.push(char::from_u32(u32::from_str_radix(digits, 16).ok()?)?);
            rest = after;
        } else {
            let c = rest.chars().next()?;
            out.push(match c {
                't' => '\t',
                'r' => '\r',
                'n' => '\n',
                c => c,
            });
            rest = &rest[c.len_utf8()..];
        }
    }
    Some(out + rest)
}
