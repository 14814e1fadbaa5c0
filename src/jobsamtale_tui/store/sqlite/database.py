"""From a path to a database that may be used: rights, place, schema version, connections, copies.

Plain `sqlite3` alone is imported here; SQLAlchemy and Alembic come in when a change or a migration needs them.
"""

import os
import shlex
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jobsamtale_tui import dates, files
from jobsamtale_tui.errors import NotFoundError, RefusedError, StoreError, UsageError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.store.writing.transaction import Engine

REVISIONS = (
    *("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010"),
    *("0011", "0012", "0013", "0014", "0015", "0016"),
)
"""The schema's revisions, oldest first; a test holds them to the migrations."""
NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "fuse.sshfs", "lustre"}
)
BUSY_SECONDS = 5.0
CACHE_KIB = 4096
"""So much of the file a connection keeps in memory at most: with SQLite's own 2 MB the pages of one screen's question
push each other out in a large house."""
ALONE_SECONDS = 0.5
"""How long putting a copy back waits for others to let go of the database."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_HEADER = b"SQLite format 3\x00"


class Database:
    """One SQLite file and the ways into it. `prepare` comes before all others."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._engine: Engine | None = None
        self._file: tuple[int, int] | None = None

    @classmethod
    def at(cls, place: str, *, read_only: bool = False) -> "Database":
        """The database that `place` names: a path, or a URL `sqlite:///path`. Another URL raises UsageError."""
        scheme, separator, rest = place.partition("://")
        if not separator:
            return cls(Path(place).expanduser(), read_only=read_only)
        if scheme != "sqlite" or not rest.startswith("/") or rest == "/":
            raise UsageError(
                _("{scheme} is not a kind of database that this program can use").format(scheme=scheme),
                _("Give a path, or sqlite:///path"),
            )
        return cls(Path(rest.removeprefix("/")).expanduser(), read_only=read_only)

    def prepare(self) -> None:
        """Makes the database usable: made where it is missing, checked, brought up to this program's schema.

        Raises StoreError where it cannot be: unreachable, readable by others, on a network file system, not a
        database of this program, newer than the program, or in need of a change while read-only.
        """
        with reported(self.path):
            if not self.path.exists():
                self._make()
            check_rights(self.path)
            check_place(self.path)
            revision = self.revision()
            if revision == REVISIONS[-1]:
                return
            if revision not in REVISIONS:
                raise StoreError(
                    _("The database {path} was written by a newer version of this program").format(path=self.path),
                    _("Install the newest version, or name another database with --db"),
                )
            if self.read_only:
                raise StoreError(
                    _("The database {path} is from an older version and may not be changed with --read-only").format(
                        path=self.path
                    ),
                    _("Run jobsamtale db upgrade without --read-only first"),
                )
            self.upgrade()

    def _make(self) -> None:
        if self.read_only:
            raise StoreError(
                _("There is no database at {path}, and with --read-only none is made").format(path=self.path),
                _("Name the right one with --db"),
            )
        if not self.path.parent.exists():
            self.path.parent.mkdir(mode=0o700, parents=True)
        check_place(self.path.parent)
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self.migrate()

    def revision(self) -> str | None:
        """The schema's revision, None for an empty file; a file of something else raises StoreError."""
        with self.path.open("rb") as file:
            header = file.read(16)
        if header and header != _HEADER:
            raise _not_ours(self.path)
        if not header:
            self.migrate()
        with self.connected() as connection:
            found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if found else None
        if row is None:
            raise _not_ours(self.path)
        return str(row[0])

    def upgrade(self) -> Path | None:
        """Brings an older database up to date, after a copy beside it whose path is returned (None: nothing to do)."""
        revision = self.revision()
        if revision == REVISIONS[-1]:
            return None
        copy = self.path.with_name(f"{self.path.name}.{revision}.bak")
        self.copy_to(copy)
        self.migrate()
        return copy

    def migrate(self) -> None:
        """Runs the migrations that are missing, in one transaction."""
        from jobsamtale_tui.store.migrations import run

        run(self)

    def connect(self, patience: float | None = None) -> sqlite3.Connection:
        """A plain connection in autocommit mode, with the pragmas that every connection has. It waits `patience`
        seconds for a lock (None: BUSY_SECONDS)."""
        mode = "ro" if self.read_only else "rw"
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=BUSY_SECONDS if patience is None else patience,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if not self.read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        if self._file is None:
            found = self.path.stat()
            self._file = (found.st_dev, found.st_ino)
        return connection

    def check_there(self) -> None:
        """Raises StoreError where the file that connections were opened on has been removed or replaced since: what
        is written through them would go nowhere."""
        try:
            found = self.path.stat()
        except OSError:
            said = _("The database {path} is gone: it has been removed or moved").format(path=self.path)
            raise StoreError(said, _("Put it back where it was"), "gone") from None
        if self._file is not None and (found.st_dev, found.st_ino) != self._file:
            said = _("Another file lies where the database {path} was").format(path=self.path)
            raise StoreError(said, _("Put the first one back, or leave and start again"), "replaced")

    @contextmanager
    def connected(self) -> Iterator[sqlite3.Connection]:
        """A plain connection that is closed again; errors of the database come out as StoreError."""
        with reported(self.path):
            connection = self.connect()
            try:
                yield connection
            finally:
                connection.close()

    def engine(self) -> "Engine":
        """The mapping layer's way in, for changes (`store.writing.transaction`)."""
        if self._engine is None:
            from jobsamtale_tui.store.writing.transaction import make_engine

            self._engine = make_engine(self.connect)
        return self._engine

    def close(self) -> None:
        """Lets go of the engine's connections."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def copy_to(self, target: Path) -> None:
        """An online copy into `target` (mode 0600, whole or not at all), also while somebody writes."""
        with (
            reported(target),
            files.whole(target) as made,
            self.connected() as source,
            closing(sqlite3.connect(made)) as copy,
        ):
            source.backup(copy, pages=2000)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, and one that a disk nobody may write to can hold

    def restore_from(self, source: Path) -> Path | None:
        """Puts the copy `source` in this database's place; the replaced one is kept and its path returned."""
        if not source.is_file():
            raise NotFoundError(_("There is no file {path}").format(path=source), _("Name a copy made by db backup"))
        copy = Database(source, read_only=True)
        revision = copy.revision()
        if revision not in REVISIONS:
            raise StoreError(
                _("The copy {path} was written by a newer version of this program").format(path=source),
                _("Install the newest version first"),
            )
        with copy.connected() as connection:
            faults = connection.execute("PRAGMA integrity_check(1)").fetchall()
        if faults != [("ok",)]:
            raise RefusedError(_("The copy {path} is damaged").format(path=source), _("Choose another copy"))
        self.close()
        with copy.connected() as connection:
            if not self.path.exists():
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._fill(connection)
                return None
            stamp = dates.iso(dates.now()).replace(":", "")
            kept = self.path.with_name(f"{self.path.name}.{stamp}.replaced")
            try:
                self._replace(connection, kept)
            except sqlite3.DatabaseError as error:
                if not (getattr(error, "sqlite_errorname", "") or "").startswith(_DAMAGED):
                    raise
                self._set_aside(kept)
                self._fill(connection)
        return kept

    def _fill(self, source: sqlite3.Connection) -> None:
        os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(self.connect()) as target:
            source.backup(target)

    def _replace(self, source: sqlite3.Connection, kept: Path) -> None:
        """Nobody else has the database open from before it is copied until the other content stands in it, so that
        no change falls between the two. Raises StoreError where somebody has."""
        with closing(self.connect(ALONE_SECONDS)) as target:
            try:
                target.execute("PRAGMA locking_mode = EXCLUSIVE")
                target.execute("PRAGMA journal_mode = DELETE")
                target.execute("BEGIN EXCLUSIVE")
                target.execute("COMMIT")
            except sqlite3.OperationalError as error:
                if (getattr(error, "sqlite_errorname", "") or "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                    raise StoreError(
                        _("The database {path} is open in the app or in another program").format(path=self.path),
                        _("Close it there, then put the copy back; nothing has been changed"),
                        "locked",
                    ) from None
                raise
            with files.whole(kept) as made, closing(sqlite3.connect(made)) as to:
                target.backup(to)
            source.backup(target)

    def _set_aside(self, kept: Path) -> None:
        """A file that cannot be read as a database any more is kept as it is, with what lies beside it."""
        for ending in ("-wal", "-shm", ""):
            beside = self.path.with_name(f"{self.path.name}{ending}")
            if beside.exists():
                beside.rename(kept.with_name(f"{kept.name}{ending}"))


def check_rights(path: Path) -> None:
    """Raises StoreError where others than the owner may read or write the file."""
    if not path.is_file():
        raise _not_ours(path)
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise StoreError(
            _("Others on this machine can read the database {path}").format(path=path),
            f"chmod 600 {shlex.quote(str(path))}",
        )


def check_place(path: Path) -> None:
    """Raises StoreError where the file lies on a network file system, which SQLite's WAL cannot live on."""
    kind = file_system(path)
    if kind in NETWORK_FILE_SYSTEMS:
        raise StoreError(
            _("The database {path} lies on a network file system ({kind}), where records can be lost").format(
                path=path, kind=kind
            ),
            _("Put it on a disk of this machine with --db or the setting db"),
        )


def file_system(path: Path, mountinfo: Path = Path("/proc/self/mountinfo")) -> str | None:
    """The type of the file system that `path` lies on, as the kernel names it; None where it cannot be told."""
    try:
        lines = mountinfo.read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    real = path.resolve()
    best, found = -1, None
    for line in lines:
        left, _separator, right = line.partition(" - ")
        mount = Path(left.split()[4].replace("\\040", " "))
        if (real == mount or mount in real.parents) and len(mount.parts) >= best:
            best, found = len(mount.parts), right.split()[0]
    return found


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Errors of SQLite, SQLAlchemy and the file system come out as StoreError, without statements or values."""
    try:
        yield
    except sqlite3.Error as error:
        raise _store_error(error, path) from None
    except OSError as error:
        if error.filename is None:
            raise  # not about a file of the database: what is written meanwhile can fail too
        raise StoreError(
            _("The database {path} cannot be reached: {why}").format(path=path, why=error.strerror or error),
            _("Check the path and your rights to it"),
        ) from None
    except Exception as error:
        original = getattr(error, "orig", None)
        if isinstance(original, sqlite3.Error):
            raise _store_error(original, path) from None
        raise


def _not_ours(path: Path) -> StoreError:
    return StoreError(
        _("{path} is not a database of this program").format(path=path), _("Name the right one with --db")
    )


def _store_error(error: sqlite3.Error, path: Path) -> StoreError:
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreError(
            _("The database {path} is locked by another program").format(path=path),
            _("Try again in a moment"),
            "locked",
        )
    if name.startswith("SQLITE_READONLY"):
        return StoreError(
            _("The database {path} may only be read").format(path=path),
            _("Leave out --read-only, or ask for the right to write to it"),
            "read-only",
        )
    if name.startswith("SQLITE_FULL"):
        return StoreError(
            _("The disk with {path} is full").format(path=path), _("Make room; nothing half-written is kept"), "full"
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreError(
            _("The database {path} is damaged").format(path=path),
            _("Put back a copy with jobsamtale db restore"),
        )
    if name.startswith("SQLITE_IOERR"):
        return StoreError(
            _("The disk with {path} does not take what is written ({why})").format(path=path, why=name),
            _("Check that there is room, and that the disk is well"),
            "disk",
        )
    return StoreError(
        _("The database {path} cannot be used ({why})").format(path=path, why=name or type(error).__name__),
        _("Run jobsamtale doctor"),
    )
