"""What a town would pick instead. As a program: `peers.py sheets FOLDER` puts the workbooks of the sections together into one table of
grades, with openpyxl. Under gunicorn: the page of progress of the same numbers, from sqlite3 by a Jinja template, as a town's web
contractor would build it."""
import glob
import os
import sqlite3
import sys

PAGE = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>進み具合</title></head><body><h1>進み具合</h1>
<h2>使われているか</h2><table>{% for row in use %}<tr><th>{{ row.name }}</th><td>{{ row.percent }}</td><td>{{ row.sent }}</td></tr>{% endfor %}</table>
<h2>重点取組</h2>{% for row in actions %}<p>{{ row.item }} {{ row.title }} {{ row.state }} {{ row.kpi }} {{ row.value }} {{ row.target }}</p>{% endfor %}
<h2>試したこと</h2>{% for row in tried %}<h3>{{ row.title }}</h3><p>{{ row.fact }}</p><p>{{ row.expected }} {{ row.found }} {{ row.reason }}</p>{% endfor %}
<h2>手続きの段階</h2><table>{% for row in levels %}<tr><th>{{ row.name }}</th><td>{{ row.level }}</td><td>{{ row.missing }}</td></tr>{% endfor %}</table>
</body></html>"""


def grade(baseline, target, value):
    """S, A, B, C or none, by the same rule."""
    if target is None or value is None:
        return "-"
    if value >= target:
        return "S"
    if baseline is None:
        return "-"
    return "A" if value > baseline else "B" if value >= baseline * 0.9 else "C"


def sheets(folder):
    from openpyxl import Workbook, load_workbook

    book, lines = Workbook(write_only=True), 0
    place = book.create_sheet("取組")
    for file in sorted(glob.glob(f"{folder}/*.xlsx")):
        for number, title, kpi, baseline, target, value in load_workbook(file, read_only=True).active.iter_rows(min_row=2, values_only=True):
            place.append([number, title, kpi, baseline, target, value, grade(baseline, target, value)])
            lines += 1
    book.save(f"{folder}/all.out")
    print(lines)


if __name__ == "__main__":
    sheets(sys.argv[2])
else:
    from flask import Flask, g, render_template_string

    app = Flask(__name__)

    @app.get("/progress")
    def progress():
        if "database" not in g:
            g.database = sqlite3.connect(os.environ["PEER_DATABASE"])
            g.database.row_factory = sqlite3.Row
        tables = {name: g.database.execute(f"SELECT * FROM {name}").fetchall() for name in ("use", "actions", "tried", "levels")}
        return render_template_string(PAGE, **tables)

    @app.teardown_appcontext
    def close(_):
        if "database" in g:
            g.database.close()
