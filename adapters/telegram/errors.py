"""What a failed call means for a delivery: the SDK's exceptions as values.

Measured with python-telegram-bot 22.8. Only a 429, a connection that was never made and a gateway without a backend
are known to have delivered nothing; after any other failure on the way the message may have arrived or not.
"""

from datetime import timedelta

from telegram import error

from adapters.telegram.request import Busy, GatewayError, NoConnection
from bot.ports import Delivery, Failed, Gone, Moved, RetryAfter, Sent, Uncertain, Unreachable
from bot.texts import mark

CONNECTION_PAUSE = 3.0
"""Seconds until a call that never left is worth repeating."""
FLOOD_PAUSE = 30.0
"""Seconds to wait after a 429 that does not say how long."""

PAUSE = mark("Telegram asks for a pause (429)")
NO_TOKEN = mark("Telegram does not accept the token")
NEW_TOKEN = mark("put the one from @BotFather into the configuration")
AWAY = mark("Telegram is not available")
BUSY = mark("all connections were busy")
NO_WAY = mark("no connection to Telegram")
CUT_OFF = mark("cut off on the way")
"""The reasons, as the log has them; whoever shows them to a person translates each part."""

_ALREADY_SO = ("message is not modified", "message to delete not found")
_NOBODY_THERE = ("chat not found", "user not found", "peer_id_invalid")


def delivery_of(problem: error.TelegramError) -> Delivery:
    """What became of a message whose call raised `problem`. Reasons name no text, person or token."""
    match problem:
        case error.RetryAfter():
            return RetryAfter(_seconds(problem.retry_after), PAUSE, whole_channel=True)
        case error.ChatMigrated():
            return Moved(str(problem.new_chat_id))
        case error.Forbidden():
            return Unreachable(problem.message)
        case error.InvalidToken():
            return Gone(f"{NO_TOKEN}: {NEW_TOKEN}")
        case error.BadRequest():
            return _refused(problem.message)
        case GatewayError():
            return RetryAfter(CONNECTION_PAUSE, f"{AWAY}: {problem.message}", whole_channel=True)
        case Busy():
            return RetryAfter(CONNECTION_PAUSE, BUSY)
        case NoConnection():
            return RetryAfter(CONNECTION_PAUSE, NO_WAY, whole_channel=True)
    if problem.message.lower().startswith("too many requests"):
        return RetryAfter(FLOOD_PAUSE, PAUSE, whole_channel=True)
    return Uncertain(f"{CUT_OFF}: {type(problem.__cause__ or problem).__name__}")


def _refused(message: str) -> Delivery:
    lowered = message.lower()
    if any(words in lowered for words in _ALREADY_SO):
        return Sent()
    if any(words in lowered for words in _NOBODY_THERE):
        return Unreachable(message)
    return Failed(message)


def _seconds(pause: int | timedelta) -> float:
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)
