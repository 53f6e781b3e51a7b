"""What a dialogue waits for, and how it is kept between two messages."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from bot.dialogue.understanding import Context
from bot.domain.roles import Right


@dataclass(frozen=True, slots=True)
class State:
    """What a dialogue waits for.

    Subclasses are frozen dataclasses of strings, numbers, booleans and tuples of them, so that each can be kept as
    JSON. `context` names the vocabulary in which a typed answer is read; None: only the choices offered count.
    `takes_text` says that any other words are an answer, too. `optional`: nothing was asked that wants an answer, so
    that words which mean a command are one. `needs` is the right without which the prompt does not exist for anybody,
    in its workshop where the state has a `workshop_id`.
    """

    context: ClassVar[Context | None] = None
    takes_text: ClassVar[bool] = False
    optional: ClassVar[bool] = False
    needs: ClassVar[Right | None] = None


def pack(state: State) -> dict[str, Any]:
    """`state` as data for JSON; `unpack` makes it the same again."""
    return {"name": type(state).__name__, **asdict(state)}


def unpack(data: dict[str, Any]) -> State | None:
    """The state that `pack` was given; None where this version of the program knows no such state any more."""
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name != "name"
    }
    kind = _kinds().get(data.get("name", ""))
    try:
        return kind(**values) if kind else None
    except TypeError:
        return None


def _kinds() -> dict[str, type[State]]:
    return {kind.__name__: kind for kind in State.__subclasses__()}
