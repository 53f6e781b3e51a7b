"""What comes in and what goes out, in the words of no platform."""

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from bot.dialogue.state import State


class Kind(StrEnum):
    """What somebody did."""

    TEXT = "text"
    TAP = "tap"
    EDIT = "edit"
    """They changed a message of their own; `message_id` is that message, `text` the new wording."""
    REACTION = "reaction"
    """They put a sign on a message of ours; `reply_to` is that message, `text` the sign ("👍")."""
    RETRACTED = "retracted"
    """They took a sign or a message of their own back; `message_id` is that of it."""
    VOICE = "voice"
    FILE = "file"
    """A picture or a document; `text` is its caption."""
    BLOCKED = "blocked"
    """They left, blocked the bot or no longer exist."""
    RETURNED = "returned"
    """They unblocked the bot."""
    MOVED = "moved"
    """The chat has a new address, in `text`."""
    UNREADABLE = "unreadable"
    """They wrote something that could not be decrypted."""
    OTHER = "other"
    """A sticker, a location: nothing that can be answered in words."""


class Platform(StrEnum):
    """Where somebody writes: what of them is stored, and who could read along, is told by it."""

    TELEGRAM = "telegram"
    MATRIX = "matrix"


@dataclass(frozen=True, slots=True)
class Tap:
    """A choice tapped under the prompt with this key. `choice` is the choice's position from 0."""

    prompt: str
    choice: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that a person did, as an adapter hands it in.

    `update_id` is unique on the channel: it makes a repeat harmless. `address` is the chat, `user` the platform's
    id of who wrote, `message_id` the platform's id of the message or sign. `text` is plain, never markup.
    In a group `private` is False, and `addressed` says whether the bot was spoken to.
    """

    channel: str
    update_id: str
    address: str
    user: str
    kind: Kind = Kind.TEXT
    text: str = ""
    tap: Tap | None = None
    message_id: str = ""
    reply_to: str | None = None
    language: str = ""
    private: bool = True
    addressed: bool = False
    platform: Platform = Platform.TELEGRAM
    file: str = ""
    """What was sent with it, as the channel can fetch it again; "" where there was nothing, or nothing that it can."""
    file_name: str = ""
    file_mime: str = ""
    """What kind of file it is, as the sender's app says."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. `key` is its meaning ("on_track"), `label` what people read."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with a message."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Say:
    """A new message. `text` holds our four tags (b, i, code, a) and escaped user text, nothing else.

    With `asks` it is a prompt: the state in which its answer is understood; `choices` are its possible answers.
    A `quiet` message need not ring: an acknowledgement.
    """

    text: Markup
    choices: tuple[Choice, ...] = ()
    asks: State | None = None
    quiet: bool = False
    attachment: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a dialogue found out and that has to be written down; the kinds are in `effects`."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a dialogue makes of a message: what to say, and what to write down.

    The dialogue goes on in the state that the last of `says` asks in, and ends where none asks; with `keep` it stays
    where it was. A turn that answers a prompt `settles` it, unless it says otherwise: the choices go, and `chosen`
    (by default the label of the choice) is shown instead. `answered` is the key of that prompt; the router fills it in.
    """

    says: tuple[Say, ...] = ()
    effects: tuple[Fact, ...] = ()
    keep: bool = False
    settles: bool = True
    answered: str = ""
    chosen: str = ""
    notice: str = ""
    """A few plain words for the tap itself, where the platform can show them."""
    puzzled: bool = False
    """Nothing was made of the words: corrected, they are read as if they came now."""

    @property
    def asks(self) -> State | None:
        """What the dialogue waits for after this turn."""
        return self.says[-1].asks if self.says else None
