"""docs/reference.md, made from the code: commands, keys, settings, exit codes. `update` writes it, `check` compares."""

import argparse
import ast
import inspect
import os
import sys
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference.md"
WIDTH = 80
HEAD = """# Reference

Made from the code by `make format`; changes are made there. What an exchange record looks like says
`jobsamtale schema`; how the program is put together says [architecture.md](architecture.md).
"""


def page() -> str:
    """The whole page. The language is English before the commands are imported: their help is made as they are."""
    for name in [name for name in os.environ if name.startswith("JOBSAMTALE_")]:
        del os.environ[name]
    from jobsamtale_tui import i18n

    i18n.use("en")
    return "\n".join((HEAD, *_commands(), *_keys(), *_settings(), *_exit_codes()))


def _root() -> Any:
    from jobsamtale_tui.cli import main

    return main._command()


def _commands() -> Iterator[str]:
    yield "## Commands\n"
    for path, text in _helps(_root(), "jobsamtale", None):
        yield f"### {path}\n\n```text\n{text}\n```\n"


def _helps(command: Any, name: str, parent: Any) -> Iterator[tuple[str, str]]:
    own = {**command.context_settings, "terminal_width": WIDTH, "max_content_width": WIDTH}
    context = command.context_class(command, info_name=name, parent=parent, **own)
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines()).strip("\n")
    yield context.command_path, text
    for child in command.list_commands(context) if hasattr(command, "list_commands") else ():
        yield from _helps(command.get_command(context, child), child, context)


def _keys() -> Iterator[str]:
    from jobsamtale_tui.tui.commands.registry import COMMANDS, shown_key

    yield "## Keys\n"
    yield (
        "Letters act outside text fields. The name of a command is what `[keys]` in the configuration remaps it by:\n"
        '`"session.start" = "n,f7"`.\n'
    )
    for place in dict.fromkeys(command.where for command in COMMANDS):
        yield f"### {place.capitalize()}\n"
        rows = (
            (f"`{one.id}`", " ".join(f"`{shown_key(key)}`" for key in one.keys), one.label)
            for one in COMMANDS
            if one.where == place
        )
        yield from _table(("command", "keys", "what it does"), rows)


def _settings() -> Iterator[str]:
    from jobsamtale_tui import settings

    options = {option for parameter in _root().params for option in parameter.opts}
    said = _attribute_docs(settings.Settings)
    rows = []
    for setting in fields(settings.Settings):
        if setting.name not in settings.NAMES:
            continue
        option = f"--{setting.name.replace('_', '-')}"
        variable = "" if setting.name in settings.FILE_ONLY else f"`{settings.variable(setting.name)}`"
        default = _default(setting)
        rows.append(
            (f"`{setting.name}`", f"`{option}`" if option in options else "", variable, default, said[setting.name])
        )
    yield "## Settings\n"
    yield (
        "A value comes from the option, else the variable, else the file `$XDG_CONFIG_HOME/jobsamtale/config.toml`\n"
        "(`~/.config` where that is not set), else the default. `jobsamtale config show` says which it was.\n"
    )
    yield from _table(("name in the file", "option", "variable", "default", "what it is"), rows)


def _default(setting: Field[Any]) -> str:
    if setting.name == "db":
        return "`$XDG_DATA_HOME/jobsamtale/jobsamtale.db`"
    if setting.default is MISSING or setting.default is None:
        return "none"
    return f"`{str(setting.default).lower() if isinstance(setting.default, bool) else setting.default}`"


def _attribute_docs(cls: type) -> dict[str, str]:
    body = next(node for node in ast.parse(inspect.getsource(cls)).body if isinstance(node, ast.ClassDef)).body
    return {
        node.target.id: inspect.cleandoc(after.value.value)
        for node, after in pairwise(body)
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.target, ast.Name)
        and isinstance(after, ast.Expr)
        and isinstance(after.value, ast.Constant)
        and isinstance(after.value.value, str)
    }


def exit_codes() -> dict[int, str]:
    """When a command ends with which exit code."""
    from jobsamtale_tui import errors
    from jobsamtale_tui.cli.main import INTERRUPTED

    codes = {0: "Done."}
    for cls in (errors.RefusedError, errors.UsageError, errors.NotFoundError, errors.StoreError):
        codes[cls.exit_code] = inspect.getdoc(cls) or ""
    codes[INTERRUPTED] = "Interrupted."
    return codes


def _exit_codes() -> Iterator[str]:
    yield "## Exit codes\n"
    yield from _table(("code", "when"), ((str(code), said) for code, said in exit_codes().items()))
    yield "What went wrong stands on stderr in one line; `--debug` before the command says where in the program.\n"


def _table(head: tuple[str, ...], rows: Any) -> Iterator[str]:
    lines = [head, ("---",) * len(head), *rows]
    yield "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines) + "\n"


def main() -> int:
    """The command; exit code 1 where `check` finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("update", "check"))
    made = page()
    if parser.parse_args().what == "update":
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == made:
        return 0
    sys.stderr.write("reference: docs/reference.md is not what the code says. Run make format.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
