"""What the people context answers, as rows for pages and as the core's plain values for rules."""

from osler.apps.people.queries.persons import (
    clinician_and_credentials,
    clinician_of,
    credential_held,
    credential_value,
    credentials_held,
    fact_value,
    facts_stated,
    person_by_email,
    person_by_id,
    persons_at,
    read_fact,
    write_fact,
)

__all__ = [
    "clinician_and_credentials",
    "clinician_of",
    "credential_held",
    "credential_value",
    "credentials_held",
    "fact_value",
    "facts_stated",
    "person_by_email",
    "person_by_id",
    "persons_at",
    "read_fact",
    "write_fact",
]
