"""What allauth tells of an account, written into its owner's log."""

from typing import Any

from allauth.account import signals as account
from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as mfa
from allauth.socialaccount import signals as linked
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils.formats import date_format

from osler.apps.people.actions import note_account_event, note_consent, note_failed_sign_in
from osler.apps.people.queries import person_with_address
from osler.web.people.notice import NOTICE_OF
from osler.web.people.reader import now


def connect() -> None:
    """Listens from now on; called once, when the pages are ready."""
    account.user_signed_up.connect(_signed_up, dispatch_uid="log-sign-up")
    user_login_failed.connect(_refused, dispatch_uid="log-wrong-password")
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
    mfa.authentication_failed.connect(_wrong_code, dispatch_uid="log-wrong-code")
    linked.social_account_added.connect(_link("link-sign-in"), weak=False, dispatch_uid="log-link")
    linked.social_account_removed.connect(_unlinked, dispatch_uid="log-unlink")


def _signed_up(request: HttpRequest, user: Any, **rest: Any) -> None:
    """The sentence on the sign-up page is the consent; which notice it was is kept with it."""
    at = now()
    with transaction.atomic():
        note_account_event(person=user, event="open-account", at=at, detail={"address": user.email})
        note_consent(
            person=user,
            purpose="privacy-notice",
            is_given=True,
            subject=f"notice {NOTICE_OF.isoformat()}",
            detail=date_format(NOTICE_OF, "j F Y"),
            at=at,
        )


def _refused(
    sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any
) -> None:
    person = person_with_address(str(credentials.get("email") or ""))
    if person is not None and request is not None:
        _note_wrong(request, person, "password")


def _wrong_code(request: HttpRequest, user: Any, **rest: Any) -> None:
    _note_wrong(request, user, "code")


def _note_wrong(request: HttpRequest, person: Any, kind: str) -> None:
    note_failed_sign_in(person=person, kind=kind, address=_address_of(request), at=now())


def _signed_in(request: HttpRequest, user: Any, **rest: Any) -> None:
    # Of a second factor its kind is said: which of them opened the door is what its owner wants to know.
    records = get_authentication_records(request, user)
    ways = [str(record.get("type") or record.get("method") or "") for record in records]
    detail = {"way": ", ".join(dict.fromkeys(filter(None, ways))), "from": _address_of(request)}
    note_account_event(person=user, event="sign-in", at=now(), detail=detail)


def _address_of(request: HttpRequest) -> str:
    return str(get_adapter(request).get_client_ip(request))


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
