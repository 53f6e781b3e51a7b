"""What a dialogue waits for, and how it is kept between two messages."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from bot.dialogue.understanding import Context
from bot.domain.roles import Right

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class State:
    """What a dialogue waits for.

    Subclasses are frozen dataclasses of strings, numbers, booleans and tuples of them, so that each can be kept as
    JSON. `context` names the vocabulary in which a typed answer is read; None: only the choices offered count.
    `takes_text` says that any other words are an answer, too. `takes_picture`: a broadcast is being written, and a
    picture belongs to it. `optional`: nothing was asked that wants an answer, so that words which mean a command are
    one. `talks`: whatever is written goes to a person, be it a greeting. `needs` is the right without which the prompt
    does not exist for anybody, in its workshop where the state has a `workshop_id`.
    """

    context: ClassVar[Context | None] = None
    takes_text: ClassVar[bool] = False
    takes_picture: ClassVar[bool] = False
    talks: ClassVar[bool] = False
    optional: ClassVar[bool] = False
    needs: ClassVar[Right | None] = None


T = TypeVar("T")


def pack(state: "DataclassInstance") -> dict[str, Any]:
    """`state` as data for JSON; `unpack` makes it the same again."""
    return {"type": type(state).__name__, **{field.name: getattr(state, field.name) for field in fields(state)}}


def unpack(base: type[T], data: Mapping[str, Any]) -> T | None:
    """What `pack` was given, a direct subclass of `base`; None where this version of the program knows none of that
    name any more."""
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name != "type"
    }
    kind = {kind.__name__: kind for kind in base.__subclasses__()}.get(data.get("type", ""))
    try:
        return kind(**values) if kind else None
    except TypeError:
        return None
