"""One file with values by key, in SQLite, and with a digest beside each.

Reads are safe from several processes, each of which opens the file for itself. A value whose digest
does not fit is not given out. Everything that a build changes is written in one transaction.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

FORMAT = 2
_MANY = 64
"""So many keys that nobody wants do no harm."""
_SIZE = 16
_TABLE = "CREATE TABLE kept (key TEXT PRIMARY KEY, digest BLOB NOT NULL, value BLOB NOT NULL)"


class StoreDamaged(Exception):
    """The file is no store of ours, or is damaged."""


class Store:
    """An open store. `path` may be None: then it is empty and keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._opened_by = 0

    def get(self, key: str) -> bytes | None:
        """The value of `key`; None where there is none, or none that can be trusted."""
        return self.signed(key)[1]

    def signed(self, key: str) -> tuple[bytes, bytes | None]:
        """The same, behind its digest."""
        if self.path is None:
            return b"", None
        asked = "SELECT digest, value FROM kept WHERE key = ?"
        try:
            row = self._opened().execute(asked, (key,)).fetchone()
        except sqlite3.Error:
            return b"", None
        return row if row and _is_sound(key, *row) else (b"", None)

    def names(self, prefix: str) -> list[str]:
        """All keys that begin so, whether their values can be trusted or not."""
        if self.path is None:
            return []
        try:
            asked = "SELECT key FROM kept WHERE key GLOB ?"
            return [key for (key,) in self._opened().execute(asked, (f"{prefix}*",))]
        except sqlite3.Error:
            return []

    def put(self, values: Mapping[str, bytes]) -> None:
        """Keeps `values`, in one step. Raises OSError where that is not possible."""
        if self.path is None:
            return
        rows = ((key, _digest(key, value), value) for key, value in values.items())
        with self._changing() as connection:
            connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

    def keep_only(self, wanted: set[str], prefix: str) -> None:
        """Forgets all keys with a prefix that are not `wanted`, once they are many. Raises OSError
        where that is not possible."""
        if self.path is None or len(wanted) + _MANY >= self._count(prefix):
            return
        with self._changing() as connection:
            found = connection.execute("SELECT key FROM kept WHERE key GLOB ?", (f"{prefix}*",))
            unused = {key for (key,) in found} - wanted
            many = len(unused) > max(_MANY, len(wanted) // 2)
            if many:
                connection.executemany("DELETE FROM kept WHERE key = ?", ((k,) for k in unused))
        if many:
            self._opened().execute("VACUUM")

    def _count(self, prefix: str) -> int:
        """How many keys begin so."""
        asked = "SELECT count(*) FROM kept WHERE key GLOB ?"
        try:
            (found,) = self._opened().execute(asked, (f"{prefix}*",)).fetchone()
        except sqlite3.Error as error:
            raise OSError(f"the cache cannot be read: {error}") from error
        return int(found)

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None and self._opened_by == os.getpid():
            self._connection.close()
        self._connection = None

    @contextlib.contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        connection = self._opened()
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise OSError(f"the cache cannot be written: {error}") from error

    def _opened(self) -> sqlite3.Connection:
        """The connection of this process: one that was opened before a fork is another's."""
        assert self.path is not None
        if self._connection is None or self._opened_by != os.getpid():
            self._connection = _connect(self.path)
            self._opened_by = os.getpid()
        return self._connection


def open_store(path: Path) -> Store:
    """The store in the file `path`, which is made if need be. Raises StoreDamaged for a file that
    is none, and OSError where it cannot be made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store = Store(path)
    try:
        connection = store._opened()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
        if not tables and not version:
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        elif version != FORMAT or {sql for (sql,) in tables} != {_TABLE, None}:
            raise StoreDamaged
    except sqlite3.OperationalError as error:
        store.close()
        raise OSError(f"the cache cannot be opened: {error}") from error
    except (sqlite3.DatabaseError, StoreDamaged):
        store.close()
        raise StoreDamaged from None
    return store


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut damages is made again
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _is_sound(key: str, digest: object, value: object) -> bool:
    """Whether a row is one of those that `put` writes."""
    return isinstance(value, bytes) and digest == _digest(key, value)


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SIZE, key=key.encode()[:64]).digest()
