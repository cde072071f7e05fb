"""Reads an XLSX file from standard input with Python's own zip and XML. Writes a line for each sheet: its name, how many
rows stand fast, then its rows; a cell is its kind and what it holds. Fields are separated by tabs."""

import io
import sys
import xml.etree.ElementTree as tree
import zipfile

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
book = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert book.testzip() is None
shared = []
if "xl/sharedStrings.xml" in book.namelist():
    for item in tree.fromstring(book.read("xl/sharedStrings.xml")):
        shared.append("".join(part.text or "" for part in item.iter(SHEET + "t")))
styles = tree.fromstring(book.read("xl/styles.xml"))
formats = {item.get("numFmtId"): item.get("formatCode") for item in styles.iter(SHEET + "numFmt")}
kinds = [formats.get(item.get("numFmtId"), item.get("numFmtId")) for item in styles.find(SHEET + "cellXfs")]
for number, sheet in enumerate(tree.fromstring(book.read("xl/workbook.xml")).find(SHEET + "sheets"), 1):
    page = tree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    pane = page.find(f".//{SHEET}pane")
    print("sheet", sheet.get("name"), pane.get("ySplit") if pane is not None else 0, sep="\t")
    for row in page.iter(SHEET + "row"):
        cells = []
        for cell in row:
            assert cell.find(SHEET + "f") is None, "a formula"
            value = cell.find(SHEET + "v")
            match cell.get("t", "n"):
                case "s":
                    cells.append("text:" + shared[int(value.text)])
                case "inlineStr":
                    cells.append("text:" + "".join(part.text or "" for part in cell.iter(SHEET + "t")))
                case "n" if value is not None:
                    style = kinds[int(cell.get("s", 0))]
                    cells.append(("day:" if style == "yyyy-mm-dd" else "number:") + value.text)
        print("row", *cells, sep="\t")
