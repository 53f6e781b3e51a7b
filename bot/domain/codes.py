"""Codes that one person hands to another, or to themselves on another device: what they admit to, and for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.workshop import CODE_LIFE

AT_ONCE = timedelta(minutes=15)
"""How long a code works that is typed at once, on another device or by telephone."""


class Purpose(StrEnum):
    """What a code is for. Each works once."""

    PARTNER = "partner"
    """To carry a pledge together with its maker."""
    DEPUTY = "deputy"
    """To answer for its maker."""
    SUCCESSOR = "successor"
    """To take the pledge over."""
    LINK = "link"
    """To connect another account of the same person, who confirms it there."""
    ACCOUNT = "account"
    """To connect a new account of somebody who lost theirs; an organiser has confirmed who it is."""
    CLAIM = "claim"
    """To take over a pledge that somebody claimed by mistake; an organiser has confirmed whose it is."""

    @property
    def life(self) -> timedelta:
        """How long such a code works from its issue."""
        return AT_ONCE if self in (Purpose.LINK, Purpose.ACCOUNT, Purpose.CLAIM) else CODE_LIFE


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that asks to be connected: where it is, and the version of the text that was agreed to there, if it was
    for this."""

    channel: str
    address: str
    user: str
    consent_version: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `person_id` is who issued it, or whose account it restores; `account_id` the chat where it was asked
    for; `name` what the maker calls the one invited. Instants are UTC."""

    code: str
    purpose: Purpose
    expires_at: datetime
    person_id: int | None = None
    account_id: int | None = None
    pledge_id: int | None = None
    name: str = ""
    taken_at: datetime | None = None
    taken_by: int | None = None
    chat: Chat | None = None

    def works(self, now: datetime) -> bool:
        """Whether it has not run out."""
        return now < self.expires_at
