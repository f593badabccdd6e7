"""The manual (scripts/docs-site): every document is in it in both languages, every link leads somewhere, and what is
not in Chinese says so.

    book.py ROOT MDBOOK
"""

import re
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT, MDBOOK = Path(sys.argv[1]).resolve(), sys.argv[2]


class Page(HTMLParser):
    """What a page links to, what it loads, and the places that can be linked."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.places, self.language = [], [], set(), None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "html":
            self.language = told.get("lang")
        self.places.update(told[name] for name in ["id", "name"] if told.get(name))
        if tag in ["a", "area"] and "href" in told:
            self.links.append(told["href"])
        elif "src" in told or (tag == "link" and "href" in told):
            self.loads.append(told.get("src") or told["href"])


def documents():
    """What must be in the manual."""
    names = {path.name for path in (ROOT / "docs").glob("*.md") if not re.search(r"\.(zh-CN|en)\.md$", path.name)}
    return names | {"index.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"}


def share(text):
    """How much of a text is Chinese: characters beside words in Latin letters."""
    chinese, latin = len(re.findall(r"[\u4e00-\u9fff]", text)), len(re.findall(r"[A-Za-z]{2,}", text))
    return chinese / (chinese + latin)


def says_its_language(out):
    """A page whose text is hardly Chinese is marked in the Chinese contents, and no other is."""
    contents = (ROOT / "docs/book/zh-CN.md").read_text("utf-8")
    wrong = []
    for title, name in re.findall(r"\[([^\]]+)\]\(([\w./-]+)\.md\)", contents):
        text = (out / "zh-CN" / f"{name}.html").read_text("utf-8")
        text = re.search(r"<main>(.*?)</main>", text, re.S)[1]
        kept = text if name == "commands" else re.sub(r"<pre>.*?</pre>|<code[^>]*>.*?</code>", "", text, flags=re.S)
        is_so = share(re.sub(r"<[^>]*>", "", kept))
        mark = "（英文）" if is_so < 0.15 else "（部分英文）" if is_so < 0.35 else ""
        said = (re.search(r"（(部分)?英文）$", title) or [""])[0]
        if said != mark:
            wrong.append(f"{name}: {is_so:.0%} is Chinese, the contents say {said or 'nothing'} and not {mark or 'nothing'}")
    return wrong


def check(out):
    """What is wrong."""
    pages = {path: Page(path.read_text("utf-8")) for path in out.rglob("*.html")}
    wrong = []
    for language in ["zh-CN", "en"]:
        have = {path.name for path in (out / language).glob("*.html")}
        wrong += [f"{language}: {name} is missing" for name in documents() if name.replace(".md", ".html") not in have]
    links = 0
    for path, page in pages.items():
        folder = path.relative_to(out).parts[0]
        if folder in ["zh-CN", "en"] and page.language != folder:
            wrong.append(f"{path}: lang is {page.language}")
        wrong += [f"{path}: loads {address}" for address in page.loads if re.match(r"(https?:)?//", address)]
        if path.name in ["404.html", "print.html"]:
            continue
        for link in [*page.links, *page.loads]:
            address = urlsplit(link)
            if address.scheme or address.netloc:
                continue
            links += 1
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            place = unquote(address.fragment)
            if not target.exists():
                wrong.append(f"{path.relative_to(out)}: {link} leads nowhere")
            elif place and target in pages and place not in pages[target].places:
                wrong.append(f"{path.relative_to(out)}: {link}: there is no such place")
    assert links > 1000
    print(f"{len(pages)} pages, {links} links")
    return wrong + says_its_language(out)


with tempfile.TemporaryDirectory() as folder:
    out = Path(folder).resolve()
    subprocess.run([sys.executable, ROOT / "scripts/docs-site", out, "--mdbook", MDBOOK], check=True)
    wrong = sorted(set(check(out)))
    print(*wrong, sep="\n")
    sys.exit(1 if wrong else 0)
