"""Prints the cells of an Excel file's first sheet as JSON, row by row, each as text: `sheet.py FILE`."""

import json
import sys
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def text(cell, shared):
    if cell.get("t") == "s":
        return shared[int(cell.findtext(f"{MAIN}v"))]
    return "".join(each.text or "" for each in cell.iter() if each.tag in (f"{MAIN}v", f"{MAIN}t"))


def main():
    with zipfile.ZipFile(sys.argv[1]) as file:
        shared = []
        if "xl/sharedStrings.xml" in file.namelist():
            strings = ElementTree.fromstring(file.read("xl/sharedStrings.xml"))
            shared = ["".join(t.text or "" for t in each.iter(f"{MAIN}t")) for each in strings.iter(f"{MAIN}si")]
        sheet = ElementTree.fromstring(file.read("xl/worksheets/sheet1.xml"))
    print(json.dumps([[text(cell, shared) for cell in row.iter(f"{MAIN}c")] for row in sheet.iter(f"{MAIN}row")]))


main()
