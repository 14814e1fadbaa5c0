"""Texts that mean harm, or that programs trip over: what tests put wherever people type, import or name something."""

import json
import re
from pathlib import Path

MARKUP = (
    "[@click=app.quit]klik[/]",
    "[@click=app.bell('x')]x[/]",
    "[/]",
    "[red]x[/blue]",
    "[red]x[/",
    'a[/=$"a$',
    "[link=https://x.dk]x[/link]",
    "[bold",
    "\\[x]",
    ":smile: $primary {}",
)
SEQUENCES = (
    "\x1b]0;OWNED\x07",
    "\x1b]52;c;T1dORUQ=\x07",
    "\x1b]8;;https://x.dk\x1b\\klik\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H",
    "\x1b[?1049l",
    "\x1b[6n",
    "\x1bP$qm\x1b\\",
    "\x1bc",
    "\x9b2J",
    "\x9d0;OWNED\x9c",
    "\x00\x07\x08\x0b\x0c\x0e\x1a\x7f",
    "\x84\x85\x8d\x90",
)
UNSEEN = (
    "a\u202eb\u202cc\u2066d\u2069e\u200ef\u061cg",
    "n\u200bu\u2060l\ufeff",
    "linje\u2028linje\u2029slut",
    "\U000e0041\U000e0042skjult",
    "\ufff9a\ufffab\ufffb",
    "\u180e\u206a",
)
WIDE = (
    "Z" + "\u0300\u0316\u0489" * 60,
    "👩\u200d👩\u200d👧\u200d👦 \u2764\ufe0f 🇩🇰 ☺︎",
    "日本語の長い名前",
    "\u0600\u0628\u0628 \u05d0\u05d1",
    "ﷺ\u3000\u1160\u115f",
    "A\u030angstro\u0308m",
)
FORMULAS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("https://x.dk?"&A1,"x")',
)
CODE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "&lt;b&gt; &amp; </style></title>",
    "{{ ''.__class__.__mro__ }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{# #} {{ 7*7 }} ${7*7}",
    "%s %(name)s %d %n",
    "{0} {name} {0.__class__} {",
    "'; DROP TABLE citizen; --",
    '" OR 1=1 --',
    'NEAR(a b) AND NOT * ^ : " ( col:x',
    "`rm -rf ~` $(id) | ; & \\",
    "# x\n## y\n- z\n```",
    "---\n\n| a | b |\n|---|---|",
    "slut\nEND:VCALENDAR\nBEGIN:VEVENT\nATTENDEE:x;,\\",
    '#read("/etc/passwd") #eval("1") $x$ @ref <l> *b* _i_ [c] \\u{1f600}',
)
PATHS = ("../../etc/passwd", "/etc/passwd", "-o", "--format", "~", "con", "nul.txt", ".", "..", "a/b", "x" * 300)
FIGURES = ("9" * 5000, "-1", "0001-01-01", "0001-01-01 0.10", "9999-12-31", "9999-12-31 23.59", "1e999", "²", "١")
"""Numbers and days that Python reads in a way of its own, or that lead out of what it can reckon with."""
LONG = ("ord" * 700, "linje\n" * 300, " \n\t ", "")
TEXTS = (*MARKUP, *SEQUENCES, *UNSEEN, *WIDE, *FORMULAS, *CODE, *PATHS, *LONG, *FIGURES)
"""Everything that can be typed or pasted."""
KEPT = tuple(text for text in (*MARKUP, *UNSEEN, *WIDE, *FORMULAS, *CODE, *PATHS) if text.strip())
"""What an import takes: as they are, they may stand in a text."""

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""What may reach no terminal as it is, but in what the program itself sends it."""
_COLOUR = r"\x1b\[[0-9;]*m|\r\n"
_APP = re.compile(
    _COLOUR + r"|\x1b\[[0-9;:?<=>]*[A-Za-z]"  # places, modes
    r"|\x1b\[[0-9;?]*\$p|\x1b\[>[0-9]*[a-z]|\x1b[78=>]|\x1b\([0B]"
    r"|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"  # the pointer's shape
    r"|\x1b\]1[01];\?(?:\x07|\x1b\\)"  # asks for the ground's colour
    r"|\r|\x08"
)


def steers(raw: bytes, *, app: bool = False) -> list[str]:
    """What in a terminal's bytes would steer it and is not the program's own: colours, and what the app draws with."""
    text = raw.decode("utf-8", "surrogateescape")
    rest = _APP.sub("", text) if app else re.sub(_COLOUR, "", text)
    return sorted({f"U+{ord(sign):04X}" for sign in STEERING.findall(rest)})


def caseload(start: int = 0, count: int = 1) -> list[dict[str, object]]:
    """A citizen with every kind of record, every text of which is hostile: `count` of the corpus in each, in turn."""
    place = start

    def text() -> str:
        nonlocal place
        taken = [KEPT[(place + number) % len(KEPT)] for number in range(count)]
        place += count
        return " ".join(taken)

    def item(state: str) -> dict[str, object]:
        return {"topic": text(), "by": "citizen", "state": state, "conclusion": text()}

    def session(key: str, held_at: str, status: str) -> dict[str, object]:
        names = ("session_kind", "theme", "risk", "preparation", "frame", "need", "remarks", "summary", "summary_added")
        return {
            "kind": "session",
            "key": key,
            "citizen": "x-1",
            "caseworker": "anne",
            "held_at": held_at,
            "status": status,
            "participants": [{"role": "fund", "name": text()}],
            "agenda": [item(state) for state in ("possible", "agreed", "done", "dropped")],
            "scores": [
                {"indicator": "fjendtlig", "value": 3, "remark": text()},
                {"indicator": "fjendtlig", "value": 4, "by": "caseworker", "remark": text()},
            ],
            "steps": [
                {"what": text(), "how": text(), "when": "2026-05-01", "who": who, "status": "open", "outcome": text()}
                for who in ("citizen", "caseworker")
            ],
            **{name: text() for name in names},
            "evaluation": {name: text() for name in ("helped", "missing", "different")},
            "next": {"at": "2026-06-24T08:00:00Z", "reason": text()},
        }

    def words() -> dict[str, object]:
        return {"da": text(), "en": text(), "other": {"uk": text()}}

    def indicator(version: int, status: str) -> dict[str, object]:
        return {
            "kind": "indicator",
            "key": "fjendtlig",
            "version": version,
            "name": words(),
            "question": words(),
            "area": text(),
            "scale": {
                "min": 1,
                "max": 5,
                "levels": {str(level): words() for level in range(1, 6)},
                "stages": [{"from": 1, "to": 5, "name": words()}],
            },
            "status": status,
            "reason": text(),
            "reliable_change": {"threshold": 2, "source": text()},
        }

    done = session("x-før", "2026-05-01T08:00:00Z", "completed")
    done["amendments"] = [{"at": "2026-05-02T08:00:00Z", "by": "anne", "reason": text(), "text": text()}]
    who = {"citizen": "x-1"}
    return [
        {"kind": "unit", "key": "nord", "name": text(), "municipality": text()},
        {"kind": "caseworker", "key": "anne", "name": text(), "unit": "nord", "role": "caseworker"},
        indicator(1, "active"),
        indicator(2, "active"),
        indicator(3, "draft"),
        {
            "kind": "citizen",
            "key": "x-1",
            "name": text(),
            "case_key": "-o",
            "target_group": "jobparat",
            "caseworker": "anne",
            "contact_start": "2026-01-05",
            "indicators_used": {"use": True, "reason": text(), "barriers": [text(), text()]},
            "contact_exceptions": [{"reason": "weather", "from": "2026-06-01", "why": text()}],
        },
        {
            "kind": "profile",
            **who,
            "wishes": [text()],
            "cv": [{"position": text(), "years": 2}],
            "competences": [text()],
            "to_develop": [text()],
        },
        {
            "kind": "agreement",
            "key": "x-a",
            **who,
            "from": "2026-01-01",
            "every_weeks": 4,
            "indicators": [
                {"indicator": "fjendtlig", "reason": text(), "from": "2026-01-01"},
                {"indicator": "jobtro", "reason": text(), "from": "2026-01-01", "until": "2026-02-01",
                 "end_reason": text()},
            ],
            "changes": [{"at": "2026-01-01T08:00:00Z", "by": "anne", "what": text(), "reason": text()}],
        },
        {
            "kind": "job_goal",
            "key": "x-m",
            **who,
            "grade": "A",
            **{name: text() for name in ("position", "function", "industry", "education", "why")},
            "from": "2026-01-01",
        },
        {"kind": "application", "key": "x-s", **who, "on": "2026-05-01", "position": text(), "employer": text(),
         "channel": text(), "result": text()},
        {
            "kind": "activity",
            "key": "x-i",
            **who,
            "name": text(),
            "field": "employment",
            **{name: text() for name in ("outcome", "toward_job", "responsible")},
            "goal": "x-m",
            "from": "2026-01-01",
            "follow_ups": [{"on": "2026-05-01", "nearer": "partly", "why": text(), "shows": text()}],
        },
        {"kind": "opening", "key": "x-o", **who, "industry": text(), "title": text(), "employer": text(),
         "type": "job", "link": text(), "until": "2026-07-01", "note": text()},
        done,
        {
            **session("x-skrevet", "2026-04-01T08:00:00Z", "completed"),
            "note": {"text": text(), "template": text(), "version": text(), "at": "2026-04-01T09:00:00Z"},
        },
        {"kind": "reflection", "session": "x-før", "by": "anne", "role": "self", "worked": text(), "note": text()},
        {**session("x-gruppe", "2026-06-04T07:00:00Z", "planned"), "form": "group", "group": "g-1"},
        session("x-nu", "2026-06-03T07:00:00Z", "draft"),
    ]  # fmt: skip


def write(path: Path, records: list[dict[str, object]]) -> Path:
    """The records as an exchange file."""
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return path
