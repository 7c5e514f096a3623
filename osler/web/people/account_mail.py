"""Messages about delegates: what was asked, accepted and ended. They are security notices and always sent."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse


def send_notice(request: HttpRequest, to: str, kind: str, **parts: Any) -> None:
    """Sends ``people/mail/delegate_<kind>`` to one address; without a mail server only the mail is lost."""
    url = f"{settings.OSLER_PUBLIC_URL}{reverse('people:delegates')}"
    context = {**parts, "url": url, "user": request.user}
    subject = render_to_string(f"people/mail/delegate_{kind}_subject.txt", context)
    text = render_to_string(f"people/mail/delegate_{kind}.txt", context)
    send_mail(" ".join(subject.split()), text, None, [to], fail_silently=True)
