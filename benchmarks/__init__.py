"""How fast, against what: each module prints a ratio to a named baseline that was measured in the same run.

`python -m benchmarks` runs all of them, `python -m benchmarks.NAME` one. Nothing here fails on a slow machine: the
target stands beside the ratio. Baseline and candidate take turns, so that whatever else the machine does hits both.
"""
