"""python -m translations: bring every catalogue up to the code's messages, and compile it.

A message that is new stands in the catalogue with an empty translation; write it and run this
again. One that nobody says any more is dropped.
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
    wanted, missing = messages(), 0
    for tag in (language.tag for language in LANGUAGES if language is not ENGLISH):
        source = SOURCES / f"{tag}.po"
        known = po.read(source.read_text(encoding="utf-8")) if source.exists() else {}
        translations = {message: known.get(message, "") for message in wanted}
        text = po.write(tag, translations)
        source.write_text(text, encoding="utf-8")
        (COMPILED / f"{tag}.mo").write_bytes(po.compiled(po.read(text)))
        for message in (message for message, text in translations.items() if not text):
            print(f"{tag}: {message}", file=sys.stderr)
            missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
