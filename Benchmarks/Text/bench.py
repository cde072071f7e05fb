"""`make bench`, the part of texts and tables: each contestant on the same file in one run. With a path, the figures are put at
the end of that document. Needs the resident generator and the address sets beside the repository, and says so without them."""
import csv
import json
import os
import re
import resource
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
HERE, SHARED, WORK = f"{ROOT}/Benchmarks/Text", f"{ROOT}/../shared", f"{ROOT}/.build/bench-text"
ORIGAMI, TEXTS, PEERS = f"{ROOT}/.build/release/origami", f"{ROOT}/.build/release/texts", f"{ROOT}/.build/peers/bin/python"
ADDRESS_PEERS = f"{ROOT}/.build/peers-address/bin/python"
HEADING = "# 文字と表 / Text and tables"
lines, verdicts = [], []


def say(text=""):
    print(text, flush=True)
    lines.append(text)


def judge(is_met, words):
    verdicts.append(f"{'met     ' if is_met else 'NOT MET '} {words}")


def run(*command):
    """A command to its end: its output, CPU seconds, wall seconds and peak memory in MB."""
    code = (
        "import resource,subprocess,sys,time,json\n"
        "begun=time.time(); r=subprocess.run(sys.argv[1:],capture_output=True,text=True)\n"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([r.returncode,r.stdout,r.stderr,u.ru_utime+u.ru_stime,time.time()-begun,u.ru_maxrss/1024]))")
    out = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True).stdout
    status, text, errors, cpu, wall, memory = json.loads(out)
    if status not in (0, 1):
        sys.exit(f"{command}: {errors}")
    return text, errors, cpu, wall, memory


def numbers(text):
    return [float(word) for word in text.split()]


def residents(rows):
    path, truth = f"{WORK}/residents-{rows}.csv", f"{WORK}/truth-{rows}.csv"
    if not os.path.exists(truth):
        subprocess.run(
            [sys.executable, f"{SHARED}/data/residents/generate.py", "--rows", str(rows), "--output", path,
             "--truth", truth, "--tables", f"{SHARED}/facts/standard"], check=True)
    return path, truth


def tenfold(path):
    """The same rows ten times over, each time with other keys."""
    target = f"{WORK}/residents-10000000.csv"
    if not os.path.exists(target):
        with open(path, "rb") as source, open(target + ".part", "wb") as out:
            heading = source.readline()
            out.write(heading)
            for digit in b"0123456789":
                source.seek(len(heading))
                for line in source:
                    out.write(bytes([digit]) + line[1:])
        os.rename(target + ".part", target)
    return target


def check(path):
    say("check of an extract (14 items, every finding kept), 1,000,000 rows, %.0f MB" % (os.path.getsize(path) / 1e6))
    size, rows = os.path.getsize(path) / 1e6, 1_000_000
    schema = f"{HERE}/residents.yaml"
    text, _, cpu, wall, memory = run(ORIGAMI, "table", "check", path, "--schema", schema, "--parallel", "1")
    errors = int(re.search(r"要修正 (\d+)件、", text.splitlines()[-1]).group(1))
    say(f"  origami, one core         {rows / cpu:12,.0f} rows/s  {size / cpu:7.1f} MB/s CPU  {memory:6.0f} MB  {errors:,} findings")
    _, _, cpu2, wall2, memory2 = run(ORIGAMI, "table", "check", path, "--schema", schema, "--parallel", "2")
    say(f"  origami, two cores        {rows / wall2:12,.0f} rows/s  {size / wall2:7.1f} MB/s wall {memory2:6.0f} MB")
    text, _, _, _, peer_memory = run(PEERS, f"{HERE}/peers.py", "python", path, str(rows))
    seconds, _, found = numbers(text)
    say(f"  Python csv + re           {rows / seconds:12,.0f} rows/s  {size / seconds:7.1f} MB/s CPU  {peer_memory:6.0f} MB  {int(found):,} findings")
    text, _, _, _, frictionless_memory = run(PEERS, f"{HERE}/peers.py", "frictionless", path, "20000")
    slow, count, found = numbers(text)
    say(f"  frictionless (20,000 rows){count / slow:12,.0f} rows/s  {size / rows * count / slow:7.1f} MB/s CPU  {frictionless_memory:6.0f} MB")
    judge(size / cpu >= 100, f"check: 100 MB/s on one core ({size / cpu:.0f})")
    judge(max(memory, memory2) < 200, f"check: less than 200 MB memory ({max(memory, memory2):.0f})")
    judge(rows / cpu >= 30 * count / slow, f"check: 30 times frictionless ({rows / cpu / (count / slow):.0f})")
    judge(seconds / cpu >= 3, f"check: 3 times Python csv + re ({seconds / cpu:.1f})")


def flat(hundred, million):
    say("\nmemory of a check as the file grows")
    sizes = {}
    for rows, path in ((100_000, hundred), (1_000_000, million), (10_000_000, tenfold(million))):
        _, _, cpu, _, memory = run(ORIGAMI, "table", "check", path, "--schema", f"{HERE}/residents.yaml")
        sizes[rows] = memory
        say(f"  {rows:>10,} rows  {memory:6.0f} MB  {cpu:7.1f} s CPU")
    judge(sizes[10_000_000] < 1.5 * sizes[100_000], "check: memory flat from 100,000 to 10,000,000 rows")


def width(path):
    seconds, size, _ = numbers(run(TEXTS, "width", path)[0])
    peer, peer_size = numbers(run(PEERS, f"{HERE}/peers.py", "width", path)[0])
    ours, theirs = size / seconds / 1e6, peer_size / peer / 1e6
    say("\nwidth of names, kana and addresses, in memory")
    say(f"  origami   {ours:7.0f} MB/s\n  mojimoji  {theirs:7.0f} MB/s")
    judge(ours >= 3 * theirs, f"width: 3 times mojimoji ({ours / theirs:.1f})")


def dates(path, truth):
    seconds, count, wrong, missed = numbers(run(TEXTS, "dates", path, truth)[0])
    peer, peer_count, right = numbers(run(PEERS, f"{HERE}/peers.py", "dates", path, "20000")[0])
    say("\n和暦 and other dates")
    say(f"  origami   {count / seconds:12,.0f} /s  {int(wrong)} wrong, {int(missed)} missed of {int(count):,}")
    say(f"  japanera  {peer_count / peer:12,.0f} /s  {right / peer_count:.0%} answered (20,000 rows)")
    judge(count / seconds >= 20 * peer_count / peer, f"dates: 20 times japanera ({count / seconds / (peer_count / peer):.0f})")
    judge(wrong == 0 and missed == 0, "dates: no wrong answer and none missed")


def reconcile(path):
    other = f"{WORK}/after.csv"
    with open(path, encoding="utf-8", newline="") as source, open(other, "w", encoding="utf-8", newline="") as out:
        rows, after = csv.reader(source), csv.writer(out)
        for number, row in enumerate(rows):
            if number % 1000 == 7:
                row[11] = ""
            if number % 2000 != 9:
                after.writerow(row)
    text, _, cpu, wall, memory = run(ORIGAMI, "table", "reconcile", path, other, "--map", f"{HERE}/residents-map.yaml")
    say("\nreconciliation of 2 × 1,000,000 rows")
    say(f"  origami   {wall:.1f} s wall, {cpu:.1f} s CPU, {memory:.0f} MB; {text.splitlines()[-1]}")
    judge(wall < 20, f"reconciliation: under 20 s ({wall:.1f})")


def bare(town):
    """Without 大字 and 字, and with one spelling where those of a place exchange characters."""
    town = re.sub("^(大字|字)", "", town)
    return town.translate(str.maketrans("ヶがｹの彌莵槇", "ケケケノ弥菟槙"))


def towns(row):
    """The town with its 丁目, or with its 小字, which tables have in either place."""
    return {bare(row["oaza_cho"] + row["chome"]), bare(row["oaza_cho"] + row["koaza"])} - ({""} if row["koaza"] else set())


def addresses():
    subprocess.run([ADDRESS_PEERS, f"{HERE}/address-data.py", WORK, f"{SHARED}/facts/standard/municipality_codes.csv"], check=True)
    sets = []
    with open(f"{SHARED}/data/addresses/test_addresses_geolonia_nja.csv", encoding="utf-8", newline="") as file:
        sets.append(("normalize-japanese-addresses, 3,556", [
            (row["住所"], (row["都道府県"], row["市区町村"], {bare(row["町字"])})) for row in csv.DictReader(file)]))
    with open(f"{SHARED}/data/addresses/test_abr_geocoder_e2e.tsv", encoding="utf-8", newline="") as file:
        sets.append(("abr-geocoder, 325", [
            (row["input"], (row["pref"], row["county"] + row["city"] + row["ward"], towns(row)))
            for row in csv.DictReader(file, delimiter="\t")]))
    say("\naddresses: prefecture, municipality and town as expected; an answer of which the program is not sure is none")
    for name, expected in sets:
        path = f"{WORK}/addresses.txt"
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(text for text, _ in expected))
        results = {}
        for who, command in (
                ("origami", [TEXTS, "addresses", path, f"{WORK}/towns.csv", f"{WORK}/KEN_ALL.CSV"]),
                ("japanese_addresses", [ADDRESS_PEERS, f"{HERE}/peers.py", "addresses", path])):
            out, errors, *_ = run(*command)
            answers = [line.split("\t") for line in out.split("\n")][:len(expected)]
            right = wrong = 0
            for (_, wanted), (prefecture, city, town, sure) in zip(expected, answers):
                if (prefecture, city) == wanted[:2] and bare(town) in wanted[2]:
                    right += 1
                elif town and float(sure) >= 0.8:
                    wrong += 1
            results[who] = (right, wrong)
            say(f"  {name:36} {who:20} {right:5} right {wrong:4} wrong  {len(expected) / float(errors.split()[-1]):10,.0f} /s")
        ours, theirs = results["origami"], results["japanese_addresses"]
        judge(ours[0] >= theirs[0] and (ours[1] < theirs[1] or ours[1] == 0), f"addresses ({name}): as many right and fewer wrong than the peer")


def main():
    if not os.path.exists(f"{SHARED}/data/residents/generate.py"):
        return print("bench: 住民の見本をつくる data/residents/generate.py が要ります。文字と表は測りません")
    os.makedirs(WORK, exist_ok=True)
    hundred, _ = residents(100_000)
    million, truth = residents(1_000_000)
    check(million)
    flat(hundred, million)
    width(million)
    dates(million, truth)
    reconcile(million)
    addresses()
    say()
    for verdict in verdicts:
        say(verdict)
    if len(sys.argv) > 1:
        with open(sys.argv[1], encoding="utf-8") as file:
            before = file.read().split(f"\n{HEADING}")[0].rstrip()
        with open(sys.argv[1], "w", encoding="utf-8") as file:
            file.write(before + f"\n\n{HEADING}\n\n```text\n" + "\n".join(lines) + "\n```\n")


main()
