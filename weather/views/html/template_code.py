"""The code of compiled templates, kept beside them as Python keeps that of modules: to compile the
templates takes a tenth of a second."""

from __future__ import annotations

import pkgutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class TemplateCode(BytecodeCache):
    """The code in a folder. Jinja checks that it is that of the template's text and of this
    version of Python and Jinja. `rules` is the source of the modules that change how templates are
    compiled; its checksum is a part of the files' names. A folder that cannot be written is left as
    it is."""

    def __init__(self, folder: Path, rules: bytes) -> None:
        self._folder = folder
        self._rules = f"{crc32(rules):08x}"

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError), self._file(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            # Replaced as a whole: other processes may read it.
            with tempfile.NamedTemporaryFile(dir=self._folder, delete=False) as file:
                bucket.write_bytecode(file)
            Path(file.name).replace(self._file(bucket))

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{self._rules}.{sys.implementation.cache_tag}.jinja"


def beside(module_file: str | None, *modules: str) -> TemplateCode | None:
    """That of the templates beside a module, compiled with what the modules next to it define;
    None for a module without a file, as in the static executable."""
    if not module_file:
        return None
    # Also from a zip archive.
    rules = (pkgutil.get_data(__package__, f"{module}.py") or b"" for module in modules)
    return TemplateCode(Path(module_file).parent / "templates" / "__pycache__", b"".join(rules))
