"""What stands in somebody's calendar about their pledges."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.documents.calendar import Entry
from bot.domain.cadence import Occasion
from bot.domain.kinds import Kind
from bot.domain.pledge import Pledge
from bot.texts import Speaker


def calendar_entries(
    pledges: Iterable[Pledge], planned: Callable[[Pledge], Sequence[Occasion]], t: Speaker
) -> Iterator[Entry]:
    """The date of each of these open pledges, and the check-ins that are `planned` for it as things stand."""
    for pledge in pledges:
        reference = pledge.reference
        yield Entry(reference, pledge.due, t.plain("{reference}: the promised day", reference=reference), pledge.text)
        for occasion in planned(pledge):
            if occasion.kind is Kind.CHECK_IN:
                title = t.plain("{reference}: how is it getting on?", reference=reference)
                yield Entry(f"{reference}-check-in-{occasion.round}", occasion.at, title, pledge.text)
