#!/usr/bin/env bash
# Typst 0.15.2 (its Python package), PDF/UA-1: the first column of a table, which names its rows, is
# tagged as plain cells, and the standard is met all the same. Guess: a document that claims PDF/UA-1 heads
# its rows as well as its columns, or is refused; `pdf.header-cell` does it. Seen: cells of `table.header`
# are TH, names of rows are TD, nothing is refused, and `header-cell` is not in `pdf`: it stands behind the
# feature `a11y-extras`, for which `typst.compile` has no argument.
#
# Output seen:
#   TH 2 TD 4
#   header-cell in pdf: false
#   an argument for features: False
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check typst==0.15.2 pypdf==7.1.1
seen=$(env/bin/python - <<'PY'
import collections, inspect, io, typst
from pypdf import PdfReader
TABLE = b"""#set document(title: "Budget", date: none)
#set text(lang: "en")
#table(columns: 2, table.header([Item], [Amount]), [Schools], [12.30], [Roads], [4.00])
"""
SAID = b'#metadata("header-cell" in dictionary(pdf)) <said>'
tags = collections.Counter()
def walk(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            walk(child)
    elif isinstance(node, dict):
        tags[str(node.get("/S"))] += 1
        walk(node.get("/K", []))
pdf = typst.compile(TABLE, format="pdf", pdf_standards=["ua-1"], timestamp=0)
walk(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"])
print("TH", tags["/TH"], "TD", tags["/TD"])
said = typst.query(SAID, "<said>", field="value", one=True)
print("header-cell in pdf:", said.strip('"'))
print("an argument for features:", "features" in inspect.signature(typst.compile).parameters)
PY
)
printf 'typst %s\n%s\n' "$(env/bin/pip show typst | sed -n 's/^Version: //p')" "$seen"
[ "$seen" = "TH 2 TD 4
header-cell in pdf: false
an argument for features: False" ] || { echo 'the behaviour has changed' >&2; exit 1; }
