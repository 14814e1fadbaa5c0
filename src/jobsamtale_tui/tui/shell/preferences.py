"""Remembers a setting that was chosen in the app: the configuration keeps its comments and its order."""

from jobsamtale_tui.errors import JobsamtaleError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.private_files import write_own
from jobsamtale_tui.settings import config_path


def remember(name: str, value: str) -> str:
    """Writes the setting into the user's configuration; the sentence says where, or why it was not kept."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = config_path()
    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
        if name in document or not any(isinstance(item, dict) for item in document.values()):
            document[name] = value
        else:
            before = tomlkit.document()
            before[name] = value
            document = tomlkit.parse(tomlkit.dumps(before) + tomlkit.dumps(document))
        write_own(path.resolve(), tomlkit.dumps(document))
    except (OSError, UnicodeDecodeError, TOMLKitError, JobsamtaleError) as error:
        return _("For this time only: the configuration {path} could not be written ({why})").format(
            path=path, why=type(error).__name__
        )
    return _("Remembered in {path}").format(path=path)
