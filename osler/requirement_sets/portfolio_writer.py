"""Writes a portfolio as the text that ``portfolio_file`` reads back to an equal one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import yaml

from osler.core.credit.amount import amount_text
from osler.core.rules.record import Clinician, Credential, CreditRecord, FactValue, Portfolio


class _Day(str):
    """A day that YAML writes without quotes."""


class _Number(str):
    """An amount as text that both formats write without quotes, digit for digit."""


def write_portfolio(portfolio: Portfolio, form: Literal["yaml", "json"] = "yaml", *, note: str = "") -> str:
    """The portfolio file. What is not stated is left out: unknown stays unknown. ``note`` is for readers."""
    data = portfolio_data(portfolio)
    if note:
        data = {"portfolio": data["portfolio"], "note": note, **data}
    if form == "json":
        return json.dumps(_with_numbers(data), ensure_ascii=False, indent=2) + "\n"
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def portfolio_data(portfolio: Portfolio) -> dict[str, Any]:
    """The portfolio as nested dicts and lists; amounts are decimal strings and days ISO strings."""
    return {
        "portfolio": 1,
        "clinician": _clinician(portfolio.clinician),
        "credentials": [_credential(credential) for credential in portfolio.credentials],
        "credits": [_record(record) for record in portfolio.credits],
    }


def _clinician(clinician: Clinician) -> dict[str, Any]:
    specialties = None if clinician.specialties is None else list(clinician.specialties)
    found = {
        "profession": clinician.profession,
        "degree": clinician.degree,
        "birth_date": _day(clinician.birth_date),
        "specialties": specialties,
        "facts": _facts(clinician.facts) or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _credential(credential: Credential) -> dict[str, Any]:
    found = {
        "requirement_set": credential.requirement_set,
        "number": credential.number or None,
        "issued": _day(credential.issued),
        "expires": _day(credential.expires),
        "facts": _facts(credential.facts) or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _record(record: CreditRecord) -> dict[str, Any]:
    found = {
        "id": record.id,
        "title": record.title or None,
        "provider": record.provider or None,
        "completed": _day(record.completed),
        "format": record.format,
        "credits": _amounts(record.credits),
        "topics": _amounts(record.topics) or None,
        "tags": sorted(record.tags) or None,
    }
    return {key: value for key, value in found.items() if value is not None}


def _amounts(amounts: tuple[tuple[str, int], ...]) -> dict[str, _Number]:
    return {code: _Number(amount_text(ticks)) for code, ticks in amounts}


def _day(day: date | None) -> _Day | None:
    return None if day is None else _Day(day.isoformat())


def _facts(facts: Mapping[str, FactValue]) -> dict[str, Any]:
    return {name: _fact(value) for name, value in facts.items()}


def _fact(value: FactValue) -> Any:
    if isinstance(value, Decimal):
        return _Number(f"{value:f}")
    if isinstance(value, date):
        return _Day(value.isoformat())
    return list(value) if isinstance(value, tuple) else value


def _with_numbers(data: Any) -> Any:
    """JSON has no exact decimals of its own; whole numbers stay numbers, others become text."""
    if isinstance(data, dict):
        return {key: _with_numbers(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_numbers(value) for value in data]
    if isinstance(data, _Number) and data.lstrip("-").isdigit():
        return int(data)
    return data


class _Dumper(yaml.SafeDumper):
    """Writes amounts plain, and never an alias: a text is for people."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _plain_number(dumper: yaml.SafeDumper, number: _Number) -> yaml.ScalarNode:
    is_float = "." in number
    return dumper.represent_scalar(
        "tag:yaml.org,2002:float" if is_float else "tag:yaml.org,2002:int", str(number)
    )


def _plain_day(dumper: yaml.SafeDumper, day: _Day) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", str(day))


_Dumper.add_representer(_Day, _plain_day)
_Dumper.add_representer(_Number, _plain_number)
