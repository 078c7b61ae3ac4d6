"""Who acts: identifiers and rights, no model, so that every room can ask without looking up."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Actor:
    """The person (or command) on whose behalf something happens.

    `enterprise_id` is set for an enterprise's users, `person_id` for a job seeker's account.
    """

    user_id: int | None
    name: str
    role: str
    rights: frozenset[str] = field(default_factory=frozenset)
    enterprise_id: int | None = None
    person_id: int | None = None

    def may(self, right: str) -> bool:
        """Say whether the actor holds `right`."""
        return right in self.rights


NOBODY = Actor(user_id=None, name="", role="anonymous")


def system(name: str, rights: frozenset[str]) -> Actor:
    """Return the actor behind a command or a job; `name` stands in the ledger."""
    return Actor(user_id=None, name=name, role="system", rights=rights)
