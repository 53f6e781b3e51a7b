"""What the methods of the Bot API do, with the refusals that Telegram has for them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.telegram_server.chats import Chat, Media, Message
from tests.telegram_server.entities import Unparsable, parse_html, plain_entities, utf16
from tests.telegram_server.schema import Violation

if TYPE_CHECKING:
    from tests.telegram_server.server import TelegramServer

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RETRACTABLE = 48 * 3600
"""For how many seconds the bot may delete a message."""
_OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


@dataclass
class Refused(Exception):
    """An answer that is not ok. `malformed`: no bot should ever send such a call."""

    status: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)
    malformed: bool = False


@dataclass(frozen=True)
class Upload:
    """A file part of a call."""

    name: str
    mime: str
    content: bytes


Arguments = Mapping[str, Any]
Uploads = Mapping[str, Upload]


class Methods:
    """The simulated methods, by their published names."""

    def __init__(self, server: "TelegramServer") -> None:
        self._server = server
        self._by_name: dict[str, Callable[[Arguments, Uploads], Any]] = {
            "getMe": lambda args, files: server.me | _ABILITIES,
            "sendMessage": self._send_message,
            "sendPhoto": lambda args, files: self._send_file("photo", args, files),
            "sendDocument": lambda args, files: self._send_file("document", args, files),
            "sendChatAction": lambda args, files: bool(self._chat(args)),
            "editMessageText": self._edit_text,
            "editMessageCaption": self._edit_caption,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete,
            "answerCallbackQuery": self._answer_query,
            "setMessageReaction": self._react,
            "setMyCommands": self._set_commands,
            "getMyCommands": lambda args, files: server.commands.get(_scope(args), []),
            "deleteMyCommands": lambda args, files: server.commands.pop(_scope(args), None) is not None or True,
            "setMyDescription": lambda args, files: self._describe("description", args),
            "setMyShortDescription": lambda args, files: self._describe("short_description", args),
            "getMyDescription": lambda args, files: self._described("description", args),
            "getMyShortDescription": lambda args, files: self._described("short_description", args),
            "getFile": self._get_file,
            "setWebhook": lambda args, files: server.webhook.set(args),
            "deleteWebhook": lambda args, files: server.webhook.delete(args),
            "getWebhookInfo": lambda args, files: server.webhook.info(),
        }

    def call(self, method: str, args: Arguments, files: Uploads) -> Any:
        """The result of a call whose arguments fit the schema. Raises Refused, or Violation if not simulated."""
        if method not in self._by_name:
            raise Violation(f"{method}: not simulated")
        return self._by_name[method](args, files)

    def _send_message(self, args: Arguments, files: Uploads) -> Any:
        chat = self._chat(args)
        text, entities = _text(args, "text", TEXT_LIMIT, "message is too long")
        if not text:
            raise Refused(400, "message text is empty", malformed=True)
        return self._post("sendMessage", chat, args, text, entities, None)

    def _send_file(self, kind: str, args: Arguments, files: Uploads) -> Any:
        chat = self._chat(args)
        caption, entities = _text(args, "caption", CAPTION_LIMIT, "message caption is too long")
        given = str(args.get(kind, ""))
        upload = files.get(given[9:] if given.startswith("attach://") else kind)
        if upload is None and given in self._server.files:  # sent once already, and now by its id
            _, path, content = self._server.files[given]
            upload = Upload(path.partition("_")[2], "", content)
        if upload is None:
            unknown = "wrong remote file identifier specified: can't unserialize it"
            raise Refused(400, unknown, malformed=not given or given.startswith("attach://"))
        if not upload.content:
            raise Refused(400, "file must be non-empty", malformed=True)
        stored = self._server.store(upload.content, upload.name)
        fields: Any = stored | {"file_name": upload.name, "mime_type": upload.mime}
        if kind == "photo":
            fields = [stored | {"width": 90, "height": 90}]
        name = upload.name if kind == "document" else ""
        return self._post(
            f"send{kind.title()}", chat, args, caption, entities, Media(kind, fields, name, upload.content)
        )

    def _post(
        self,
        method: str,
        chat: Chat,
        args: Arguments,
        text: str,
        entities: list[dict[str, Any]],
        media: Media | None,
    ) -> Any:
        reply = args.get("reply_parameters")
        target = chat.find(reply["message_id"]) if reply else None
        if reply and target is None and not reply.get("allow_sending_without_reply"):
            raise Refused(400, "message to be replied not found")
        message = self._server.add(chat, self._server.me, text, entities, _markup(args), media, target)
        message.quiet = bool(args.get("disable_notification"))
        self._server.delivered(method, message)
        return message.as_json()

    def _edit_text(self, args: Arguments, files: Uploads) -> Any:
        message = self._own(args)
        text, entities = _text(args, "text", TEXT_LIMIT, "MESSAGE_TOO_LONG")
        if message.media:
            raise Refused(400, "there is no text in the message to edit")
        if not text:
            raise Refused(400, "message text is empty", malformed=True)
        return self._change("editMessageText", message, text, entities, _markup(args))

    def _edit_caption(self, args: Arguments, files: Uploads) -> Any:
        message = self._own(args)
        caption, entities = _text(args, "caption", CAPTION_LIMIT, "MEDIA_CAPTION_TOO_LONG")
        if not message.media:
            raise Refused(400, "there is no caption in the message to edit")
        return self._change("editMessageCaption", message, caption, entities, _markup(args))

    def _edit_markup(self, args: Arguments, files: Uploads) -> Any:
        message = self._own(args)
        return self._change("editMessageReplyMarkup", message, message.text, message.entities, _markup(args))

    def _change(
        self,
        method: str,
        message: Message,
        text: str,
        entities: list[dict[str, Any]],
        markup: dict[str, Any] | None,
    ) -> Any:
        if (text, entities, markup) == (message.text, message.entities, message.markup):
            raise Refused(400, _NOT_MODIFIED)
        message.text, message.entities, message.markup = text, entities, markup
        message.edited = self._server.date()
        self._server.delivered(method, message)
        return message.as_json()

    def _delete(self, args: Arguments, files: Uploads) -> bool:
        message = self._chat(args).find(args["message_id"])
        if message is None:
            raise Refused(400, "message to delete not found")
        if self._server.date() - message.date >= RETRACTABLE:
            raise Refused(400, "message can't be deleted for everyone")
        message.deleted = True
        self._server.delivered("deleteMessage", message)
        return True

    def _answer_query(self, args: Arguments, files: Uploads) -> bool:
        query = args["callback_query_id"]
        born = self._server.queries.pop(query, None)
        if born is None or self._server.clock() - born > self._server.callback_lifetime:
            raise Refused(400, _OLD_QUERY)
        self._server.answers[query] = args.get("text", "")
        return True

    def _react(self, args: Arguments, files: Uploads) -> bool:
        message = self._chat(args).find(args["message_id"])
        if message is None:
            raise Refused(400, "message to react not found")
        message.reaction = "".join(reaction.get("emoji", "") for reaction in args.get("reaction", ()))
        return True

    def _set_commands(self, args: Arguments, files: Uploads) -> bool:
        for command in args["commands"]:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise Refused(400, "BOT_COMMAND_INVALID", malformed=True)
            if not command["description"]:
                raise Refused(400, "BOT_COMMAND_DESCRIPTION_INVALID", malformed=True)
        if len(args["commands"]) > 100:
            raise Refused(400, "BOT_COMMANDS_TOO_MUCH", malformed=True)
        scope = args.get("scope", {})
        if "chat_id" in scope:
            self._chat(scope)
        self._server.commands[_scope(args)] = list(args["commands"])
        return True

    def _describe(self, kind: str, args: Arguments) -> bool:
        self._server.descriptions[kind, args.get("language_code", "")] = args.get(kind, "")
        return True

    def _described(self, kind: str, args: Arguments) -> dict[str, str]:
        told = self._server.descriptions
        return {kind: told.get((kind, args.get("language_code", "")), "") or told.get((kind, ""), "")}

    def _get_file(self, args: Arguments, files: Uploads) -> Any:
        found = self._server.files.get(args["file_id"])
        if found is None:
            raise Refused(400, "invalid file_id")
        file, path, _ = found
        return file | {"file_path": path}

    def _chat(self, args: Arguments) -> Chat:
        chat = self._server.chats.get(args["chat_id"]) if args.get("chat_id") is not None else None
        if chat is None:
            raise Refused(400, "chat not found")
        if chat.moved_to:
            parameters = {"migrate_to_chat_id": chat.moved_to}
            raise Refused(400, "group chat was upgraded to a supergroup chat", parameters)
        if chat.refusal:
            raise Refused(403, chat.refusal)
        return chat

    def _own(self, args: Arguments) -> Message:
        message = self._chat(args).find(args.get("message_id", 0))
        if message is None:
            raise Refused(400, "message to edit not found")
        if not message.from_bot:
            raise Refused(400, "message can't be edited")
        return message


_ABILITIES = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


def _scope(args: Arguments) -> tuple[str, int | str, str]:
    scope = args.get("scope") or {"type": "default"}
    return scope["type"], scope.get("chat_id", 0), args.get("language_code", "")


def _text(args: Arguments, name: str, limit: int, too_long: str) -> tuple[str, list[dict[str, Any]]]:
    source, mode = args.get(name, ""), args.get("parse_mode", "")
    if mode and mode.lower() != "html":
        raise Violation(f"parse_mode {mode!r} is not simulated")
    try:
        text, entities = parse_html(source) if mode else (source.strip(), plain_entities(source.strip()))
    except Unparsable as problem:
        raise Refused(400, f"can't parse entities: {problem}", malformed=True) from None
    if utf16(text) > limit:
        raise Refused(400, too_long, malformed=True)
    return text, entities


def _markup(args: Arguments) -> dict[str, Any] | None:
    markup: dict[str, Any] | None = args.get("reply_markup")
    rows = (markup or {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not button["text"].strip():
            raise Refused(400, "can't parse inline keyboard button: text must be non-empty", malformed=True)
        if len(button) - 1 - ("style" in button) != 1:
            raise Refused(400, "text buttons are unallowed in the inline keyboard", malformed=True)
    return markup if not markup or any(rows) or "inline_keyboard" not in markup else None
