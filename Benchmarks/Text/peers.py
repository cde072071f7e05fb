"""What a user would pick instead of the text core and the checker, timed in its own process: peers.py TASK FILE [ROWS]."""
import csv
import itertools
import re
import resource
import sys
import unicodedata


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def rows(path, count):
    with open(path, encoding="utf-8", newline="") as file:
        return list(itertools.islice(csv.DictReader(file), count))


def mojimoji_width(path, count):
    import mojimoji

    values = [row[column] for row in rows(path, count) for column in ("氏名", "氏名カナ", "住所")]
    size = sum(len(value.encode()) for value in values)
    zen_to_han, han_to_zen = mojimoji.zen_to_han, mojimoji.han_to_zen
    begun = cpu()
    for value in values:
        zen_to_han(han_to_zen(value, digit=False, ascii=False), kana=False)
    print(cpu() - begun, size)


def japanera_dates(path, count):
    from japanera import EraDateTime

    forms = ["%-K%-y年%m月%d日", "%-h%-y.%m.%d", "%-h%-y/%m/%d", "%-K%-n年%-m月%-d日"]
    values = [unicodedata.normalize("NFKC", row["生年月日"]) for row in rows(path, count)]
    begun, right = cpu(), 0
    for value in values:
        for form in forms:
            try:
                found = [day for day in EraDateTime.strptime(value, form) if day.year >= 1868]
            except ValueError:
                continue
            if found:
                right += 1
                break
    print(cpu() - begun, len(values), right)


NAMES = "宛名番号 世帯番号 個人番号 氏名 氏名カナ 生年月日 性別 続柄 郵便番号 住所 市区町村コード 異動日 異動事由コード 電話番号".split()
PATTERNS = {
    "宛名番号": "[0-9]{10}", "世帯番号": "[0-9]{10}", "個人番号": "[0-9]{12}", "氏名カナ": "[ァ-ヴー　]+",
    "生年月日": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "続柄": "[0-9]{2}", "郵便番号": "[0-9]{7}",
    "市区町村コード": "[0-9]{6}", "異動日": "[0-9]{4}-[0-9]{2}-[0-9]{2}", "電話番号": "[0-9-]*"}
REQUIRED = {"宛名番号", "世帯番号", "氏名", "住所"}
CODES = {"性別": {"1", "2", "3"}, "異動事由コード": {"01", "02", "03", "10"}}
LENGTHS = {"氏名": 100, "住所": 200}


def python_check(path, count):
    patterns = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
    begun, found, seen = cpu(), [], set()
    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        columns = next(reader)
        for number, row in enumerate(reader, 1):
            if number > count:
                break
            for name, value in zip(columns, row):
                if not value:
                    if name in REQUIRED:
                        found.append((number, name, "required"))
                    continue
                pattern = patterns.get(name)
                if pattern and not pattern.fullmatch(value):
                    found.append((number, name, "pattern"))
                if name in CODES and value not in CODES[name]:
                    found.append((number, name, "enum"))
                if name in LENGTHS and len(value) > LENGTHS[name]:
                    found.append((number, name, "length"))
            if row[0] in seen:
                found.append((number, "宛名番号", "unique"))
            seen.add(row[0])
    print(cpu() - begun, count, len(found))


def frictionless_check(path, count):
    from frictionless import Resource, Schema, fields, system

    def field(name):
        constraints = {}
        if name in REQUIRED:
            constraints["required"] = True
        if name in PATTERNS:
            constraints["pattern"] = PATTERNS[name]
        if name in CODES:
            constraints["enum"] = sorted(CODES[name])
        if name in LENGTHS:
            constraints["maxLength"] = LENGTHS[name]
        if name == "宛名番号":
            constraints["unique"] = True
        return fields.StringField(name=name, constraints=constraints)

    begun = cpu()
    with system.use_context(trusted=True):
        report = Resource(path=path, schema=Schema(fields=[field(name) for name in NAMES])).validate(
            limit_errors=10_000_000, limit_rows=count)
    print(cpu() - begun, count, sum(len(task.errors) for task in report.tasks))


def addresses(path, _):
    import japanese_addresses

    begun = cpu()
    read = [japanese_addresses.separate_address(line.rstrip("\n")) for line in open(path, encoding="utf-8")]
    print(cpu() - begun, file=sys.stderr)
    for one in read:
        print(one.prefecture, one.city, one.street, 1, sep="\t")


if __name__ == "__main__":
    task, path = sys.argv[1:3]
    {"width": mojimoji_width, "dates": japanera_dates, "python": python_check, "frictionless": frictionless_check,
     "addresses": addresses}[task](path, int(sys.argv[3]) if len(sys.argv) > 3 else 10**9)
