"""The request to act for somebody: to an address that may have no account, so it is mailed at once."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

if TYPE_CHECKING:
    from osler.apps.people.models import Delegation


def send_request(delegation: Delegation) -> bool:
    """Whether the mail left. Known or not, an address is written to in the same way and takes as long."""
    url = f"{settings.OSLER_PUBLIC_URL}{reverse('people:delegates')}"
    context = {"delegation": delegation, "url": url}
    subject = render_to_string("people/mail/delegate_asked_subject.txt", context)
    text = render_to_string("people/mail/delegate_asked.txt", context)
    try:
        send_mail(" ".join(subject.split()), text, None, [delegation.address])
    except (OSError, smtplib.SMTPException):
        return False
    return True
