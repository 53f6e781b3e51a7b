"""The HTTP front: tokens, arguments, limits, faults, and the answers in Telegram's form."""

import asyncio
import re
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.telegram_server import rules
from tests.telegram_server.faults import Fault, Planned
from tests.telegram_server.log import Call
from tests.telegram_server.methods import Methods, Refused, Upload
from tests.telegram_server.schema import Schema, Violation
from tests.telegram_server.updates import Superseded

if TYPE_CHECKING:
    from tests.telegram_server.server import TelegramServer

_SCHEMA = Schema()
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+")
_WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
_PHRASES = {400: "Bad Request", 403: "Forbidden", 409: "Conflict", 500: "Internal Server Error", 502: "Bad Gateway"}
_PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Front:
    """Answers calls for one server."""

    def __init__(self, server: "TelegramServer") -> None:
        self._server = server
        self._methods = Methods(server)
        self._checked: set[tuple[str, ...]] = set()

    def routes(self) -> list[web.RouteDef]:
        """Methods and file downloads."""
        return [
            web.route("*", "/bot{token:[^/]+}/{method}", self._answer),
            web.get("/file/bot{token:[^/]+}/{path:.+}", self._download),
        ]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        arguments: dict[str, Any] = {}
        status, description = 0, ""
        name = request.match_info["method"]
        try:
            self._admit(request)
            method = _SCHEMA.method(name)
            if method is None:
                self._server.violations.append(f"unknown method {name!r}")
                raise Refused(404, "")
            name = method
            arguments, files = await _read(request)
            response = await self._process(request, method, arguments, files)
            status = response.status
        except Violation as problem:
            self._server.violations.append(str(problem))
            status, description = 400, str(problem)
            response = _refusal(Refused(400, description))
        except Refused as refusal:
            if refusal.malformed:
                self._server.violations.append(f"{name}: {refusal.description}")
            status, description = refusal.status, refusal.description
            response = _refusal(refusal)
        except Exception as bug:
            self._server.violations.append(f"{name}: this server failed: {bug!r}")
            raise
        finally:
            self._server.calls.append(Call(name, arguments, status, description))
            self._server.changed()
        return response

    async def _process(
        self, request: web.Request, method: str, given: dict[str, Any], files: dict[str, Upload]
    ) -> web.Response:
        arguments = _SCHEMA.arguments(method, given, files)
        rules.check(method, arguments, files, _SCHEMA.updates)
        fault = self._server.faults.take(method)
        if fault and fault.fault.before:
            self._server.changed()
            return await _hurt(request, fault)
        sends = method.startswith(("send", "edit")) and method != "sendChatAction"
        chat = arguments.get("chat_id")
        wait = self._server.limits.refuses(chat if sends and isinstance(chat, int) else None)
        if wait is not None:
            raise _too_many(wait)
        polled = method == "getUpdates"
        result = await self._poll(arguments) if polled else self._methods.call(method, arguments, files)
        self._check(method, result)
        answer = web.json_response({"ok": True, "result": result})
        if fault:
            self._server.changed()
            return await _hurt(request, fault, answer)
        return answer

    async def _poll(self, arguments: dict[str, Any]) -> Any:
        if self._server.webhook.url:
            raise Refused(409, _WEBHOOK_ACTIVE)
        try:
            return await self._server.updates.poll(
                arguments.get("offset", 0),
                min(max(arguments.get("limit", 100), 1), 100),
                min(arguments.get("timeout", 0), 50),
                arguments.get("allowed_updates"),
            )
        except Superseded:
            raise Refused(409, _OTHER_POLLER) from None

    def _check(self, method: str, result: Any) -> None:
        """Check our own answers against the schema, each form once. Updates may be odd on purpose."""
        form = (method, *sorted(result)) if isinstance(result, dict) else (method,)
        if method != "getUpdates" and form not in self._checked:
            _SCHEMA.check_answer(method, result)
            self._checked.add(form)

    def _admit(self, request: web.Request) -> None:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise Refused(404, "")
        if token != self._server.token:
            raise Refused(401, "")

    async def _download(self, request: web.Request) -> web.Response:
        self._admit_or_404(request)
        for _, path, content in self._server.files.values():
            if path == request.match_info["path"]:
                return web.Response(body=content)
        raise web.HTTPNotFound

    def _admit_or_404(self, request: web.Request) -> None:
        try:
            self._admit(request)
        except Refused:
            raise web.HTTPNotFound from None


async def _read(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    arguments: dict[str, Any] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        arguments |= await request.json()
    else:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = Upload(value.filename, value.content_type, value.file.read())
            else:
                arguments[name] = value
    return arguments, files


async def _hurt(request: web.Request, planned: Planned, answer: web.Response | None = None) -> web.Response:
    match planned.fault:
        case Fault.HANG:
            await asyncio.Event().wait()
        case Fault.SLOW:
            await asyncio.sleep(planned.seconds)
        case Fault.CUT_BEFORE | Fault.CUT_AFTER:
            if request.transport:
                request.transport.abort()
        case Fault.ERROR_BEFORE | Fault.ERROR_AFTER:
            return _refusal(Refused(planned.status, ""))
        case Fault.TOO_MANY:
            return _refusal(_too_many(int(planned.seconds)))
        case Fault.HTML:
            return web.Response(text=_PAGE, content_type="text/html", status=planned.status)
        case Fault.HALF:
            text = answer.text if answer and answer.text else "{}"
            return web.Response(text=text[: len(text) // 2], content_type="application/json")
    return answer or web.Response()


def _too_many(seconds: int) -> Refused:
    return Refused(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def _refusal(refusal: Refused) -> web.Response:
    phrase = {401: "Unauthorized", 404: "Not Found"}.get(refusal.status) or _PHRASES.get(refusal.status, "")
    whole = refusal.description if refusal.status == 429 else f"{phrase}: {refusal.description}".rstrip(": ")
    told: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": whole}
    if refusal.parameters:
        told["parameters"] = refusal.parameters
    return web.json_response(told, status=refusal.status)
