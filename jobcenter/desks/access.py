"""Deny by default: every endpoint declares who may use it, or the application does not start."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.local import LocalProxy

from jobcenter.accounts.choices import Right
from jobcenter.kernel.actor import NOBODY, Actor

P = ParamSpec("P")
R = TypeVar("R")
READING = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC = "public"
SIGNED_IN = "signed-in"


def allow(*rights: Right) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare that whoever holds one of `rights` may use the view."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.__dict__["policy"] = frozenset(rights)
        return view

    return mark


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that anybody may use the view."""
    view.__dict__["policy"] = PUBLIC
    return view


def signed_in(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that every account may use the view."""
    view.__dict__["policy"] = SIGNED_IN
    return view


def early(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that the view is open before a required second factor is set up."""
    view.__dict__["early"] = True
    return view


def reads_only(view: Callable[P, R]) -> Callable[P, R]:
    """Declare that a view only reads, though by POST, so that no address tells what is asked.

    Its transaction cannot write, and on SQLite it takes no writer's place.
    """
    view.__dict__["reads_only"] = True
    return view


def writes() -> bool:
    """Say whether the transaction of this request is one that writes."""
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method not in READING and not getattr(view, "reads_only", False)


def policy_of(app: Flask, endpoint: str) -> frozenset[Right] | str | None:
    """Return what the endpoint declared; Flask's own static files are public."""
    if endpoint == "static":
        return PUBLIC
    found = getattr(app.view_functions[endpoint], "policy", None)
    return cast("frozenset[Right] | str | None", found)


def permits(policy: frozenset[Right] | str | None, actor: Actor) -> bool:
    """Say whether `actor` may use an endpoint with this policy."""
    if policy == PUBLIC:
        return True
    if actor.user_id is None or policy is None:
        return False
    return policy == SIGNED_IN or any(actor.may(right) for right in policy)


def require_policies(app: Flask) -> None:
    """Refuse to start while an endpoint declares nothing."""
    bare = [name for name in app.view_functions if policy_of(app, name) is None]
    if bare:
        raise RuntimeError(f"endpoints without a declared policy: {', '.join(sorted(bare))}")


def guard() -> ResponseReturnValue | None:
    """Run before every request: sign in first, or refuse."""
    endpoint = request.endpoint
    if endpoint in (None, "static"):
        # The 404 page; and files, which must not answer with a cookie of their own: one that was
        # under way would put an older session, its language too, over a newer one.
        return None
    policy = policy_of(current_app, endpoint)
    is_early = getattr(current_app.view_functions.get(endpoint), "early", False)
    if policy != PUBLIC and not is_early and getattr(current_user, "must_enrol", False):
        return redirect(url_for("account.second_factor"), 303)
    if permits(policy, me()):
        return None
    if me().user_id is None:
        if request.method in ("GET", "HEAD"):
            return redirect(url_for("public.sign_in", next=request.path))
        return redirect(url_for("public.sign_in"))
    return abort(403)


def me() -> Actor:
    """Return who acts in this request."""
    actor = getattr(g, "actor", None)
    if actor is None:
        actor = getattr(cast("LocalProxy[object]", current_user), "actor", NOBODY)
        g.actor = actor
    return cast("Actor", actor)
