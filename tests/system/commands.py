"""The command line as people have it: a process, in a directory of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
TOKEN = "123456:TEST"


@dataclass(frozen=True)
class Result:
    """What a command has printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The result as data."""
        return json.loads(self.out)


@dataclass
class CommandLine:
    """`worthalten` in `directory`, in English unless `environ` says otherwise; `code_in` is where its code lies."""

    directory: Path
    environ: dict[str, str] = field(default_factory=lambda: {"WORTHALTEN_BOT__LANGUAGE": "en"})
    code_in: Path = ROOT

    def configure(self, api_url: str = "", token: str = TOKEN, bot: str = "") -> None:
        """Write a config.toml, with a channel on Telegram where `api_url` says where that is."""
        lines = ["[bot]", 'responsible = "Stadt Musterhausen"', bot]
        if api_url:
            lines += ["[channels.telegram]", 'platform = "telegram"', f'token = "{token}"', f'api_url = "{api_url}"']
        (self.directory / "config.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def __call__(self, *arguments: str | Path, stdin: str = "", **environ: str) -> Result:
        """Run a command to its end."""
        done = subprocess.run(
            self._command(arguments), cwd=self.directory, env=self._environ(environ), input=stdin, text=True,
            encoding="utf-8", capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        return Result(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def running(self, *arguments: str | Path) -> Iterator[subprocess.Popen[str]]:
        """A command that goes on; it is killed in the end where it still runs."""
        process = subprocess.Popen(
            self._command(arguments), cwd=self.directory, env=self._environ({}), text=True, encoding="utf-8",
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        with process:
            try:
                yield process
            finally:
                process.kill()

    def _command(self, arguments: tuple[str | Path, ...]) -> list[str]:
        return [sys.executable, "-m", "bot", *map(str, arguments)]

    def _environ(self, more: Mapping[str, str]) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("WORTHALTEN_")}
        return {**own, "PYTHONPATH": str(self.code_in), **self.environ, **more}


def checks(worthalten: CommandLine, code: int, **environ: str) -> dict[str, dict[str, object]]:
    """What `check` says, by name; its exit code must be `code`."""
    result = worthalten("check", "--json", **environ)
    assert result.code == code
    assert result.json["ok"] is (code == 0)
    assert all(set(check) == {"name", "ok", "detail", "remedy"} for check in result.json["checks"])
    assert all(bool(check["remedy"]) is not check["ok"] for check in result.json["checks"])
    assert "TEST" not in result.out
    return {check["name"]: check for check in result.json["checks"]}


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()
