"""What a log may say of an exception: its kind and where it happened. Its words may be what somebody wrote."""

import traceback


def told(problem: BaseException) -> dict[str, str]:
    """`problem` and `trace` of a log line: what the exception and its causes are called, and the places in the code."""
    kinds = []
    cause: BaseException | None = problem
    while cause is not None:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__
    return {"problem": " from ".join(kinds), "trace": "".join(traceback.format_tb(problem.__traceback__))}
