"""An exception becomes one clear sentence with the remedy, and an exit code."""

import sys
from typing import TYPE_CHECKING

from bot.texts import Explained, Speaker

if TYPE_CHECKING:
    from sqlalchemy.exc import SQLAlchemyError

DONE, FAILED, MISUSED = 0, 1, 2
"""The exit codes: done; the check or the work failed; wrong usage or configuration."""


class Refused(Exception):
    """The work cannot be done; the text says why and what to do."""

    exit_code = FAILED


class Misused(Refused):
    """The command was not used as it is meant; the text says how."""

    exit_code = MISUSED


def explained(error: BaseException, t: Speaker) -> tuple[str, int] | None:
    """The sentence for an error that can be expected, with the exit code; None for a bug."""
    if isinstance(error, Refused):
        return str(error), error.exit_code
    if isinstance(error, Explained):
        return error.said(t), MISUSED if error.misused else FAILED
    if "sqlalchemy" in sys.modules:
        from sqlalchemy.exc import DBAPIError

        if isinstance(error, DBAPIError):
            return of_database(error, t), FAILED
    if isinstance(error, OSError) and error.filename:
        reason = error.strerror or type(error).__name__
        return t.plain(
            "{file}: {reason}. Please check the name and the permissions.", file=error.filename, reason=reason
        ), FAILED
    return None


def of_database(error: "SQLAlchemyError", t: Speaker) -> str:
    """What is wrong with the database, and what to do."""
    return t.plain(
        "The database does not answer as it should ({reason}). Please check `database` in the configuration, and "
        "whether the database is there and may be written to.",
        reason=reason_of(error),
    )


def reason_of(error: "SQLAlchemyError") -> str:
    """The driver's own words, which name no password."""
    return str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0].rstrip(".:")
