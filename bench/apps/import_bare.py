"""Floor: an exchange file into tables of the same number of rows, by `json` and `executemany` alone: nothing is
checked, compared or kept as history."""

import json
import sqlite3
import sys
from itertools import islice
from pathlib import Path

connection = sqlite3.connect(sys.argv[2], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("BEGIN")
tables: dict[str, int] = {}


def put(name: str, rows: list[list[object]]) -> None:
    width = max(map(len, rows))
    if name not in tables:
        tables[name] = width
        columns = ", ".join(f"c{number}" for number in range(40))
        connection.execute(f'CREATE TABLE "{name}" ({columns})')
    marks = ", ".join("?" * 40)
    connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', [row + [None] * (40 - len(row)) for row in rows])


with Path(sys.argv[1]).open(encoding="utf-8") as file:
    while lines := list(islice(file, 500)):
        found: dict[str, list[list[object]]] = {}
        for line in lines:
            document = json.loads(line)
            kind, key, row = document.pop("kind"), document.get("key"), []
            for name, value in document.items():
                if isinstance(value, list) and value and isinstance(value[0], dict):
                    found.setdefault(f"{kind}_{name}", []).extend([key, *part.values()] for part in value)
                else:
                    row.append(json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value)
            found.setdefault(kind, []).append(row)
        for name, rows in found.items():
            put(name, rows)
connection.execute("COMMIT")
