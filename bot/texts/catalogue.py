"""Keeps the catalogues complete: `python -m bot.texts.catalogue` takes up what the code says and marks what is new.

Run it in a checkout after changing an English text; then fill in the empty translations in `de.po`, and in `de@du.po`
those that the bot says to people and that call them Sie. A test fails while one is missing, is marked as fuzzy, or does
not have the placeholders and tags of its original.
"""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
KEYWORDS = {"t": None, "plain": None, "mark": None, "phrase": None, "plural": (1, 2)}
TO_PEOPLE = ("bot/dialogue/", "bot/documents/", "bot/service/")
"""Where people are spoken to who can choose how; whoever runs the bot is called Sie."""
_PLACEHOLDER = re.compile(r"{(\w+)}")
_TAG = re.compile(r"</?(?:b|i|code|a)\b[^>]*>")
_SIE = re.compile(r"\b(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
"""How the reader is addressed; a sentence about a third person is put so that none of these words begins it."""


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
        return read_po(file, locale=language.partition("@")[0])


def wanted(language: str) -> Catalog:
    """The messages that this language's catalogue has to have: all of them, but with a form of address of its own
    only those of the bot that address people in the other, and what it says differently of its own accord."""
    everything = said()
    locale, _, address = language.partition("@")
    if not address:
        return everything
    formal, own, some = translated(locale), translated(language), Catalog(charset="utf-8")
    for message in everything:
        entry = formal.get(message.id) if message.id else None
        to_people = any(file.startswith(TO_PEOPLE) for file, _ in message.locations)
        addressed = entry and to_people and any(map(_SIE.search, _forms(entry)))
        if addressed or (message.id and any(_forms(own.get(message.id)))):
            some.add(message.id, None, message.locations)
    return some


def _forms(entry: Message | None) -> tuple[str, ...]:
    strings = entry.string if entry else ""
    return tuple(strings) if isinstance(strings, tuple | list) else (strings or "",)


def problems(language: str) -> list[str]:
    """What is missing or does not fit in the catalogue of a language, one line each."""
    theirs, used = translated(language), wanted(language)
    found = []
    for message in used:
        if not message.id:
            continue
        entry = theirs.get(message.id)
        forms = _forms(entry)
        original = message.id if isinstance(message.id, tuple | list) else (str(message.id),)
        where = "{}:{}".format(*message.locations[0])
        if not forms or not all(forms) or (entry and entry.fuzzy):
            found.append(f"{where}: not translated into {language}: {original[0]!r}")
            continue
        for form in forms:
            for pattern in (_PLACEHOLDER, _TAG):
                if sorted(pattern.findall(form)) != sorted(pattern.findall(original[-1])):
                    found.append(f"{where}: other placeholders or tags: {form!r}")
            if "@" in language and _SIE.search(form):
                found.append(f"{where}: addresses with Sie: {form!r}")
    known = {message.id for message in used}
    found += [f"{language}.po: nobody says this any more: {entry.id!r}" for entry in theirs if entry.id not in known]
    return found


def main() -> None:
    """Bring all catalogues up to what the code says."""
    for path in sorted((ROOT / "bot" / "texts").glob("*.po"), key=lambda path: "@" in path.stem):
        catalogue = translated(path.stem)
        catalogue.update(wanted(path.stem), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalogue, width=120, no_location=True, sort_output=False, ignore_obsolete=True)
    sys.stdout.write(
        "\n".join(problem for path in (ROOT / "bot" / "texts").glob("*.po") for problem in problems(path.stem))
    )


if __name__ == "__main__":
    main()
