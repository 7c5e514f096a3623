"""What can be done to a person's profile, facts and credentials, and who may do it for them.

Every action is keyword-only, takes who acts (``by``; ``None`` is Osler itself) and when (``at``), and
returns the row it made or a ``Refusal`` with a sentence for the person. Row, log entry and signal stand or
fall together.
"""

from osler.apps.people.actions.account import ACCOUNT_EVENTS, note_account_event, note_failed_sign_in
from osler.apps.people.actions.consents import note_consent
from osler.apps.people.actions.credentials import (
    MOST_CREDENTIALS,
    add_credential,
    change_credential,
    remove_credential,
    restore_credential,
)
from osler.apps.people.actions.delegations import (
    DAYS_TO_ANSWER,
    MOST_DELEGATIONS,
    accept_delegation,
    change_delegation,
    decline_delegation,
    end_delegation,
    invite_assistant,
    note_acting,
)
from osler.apps.people.actions.facts import state_fact, withdraw_fact
from osler.apps.people.actions.leaving import (
    DAYS_TO_THINK,
    ask_to_leave,
    end_account,
    end_accounts_due,
    stay,
)
from osler.apps.people.actions.profile import change_profile, open_account

__all__ = [
    "ACCOUNT_EVENTS",
    "DAYS_TO_ANSWER",
    "DAYS_TO_THINK",
    "MOST_CREDENTIALS",
    "MOST_DELEGATIONS",
    "accept_delegation",
    "add_credential",
    "ask_to_leave",
    "change_credential",
    "change_delegation",
    "change_profile",
    "decline_delegation",
    "end_account",
    "end_accounts_due",
    "end_delegation",
    "invite_assistant",
    "note_account_event",
    "note_acting",
    "note_consent",
    "note_failed_sign_in",
    "open_account",
    "remove_credential",
    "restore_credential",
    "state_fact",
    "stay",
    "withdraw_fact",
]
