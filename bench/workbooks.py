#!/usr/bin/env python3
"""The workbooks whose import is measured, and the reading of one with openpyxl that it stands beside.

    workbooks.py write OUTDIR         book.xlsx: a department of bench/corpus.py, its nine tables on nine sheets and its 26
                                      projects on one more; rows.xlsx: one table of 20,000 rows and six columns
    workbooks.py read FILE [--stream] every cell of a workbook: its value, its number format, what is merged; `--stream`
                                      reads rows one after another, which is openpyxl's quicker way and knows no merged cells
    workbooks.py cells OUT FILE...    every cell of some workbooks with its look, their widths, heights and merged areas, as JSON
    workbooks.py again CELLS OUT      the workbooks of that JSON, written by openpyxl into a folder

Runs in the Python of bench/peers.py, which holds openpyxl. Numbers are numbers with a format, as an office types them.
"""
import json, os, sys

import openpyxl

HERE = os.path.dirname(os.path.abspath(__file__))
FIELDS = [("项目编码", "code"), ("项目名称", "name"), ("预算数", "budget"), ("其中：财政资金", "fiscal"), ("其他资金", "other"), ("资金用途", "purpose")]
INDICATORS = ["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]
ROWS = 20_000


def put(sheet, row, column, text):
    """A cell as an office types it."""
    if not text:
        return
    cell = sheet.cell(row, column)
    if "." in text and text.replace(".", "").replace("-", "").isdigit():
        cell.value, cell.number_format = float(text), "#,##0." + "0" * len(text.split(".")[1])
    else:
        cell.value = text


def head(sheet, title, year, columns):
    """The lines above a table and its headings; the row behind them."""
    width = len(columns)
    sheet.cell(1, 1, title)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=width)
    sheet.cell(2, 1, "预算年度：%s" % year)
    sheet.cell(2, width, "单位：万元")
    at = 1
    while at <= width:
        group = columns[at - 1]["group"]
        last = at
        while group and last < width and columns[last]["group"] == group:
            last += 1
        if group:
            sheet.cell(3, at, group)
            sheet.merge_cells(start_row=3, end_row=3, start_column=at, end_column=last)
            for column in range(at, last + 1):
                sheet.cell(4, column, columns[column - 1]["label"])
        else:
            sheet.cell(3, at, columns[at - 1]["label"])
            sheet.merge_cells(start_row=3, end_row=4, start_column=at, end_column=at)
        at = last + 1
    return 5


def table(sheet, page, year):
    row = head(sheet, page["title"], year, page["columns"])
    for cells in page["rows"]:
        for column, text in enumerate(cells, 1):
            put(sheet, row, column, text)
        row += 1
    if page["note"]:
        sheet.cell(row, 1, page["note"])


def project(sheet, page, number, row):
    """A project from a row on; the row behind it."""
    sheet.cell(row, 1, "%d、%s" % (number, page["title"]))
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=6)
    for title, key in FIELDS:
        row += 1
        sheet.cell(row, 1, title)
        put(sheet, row, 2, page[key])
    sheet.cell(row + 1, 1, "资金支出计划（%）")
    for column, (step, share) in enumerate(zip(["3月底", "6月底", "10月底", "12月底"], page["plan"]), 2):
        sheet.cell(row + 1, column, step)
        put(sheet, row + 2, column, share)
    sheet.cell(row + 3, 1, "绩效目标")
    sheet.cell(row + 3, 2, "\n".join(page["goals"]))
    row += 4
    for cells in [INDICATORS] + page["indicators"]:
        for column, text in enumerate(cells, 1):
            put(sheet, row, column, text)
        row += 1
    return row + 1


def write(folder):
    sys.path.insert(0, HERE)
    import corpus
    year, dis = next((d["year"], d) for d in corpus.disclosures("1", 5) if d["year"] == 2025)
    pages = dis["pages"]
    book = openpyxl.Workbook()
    book.remove(book.active)
    tables = [page for page in pages if page["kind"] == "table"]
    for number, page in enumerate(tables, 1):
        table(book.create_sheet("附表%d" % number), page, year)
    sheet, row = book.create_sheet("项目"), 1
    for number, page in enumerate((page for page in pages if page["kind"] == "target"), 1):
        row = project(sheet, page, number, row)
    book.save(os.path.join(folder, "book.xlsx"))

    page = next(page for page in tables if len(page["columns"]) == 6 and page["rows"])
    codes = [str(2010000 + number) for number in range(1, ROWS + 1)]
    rows = [[str(n), code, "科目%d" % n, "%d.%02d" % (n * 3, n % 100), "%d.00" % n, "%d.%02d" % (n * 2, n % 100)] for n, code in enumerate(codes, 1)]
    book = openpyxl.Workbook()
    table(book.active, dict(page, rows=rows, note=None), year)
    book.save(os.path.join(folder, "rows.xlsx"))


def read(path, stream):
    book = openpyxl.load_workbook(path, data_only=True, read_only=stream)
    count = 0
    for sheet in book.worksheets:
        merged = [] if stream else list(sheet.merged_cells.ranges)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    count += 1
                    str(cell.value), cell.number_format
        count += 0 * len(merged)
    print(count)


def look(cell):
    """How a cell looks, as a text: cells of one look share it."""
    font, side = cell.font, cell.alignment
    return json.dumps([cell.number_format, font.b, font.u, font.sz, font.color.rgb if font.color and font.color.type == "rgb" else None, cell.fill.fill_type and cell.fill.fgColor.rgb,
                       cell.border.left.style, side.horizontal, side.vertical, side.wrap_text, int(side.indent)])


def cells(out, paths):
    books = []
    for path in paths:
        book, sheets, looks = openpyxl.load_workbook(path), [], {}
        for sheet in book.worksheets:
            # The empty cells of a merged area are those of a class of their own.
            filled = [[c.row, c.column, c.value, looks.setdefault(look(c), len(looks))] for row in sheet.iter_rows() for c in row
                      if c.value is not None or c.has_style]
            page = [sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation, sheet.auto_filter.ref]
            sheets.append({"name": sheet.title, "cells": filled, "merged": [str(area) for area in sheet.merged_cells.ranges], "page": page,
                           "widths": {key: one.width for key, one in sheet.column_dimensions.items()},
                           "heights": {key: one.height for key, one in sheet.row_dimensions.items() if one.height}})
        books.append({"name": os.path.basename(path), "looks": [json.loads(one) for one in looks], "sheets": sheets})
    with open(out, "w", encoding="utf-8") as file:
        json.dump(books, file)


def again(path, folder):
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    os.makedirs(folder)
    with open(path, encoding="utf-8") as file:
        books = json.load(file)
    for one in books:
        looks = []
        for number, bold, under, size, color, fill, border, across, upright, wraps, indent in one["looks"]:
            line = Side(style=border)
            looks.append((number, Font(name="Calibri", b=bold, u=under, sz=size, color=color),
                          PatternFill(fill_type="solid", fgColor=fill) if fill else PatternFill(), Border(left=line, right=line, top=line, bottom=line),
                          Alignment(horizontal=across, vertical=upright, wrap_text=wraps, indent=indent)))
        book = openpyxl.Workbook()
        book.remove(book.active)
        for page in one["sheets"]:
            sheet = book.create_sheet(page["name"])
            for row, column, value, at in page["cells"]:
                cell = sheet.cell(row, column, value)
                cell.number_format, cell.font, cell.fill, cell.border, cell.alignment = looks[at]
            for area in page["merged"]:
                sheet.merge_cells(area)
            for key, width in page["widths"].items():
                sheet.column_dimensions[key].width = width
            for key, height in page["heights"].items():
                sheet.row_dimensions[int(key)].height = height
            sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.orientation, sheet.auto_filter.ref = page["page"]
        book.save(os.path.join(folder, one["name"]))


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2])
    elif sys.argv[1] == "cells":
        cells(sys.argv[2], sys.argv[3:])
    elif sys.argv[1] == "again":
        again(sys.argv[2], sys.argv[3])
    else:
        read(sys.argv[2], "--stream" in sys.argv)
