"""Prints what the server's database holds of a session, as JSON: `kept.py DATABASE SESSION`; bytes in hexadecimal."""

import json
import sqlite3
import sys
import uuid


def rows(database, query, *values):
    found = database.execute(query, values)
    names = [column[0] for column in found.description]
    return [{name: plain(value) for name, value in zip(names, row)} for row in found]


def plain(value):
    return value.hex() if isinstance(value, bytes) else value


def main():
    # Read only: what is looked at is what the server left.
    database = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", timeout=10, uri=True)
    session = uuid.UUID(sys.argv[2]).bytes
    print(
        json.dumps(
            {
                "integrity": database.execute("PRAGMA integrity_check").fetchall()[0][0],
                "foreign_keys": len(database.execute("PRAGMA foreign_key_check").fetchall()),
                "session": rows(database, "SELECT * FROM sessions WHERE id = ?", session)[0],
                "seals": rows(database, "SELECT seal FROM record_seals WHERE session_id = ? ORDER BY seq", session),
                "events": rows(database, "SELECT * FROM session_events WHERE session_id = ? ORDER BY seq", session),
            }
        )
    )


main()
