"""`make bench`, the part of governance: the public page beside the same page from Flask, and the table of actions beside workbooks put
together with openpyxl, in one run, on the sample town. With a path, the figures are put at the end of that document."""
import csv
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WORK, ORIGAMI = f"{ROOT}/.build/bench-governance", f"{ROOT}/.build/release/origami"
VENV = f"{ROOT}/.build/comparison/bin"
HEADING = "# 計画の推進 / Governance"
PORT, PEER = 8471, 8473
lines = []


def say(text=""):
    print(text, flush=True)
    lines.append(text)


def get(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as reply:
        return reply.read()


def wait(port, path):
    for _ in range(200):
        try:
            return get(port, path)
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nothing answers on {port}")


def load(port, path):
    """Requests a second, and the slowest hundredth in milliseconds."""
    out = subprocess.run(
        ["wrk", "-t1", "-c8", "-d5s", "--latency", f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True).stdout
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", out).groups()
    if "Non-2xx" in out:
        sys.exit(out)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]), float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def memory(group):
    """Peak MB of a process and its children."""
    pids = [group] + [int(pid) for pid in subprocess.run(["pgrep", "-P", str(group)], capture_output=True, text=True).stdout.split()]
    return sum(int(re.search(r"VmHWM:\s+(\d+)", open(f"/proc/{pid}/status").read())[1]) for pid in pids) / 1024


def run(*command, **more):
    """A command to its end, the best of five: CPU seconds and peak memory in MB."""
    code = (
        "import resource,subprocess,sys,json\n"
        "r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE,text=True)\n"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([r.returncode,r.stderr,u.ru_utime+u.ru_stime,u.ru_maxrss/1024]))")
    best = None
    for _ in range(5):
        out = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True, **more).stdout
        status, errors, cpu, peak = json.loads(out)
        if status:
            sys.exit(f"{command}: {errors}")
        best = min(best or (cpu, peak), (cpu, peak))
    return best


def peer_database(progress):
    """The numbers of the public page, as another program would keep them."""
    path = f"{WORK}/peer.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE use (name, percent, sent)")
        database.executemany("INSERT INTO use VALUES (?,?,?)", [(u["name"], u.get("percent"), u.get("sent")) for u in progress["use"]])
        database.execute("CREATE TABLE actions (item, title, state, kpi, value, target)")
        database.executemany("INSERT INTO actions VALUES (?,?,?,?,?,?)", [
            (item["name"], action["title"], action["state"], kpi["name"], kpi.get("value"), kpi.get("target"))
            for item in progress["items"] for action in item["actions"] for kpi in action["kpis"]])
        database.execute("CREATE TABLE tried (title, fact, expected, found, reason)")
        database.executemany("INSERT INTO tried VALUES (?,?,?,?,?)", [
            (trial["title"], trial["fact"], trial.get("expected"), trial.get("found"), trial["reason"]) for trial in progress["tried"]])
        database.execute("CREATE TABLE levels (name, level, missing)")
        database.executemany("INSERT INTO levels VALUES (?,?,?)", [
            (level["name"], level.get("level"), "、".join(level["missing"])) for level in progress["levels"]])
    return path


def workbooks(table):
    """The actions of the sample as workbooks of 25 sections, the same ones again and again."""
    folder = f"{WORK}/sheets"
    os.makedirs(folder)
    rows = list(csv.DictReader(io.StringIO(table)))
    code = (
        "import json,sys\nfrom openpyxl import Workbook\n"
        "rows=json.load(sys.stdin)\n"
        "for section in range(25):\n"
        "    book=Workbook(); sheet=book.active; sheet.append(['番号','取組','KPI','基準値','目標値','実績値'])\n"
        "    for row in rows[section::25] or rows[:1]: sheet.append(row)\n"
        f"    book.save(f'{folder}/{{section:02}}.xlsx')\n")

    def number(text):
        return float(text) if text else None

    cells = [[row["番号"], row["取組"], row["KPI"], number(row["基準値"]), number(row["目標値"]), number(row["実績値"])] for row in rows]
    subprocess.run([f"{VENV}/python", "-c", code], input=json.dumps(cells), text=True, check=True)
    return folder


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(WORK)
    settings = {**os.environ, "ORIGAMI_DATA": f"{WORK}/town", "ORIGAMI_PORT": str(PORT), "ORIGAMI_OPERATIONS_PORT": str(PORT + 1)}
    subprocess.run([ORIGAMI, "init", "--town", f"{ROOT}/towns/kaminokawa"], env=settings, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([ORIGAMI, "serve"], env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(PORT, "/progress")
        os.environ["PEER_DATABASE"] = peer_database(json.loads(get(PORT, "/progress.json")))
        peer = subprocess.Popen(
            [f"{VENV}/gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{PEER}", "--chdir", f"{ROOT}/Benchmarks/Governance", "peers:app"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait(PEER, "/progress")
            pages(server.pid, peer.pid)
        finally:
            peer.send_signal(signal.SIGTERM)
            peer.wait()
        batch(settings)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def pages(server, peer):
    say(HEADING)
    say()
    say("| 公開の進み具合 (8人が同時に) | 毎秒 | 99% (ms) | KB | 最大メモリMB |")
    say("|---|--:|--:|--:|--:|")
    found = {}
    for name, port, process in (("Origami", PORT, server), ("Flask + sqlite3 (gunicorn 2)", PEER, peer)):
        rate, slow = load(port, "/progress")
        found[name] = rate
        say(f"| {name} | {rate:,.0f} | {slow:.1f} | {len(get(port, '/progress')) / 1024:.0f} | {memory(process):.0f} |")
    ours, theirs = found.values()
    say()
    say(f"- {'met     ' if ours > theirs else 'NOT MET '} Flaskの同じ数のページより速く: {ours / theirs:.1f}倍")


def batch(settings):
    table = subprocess.run([ORIGAMI, "plan", "actions"], env=settings, capture_output=True, check=True).stdout.decode("utf-8-sig")
    folder = workbooks(table)
    ours = run(ORIGAMI, "plan", "actions", env=settings)
    theirs = run(f"{VENV}/python", f"{ROOT}/Benchmarks/Governance/peers.py", "sheets", folder)
    say()
    say("| 取組の取りまとめと評価 | CPU秒 | 最大メモリMB |")
    say("|---|--:|--:|")
    say(f"| Origami: 記録から数え、評価をつけた表を出す | {ours[0]:.2f} | {ours[1]:.0f} |")
    say(f"| openpyxl: 25課のブックを一つの表にし、評価をつける | {theirs[0]:.2f} | {theirs[1]:.0f} |")
    say()
    say(f"- {'met     ' if ours[0] < theirs[0] else 'NOT MET '} ブックを集めるより速く: {theirs[0] / ours[0]:.1f}倍")


main()
if len(sys.argv) > 1:
    with open(sys.argv[1], encoding="utf-8") as document:
        before = document.read().split(HEADING)[0].rstrip()
    with open(sys.argv[1], "w", encoding="utf-8") as document:
        document.write(before + "\n\n" + "\n".join(lines) + "\n")
