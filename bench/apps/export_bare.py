"""Floor: the rows of `export notes` as JSON Lines by nothing but the standard library."""

import json
import sqlite3
import sys

FIELDS = ("session", "citizen", "case_key", "caseworker", "held_at", "theme", "text", "template", "version", "at")
connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
rows = connection.execute(
    "SELECT s.key, s.citizen, c.case_key, s.caseworker, s.held_at, s.theme, n.text, n.template, n.version, n.at"
    " FROM session s JOIN note n ON n.session = s.key JOIN citizen c ON c.key = s.citizen"
    " WHERE s.status = 'completed' ORDER BY s.key"
)
write, encode = sys.stdout.write, json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
for row in rows:
    write(encode({name: value for name, value in zip(FIELDS, row, strict=True) if value is not None}) + "\n")
