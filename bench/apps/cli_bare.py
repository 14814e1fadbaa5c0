"""Floor: 500 rows as CSV by nothing but the standard library's sqlite3."""

import sqlite3
import sys

connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
for key, day, score, note in connection.execute("select id, day, score, note from entry order by id"):
    sys.stdout.write(f"{key},{day},{score},{note}\n")
