"""A strict double of Telegram's Bot API over HTTP, for tests and benchmarks.

Every call is checked against the published API (`bot-api.json`): what does not fit is answered 400 and noted in
`server.violations`. People are moved by the test:

    async with TelegramServer() as server:
        anna = server.person("Anna")
        anna.says("/start")
        message = await anna.hears("Willkommen")
        anna.taps("Ja")
"""

from tests.telegram_server.chats import Button, Chat, Media, Message
from tests.telegram_server.faults import Fault
from tests.telegram_server.log import Call, Delivery
from tests.telegram_server.people import Person, Tap
from tests.telegram_server.server import TelegramServer

__all__ = ["Button", "Call", "Chat", "Delivery", "Fault", "Media", "Message", "Person", "Tap", "TelegramServer"]
