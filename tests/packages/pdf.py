"""Reads the PDF of each disclosure of a built site: every figure of its long table is in the text, every
table has heads over its columns or its rows, and a second site holds the same bytes. With `rows`, what
the program typst made: every table that has cells has heads of rows, and what a form says follows its head.

usage: pdf.py SITE AGAIN [rows]
"""

import csv
import pathlib
import sys

from pypdf import PdfReader


def resolved(node):
    return node.get_object() if hasattr(node, "get_object") else node


def text_of(reader):
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def tags_of(node, tags):
    """Counts the tags of a structure tree."""
    node = resolved(node)
    if isinstance(node, list):
        for child in node:
            tags_of(child, tags)
    elif isinstance(node, dict):
        if "/S" in node:
            tags[str(node["/S"])] = tags.get(str(node["/S"]), 0) + 1
        tags_of(node.get("/K", []), tags)
    return tags


def tables_of(node, found, cells=None):
    """Gathers the cells of each table as pairs of tag and scope, in the order of the tree."""
    node = resolved(node)
    if isinstance(node, list):
        for child in node:
            tables_of(child, found, cells)
    elif isinstance(node, dict):
        tag = str(node.get("/S", ""))
        if tag == "/Table":
            cells = []
            found.append(cells)
        elif tag in ("/TH", "/TD") and cells is not None:
            cells.append((tag, scope_of(node.get("/A"))))
        tables_of(node.get("/K", []), found, cells)
    return found


def scope_of(attributes):
    attributes = resolved(attributes)
    every = attributes if isinstance(attributes, list) else [attributes or {}]
    scopes = [str(one["/Scope"]) for one in map(resolved, every) if "/Scope" in one]
    return scopes[0] if scopes else None


def unheaded(tables):
    """Tables whose rows have no heads; forms, which have none over columns, with a plain cell that follows no head."""
    with_cells = [cells for cells in tables if any(tag == "/TD" for tag, _ in cells)]
    rowless = [cells for cells in with_cells if ("/TH", "/Row") not in cells]
    forms = [cells for cells in with_cells if ("/TH", "/Column") not in cells]
    is_plain = lambda cells: [tag == "/TD" for tag, _ in cells]
    pairs = lambda cells: zip([True] + is_plain(cells), is_plain(cells))
    return rowless + [cells for cells in forms if any(before and plain for before, plain in pairs(cells))]


def check(pdf, again, with_rows):
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
    if with_rows and (bare := unheaded(tables_of(root["/StructTreeRoot"], []))):
        faults.append(f"{len(bare)} tables whose rows have no heads, the first: {bare[0][:6]}")
    if pdf.read_bytes() != again.read_bytes():
        faults.append("a second build made other bytes")
    for fault in faults:
        print(f"{pdf}: {fault}")
    print(f"{pdf.name}: {len(reader.pages)} pages, {len(printed)} figures, {tags.get('/Table', 0)} tables")
    return not faults


def main(site, again, with_rows):
    found = sorted(site.rglob("*.pdf"))
    sound = [check(pdf, again / pdf.relative_to(site), with_rows) for pdf in found]
    return 0 if sound and all(sound) else 1


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3:] == ["rows"]))
