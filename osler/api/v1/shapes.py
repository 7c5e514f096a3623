"""What goes in and out, with the descriptions that the documentation shows. Amounts are exact, as text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import BeforeValidator, ConfigDict, StrictInt, StrictStr, StringConstraints
from pydantic_core import PydanticCustomError


def _text_or_whole(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, str | int):
        sentence = _("Write the amount as text, such as “1.5”, or as a whole number.")
        raise PydanticCustomError("amount", "{sentence}", {"sentence": sentence})
    return value


Amount = Annotated[
    StrictStr | StrictInt,
    BeforeValidator(_text_or_whole),
    Field(description="A decimal as text, such as “1.5”, or a whole number. A binary fraction is refused."),
]
RecordId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]


class Closed(Schema):
    """What is sent names nothing that is not read."""

    model_config = ConfigDict(extra="forbid")


class RecordIn(Closed):
    """One completed activity."""

    title: str = Field(max_length=300, description="As it stands on the certificate.")
    provider: str = Field("", max_length=200, description="Who gave the activity.")
    completed: date = Field(description="The day it was finished, such as 2026-03-12.")
    format: str = Field("other", description="A code of /vocabulary.")
    credits: dict[str, Amount] = Field(
        description="Amounts by credit type; several types are the same hours in different currencies.",
        examples=[{"AMA_PRA_1": "1.5"}],
    )
    topics: dict[str, Amount] = Field(default_factory=dict, description="Hours by topic, within the amounts.")
    tags: list[str] = Field(default_factory=list, description="Attributes that rules ask for.")
    note: str = Field("", max_length=2000)


class NewRecordIn(RecordIn):
    """One activity to add."""

    id: RecordId | None = Field(None, description="Your own id for it, unique in this transcript.")


class BatchIn(Closed):
    """Several activities to add; each is taken or refused by itself."""

    # Read one by one, so that one that is wrong does not take the others down.
    records: list[dict[str, Any]] = Field(min_length=1, max_length=500)


class SourceOut(Schema):
    """How the record came."""

    kind: str = Field(description="manual, import, document, calendar or api.")
    name: str = Field(description="The calendar or token, as it was called then.")


class AlikeOut(Schema):
    """Another record that looks like the same activity; the person is asked on their page."""

    id: str
    certain: bool = Field(description="Same title, provider and day but for case and spacing.")
    reasons: list[str]


class RecordOut(Schema):
    """One activity of the transcript."""

    id: str
    title: str
    provider: str
    completed: date
    format: str
    credits: dict[str, str]
    topics: dict[str, str]
    tags: list[str]
    note: str
    source: SourceOut
    added_at: datetime


class AddedOut(RecordOut):
    """A record just added."""

    looks_like: list[AlikeOut]
    merged: bool = Field(description="It was made one with a record that was there; this is that record.")


class TotalOut(Schema):
    """What the records found add up to."""

    credit_type: str
    records: int
    amount: str


class RecordsOut(Schema):
    """One page of the transcript, with the totals of all records found."""

    records: list[RecordOut]
    count: int
    page: int
    pages: int
    totals: list[TotalOut]


class ProblemOut(Schema):
    """Why something was not done (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str


class BatchResultOut(Schema):
    """What became of one activity of a batch; ``record`` where it was added, else ``problem``."""

    status: int
    record: AddedOut | None = None
    problem: dict[str, Any] | None = None


class BatchOut(Schema):
    """What became of each, in the order in which they were sent."""

    added: int
    refused: int
    results: list[BatchResultOut]


class CredentialOut(Schema):
    """A licence, certificate or registration held."""

    id: str
    requirement_set: str
    name: str
    number: str
    issued: date | None
    expires: date | None = Field(description="The last day inside the running cycle.")


class CredentialsOut(Schema):
    """All credentials held."""

    credentials: list[CredentialOut]


class TokenOut(Schema):
    """The token that asks."""

    name: str
    scope: str
    expires_at: datetime
    person: str
    asked_in_a_minute: int = Field(description="How often it is answered within a minute.")


class WordOut(Schema):
    """A code and what it means."""

    code: str
    name: str


class VocabularyOut(Schema):
    """Every code that can be sent."""

    credit_types: list[WordOut]
    formats: list[WordOut]
    topics: list[WordOut]
    tags: list[WordOut]
