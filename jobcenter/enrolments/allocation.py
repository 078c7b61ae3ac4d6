"""Who gets which place, when people named several classes in order: pure arithmetic.

Deferred acceptance: everybody asks for their first wish; a class keeps the first in its own line
and lets the others ask for their next. In the end nobody sees a place that they would rather have
held by somebody behind them in that class's line, and no other such result is better for anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def allocate(
    wishes: Mapping[int, Sequence[int]],
    lines: Mapping[int, Sequence[int]],
    places: Mapping[int, int],
) -> dict[int, int]:
    """Return the class of each person who gets one.

    `wishes` are the classes of each person, best first; `lines` the people of each class in their
    turn; `places` how many are free.
    """
    turn = {course: {who: n for n, who in enumerate(line)} for course, line in lines.items()}
    held: dict[int, list[int]] = {course: [] for course in lines}
    asked = dict.fromkeys(wishes, 0)
    asking = sorted(wishes, reverse=True)
    while asking:
        who = asking.pop()
        wanted = wishes[who]
        if asked[who] >= len(wanted):
            continue
        course = wanted[asked[who]]
        asked[who] += 1
        if who not in turn.get(course, {}):
            asking.append(who)
            continue
        held[course].append(who)
        held[course].sort(key=turn[course].__getitem__)
        if len(held[course]) > places.get(course, 0):
            asking.append(held[course].pop())
    return {who: course for course, people in held.items() for who in people}
