"""What can be wrong with a sheet of pledges, and how it is said: one clear sentence with the remedy."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.texts import mark


class Reason(StrEnum):
    """Why a row is faulty. A row has one reason, the first that applies, in this order."""

    OPEN_QUOTE = "open_quote"
    WRONG_COLUMNS = "wrong_columns"
    BROKEN_CHARACTERS = "broken_characters"
    TOO_LONG = "too_long"
    FORMULA = "formula"
    NOT_A_NUMBER = "not_a_number"
    NUMBER_TWICE = "number_twice"
    NUMBER_TAKEN = "number_taken"
    """A pledge from the chat has this number: known only to who knows the other pledges."""
    NO_TEXT = "no_text"
    ONLY_BLANKS = "only_blanks"
    UNKNOWN_LAND = "unknown_land"
    UNKNOWN_TOPIC = "unknown_topic"
    UNKNOWN_VISIBILITY = "unknown_visibility"
    NO_SUCH_DAY = "no_such_day"
    BEFORE_WORKSHOP = "before_workshop"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class Problem:
    """One faulty row. `row` is the spreadsheet's own number, `column` its own heading ("" for the whole row).

    `details` holds what the sentence of its reason names besides, as text: `value`, `limit`, `first_row`, and so on.
    """

    row: int
    reason: Reason
    column: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


class Unreadable(StrEnum):
    """Why a file is no sheet of pledges at all."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    WORKBOOK = "workbook"
    NO_HEADER = "no_header"
    TWO_COLUMNS = "two_columns"


class UnreadableSheet(Exception):
    """The file is no sheet of pledges: `reason` says why, `details` what `unreadable_sentence` names besides."""

    def __init__(self, reason: Unreadable, **details: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.details = details


Say = Callable[..., str]
"""Translates a message and fills in its values: a `Speaker` (escaped) or its `plain` (not escaped)."""


def sentence(problem: Problem, t: Say) -> str:
    """What is wrong with the row and what to do, in the language of `t`."""
    return t(_SENTENCES[problem.reason], row=problem.row, column=problem.column, **problem.details)


def unreadable_sentence(error: UnreadableSheet, t: Say) -> str:
    """Why the file could not be read and what to do, in the language of `t`."""
    return t(_UNREADABLE[error.reason], **error.details)


_SENTENCES = {
    Reason.OPEN_QUOTE: mark(
        "Row {row}: a quotation mark opens here and never closes, so nothing from here on was read. "
        "Please add the closing one, or remove the opening one."
    ),
    Reason.WRONG_COLUMNS: mark(
        "Row {row}: {found} columns instead of {expected}. Please look for a semicolon, a comma or a line break "
        "within a cell, and save the sheet from your spreadsheet program once more."
    ),
    Reason.BROKEN_CHARACTERS: mark(
        "Row {row}: there are broken characters under “{column}”. Please type this row anew."
    ),
    Reason.TOO_LONG: mark(
        "Row {row}: “{column}” has {length} characters, at most {limit} are possible. Please shorten it."
    ),
    Reason.FORMULA: mark(
        "Row {row}: “{column}” is a formula. Please put plain text in its place, "
        "or write a word before the first character."
    ),
    Reason.NOT_A_NUMBER: mark(
        "Row {row}: “{value}” under “{column}” is not a number from 1 to {limit}. "
        "Please correct it, or leave the cell empty and the next free number is taken."
    ),
    Reason.NUMBER_TWICE: mark(
        "Row {row}: the number {value} is already in row {first_row}. "
        "Please give one of them another, or leave the cell empty."
    ),
    Reason.NUMBER_TAKEN: mark(
        "Row {row}: the number {value} already belongs to a pledge from the chat. "
        "Please use another, or leave the cell empty."
    ),
    Reason.NO_TEXT: mark("Row {row}: the pledge has no text. Please write one under “{column}”, or delete the row."),
    Reason.ONLY_BLANKS: mark(
        "Row {row}: the pledge consists of blanks only. Please write a text under “{column}”, or delete the row."
    ),
    Reason.UNKNOWN_LAND: mark(
        "Row {row}: “{value}” is not one of the sixteen Länder. "
        "Please write its name or its two letters, or “Bund”, or leave the cell empty."
    ),
    Reason.UNKNOWN_TOPIC: mark(
        "Row {row}: the topic “{value}” is unknown. Please write one of these, or leave the cell empty: {known}."
    ),
    Reason.UNKNOWN_VISIBILITY: mark(
        "Row {row}: “{value}” under “{column}” is unknown. "
        "Please write “nur Team”, “Werkstatt” or “öffentlich”, or leave the cell empty for “nur Team”."
    ),
    Reason.NO_SUCH_DAY: mark("Row {row}: the date “{value}” does not exist. Please correct it under “{column}”."),
    Reason.BEFORE_WORKSHOP: mark(
        "Row {row}: the date “{value}” lies before the workshop of {workshop_day}. "
        "Please correct it under “{column}”, or leave the cell empty."
    ),
    Reason.TOO_FAR: mark(
        "Row {row}: the date “{value}” is too far away. Please write one up to {latest} under “{column}”, "
        "or leave the cell empty."
    ),
}

_UNREADABLE = {
    Unreadable.EMPTY: mark("There is nothing in this file. Please save the sheet once more and send it again."),
    Unreadable.TOO_BIG: mark("This file is bigger than {limit} MB. Please send only the sheet with the pledges."),
    Unreadable.WORKBOOK: mark(
        "I cannot read this file. Please save it in your spreadsheet program as a workbook (.xlsx) or as CSV UTF-8, "
        "without a password, and send that file."
    ),
    Unreadable.NO_HEADER: mark(
        "I find no column “Versprechen” in this file. Please name the columns in the first row: {known}."
    ),
    Unreadable.TWO_COLUMNS: mark(
        "The columns “{one}” and “{other}” mean the same. Please rename or delete one of them."
    ),
}
