"""`python -m benchmarks`: all of them, one after the other."""

from benchmarks import broadcast, due_tick, echo, empty_tick, encrypted_echo, incoming, organisers, rehearse, start

for benchmark in (empty_tick, due_tick, start, incoming, organisers, broadcast, echo, encrypted_echo, rehearse):
    benchmark.main()
