"""What the requirements context answers: where everything stands, what is offered, what is asked, what is
found.
"""

from osler.apps.requirements.queries.assessment import (
    CredentialStanding,
    PersonAssessment,
    PersonQuestion,
    assessment_of,
    portfolio_file,
    portfolio_of,
)
from osler.apps.requirements.queries.finding import Found, FoundSet, search
from osler.apps.requirements.queries.offered import OfferedSet, facts_asked, requirement_set, sets_offered
from osler.apps.requirements.queries.standings import (
    MissingPart,
    missing_parts,
    missing_sentence,
    percent_of,
    standing_sentence,
    standings_of,
)

__all__ = [
    "CredentialStanding",
    "Found",
    "FoundSet",
    "MissingPart",
    "OfferedSet",
    "PersonAssessment",
    "PersonQuestion",
    "assessment_of",
    "facts_asked",
    "missing_parts",
    "missing_sentence",
    "percent_of",
    "portfolio_file",
    "portfolio_of",
    "requirement_set",
    "search",
    "sets_offered",
    "standing_sentence",
    "standings_of",
]
