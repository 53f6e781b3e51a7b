"""What a benchmark prints: a ratio beside its target."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured `value` and its target. `most`: the target is the most that is good, otherwise the least."""

    name: str
    value: float
    target: float
    what: str
    most: bool = True
    unit: str = ""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.value <= self.target if self.most else self.value >= self.target

    def print(self) -> None:
        """One line: name, value, target, and whether it is met; below it what was measured."""
        bound = f"at {'most' if self.most else 'least'} {self.target:g}{self.unit}"
        value = f"{self.value:.2f}{self.unit}"
        print(f"{self.name:<22} {value:>8}   {bound:<14} {'met' if self.met else 'not met'}", flush=True)
        print(f"    {self.what}", flush=True)


def milliseconds(seconds: float) -> str:
    """Seconds as people read short ones."""
    return f"{seconds * 1000:.3g} ms"
