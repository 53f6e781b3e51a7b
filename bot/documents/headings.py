"""Which column is which, under the names that offices use for them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.documents.problems import Unreadable, UnreadableSheet
from bot.domain.words import fold


class Column(StrEnum):
    """A column of the sheet, by the heading that the project itself uses."""

    NUMBER = "Nr"
    TEXT = "Versprechen"
    OWNER = "Wer"
    PLACE = "Ort"
    LAND = "Land"
    TOPIC = "Thema"
    PARTNERS = "Partner"
    FIRST_STEP = "Erster Schritt"
    DUE = "Bis wann"
    VISIBILITY = "Sichtbarkeit"


def recognised(headings: Sequence[str]) -> int:
    """How many columns `headings` name: 0 without the one for the text, which nothing goes without."""
    columns = {column for heading in headings for column, _ in [_COLUMNS.get(fold(heading), (None, 0))] if column}
    return len(columns) if Column.TEXT in columns else 0


def columns_of(headings: Sequence[str]) -> Mapping[Column, int]:
    """The position of every column that is recognised among `headings`.

    Where several headings mean one column, the plainest counts ("Wer" before "Kontakt") and the others are left out,
    as unknown ones are. Raises `UnreadableSheet` when two bear the same name: nobody could say which one counts.
    """
    found: dict[Column, tuple[int, int]] = {}
    for position, heading in enumerate(headings):
        column, rank = _COLUMNS.get(fold(heading), (None, 0))
        if column is None:
            continue
        if column in found and found[column][0] == rank:
            raise UnreadableSheet(Unreadable.TWO_COLUMNS, one=headings[found[column][1]], other=heading)
        found[column] = min(found.get(column, (rank, position)), (rank, position))
    return {column: position for column, (_, position) in found.items()}


# By preference, the project's own name first.
_NAMES = {
    Column.NUMBER: ("Nr, Nummer, lfd Nr, laufende Nummer, Versprechen Nr, Nr des Versprechens, ID, No, Number"),
    Column.TEXT: (
        "Versprechen, mutiges Versprechen, unser Versprechen, Ihr Versprechen, Versprechen Text, "
        "Versprechenstext, Text, Text des Versprechens, Wortlaut, Vorhaben, Zusage, Selbstverpflichtung, Was, "
        "Pledge, Promise, Commitment"
    ),
    Column.OWNER: (
        "Wer, Wer verspricht, Versprochen von, Von wem, Absender, Absenderin, Organisation, Institution, "
        "Einrichtung, Träger, Verantwortlich, Verantwortliche, Verantwortliche Stelle, Zuständig, Name, "
        "Ansprechpartner, Ansprechpartnerin, Ansprechperson, Kontakt, Who, Owner, Maker, Pledger, Contact, "
        "Responsible"
    ),
    Column.PLACE: (
        "Ort, Stadt, Gemeinde, Kommune, Stadt Gemeinde, Ort Kommune, Standort, Place, Town, City, Municipality"
    ),
    Column.LAND: ("Land, Bundesland, Federal State, State"),
    Column.TOPIC: (
        "Thema, Themenfeld, Themenbereich, Thema Bereich, Bereich, Handlungsfeld, Kategorie, Rubrik, Topic, "
        "Category, Subject"
    ),
    Column.PARTNERS: (
        "Partner, Partnerinnen, Partner innen, Partnerinnen und Partner, Mit wem, Gemeinsam mit, Beteiligte, "
        "Mitwirkende, Mitstreiter, Kooperationspartner, Kooperation, Partners, With, With whom, Joint with"
    ),
    Column.FIRST_STEP: (
        "Erster Schritt, 1 Schritt, Der erste Schritt, Erste Schritte, Nächster Schritt, Nächste Schritte, "
        "Erste Maßnahme, First Step, First Steps, Next Step, Next Steps"
    ),
    Column.DUE: (
        "Bis wann, Bis, Wann, Termin, Zieltermin, Datum, Zieldatum, Frist, Fällig, Fällig am, Fälligkeit, "
        "Stichtag, Zeitpunkt, Zeitplan, Umsetzung bis, Erledigt bis, Due, Due date, Deadline, By when, When, "
        "Target date, Date"
    ),
    Column.VISIBILITY: (
        "Sichtbarkeit, Sichtbar, Sichtbar für, Wer darf es lesen, Wer darf lesen, Freigabe, Vertraulichkeit, "
        "Visibility, Visible to, Audience"
    ),
}
_COLUMNS = {
    fold(name): (column, rank) for column, names in _NAMES.items() for rank, name in enumerate(names.split(","))
}
