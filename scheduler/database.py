"""Where everything synchronous runs: the database's own threads, so that the event loop never waits for a disk."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Database:
    """Runs services in `threads` threads: one for SQLite, which writes one at a time anyway, a few for PostgreSQL."""

    def __init__(self, threads: int = 1) -> None:
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix="database")

    async def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of `function`, run in a database thread; its exception is raised here. Once begun it runs to
        its end even if the waiting task is cancelled: a transaction is never torn."""
        loop = asyncio.get_running_loop()
        return await asyncio.shield(loop.run_in_executor(self._executor, lambda: function(*args, **kwargs)))

    def close(self) -> None:
        """Wait for what is running, then end the threads."""
        self._executor.shutdown(wait=True)
