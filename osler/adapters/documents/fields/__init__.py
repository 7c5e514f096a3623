"""From the text of a certificate to the fields of a record; one noun a file, and no file, picture or
clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from osler.adapters.documents import Page, Proposal, Remark
from osler.adapters.documents.fields.completion import completion_of
from osler.adapters.documents.fields.credits import credits_of
from osler.adapters.documents.fields.format import format_of
from osler.adapters.documents.fields.learner import learner_of
from osler.adapters.documents.fields.number import number_of
from osler.adapters.documents.fields.provider import provider_of
from osler.adapters.documents.fields.several import lists_several
from osler.adapters.documents.fields.title import title_of
from osler.adapters.documents.fields.topics import topics_of
from osler.adapters.documents.flow import Flow

LEAST_LETTERS = 20


def proposals_of(pages: Sequence[Page], as_of: date) -> tuple[tuple[Proposal, ...], tuple[Remark, ...]]:
    """What the pages say, field by field, and what the person should know of them.

    ``as_of`` is the day of reading: nothing is completed after it.
    """
    flow = Flow(pages)
    if sum(character.isalnum() for character in flow.text) < LEAST_LETTERS:
        return (), (Remark("no-words"),)
    learner = learner_of(flow)
    title = title_of(flow, learner)
    found = [
        title,
        provider_of(flow),
        completion_of(flow, as_of),
        *credits_of(flow),
        format_of(flow),
        *topics_of(flow, title),
        learner,
        number_of(flow),
    ]
    proposals = tuple(one for one in found if one is not None)
    if lists_several(flow):
        # Which of the rows is meant, only the person can say.
        return tuple(_doubted(one) for one in proposals), (Remark("several-activities"),)
    if not any(one.field in ("completed", "credit") for one in proposals):
        return tuple(_doubted(one) for one in proposals), (Remark("no-certificate"),)
    return proposals, ()


def _doubted(one: Proposal) -> Proposal:
    return Proposal(one.field, one.candidates)
