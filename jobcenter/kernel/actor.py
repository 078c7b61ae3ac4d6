"""Who acts: identifiers and rights, no model, so that every room can ask without looking up."""

from __future__ import annotations

from dataclasses import dataclass, field

from jobcenter.kernel.errors import NotImpartial

# Job seekers: what is written down for good names them by role and account number alone.
NAMELESS = frozenset({"seeker"})


@dataclass(frozen=True)
class Actor:
    """The person (or command) on whose behalf something happens.

    `enterprise_id` is set for an enterprise's users, with `branch_ids` of the branches that they
    act for too; `person_id` for a job seeker's account. `partial_to` are the firms that a person
    of the centre has an interest in: nobody acts for a firm and, as the centre, on it.
    """

    user_id: int | None
    name: str
    role: str
    rights: frozenset[str] = field(default_factory=frozenset)
    enterprise_id: int | None = None
    person_id: int | None = None
    branch_ids: frozenset[int] = field(default_factory=frozenset)
    partial_to: frozenset[int] = field(default_factory=frozenset)

    def may(self, right: str) -> bool:
        """Say whether the actor holds `right`."""
        return right in self.rights

    @property
    def known_as(self) -> str:
        """Return how the ledger calls the actor: it is never changed, so no job seeker by name."""
        return self.role if not self.name or self.role in NAMELESS else self.name

    @property
    def firm_ids(self) -> frozenset[int]:
        """Return the firms that the actor acts for; nobody of the centre acts for any."""
        return self.branch_ids | ({self.enterprise_id} if self.enterprise_id else set())

    def acts_for(self, enterprise_id: int | None) -> bool:
        """Say whether the actor acts for this firm."""
        return enterprise_id is not None and enterprise_id in self.firm_ids

    def is_partial_to(self, enterprise_id: int | None) -> bool:
        """Say whether the actor, of the centre, has an interest in this firm."""
        return enterprise_id is not None and enterprise_id in self.partial_to


def require_impartial(by: Actor, enterprise_id: int | None) -> None:
    """Refuse whoever has an interest in the firm that the act is about."""
    if by.is_partial_to(enterprise_id):
        raise NotImpartial


NOBODY = Actor(user_id=None, name="", role="anonymous")


def system(name: str, rights: frozenset[str]) -> Actor:
    """Return the actor behind a command or a job; `name` stands in the ledger."""
    return Actor(user_id=None, name=name, role="system", rights=rights)
