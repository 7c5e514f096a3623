"""What a person allowed, and what they took back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from osler.apps.people.models.person import Person


class Consent(models.Model):
    """One decision of a person: something allowed, or taken back. Rows are added, never changed.

    ``detail`` says to whom or to what extent, in the words that were shown; ``subject`` names what it was
    given for (``share 7f…``), so that giving and taking back find each other.
    """

    class Purpose(models.TextChoices):
        """What is allowed."""

        NOTICE = "privacy-notice", _("Osler keeps what its privacy notice says")
        ASSISTANT = "assistant", _("Somebody acts for you")
        SHARE = "share", _("Others read part of your record")
        PROGRAM = "program", _("A program reads or keeps your record")
        CALENDAR_OUT = "calendar-out", _("A calendar shows your due dates")
        CALENDAR_IN = "calendar-in", _("Osler reads a calendar of yours")
        MAIL_IN = "mail-in", _("Osler takes certificates by mail")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    is_given = models.BooleanField()
    subject = models.CharField(max_length=60, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "-at"], name="people_consents")]

    def __str__(self) -> str:
        return f"{self.purpose}: {'given' if self.is_given else 'taken back'}"
