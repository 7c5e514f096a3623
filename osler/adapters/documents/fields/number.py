"""The number by which the provider finds the certificate again."""

from __future__ import annotations

import re

from osler.adapters.documents import Candidate, Proposal
from osler.adapters.documents.fields.choice import folded, is_seen_clearly, offered
from osler.adapters.documents.flow import Flow

_LABEL = re.compile(
    r"\b(?:certificate|credential|verification|confirmation|transcript|zertifikats?|"
    r"bescheinigungs?|attestation)[\s-]*"
    r"(?:no\.?|number|nr\.?|nummer|id|code|#|№|n°)\s*[:#]?\s*"
)
_VALUE = re.compile(r"(?=[\w/-]*\d)[A-Za-z0-9][\w/-]{3,39}")


def number_of(flow: Flow) -> Proposal | None:
    """The number after "Certificate no." and the like."""
    found: list[Candidate] = []
    is_clear = True
    for match in _LABEL.finditer(folded(flow.text)):
        value = _VALUE.match(flow.text, match.end())
        if value is None:
            continue
        found.append(Candidate(value.group(), flow.place(*value.span()), why="labelled"))
        # Letters and figures without a word around them: a scan may mistake one for another.
        is_clear = is_clear and not flow.is_seen and is_seen_clearly(flow, *value.span())
    return offered("number", found, is_certain=is_clear)
