"""The list for mail merge: a row for each pledge that waits for its maker, as CSV that German Excel opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.documents.csv_file import csv_file
from bot.domain.pledge import Pledge
from bot.texts import Speaker


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """An imported pledge that waits for its maker, with the code that claims it until the day `until`, and the link
    that hands the code to the bot on each channel ("" where there is none)."""

    pledge: Pledge
    code: str
    until: date
    links: Mapping[str, str]


def claim_list(waiting: Sequence[Unclaimed], channels: Sequence[str], t: Speaker) -> bytes:
    """The list, with a column of links for each of `channels`."""
    headings = (
        t.plain("Number"), t.plain("Who"), t.plain("Place"), t.plain("Pledge"), t.plain("Date"), t.plain("Code"),
        t.plain("Valid until"), *(t.plain("Link ({channel})", channel=name) for name in channels),
    )  # fmt: skip
    rows = (
        (
            one.pledge.reference, one.pledge.owner, one.pledge.place, one.pledge.text, f"{one.pledge.due:%d.%m.%Y}",
            one.code, f"{one.until:%d.%m.%Y}", *(one.links.get(name, "") for name in channels),
        )
        for one in waiting
    )  # fmt: skip
    return csv_file(headings, rows)
