"""One file with values by key, in SQLite, and with a digest beside each.

Reads are safe from several processes, each of which opens the file for itself. A value whose digest
does not fit is not given out. What belongs together is written in one transaction. A file that
turns out to be damaged is begun anew by whoever writes next.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

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
        self.anew = False
        """Whether the file was damaged, and was begun anew."""
        self._damaged = False
        self._unread, self._unwritten = "", ""
        """Why it cannot be read, or written: who waited for it in vain does not wait again."""
        self._connection: sqlite3.Connection | None = None
        self._opened_by = 0

    @property
    def refused(self) -> str:
        """Why it cannot be written, or read, as far as somebody wanted to; "" otherwise."""
        return self._unwritten or self._unread

    def get(self, key: str) -> bytes | None:
        """The value of `key`; None where there is none, or none that can be trusted."""
        return self.signed(key)[1]

    def signed(self, key: str) -> tuple[bytes, bytes | None]:
        """The same, behind its digest."""
        rows = self._asked("SELECT digest, value FROM kept WHERE key = ?", key)
        return rows[0] if rows and _is_sound(key, *rows[0]) else (b"", None)

    def names(self, prefix: str) -> list[str]:
        """All keys that begin so, whether their values can be trusted or not."""
        return [
            key for (key,) in self._asked("SELECT key FROM kept WHERE key GLOB ?", f"{prefix}*")
        ]

    def put(self, values: Mapping[str, bytes]) -> None:
        """Keeps `values`, in one step. Raises OSError where that is not possible."""
        if self.path is None:
            return

        def work(store: sqlite3.Connection) -> None:
            rows = ((key, _digest(key, value), value) for key, value in values.items())
            store.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)

        self._change(work)

    def keep_only(self, wanted: set[str], prefix: str) -> None:
        """Forgets all keys with a prefix that are not `wanted`, once they are many. Raises OSError
        where that is not possible."""
        if self.path is None or len(wanted) + _MANY >= self._count(prefix):
            return
        unused = [(key,) for key in self.names(prefix) if key not in wanted]
        if len(unused) > max(_MANY, len(wanted) // 2):
            self._change(lambda store: store.executemany("DELETE FROM kept WHERE key = ?", unused))
            with contextlib.suppress(sqlite3.Error):  # somebody reads: it stays as large as it is
                self._opened().execute("VACUUM")

    def _count(self, prefix: str) -> int:
        """How many keys begin so; 0 if nobody can tell."""
        rows = self._asked("SELECT count(*) FROM kept WHERE key GLOB ?", f"{prefix}*")
        return int(rows[0][0]) if rows else 0

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None and self._opened_by == os.getpid():
            self._connection.close()
        self._connection = None

    def _asked(self, question: str, key: str) -> list[Any]:
        """The rows that answer a question; none where that is not possible."""
        if self.path is None or self._unread or self._damaged:
            return []
        try:
            return self._opened().execute(question, (key,)).fetchall()
        except sqlite3.Error as error:
            self._damaged = _is_damage(error)
            self._unread = "" if self._damaged else str(error)
            return []

    def _change(self, work: Callable[[sqlite3.Connection], object]) -> None:
        """Has something changed in one transaction, if need be in a file that is begun anew."""
        if self._unwritten:
            raise OSError(f"the cache cannot be written: {self._unwritten}")
        try:
            if not self._damaged:
                self._transact(work)
                return
        except sqlite3.Error as error:
            self._damaged = _is_damage(error)
            if not self._damaged:
                raise self._not_written(error) from error
        try:
            self._begin_anew()
            self._transact(work)
        except (sqlite3.Error, OSError) as error:
            raise self._not_written(error) from error

    def _not_written(self, error: sqlite3.Error | OSError) -> OSError:
        self._unwritten = str(getattr(error, "strerror", None) or error)
        return OSError(f"the cache cannot be written: {self._unwritten}")

    def _transact(self, work: Callable[[sqlite3.Connection], object]) -> None:
        connection = self._opened()
        try:
            connection.execute("BEGIN IMMEDIATE")
            work(connection)
            connection.execute("COMMIT")
        except sqlite3.Error:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise

    def _begin_anew(self) -> None:
        """An empty file in place of a damaged one."""
        assert self.path is not None
        self.close()
        self.path.unlink(missing_ok=True)
        _begin(self._opened())
        self._damaged, self.anew = False, True

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
            _begin(connection)
        elif version != FORMAT or {sql for (sql,) in tables} != {_TABLE, None}:
            raise StoreDamaged
    except sqlite3.OperationalError as error:
        store.close()
        raise OSError(str(error)) from error
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


def _is_damage(error: sqlite3.Error) -> bool:
    """Whether the file is none of SQLite's, or damaged; not one that somebody else holds, or that
    cannot be written."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(
        error, sqlite3.OperationalError
    )


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute(_TABLE)
    connection.execute(f"PRAGMA user_version = {FORMAT}")


def _is_sound(key: str, digest: object, value: object) -> bool:
    """Whether a row is one of those that `put` writes."""
    return isinstance(value, bytes) and digest == _digest(key, value)


def _digest(key: str, content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_SIZE, key=key.encode()[:64]).digest()
