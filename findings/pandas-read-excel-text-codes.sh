#!/usr/bin/env bash
# pandas 3.1.1 with openpyxl 3.1.5, `read_excel`: a column of codes stored as TEXT cells comes back as
# numbers. Guess: what is text in a sheet stays text, since its cells say so. Seen: types are guessed
# anew: `205` becomes 205.0 where a cell of the column is empty, and `001` loses its noughts.
# `dtype=str` keeps them.
#
# Output seen:
#   left to guess: 205.0 1
#   dtype=str: 205 001
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pandas==3.1.1 openpyxl==3.1.5
seen=$(env/bin/python - <<'PY'
import openpyxl, pandas
book = openpyxl.Workbook()
sheet = book.active
for row in [["class", "item"], ["205", "001"], [None, "002"], ["20502", "010"]]:
    sheet.append(row)
assert sheet["A2"].data_type == "s" and sheet["B2"].data_type == "s"
book.save("codes.xlsx")
left = pandas.read_excel("codes.xlsx")
told = pandas.read_excel("codes.xlsx", dtype=str)
print("left to guess:", left["class"].tolist()[0], left["item"].tolist()[0])
print("dtype=str:", told["class"].tolist()[0], told["item"].tolist()[0])
PY
)
printf 'pandas %s\n%s\n' "$(env/bin/python -c 'import pandas; print(pandas.__version__)')" "$seen"
[ "$seen" = "left to guess: 205.0 1
dtype=str: 205 001" ] || { echo 'the behaviour has changed' >&2; exit 1; }
