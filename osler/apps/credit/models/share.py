"""What a holder lets others read, and the large files that are made for them to take away."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

new_key = partial(get_random_string, 16, "bcdfghjkmnpqrstvwxyz23456789")


class ShareLink(models.Model):
    """A link by which somebody without an account reads one period of one credential, until it ends.

    Days lie inside the period. What the link leaves out cannot be reached by it. The address holds the key
    and a signature that only this installation can make (``queries.sharing``); nothing secret is stored.
    """

    class Records(models.TextChoices):
        """Which records of the period are shown."""

        COUNTED = "counted", _("those that count toward this credential")
        ALL = "all", _("all of the period")

    class Names(models.TextChoices):
        """How much of each record is shown."""

        FULL = "full", _("activity, provider, day and credit")
        PROVIDERS = "providers", _("provider, day and credit, without the activity’s title")

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="share_links")
    credential = models.ForeignKey(
        "people.HeldCredential", on_delete=models.CASCADE, related_name="share_links"
    )
    label = models.CharField(max_length=80, blank=True)
    period_from = models.DateField()
    period_until = models.DateField()
    records = models.CharField(max_length=10, choices=Records.choices, default=Records.COUNTED)
    names = models.CharField(max_length=10, choices=Names.choices, default=Names.FULL)
    has_assessment = models.BooleanField(default=False)
    has_certificates = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["person", "-made_at"], name="credit_share_links")]

    def __str__(self) -> str:
        return self.label or self.key


class ShareOpening(models.Model):
    """That a link was opened, and when; nothing of who opened it."""

    class What(models.TextChoices):
        """What was opened."""

        PAGE = "page", _("the page")
        PDF = "pdf", _("the PDF")
        CERTIFICATE = "certificate", _("a certificate")

    link = models.ForeignKey(ShareLink, on_delete=models.CASCADE, related_name="openings")
    what = models.CharField(max_length=12, choices=What.choices)
    opened_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["link", "-opened_at"], name="credit_share_openings")]


class PreparedFile(models.Model):
    """A file too large for one request, made by a job and kept for a week.

    ``asked`` says what it is made of. ``done`` of ``steps`` are done. The bytes lie in the storage under the
    key (``queries.prepared``) and go when ``gone_after`` is over.
    """

    class Kind(models.TextChoices):
        """What is made."""

        DOSSIER = "dossier", _("audit dossier")
        TRANSCRIPT = "transcript", _("transcript")

    class State(models.TextChoices):
        """Where it stands."""

        MAKING = "making", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("could not be made")

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="prepared_files"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    asked = models.JSONField(default=dict)
    filename = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.MAKING)
    done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    bytes_count = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    gone_after = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["person", "-asked_at"], name="credit_prepared_files")]

    def __str__(self) -> str:
        return self.filename
