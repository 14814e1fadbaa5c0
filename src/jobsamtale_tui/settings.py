"""Settings: from the option, else the environment, else the configuration file, else the default. The user's paths."""

import difflib
import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from jobsamtale_tui import limits, resources
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import LANGUAGES, _, use

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the program was told. `origin` says for each name where its value comes from."""

    db: str
    """Path or URL of the database."""
    user: str | None = None
    """Key of the acting caseworker."""
    lang: str = "da"
    """Language of the screen: da or en."""
    read_only: bool = False
    """Look, change nothing."""
    data: str | None = None
    """A municipality's own data folder, whose parts replace the shipped ones."""
    theme: str = "dark"
    """The app's colours: dark, light, contrast, ansi-dark, ansi-light, or a theme of Textual's."""
    session_minutes: int = 45
    """How many minutes a session is planned for where it does not say so itself; the app says when to round off."""
    cell_diff: bool = True
    """The app sends the terminal only the cells that changed; off where a terminal shows the wrong thing."""
    print_command: str | None = None
    """What prints a citizen's page from the app, `{file}` being the PDF: `lp {file}`; none: the file alone is made."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The app's keys by command id: `"session.start" = "n,f7"`."""
    origin: Mapping[str, str] = field(default_factory=dict)

    @property
    def login(self) -> str:
        """The login name, kept in the history beside the acting caseworker."""
        return login_name()


THEMES = (
    *("dark", "light", "contrast", "ansi-dark", "ansi-light"),
    *("textual-dark", "textual-light", "nord", "gruvbox", "dracula", "tokyo-night", "monokai", "flexoki"),
    *("catppuccin-mocha", "catppuccin-latte", "catppuccin-frappe", "catppuccin-macchiato"),
    *("solarized-light", "solarized-dark", "rose-pine", "rose-pine-moon", "rose-pine-dawn"),
    *("atom-one-dark", "atom-one-light"),
)
"""Our own themes, then Textual's; a test holds the list to Textual's own."""
NAMES = tuple(setting.name for setting in fields(Settings) if setting.name != "origin")
FILE_ONLY = ("keys",)
PATHS = ("db", "data")
"""Settings that need not be UTF-8."""
_DIGITS = 9
_KINDS: Mapping[str, type] = {"read_only": bool, "cell_diff": bool, "keys": dict, "session_minutes": int}
"""The kind of a setting that is not a text."""


def login_name() -> str:
    """The operating system's name for who runs the program."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"


def variable(name: str) -> str:
    """The environment variable of a setting: `JOBSAMTALE_READ_ONLY`."""
    return f"JOBSAMTALE_{name.upper()}"


def config_path() -> Path:
    """The configuration file: `$XDG_CONFIG_HOME/jobsamtale/config.toml`."""
    return _xdg("XDG_CONFIG_HOME", ".config") / "jobsamtale" / "config.toml"


def data_path() -> Path:
    """The user's data directory: `$XDG_DATA_HOME/jobsamtale`."""
    return _xdg("XDG_DATA_HOME", ".local/share") / "jobsamtale"


def _xdg(name: str, default: str) -> Path:
    value = os.environ.get(name, "")
    return Path(value) if value.startswith("/") else Path.home() / default


def load(options: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force, with `options` from the command line (None: not given). Raises UsageError."""
    values: dict[str, Any] = {"db": str(data_path() / "jobsamtale.db")}
    origin = dict.fromkeys(NAMES, "default")
    file = _read_file(config_path())
    given = {name: value for name, value in (options or {}).items() if value is not None}
    for name in NAMES:
        if name in given:
            values[name], origin[name] = given[name], f"--{name.replace('_', '-')}"
        elif name not in FILE_ONLY and os.environ.get(variable(name)):
            values[name], origin[name] = _from_text(name, os.environ[variable(name)]), variable(name)
        elif name in file:
            values[name], origin[name] = file[name], str(config_path())
    _check(values, origin)
    return Settings(**values, origin=origin)


def install(settings: Settings) -> None:
    """Puts language and data folder in force for the process."""
    use(settings.lang)
    if settings.data:
        os.environ["JOBSAMTALE_DATA"] = settings.data


def wished_language(arguments: list[str]) -> str:
    """The language for help texts and errors before the settings are known; never raises."""
    for index, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and index + 1 < len(arguments):
            value = arguments[index + 1]
        if value in LANGUAGES:
            return value
    value = os.environ.get("JOBSAMTALE_LANG")
    if value is None:
        try:
            value = _read_file(config_path()).get("lang")
        except UsageError:
            value = None
    return value if value in LANGUAGES else "da"


def _read_file(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        content = resources.toml(text)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(
            _("The configuration {path} cannot be read: {why}").format(path=path, why=error),
            _("Mend it, or move it away"),
        ) from None
    for name in content:
        if name not in NAMES:
            near = difflib.get_close_matches(name, NAMES, 1)
            raise UsageError(
                _("The configuration {path} has an unknown name: {name}").format(path=path, name=name),
                _("Did you mean {near}?").format(near=near[0])
                if near
                else _("Known names: {names}").format(names=", ".join(NAMES)),
            )
    return content


def _from_text(name: str, text: str) -> Any:
    if name == "session_minutes" and text.isascii() and text.isdigit():
        return int(text[:_DIGITS])
    if _KINDS.get(name) is not bool:
        return text if name in PATHS else os.fsencode(text).decode("utf-8", "replace")
    if text.lower() in _TRUE:
        return True
    if text.lower() in _FALSE:
        return False
    raise UsageError(
        _("{name} is neither yes nor no: {value}").format(name=variable(name), value=text), _("Say 1 or 0")
    )


def _check(values: dict[str, Any], origin: dict[str, str]) -> None:
    for name, value in values.items():
        kind = _KINDS.get(name, str)
        good = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if good and name == "keys":
            good = all(isinstance(keys, str) for keys in value.values())
        if not good:
            raise UsageError(
                _("The setting {name} from {origin} is of the wrong kind").format(name=name, origin=origin[name]),
                _("See jobsamtale config show"),
            )
    if values.get("lang", "da") not in LANGUAGES:
        raise UsageError(
            _("The language {lang} is not known").format(lang=values["lang"]),
            _("Choose one of: {names}").format(names=", ".join(LANGUAGES)),
        )
    if not 1 <= values.get("session_minutes", 1) <= limits.SESSION_MINUTES:
        raise UsageError(
            _("The setting session_minutes from {origin} is no length of a session").format(
                origin=origin["session_minutes"]
            ),
            _("Say a number of minutes from 1 to {most}").format(most=limits.SESSION_MINUTES),
        )
    if values.get("theme", THEMES[0]) not in THEMES:
        near = difflib.get_close_matches(values["theme"].lower(), THEMES, 1)
        raise UsageError(
            _("The theme {name} is not known").format(name=values["theme"]),
            _("Did you mean {near}?").format(near=near[0])
            if near
            else _("Choose one of: {names}").format(names=", ".join(THEMES)),
        )
    _check_print_command(values.get("print_command"), origin)
    if values.get("data") and not Path(values["data"]).is_dir():
        raise UsageError(
            _("The data folder {path} does not exist").format(path=values["data"]),
            _("Name a folder with indicators, templates and the like"),
        )


def _check_print_command(command: str | None, origin: Mapping[str, str]) -> None:
    import shlex

    try:
        empty = command is not None and not shlex.split(command)
    except ValueError:
        empty = True
    if empty:
        raise UsageError(
            _("The setting print_command from {origin} is no command").format(origin=origin["print_command"]),
            _("Write it as in a terminal, such as lp {file}"),
        )
