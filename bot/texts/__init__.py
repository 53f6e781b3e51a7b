"""Every word that people meet: English in the code, German in catalogues beside this file.

The catalogues are read as text (`de.po`) when the program starts: they are small, need no build step, and what is
installed is what a translator reads. `de@du.po` holds only what differs from `de.po`: whatever says Du in place of Sie.
After a change of the English run `python -m bot.texts.catalogue`.
"""

import gettext
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

LANGUAGES = {"de": "Deutsch (Sie)", "de@du": "Deutsch (Du)", "en": "English"}
"""The languages that a person can choose, each by its own name. What follows an @ is a form of address."""


def mark(message: str) -> str:
    """`message` itself, marked for translation where it stands in a table and is said elsewhere."""
    return message


class Speaker:
    """Says things in one language. Values are escaped; the message itself may hold our four tags (b, i, code, a)."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "de"
        self.locale = self.language.partition("@")[0]
        """The language without the form of address: what dates are written and words understood in."""
        self._catalogue = _catalogue(self.language)

    def __call__(self, message: str, /, **values: Any) -> Markup:
        """The message in this language, with `{name}` replaced by the escaped value."""
        return _filled(self._catalogue.gettext(message), values)

    def plain(self, message: str, /, **values: Any) -> str:
        """The same as plain text, nothing escaped: for the label of a choice or a line in the terminal."""
        return self._catalogue.gettext(message).format(**values)

    def plural(self, one: str, many: str, count: int, /, **values: Any) -> Markup:
        """The form for `count`, with `{count}` and the other values filled in."""
        return _filled(self._catalogue.ngettext(one, many, count), {"count": count, **values})

    def listed(self, items: Sequence[str]) -> str:
        """Several things in a row: "Telegram und Matrix"."""
        return format_list(items, locale=self.locale)

    def day(self, day: date, today: date | None = None) -> str:
        """A day with its weekday: "Freitag, 31. Oktober 2025"; without the year when it is that of `today`."""
        if today is not None and day.year == today.year:
            return self._format(day, de="EEEE, d. MMMM", en="EEEE, d MMMM")
        return self._format(day, de="EEEE, d. MMMM y", en="EEEE, d MMMM y")

    def short_day(self, day: date) -> str:
        """A day for a button: "Mo, 3. November"."""
        weekday = format_date(day, "EEE", locale=self.locale).rstrip(".")
        return f"{weekday}, {self._format(day, de='d. MMMM', en='d MMMM')}"

    def time(self, moment: datetime) -> str:
        """A time of day, in the zone that `moment` carries: "09:30"."""
        return format_time(moment, "HH:mm", locale=self.locale)

    def _format(self, day: date, *, de: str, en: str) -> str:
        return format_date(day, en if self.locale == "en" else de, locale=self.locale)


def _filled(message: str, values: Mapping[str, Any]) -> Markup:
    # Markup.format would parse the message once more, and in Python.
    return Markup(message.format(**{name: escape(value) for name, value in values.items()}))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to be said where the language is known; as text it is English. A value may be a phrase, too."""

    message: str
    values: Mapping[str, Any]

    def said(self, t: Speaker) -> str:
        """It in the language of `t`, as plain text."""
        said = {name: value.said(t) if isinstance(value, Phrase) else value for name, value in self.values.items()}
        return t.plain(self.message, **said)

    def __str__(self) -> str:
        return self.said(speaker("en"))


def phrase(message: str, /, **values: Any) -> Phrase:
    """A message with its values, to be said later."""
    return Phrase(message, values)


class Explained(Exception):
    """An error that says to people what is wrong and what to do, in their language."""

    misused = False
    """Whether it is the usage or the configuration that is wrong."""

    def __init__(self, message: str, /, **values: Any) -> None:
        self.phrase = Phrase(message, values)
        super().__init__(str(self.phrase))

    def said(self, t: Speaker) -> str:
        """The sentence in the language of `t`."""
        return self.phrase.said(t)


@cache
def speaker(language: str) -> Speaker:
    """The speaker of a language; German where there is none of that name."""
    return Speaker(language)


def guess(app: str, default: str) -> str:
    """The language of somebody whose app is set to `app` ("de-AT"): the `default` if it is the same language, whatever
    its form of address, else the app's where we speak it."""
    spoken = app[:2].lower()
    return spoken if spoken in LANGUAGES and spoken != default.partition("@")[0] else default


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    locale, _, address = language.partition("@")
    with (files(__package__) / f"{language}.po").open("rb") as file:
        parsed = read_po(file, locale=locale)
    compiled = io.BytesIO()
    write_mo(compiled, parsed)
    compiled.seek(0)
    catalogue = gettext.GNUTranslations(compiled)
    if address:
        catalogue.add_fallback(_catalogue(locale))
    return catalogue
