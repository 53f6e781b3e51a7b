"""Telegram: one bot account as a channel, its polling and its webhook. Only this package imports the SDK.

`TelegramChannel` sends; `poll` or `serve` (the webhook) take what comes in; `reading` and `rendering` translate,
`errors` says what a failed call means for a delivery, `face` is what people see before they write.
"""

import os

# The SDK otherwise warns at every 429 that it will change the type of `retry_after`; read before its first call.
os.environ.setdefault("PTB_TIMEDELTA", "true")

from adapters.telegram.channel import TelegramChannel
from adapters.telegram.polling import poll
from adapters.telegram.receiving import Receive, Received, Receiver
from adapters.telegram.request import Timeouts
from adapters.telegram.waiting import Pace
from adapters.telegram.webhook import serve

__all__ = ["Pace", "Receive", "Received", "Receiver", "TelegramChannel", "Timeouts", "poll", "serve"]
