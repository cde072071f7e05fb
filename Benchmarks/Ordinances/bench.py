"""`make bench`, the part of ordinances: how right the judgement is, and how fast a whole collection is read, resolved and judged beside
plain Python `re` over the same list of keywords (which does none of the rest), in one run. With a path, the figures are put at the end
of that document. Needs the judged provisions beside the repository, or a list of one's own: LABELS=FILE."""
import glob
import json
import os
import re
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED, WORK = f"{ROOT}/../shared", f"{ROOT}/.build/bench-ordinances"
ORIGAMI = f"{ROOT}/.build/release/origami"
HEADING = "# 例規 / Ordinances"
NARROW = (
    "目視 立会 立ち会 巡視 監視 現地調査 現地確認 実態調査 実地 立入 立ち入 臨検 点検 年1回 1年に1回 月1回 1回以上 定期検査 定期に "
    "定期的 常駐 駐在 専任 専従 常時 責任者を置 講習 面前 面接 面談 出頭 掲示 掲出 標識 公示 公告 見やすい 閲覧 縦覧 備え置 備え付 備付 "
    "磁気ディスク 磁気テープ CD ビデオ 電磁的記録媒体 フロッピー").split()
lines = []


def say(text=""):
    print(text, flush=True)
    lines.append(text)


def run(*command):
    """A command to its end: CPU seconds, wall seconds and peak memory in MB."""
    code = (
        "import resource,subprocess,sys,time,json\n"
        "begun=time.time(); r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stderr=subprocess.PIPE,text=True)\n"
        "u=resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([r.returncode,r.stderr,u.ru_utime+u.ru_stime,time.time()-begun,u.ru_maxrss/1024]))")
    out = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True).stdout
    status, errors, cpu, wall, memory = json.loads(out)
    if status not in (0, 1):
        sys.exit(f"{command}: {errors}")
    return cpu, wall, memory


def corpus(size):
    """Documents of 三郷市 as plain text, again and again under other names until there are so many characters."""
    folder = f"{WORK}/{size}"
    if os.path.exists(f"{folder}/ready"):
        return folder, int(open(f"{folder}/ready").read())
    os.makedirs(folder, exist_ok=True)
    documents = [json.loads(line) for line in open(f"{SHARED}/data/ordinances/misato-dev.jsonl", encoding="utf-8")]
    characters = number = 0
    while characters < size:
        document = documents[number % len(documents)]
        parts = [document["header"].replace(" ", "\n", 1)]
        for clause in document["clauses"]:
            head = re.match(r"^(\([^()]*\)) (第[0-9]+条.*)$", clause, re.S)
            parts += ["", head[1], head[2].replace("\n", " ")] if head else [clause.replace("\n", " ")]
        text = "\n".join(parts)
        with open(f"{folder}/{number:05}.txt", "w", encoding="utf-8") as out:
            out.write(text)
        characters += len(text)
        number += 1
    with open(f"{folder}/ready", "w") as out:
        out.write(str(characters))
    return folder, characters


PYTHON = """
import glob, re, sys
words = re.compile("|".join(map(re.escape, sys.argv[2:])))
hits = 0
for file in glob.glob(sys.argv[1] + "/*.txt"):
    for line in open(file, encoding="utf-8"):
        hits += len(words.findall(line))
print(hits)
"""


def main():
    labels = os.environ.get("LABELS") or f"{SHARED}/data/ordinances/labels-dev.csv"
    say(HEADING)
    say()
    if os.path.exists(labels):
        say(subprocess.run([ORIGAMI, "ordinance", "measure", labels], capture_output=True, text=True, check=True).stdout.strip())
    else:
        say("判定済みの条文がないので、正しさは測っていません (LABELS=ファイル)")
    if not os.path.exists(f"{SHARED}/data/ordinances/misato-dev.jsonl"):
        say("三郷市の例規がないので、速さは測っていません")
        return
    say()
    say("| 何を | 文字 | CPU秒 | 文字/秒 | 最大メモリMB |")
    say("|---|--:|--:|--:|--:|")
    memories = []
    for size in (300_000, 3_000_000):
        folder, characters = corpus(size)
        for name, command in (
                ("Origami: 読み、引用をたどり、判定する", [ORIGAMI, "ordinance", "judge", folder]),
                ("Python re: 48語を探すだけ", [sys.executable, "-c", PYTHON, folder, *NARROW])):
            cpu, _, memory = min(run(*command) for _ in range(2))
            say(f"| {name} | {characters:,} | {cpu:.2f} | {characters / cpu:,.0f} | {memory:.0f} |")
            if name.startswith("Origami"):
                memories.append((characters, cpu, memory))
    (_, _, little), (characters, cpu, much) = memories
    say()
    for is_met, words in (
            (cpu < 2, f"町の例規集 ({characters:,} 文字) を2秒以内に: {cpu:.2f}秒"),
            (much < 300, f"300MB以内で: {much:.0f}MB")):
        say(f"- {'met     ' if is_met else 'NOT MET '} {words}")
    say(f"- 十倍の例規で、メモリは {much / little:.1f} 倍")


main()
if len(sys.argv) > 1:
    with open(sys.argv[1], encoding="utf-8") as document:
        before = document.read().split(HEADING)[0].rstrip()
    with open(sys.argv[1], "w", encoding="utf-8") as document:
        document.write(before + "\n\n" + "\n".join(lines) + "\n")
