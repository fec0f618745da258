"""Compiled templates, kept beside the package's own as Python keeps compiled modules.

Compiling all templates takes longer than rendering a hundred pages. Only the package's templates
are kept on disk: whoever can write beside them can change the program itself. What a playbook's own
`templates/` folder holds is compiled at every build, so nothing in there is ever taken for code.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
import os
import sys
from pathlib import Path
from types import CodeType
from typing import cast

import jinja2
from jinja2.bccache import Bucket, BytecodeCache


class Compiled(BytecodeCache):
    """Shared by the environments of all languages, for which the code is the same."""

    def __init__(self, package: Path, options: object) -> None:
        self._package = str(package.resolve()) + os.sep
        self._options = f"{jinja2.__version__} {options!r}"
        self._kept: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The file that the template stands in."""
        return filename or name

    def get_source_checksum(self, source: str) -> str:
        """The digest of all that the code depends on."""
        return hashlib.sha256(f"{self._options}\n{source}".encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fills `bucket` with the code of the same source, if there is any."""
        code = self._kept.get((bucket.key, bucket.checksum)) or self._read(bucket)
        # Faults in templates are reported under the path that this build knows them by.
        bucket.code = code.replace(co_filename=bucket.key) if code else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the code of `bucket`."""
        assert bucket.code is not None
        self._kept[bucket.key, bucket.checksum] = bucket.code
        file = self._file(bucket.key)
        if file and not sys.dont_write_bytecode:
            _replace(file, _magic(bucket) + marshal.dumps(bucket.code))

    def _read(self, bucket: Bucket) -> CodeType | None:
        file, magic = self._file(bucket.key), _magic(bucket)
        try:
            found = file.read_bytes() if file else b""
        except OSError:
            return None
        if not found.startswith(magic):
            return None
        return cast(CodeType, marshal.loads(found[len(magic) :]))  # noqa: S302  # our own

    def _file(self, template: str) -> Path | None:
        path = os.path.realpath(template)
        if not path.startswith(self._package):
            return None
        name = path.removeprefix(self._package).replace(os.sep, "-")
        return Path(importlib.util.cache_from_source(self._package + name))


def _magic(bucket: Bucket) -> bytes:
    return importlib.util.MAGIC_NUMBER + bucket.checksum.encode() + b"\n"


def _replace(file: Path, content: bytes) -> None:
    """Writes `file` in one step, if that is allowed."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(file)
    except OSError:
        beside.unlink(missing_ok=True)
