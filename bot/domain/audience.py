"""Who a broadcast is for, and why somebody among them is left out."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from bot.domain.land import Land
from bot.domain.pledge import Side, Standing, Topic


class LeftOut(StrEnum):
    """Why somebody is left out. Who has several reasons has the first."""

    STOPPED = "stopped"
    """They want no messages."""
    UNREACHABLE = "unreachable"
    """None of their accounts can be written to."""
    NOT_AGREED = "not_agreed"
    """They have not agreed to the present version of the text yet; they are asked for that with their next question."""
    PAUSED = "paused"
    """Their pause lasts longer than the broadcast is of use."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody who belongs to one of the `workshops`: who has joined, and who made a pledge there or stands beside its
    maker.

    Where one of the others is given, only those with a pledge to which all of them apply: in one of these Länder, on
    one of these topics, by somebody on one of these sides, with one of these standings, or running and `unanswered`.
    `platforms` are those of the account that they are written to.
    """

    workshops: tuple[int, ...]
    laender: tuple[Land, ...] = ()
    topics: tuple[Topic, ...] = ()
    sides: tuple[Side, ...] = ()
    standings: tuple[Standing, ...] = ()
    unanswered: bool = False
    platforms: tuple[str, ...] = ()

    @property
    def needs_pledge(self) -> bool:
        """Whether only people with certain pledges belong to it."""
        return bool(self.laender or self.topics or self.sides or self.standings or self.unanswered)

    def packed(self) -> dict[str, Any]:
        """The audience as data for JSON."""
        return asdict(self)

    @classmethod
    def unpacked(cls, data: Mapping[str, Any]) -> "Audience":
        """The audience that `packed` was called on."""
        given = {field.name: data[field.name] for field in fields(cls) if field.name in data}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in given.items()
        }
        for name, kind in (("laender", Land), ("topics", Topic), ("sides", Side), ("standings", Standing)):
            values[name] = tuple(kind(value) for value in values.get(name, ()))
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people are reached, by platform, and how many are left out, by reason."""

    by_platform: Mapping[str, int]
    left_out: Mapping[LeftOut, int]

    @property
    def reached(self) -> int:
        """How many are reached on all platforms."""
        return sum(self.by_platform.values())
