"""What allauth tells of an account, written into its owner's log."""

from typing import Any

from allauth.account import signals as account
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as linked
from django.http import HttpRequest

from osler.apps.people.actions import note_account_event
from osler.web.people.reader import now


def connect() -> None:
    """Listens from now on; called once, when the pages are ready."""
    account.user_logged_in.connect(_signed_in, dispatch_uid="log-sign-in")
    for signal, event in (
        (account.password_changed, "change-password"),
        (account.password_set, "set-password"),
        (account.password_reset, "reset-password"),
    ):
        signal.connect(_noting(event), weak=False, dispatch_uid=f"log-{event}")
    account.email_added.connect(_address("add-email"), weak=False, dispatch_uid="log-add-email")
    account.email_removed.connect(_address("remove-email"), weak=False, dispatch_uid="log-remove-email")
    account.email_confirmed.connect(_confirmed, dispatch_uid="log-confirm-email")
    account.email_changed.connect(_changed, dispatch_uid="log-change-email")
    mfa.authenticator_added.connect(_factor("add-factor"), weak=False, dispatch_uid="log-add-factor")
    mfa.authenticator_removed.connect(_factor("remove-factor"), weak=False, dispatch_uid="log-remove-factor")
    mfa.authenticator_reset.connect(_factor("renew-recovery-codes"), weak=False, dispatch_uid="log-codes")
    linked.social_account_added.connect(_link("link-sign-in"), weak=False, dispatch_uid="log-link")
    linked.social_account_removed.connect(_unlinked, dispatch_uid="log-unlink")


def _signed_in(request: HttpRequest, user: Any, **rest: Any) -> None:
    records = get_authentication_records(request)
    ways = sorted({record["method"] for record in records if record.get("method")})
    note_account_event(person=user, event="sign-in", at=now(), detail={"way": ", ".join(ways)})


def _noting(event: str) -> Any:
    def note(request: HttpRequest, user: Any, **rest: Any) -> None:
        note_account_event(person=user, event=event, at=now())

    return note


def _address(event: str) -> Any:
    def note(request: HttpRequest, user: Any, email_address: Any, **rest: Any) -> None:
        note_account_event(person=user, event=event, at=now(), detail={"address": email_address.email})

    return note


def _confirmed(request: HttpRequest, email_address: Any, **rest: Any) -> None:
    detail = {"address": email_address.email}
    note_account_event(person=email_address.user, event="confirm-email", at=now(), detail=detail)


def _changed(request: HttpRequest, user: Any, to_email_address: Any, **rest: Any) -> None:
    detail = {"address": to_email_address.email}
    note_account_event(person=user, event="change-email", at=now(), detail=detail)


def _factor(event: str) -> Any:
    def note(request: HttpRequest, user: Any, authenticator: Any, **rest: Any) -> None:
        note_account_event(person=user, event=event, at=now(), detail={"kind": str(authenticator.type)})

    return note


def _link(event: str) -> Any:
    def note(request: HttpRequest, sociallogin: Any, **rest: Any) -> None:
        detail = {"provider": str(sociallogin.account.provider)}
        note_account_event(person=sociallogin.user, event=event, at=now(), detail=detail)

    return note


def _unlinked(request: HttpRequest, socialaccount: Any, **rest: Any) -> None:
    detail = {"provider": str(socialaccount.provider)}
    note_account_event(person=socialaccount.user, event="unlink-sign-in", at=now(), detail=detail)
