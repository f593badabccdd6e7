#!/usr/bin/env python3
"""Whether two trees of the same corpus hold the same pages: ours of the HTML-only configuration, and a peer's.

    compare.py OURS PEER

Of every content page of the peer it reads the tags in order, their scope, colspan and rowspan, where links lead, and the
text, white space folded; ours must be the same. Classes and ids are not compared. Where ours spreads a list over a page
more (projects of a disclosure, organisations of a region) only the content pages are compared; all links of both trees
must lead to a page. Prints how many pages agree and the first differences; ends with 1 where any differs.
"""
import os, posixpath, re, sys
from html.parser import HTMLParser

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import corpus

KEPT = ("scope", "colspan", "rowspan", "aria-label", "aria-current", "lang", "start")


class Reader(HTMLParser):
    def __init__(self, link):
        super().__init__(convert_charrefs=True)
        self.events, self.link, self.links, self.text = [], link, [], ""

    def flush(self):
        text = re.sub(r"\s+", " ", self.text).strip()
        if text:
            self.events.append(text)
        self.text = ""

    def handle_starttag(self, tag, attributes):
        self.flush()
        found = dict(attributes)
        kept = ["%s=%s" % (k, found[k]) for k in KEPT if found.get(k) and (k, found[k]) not in (("start", "1"),)]
        if tag == "a":
            target = self.link(found.get("href") or "")
            self.links.append(target)
            kept.append(str(target))
        if tag not in ("meta", "link"):
            self.events.append("<%s>" % " ".join([tag] + kept))

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        self.flush()
        self.events.append("</%s>" % tag)

    def handle_data(self, data):
        self.text += data


def read(root, path, key):
    def link(href):
        href = href.split("#")[0]
        at = href.lstrip("/") if href.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
        return key("index.html" if at in ("", ".") else at)
    reader = Reader(link)
    with open(os.path.join(root, path), encoding="utf-8") as file:
        reader.feed(file.read())
    reader.flush()
    return reader


def peer_key(path):
    """d0001/2021/t01/index.html and d0001/2021/t01/ and d0001/2021/t01 to d0001/2021/t01."""
    path = re.sub(r"(/|^)index\.html$", "", path).strip("/")
    return path or "home"


def our_key(path):
    path = re.sub(r"(/|^)index\.html$", "", path).removesuffix(".html").strip("/")
    m = re.fullmatch(r"(d\d+)/(\d+)-budget(?:/(tables|projects|narrative))?(?:/([\w-]+))?", path)
    if not m:
        return path or "home"
    folder, slug = m[3], m[4]
    if folder == "tables":
        slug = corpus.SLUGS[slug]
    elif folder == "narrative":
        slug = "n" + slug[:2]
    return "/".join(x for x in (m[1], m[2], slug or folder) if x)


def pages(root, key):
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            if name.endswith(".html"):
                path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
                found[key(path)] = path
    return found


def main():
    ours, peer = sys.argv[1:3]
    mine, theirs = pages(ours, our_key), pages(peer, peer_key)
    content = sorted(k for k in theirs if re.fullmatch(r"d\d+/\d+/[tnp]\d\d", k))
    same, differ = 0, []
    for key in content:
        if key not in mine:
            differ.append((key, "no such page", ""))
            continue
        a, b = read(ours, mine[key], our_key), read(peer, theirs[key], peer_key)
        broken = [x for x in a.links if x not in mine and x + ".html" not in mine] + [x for x in b.links if x not in theirs]
        if broken:
            differ.append((key, "broken links", broken[:3]))
        elif a.events == b.events:
            same += 1
        else:
            at = next((i for i, (x, y) in enumerate(zip(a.events, b.events)) if x != y), min(len(a.events), len(b.events)))
            differ.append((key, a.events[at - 2:at + 3], b.events[at - 2:at + 3]))
    print("%d of %d content pages are the same; ours has %d pages, the peer %d" % (same, len(content), len(mine), len(theirs)))
    for key, a, b in differ[:8]:
        print("  %s\n    ours: %s\n    peer: %s" % (key, a, b))
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
