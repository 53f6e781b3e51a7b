"""The same control over HTTP, for tests that run the server as a process: everything under `/_control/`."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.telegram_server.chats import Message
from tests.telegram_server.faults import Fault

if TYPE_CHECKING:
    from tests.telegram_server.server import TelegramServer

_WITH_MESSAGE = ("edits", "replies", "reacts")
_ACTIONS = (
    "says",
    "taps",
    "edits",
    "replies",
    "reacts",
    "blocks",
    "returns",
    "vanishes",
    "hears",
    "sees",
    "sends_voice",
    "sends_photo",
    "sends_sticker",
)


def control_routes(server: "TelegramServer") -> list[web.RouteDef]:
    """The control's routes: JSON in, JSON out.

    `POST people {name, language}`, `POST people/NAME/ACTION {arguments}` with the actions and arguments of `Person`
    (a message is given as `message_id`), `GET people/NAME` (chat and transcript), `POST faults {fault, method, …}`,
    `DELETE faults`, `POST limits {strict, …}`, `POST updates {kind: content}`, `GET log`.
    """

    async def meet(request: web.Request) -> web.Response:
        person = server.person(**await request.json())
        return web.json_response({"id": person.id, "name": person.name})

    async def act(request: web.Request) -> web.Response:
        person, action = server.person(request.match_info["name"]), request.match_info["action"]
        if action not in _ACTIONS:
            raise web.HTTPNotFound
        arguments = await request.json() if request.can_read_body else {}
        if action in _WITH_MESSAGE:
            arguments["message"] = person.home.find(arguments.pop("message_id"))
        try:
            result = getattr(person, action)(**arguments)
            if action in ("hears", "sees"):
                result = await result
        except AssertionError as problem:
            return web.json_response({"problem": str(problem)}, status=409)
        return web.json_response(_told(result) if isinstance(result, Message) else {})

    async def look(request: web.Request) -> web.Response:
        person = server.person(request.match_info["name"])
        return web.json_response(
            {"chat": [_told(message) for message in person.chat], "transcript": person.transcript()}
        )

    async def hurt(request: web.Request) -> web.Response:
        arguments = await request.json()
        server.fail(Fault(arguments.pop("fault")), **arguments)
        return web.json_response({})

    async def heal(request: web.Request) -> web.Response:
        server.faults.clear()
        return web.json_response({})

    async def limit(request: web.Request) -> web.Response:
        for name, value in (await request.json()).items():
            setattr(server.limits, name, value)
        return web.json_response({})

    async def push(request: web.Request) -> web.Response:
        return web.json_response(server.push(await request.json()))

    async def log(request: web.Request) -> web.Response:
        return web.json_response(
            {
                "violations": server.violations,
                "deliveries": [asdict(delivery) for delivery in server.deliveries],
                "duplicates": server.duplicates(),
                "refused": server.limits.refused,
                "pending": len(server.updates.pending),
                "calls": [[call.method, call.status] for call in server.calls],
            }
        )

    return [
        web.post("/_control/people", meet),
        web.post("/_control/people/{name}/{action}", act),
        web.get("/_control/people/{name}", look),
        web.post("/_control/faults", hurt),
        web.delete("/_control/faults", heal),
        web.post("/_control/limits", limit),
        web.post("/_control/updates", push),
        web.get("/_control/log", log),
    ]


def _told(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "from_bot": message.from_bot,
        "text": message.text,
        "buttons": message.buttons,
        "edited": message.edited is not None,
        "quiet": message.quiet,
        "media": message.media.kind if message.media else None,
    }
