"""`python -m benchmarks`: all of them, one after the other."""

from benchmarks import (
    broadcast,
    due_tick,
    echo,
    empty_tick,
    encrypted_echo,
    incoming,
    organisers,
    processes,
    rehearse,
    start,
)

ALL = (
    empty_tick, due_tick, start, incoming, organisers, broadcast, echo, encrypted_echo, processes, rehearse,
)  # fmt: skip

for benchmark in ALL:
    benchmark.main()
