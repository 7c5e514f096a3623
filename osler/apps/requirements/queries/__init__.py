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
from osler.apps.requirements.queries.cycles import (
    CredentialCycles,
    CycleStanding,
    Place,
    answer_in,
    assessments_of,
    closed_cycles,
    credential_value_of,
    cycles_of_credential,
    ended_as,
    struck_cycles,
)
from osler.apps.requirements.queries.finding import Found, FoundSet, search
from osler.apps.requirements.queries.kept import (
    Difference,
    KeptAnswer,
    content_of,
    difference,
    kept_answer,
    kept_texts,
)
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
    "CredentialCycles",
    "CredentialStanding",
    "CycleStanding",
    "Difference",
    "Found",
    "FoundSet",
    "KeptAnswer",
    "MissingPart",
    "OfferedSet",
    "PersonAssessment",
    "PersonQuestion",
    "Place",
    "answer_in",
    "asked_fact",
    "assessment_of",
    "assessments_of",
    "closed_cycles",
    "content_of",
    "credential_value_of",
    "cycles_of_credential",
    "difference",
    "ended_as",
    "facts_asked",
    "kept_answer",
    "kept_texts",
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
    "struck_cycles",
]
