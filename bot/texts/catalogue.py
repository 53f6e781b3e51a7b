"""Keeps the catalogues complete: `python -m bot.texts.catalogue` takes up what the code says and marks what is new.

Run it in a checkout after changing an English text; then fill in the empty translations in `de.po`. A test fails
while one is missing, is marked as fuzzy, or does not have the placeholders and tags of its original.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
KEYWORDS = {"t": None, "plain": None, "mark": None, "phrase": None, "plural": (1, 2)}
_PLACEHOLDER = re.compile(r"{(\w+)}")
_TAG = re.compile(r"</?(?:b|i|code|a)\b[^>]*>")


def said() -> Catalog:
    """Every message that the code says, with where it does."""
    catalogue = Catalog(charset="utf-8")
    for package in ("bot", "scheduler", "adapters"):
        found = extract_from_dir(ROOT / package, [("**.py", "python")], keywords=KEYWORDS)
        for path, line, message, comments, context in sorted(found, key=lambda entry: (entry[0], entry[1])):
            catalogue.add(message, None, [(f"{package}/{path}", line)], auto_comments=comments, context=context)
    return catalogue


def translated(language: str) -> Catalog:
    """The catalogue of a language as it is."""
    with (ROOT / "bot" / "texts" / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def problems(language: str) -> list[str]:
    """What is missing or does not fit in the catalogue of a language, one line each."""
    theirs = translated(language)
    found = []
    for message in said():
        if not message.id:
            continue
        entry = theirs.get(message.id)
        strings = entry.string if entry else ""
        forms = strings if isinstance(strings, tuple | list) else (strings or "",)
        original = message.id if isinstance(message.id, tuple | list) else (str(message.id),)
        where = "{}:{}".format(*message.locations[0])
        if not forms or not all(forms) or (entry and entry.fuzzy):
            found.append(f"{where}: not translated: {original[0]!r}")
            continue
        for form in forms:
            for pattern in (_PLACEHOLDER, _TAG):
                if sorted(pattern.findall(form)) != sorted(pattern.findall(original[-1])):
                    found.append(f"{where}: other placeholders or tags: {form!r}")
    used = {message.id for message in said()}
    found += [f"{language}.po: nobody says this any more: {entry.id!r}" for entry in theirs if entry.id not in used]
    return found


def main() -> None:
    """Bring all catalogues up to what the code says."""
    template = said()
    for path in sorted((ROOT / "bot" / "texts").glob("*.po")):
        catalogue = translated(path.stem)
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, no_location=True, sort_output=False, ignore_obsolete=True)
    sys.stdout.write(
        "\n".join(problem for path in (ROOT / "bot" / "texts").glob("*.po") for problem in problems(path.stem))
    )


if __name__ == "__main__":
    main()
