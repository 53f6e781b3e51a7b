"""`python -m tests.telegram_server --port N`: the server as a process, controlled under `/_control/`."""

import argparse
import asyncio
import contextlib

from tests.telegram_server.server import TelegramServer


async def serve(port: int, token: str, strict: bool) -> None:
    """Serve until cancelled; the first line printed is the address."""
    server = TelegramServer(token)
    server.limits.strict = strict
    await server.start(port)
    print(server.url, flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await server.stop()


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(prog="python -m tests.telegram_server")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--token", default="123456:TEST")
    parser.add_argument("--strict", action="store_true", help="with Telegram's rate limits")
    options = parser.parse_args()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(options.port, options.token, options.strict))


if __name__ == "__main__":
    main()
