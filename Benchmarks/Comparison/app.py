"""The same journey as a town would get it from a small web framework: Flask over sqlite3, durable (synchronous=FULL).

Answers are kept as they were typed: no sealing, no trail, no outbox, no checks. Started under gunicorn with two workers.
The pages have the addresses and controls of the real ones, so that the same clients drive both.
"""

import os
import secrets
import sqlite3
import sys

import water_form
from flask import Flask, g, redirect, render_template_string, request

app = Flask(__name__)
FORM = water_form.FORM

LAYOUT = """<!DOCTYPE html><html lang="ja"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="stylesheet" href="/static/style.css"></head><body><header><a href="/">上三川町 オンライン手続</a></header>
<main id="main">{{ body }}</main><footer>上三川町 役場 0285-56-9188</footer></body></html>"""


def page(title, template, **values):
    from markupsafe import Markup

    return render_template_string(LAYOUT, title=title, body=Markup(render_template_string(template, **values)))


def database():
    if "database" not in g:
        g.database = sqlite3.connect(os.environ["COMPARISON_DATABASE"], timeout=10, isolation_level=None)
        g.database.execute("PRAGMA journal_mode = WAL")
        g.database.execute("PRAGMA synchronous = FULL")
        g.database.row_factory = sqlite3.Row
    return g.database


@app.teardown_appcontext
def close(_):
    if "database" in g:
        g.database.close()


def make(cases):
    """Makes the tables and so many applications."""
    with app.app_context():
        db = database()
        db.executescript(
            """
            CREATE TABLE application (id TEXT PRIMARY KEY, session TEXT, status TEXT NOT NULL, number TEXT UNIQUE,
                submission TEXT UNIQUE, due_on TEXT, name TEXT);
            CREATE TABLE answer (application TEXT, control TEXT, value TEXT, PRIMARY KEY (application, control));
            CREATE INDEX application_open ON application (status, due_on, id);
            """
        )
        db.execute("BEGIN")
        for index in range(cases):
            db.execute(
                "INSERT INTO application VALUES (?, '', 'submitted', ?, NULL, ?, ?)",
                (secrets.token_hex(16), f"R8-{index:08}", f"2026-12-{index % 28 + 1:02}", "見本　花子"),
            )
        db.execute("COMMIT")


def application(id):
    row = database().execute(
        "SELECT * FROM application WHERE id = ? AND session = ?", (id, request.cookies.get("session", ""))
    ).fetchone()
    if row is None:
        from flask import abort

        abort(404)
    return row


@app.get("/procedures/<card>")
def procedure(card):
    return page(
        FORM["title"],
        """<h1>{{ form.title }}</h1><p>{{ form.summary }}</p><form method="post" action="/procedures/{{ card }}/apply">
        <button>オンラインで申請する</button></form><dl>{% for name, value in form.facts %}<dt>{{ name }}</dt><dd>{{ value }}</dd>
        {% endfor %}</dl>""",
        form=FORM, card=card,
    )


@app.post("/procedures/<card>/apply")
def apply(card):
    id, session = secrets.token_hex(16), request.cookies.get("session") or secrets.token_hex(32)
    database().execute("INSERT INTO application (id, session, status) VALUES (?, ?, 'draft')", (id, session))
    response = redirect(f"/applications/{id}/{FORM['pages'][0]['id']}", 303)
    response.set_cookie("session", session, httponly=True)
    return response


@app.get("/applications/<id>/check")
def check(id):
    application(id)
    answers = database().execute("SELECT control, value FROM answer WHERE application = ?", (id,)).fetchall()
    return page(
        "確認",
        """<h1>内容をお確かめください</h1><dl>{% for row in answers %}<dt>{{ row.control }}</dt><dd>{{ row.value }}</dd>
        {% endfor %}</dl><form method="post" action="/applications/{{ id }}/submit">
        <input type="hidden" name="submission" value="{{ submission }}"><input type="hidden" name="revision" value="1">
        <button>申請する</button></form>""",
        id=id, answers=answers, submission=secrets.token_hex(16),
    )


@app.post("/applications/<id>/submit")
def submit(id):
    application(id)
    db = database()
    db.execute("BEGIN IMMEDIATE")
    name = db.execute("SELECT value FROM answer WHERE application = ? AND control = 'user.family'", (id,)).fetchone()
    number = "R8-" + secrets.token_hex(4).upper()
    db.execute(
        "UPDATE application SET status = 'submitted', number = ?, submission = ?, due_on = '2026-12-01', name = ? WHERE id = ?",
        (number, request.form["submission"], name[0] if name else "", id),
    )
    db.execute("COMMIT")
    return redirect(f"/applications/{id}/receipt", 303)


@app.get("/applications/<id>/receipt")
def receipt(id):
    return page("受付", "<h1>受け付けました</h1><p>{{ row.number }}</p>", row=application(id))


@app.route("/applications/<id>/<name>", methods=["GET", "POST"])
def question(id, name):
    application(id)
    names = [item["id"] for item in FORM["pages"]]
    index = names.index(name)
    item = FORM["pages"][index]
    if request.method == "POST":
        db = database()
        db.execute("BEGIN IMMEDIATE")
        for control in request.form:
            db.execute(
                "INSERT INTO answer VALUES (?, ?, ?) ON CONFLICT (application, control) DO UPDATE SET value = excluded.value",
                (id, control, request.form[control]),
            )
        db.execute("COMMIT")
        following = names[index + 1] if index + 1 < len(names) else "check"
        return redirect(f"/applications/{id}/{following}", 303)
    answers = dict(
        database().execute("SELECT control, value FROM answer WHERE application = ?", (id,)).fetchall()
    )
    return page(
        item["question"],
        """<form method="post"><h1>{{ item.question }}</h1>{% for control, label in item.controls %}
        <label for="{{ control }}">{{ label }}</label>
        <input id="{{ control }}" name="{{ control }}" value="{{ answers.get(control, '') }}">{% endfor %}
        <button>次へ進む</button></form>""",
        item=item, answers=answers,
    )


@app.get("/desk")
def desk():
    db = database()
    counts = db.execute("SELECT status, count(*) AS n FROM application WHERE status <> 'draft' GROUP BY status").fetchall()
    rows = db.execute(
        "SELECT * FROM application WHERE status = 'submitted' ORDER BY due_on, id LIMIT 50"
    ).fetchall()
    return page(
        "申請一覧",
        """<h1>申請一覧</h1><ul>{% for row in counts %}<li>{{ row.status }} {{ row.n }}</li>{% endfor %}</ul><table>
        {% for row in rows %}<tr><td><a href="/desk/cases/{{ row.id }}">{{ row.number }}</a></td><td>{{ row.name }}</td>
        <td>{{ row.due_on }}</td><td>{{ row.status }}</td></tr>{% endfor %}</table>""",
        counts=counts, rows=rows,
    )


if __name__ == "__main__":
    make(int(sys.argv[1]))
