"""Everything the database holds of one person, found by following its own foreign keys.

No context can forget to hand over a table: a table that leads to a person is theirs, whoever wrote it, and
what is left out stands in ``LEFT_OUT`` with its reason (a test holds the two against all tables there are).
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import BinaryField, Field, ForeignKey, Model, Q

from osler.apps.people.models import Person

CONTEXTS = "osler.apps."
# Files are handed over as files, counts at doors and the queue of jobs say nothing of anybody.
LEFT_OUT: dict[str, str] = {}
SECRETS = frozenset(
    {
        "password",
        "secret_sha256",
        "token_sha256",
        "question_sha256",
        "secret",
        "token",
    }
)
MOST_STEPS = 3
# What the ways to sign in keep, in tables that are not ours: what they hold, and which columns are shown.
ACCOUNT_TABLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("account.emailaddress", "The addresses one signs in with.", ("email", "verified", "primary")),
    (
        "mfa.authenticator",
        "Second factors and passkeys: which kinds, since when. What they check is left out.",
        ("type", "created_at", "last_used_at"),
    ),
    (
        "usersessions.usersession",
        "The browsers that are signed in.",
        ("created_at", "last_seen_at", "ip", "user_agent"),
    ),
    (
        "socialaccount.socialaccount",
        "Accounts elsewhere that open this one, and what they said of the person.",
        ("provider", "uid", "date_joined", "last_login", "extra_data"),
    ),
)


@dataclass(frozen=True, slots=True)
class OwnTable:
    """One table with the person's rows, as plain values. ``about`` is the first sentence of its model."""

    name: str
    about: str
    rows: Iterator[dict[str, Any]]


def own_tables(person: Person) -> Iterator[OwnTable]:
    """Every table that holds rows of the person, with those rows, secrets left out; one query each."""
    for model in personal_models():
        rows = model._default_manager.filter(_of(model, person)).order_by("pk")
        shown = [field.attname for field in model._meta.concrete_fields if _is_shown(field)]
        yield OwnTable(model._meta.label_lower, _about(model), iter(rows.values(*shown)))
    for label, about, columns in ACCOUNT_TABLES:
        rows = apps.get_model(label)._default_manager.filter(user_id=person.pk).order_by("pk")
        yield OwnTable(label, about, iter(rows.values(*columns)))


def own_counts(person: Person) -> dict[str, int]:
    """How many rows of the person each table holds, tables without any left out."""
    counts = {
        model._meta.label_lower: model._default_manager.filter(_of(model, person)).count()
        for model in personal_models()
    }
    for label, _about_it, _columns in ACCOUNT_TABLES:
        counts[label] = apps.get_model(label)._default_manager.filter(user_id=person.pk).count()
    return {name: count for name, count in counts.items() if count}


def personal_models() -> list[type[Model]]:
    """The tables of all contexts from which foreign keys lead to a person, in the order of the contexts."""
    return [model for model in context_models() if paths_to_person(model)]


def context_models() -> list[type[Model]]:
    """The tables of all contexts."""
    return [model for model in apps.get_models() if model.__module__.startswith(CONTEXTS)]


def paths_to_person(model: type[Model], steps: int = MOST_STEPS) -> list[str]:
    """The lookups that lead from a row to its person: ``person``, ``record__person``. Of several ways the
    shortest are taken; a person leads to themselves.
    """
    if model is Person:
        return ["pk"]
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    direct = [key.name for key in keys if key.related_model is Person]
    if direct or steps == 0:
        return direct
    found = []
    for key in keys:
        parent = key.related_model
        if parent is model or isinstance(parent, str) or not parent.__module__.startswith(CONTEXTS):
            continue
        found += [f"{key.name}__{path}" for path in paths_to_person(parent, steps - 1)]
    return found


def _of(model: type[Model], person: Person) -> Q:
    found = Q()
    for path in paths_to_person(model):
        found |= Q(**{path: person.pk})
    return found


def _is_shown(field: Field[Any, Any]) -> bool:
    return field.attname not in SECRETS and not isinstance(field, BinaryField)


def _about(model: type[Model]) -> str:
    said = inspect.getdoc(model) or ""
    return " ".join(said.split("\n\n")[0].split())
