"""python -m translations: updates every catalogue to the code's messages, and compiles it.

A new message gets an empty translation: write it and run this again. A message that is no longer
in the code is removed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from translations import po
from translations.messages import messages
from weather.i18n.languages import ENGLISH, LANGUAGES

SOURCES = Path(__file__).parent
COMPILED = SOURCES.parent / "weather" / "i18n" / "locale"


def main() -> int:
    """Returns 1 if a translation is missing; the missing ones are printed."""
    current, missing = messages(), 0
    for tag in (language.tag for language in LANGUAGES if language is not ENGLISH):
        for message in _update(tag, current):
            print(f"{tag}: {message}", file=sys.stderr)
            missing += 1
    return 1 if missing else 0


def _update(tag: str, messages: list[str]) -> list[str]:
    """Writes the language's two files; returns the messages without a translation."""
    source = SOURCES / f"{tag}.po"
    existing = po.read(source.read_text(encoding="utf-8")) if source.exists() else {}
    translations = {message: existing.get(message, "") for message in messages}
    text = po.write(tag, translations)
    source.write_text(text, encoding="utf-8")
    (COMPILED / f"{tag}.mo").write_bytes(po.compiled(po.read(text)))
    return [message for message, translation in translations.items() if not translation]


if __name__ == "__main__":
    sys.exit(main())
