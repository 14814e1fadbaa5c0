"""Whether a folder with a guide can be used: everything that is wrong with it, rather than the first alone."""

from collections.abc import Iterator
from pathlib import Path

from jobsamtale_tui import resources
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import phases
from jobsamtale_tui.method.kinds import Kind
from jobsamtale_tui.reference import guide, own_files, quality_aspects, session_kinds
from jobsamtale_tui.reference import indicators as shipped_indicators


def faults(folder: Path | None = None) -> list[str]:
    """What is wrong with the guide in `folder` (None: the one in force), a finished sentence each.

    Raises NotFoundError where there is no such folder.
    """
    if folder is not None and not folder.is_dir():
        raise NotFoundError(
            _("There is no folder {path}").format(path=folder), _("Name the folder that has the guide's files")
        )
    return list(_faults(folder or resources.folder(own_files.FOLDER)))


def _faults(folder: Path) -> Iterator[str]:
    actions = set(phases.RULES)
    try:
        actions |= {action.key for action in guide.read(folder).actions}
    except RefusedError as error:
        yield error.sentence
    if (folder / quality_aspects.FILE).is_file():
        try:
            quality_aspects.read(folder / quality_aspects.FILE)
        except RefusedError as error:
            yield error.sentence
    known = {one.key for one in shipped_indicators.catalogue()}
    broken = False
    for path in sorted((folder / session_kinds.FOLDER).glob("*.toml")):
        try:
            found = session_kinds.read_file(path)
        except RefusedError as error:
            broken = True
            yield error.sentence
            continue
        for kind in found:
            yield from (f"{path}: {said}" for said in _unknown(kind, actions, known))
    if not broken and (folder / session_kinds.FOLDER).is_dir():
        try:
            session_kinds.read(folder / session_kinds.FOLDER)
        except RefusedError as error:
            yield error.sentence


def _unknown(kind: Kind, actions: set[str], indicators_known: set[str]) -> Iterator[str]:
    """What a kind names that is not there; an indicator that is only in the database is named all the same."""
    for action in kind.actions:
        if action not in actions:
            yield _("{kind} names the action {key}, which the guide does not have.").format(
                kind=kind.name.da, key=action
            )
    for indicator in kind.indicators:
        if indicator not in indicators_known:
            yield _("{kind} names the indicator {key}, which the catalogue does not have.").format(
                kind=kind.name.da, key=indicator
            )
