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
from osler.apps.requirements.queries.questions import OF_THE_CREDENTIAL, OF_THE_PROFILE, asked_fact
from osler.apps.requirements.queries.standings import (
    MissingPart,
    missing_parts,
    missing_sentence,
    percent_of,
    standing_sentence,
    standings_of,
)

__all__ = [
    "OF_THE_CREDENTIAL",
    "OF_THE_PROFILE",
    "CredentialStanding",
    "Found",
    "FoundSet",
    "MissingPart",
    "OfferedSet",
    "PersonAssessment",
    "PersonQuestion",
    "asked_fact",
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
