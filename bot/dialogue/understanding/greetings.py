"""Somebody says hello, or that they are back, and nothing else: no answer to anything."""

import re

from bot.domain.words import fold

_HELLO = (
    r"hallo|halloechen|hallihallo|hi|hey|huhu|hello|moin|moinsen|servus|tach|gruezi|gruess (?:gott|euch|dich|sie)|"
    r"(?:einen )?(?:schoenen )?guten (?:tag|morgen|abend)|(?:schoenen )?(?:tag|morgen|abend)|"
    r"good (?:morning|afternoon|evening|day)"
)
_WHOM = r"zusammen|worthalten|bot|liebe[rs]? bot|liebes team|team|nochmals?|noch ?mal|wieder|again|there|everyone"
_BACK = (
    r"(?:da )?(?:ich )?(?:bin|da bin) (?:ich )?(?:jetzt |nun )?(?:wieder )?(?:da|zurueck|hier)|da bin ich(?: wieder)?|"
    r"bin wieder da|(?:ist )?(?:da |hier )?(?:noch )?jemand(?: da| hier)?|(?:i m|i am) back|"
    r"wo (?:waren|sind) wir(?: stehen ?geblieben)?|where were we"
)
_GREETING = re.compile(rf"(?:(?:{_HELLO}) ?)+(?:(?:{_WHOM}) ?)*(?:{_BACK})?|{_BACK}")


def is_greeting(text: str) -> bool:
    """Whether the whole message is nothing but that."""
    return len(text) < 60 and _GREETING.fullmatch(fold(text)) is not None
