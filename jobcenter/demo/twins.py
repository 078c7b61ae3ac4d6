"""People who are in the invented register twice, as busy counters write them.

The last few files are second files of earlier people: without accents, in another order, with a
slip, with the old number only. Of each pair one slip is why nobody saw it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from jobcenter.demo.lives import SeekerStory
from jobcenter.demo.people import Identity
from jobcenter.kernel import vietnamese

LEAST = 200  # files; a smaller register has nobody twice
# Every so many files somebody comes back under another spelling.
APART = 19


def with_twins(told: Iterator[SeekerStory], count: int, today: dt.date) -> Iterator[SeekerStory]:
    """Yield the stories, the last ones in place of which earlier people come a second time."""
    if count < LEAST:
        yield from told
        return
    kept: list[SeekerStory] = []
    for number, story in enumerate(told):
        if number % APART == 1 and len(kept) < len(_SLIPS) and story.identity.birth_date:
            kept.append(story)
        place = number - (count - len(_SLIPS))
        yield _again(kept[place], place, today) if 0 <= place < len(kept) else story


def _again(story: SeekerStory, place: int, today: dt.date) -> SeekerStory:
    """Return the second file of a person: newer, shorter, with one slip."""
    who = _SLIPS[place](replace(story.identity, email=None, social_insurance_number=None))
    came = today - dt.timedelta(days=3 * place + 2)
    return replace(
        story,
        identity=who,
        registered_on=max(came, story.registered_on),
        state="looking",
        experiences=story.experiences[:1],
        certificates=(),
        languages=(),
        target_groups=(),
        note=None,
        pay_min=(story.pay_min or 7_000_000) + 500_000,
    )


def _bare(who: Identity) -> Identity:
    return replace(who, full_name=vietnamese.fold(who.full_name).upper(), id_number=None)


def _swapped(who: Identity) -> Identity:
    *rest, given = who.full_name.split()
    return replace(who, full_name=" ".join([given, *rest]), id_number=None)


def _slipped(who: Identity) -> Identity:
    """Leave out one letter of the given name."""
    *rest, given = who.full_name.split()
    return replace(who, full_name=" ".join([*rest, given[:-1] or given]), id_number=None)


def _wrong_id(who: Identity) -> Identity:
    """Write one digit of the ID wrong, where no other person's number can be met."""
    number = who.id_number
    if number is None:
        return _bare(who)
    return replace(who, id_number=f"{number[0]}{(int(number[1]) + 1) % 10}{number[2:]}")


def _year_alone(who: Identity) -> Identity:
    return replace(who, birth_date=None, id_number=None)


def _old_number(who: Identity) -> Identity:
    return replace(who, id_number=None, birth_date=None)


_SLIPS: tuple[Callable[[Identity], Identity], ...] = (
    _bare, _swapped, _slipped, _wrong_id, _year_alone, _old_number,
)  # fmt: skip
