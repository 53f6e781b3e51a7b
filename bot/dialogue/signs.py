"""The sign that a command begins with: `/` here and on Telegram, another where a platform's clients keep `/` to
themselves."""

import re

from bot.dialogue.commands import BY_NAME

_COMMAND = re.compile(rf"(?<![\w/<:.&])/(?={'|'.join(sorted(map(re.escape, BY_NAME), key=len, reverse=True))}\b)")


def with_sign(text: str, sign: str) -> str:
    """`text`, plain or with markup, with that sign before each of our commands."""
    return _COMMAND.sub(sign, text)
