"""Reads the PDF of each disclosure of a built site: every figure of its long table is in the text, every
table has heads over its columns, and a second site holds the same bytes.

usage: pdf.py SITE AGAIN
"""

import csv
import pathlib
import sys

from pypdf import PdfReader


def text_of(reader):
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def tags_of(node, tags):
    """Counts the tags of a structure tree."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            tags_of(child, tags)
    elif isinstance(node, dict):
        if "/S" in node:
            tags[str(node["/S"])] = tags.get(str(node["/S"]), 0) + 1
        tags_of(node.get("/K", []), tags)
    return tags


def check(pdf, again):
    figures = pdf.with_name("figures.data.csv")
    if not figures.exists():
        [figures] = pdf.parent.glob("*figures*.data.csv")
    reader = PdfReader(pdf)
    text = text_of(reader)
    rows = list(csv.DictReader(figures.open(encoding="utf-8")))
    printed = [row["value"] for row in rows]
    missing = [value for value in printed if "".join(value.split()) not in text]
    root = reader.trailer["/Root"]
    tags = tags_of(root["/StructTreeRoot"], {})
    faults = []
    if missing or not printed:
        faults.append(f"{len(missing)} of {len(printed)} figures are not in the text: {missing[:5]}")
    if not root.get("/MarkInfo", {}).get("/Marked") or not reader.metadata.title or "/Lang" not in root:
        faults.append("it is not tagged, or has no title or no language")
    if tags.get("/Table", 0) == 0 or tags.get("/TH", 0) < tags["/Table"]:
        faults.append(f"tables without heads: {tags}")
    if pdf.read_bytes() != again.read_bytes():
        faults.append("a second build made other bytes")
    for fault in faults:
        print(f"{pdf}: {fault}")
    print(f"{pdf.name}: {len(reader.pages)} pages, {len(printed)} figures, {tags.get('/Table', 0)} tables")
    return not faults


def main(site, again):
    found = sorted(site.rglob("*.pdf"))
    sound = [check(pdf, again / pdf.relative_to(site)) for pdf in found]
    return 0 if sound and all(sound) else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
