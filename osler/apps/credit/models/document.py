"""A certificate a person keeps: whose it is, what was read from it, and which record it proves."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

# No vowels and nothing that is read wrong aloud: keys and mail tokens may be spelled over the telephone.
new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")
new_token = partial(get_random_string, 16, "bcdfghjkmnpqrstvwxyz23456789")


class Document(models.Model):
    """One file of a person. Its bytes lie in the storage under their hash (``queries.documents``).

    The same bytes may prove several records, one row each; of those that prove none there is one row per
    hash. A removed document keeps its bytes until ``actions.keeping`` purges it, so that removing can be
    undone.
    """

    class State(models.TextChoices):
        """Where the document stands."""

        READING = "reading", _("being read")
        TO_CONFIRM = "to-confirm", _("to confirm")
        ATTACHED = "attached", _("kept with a record")
        REFUSED = "refused", _("could not be kept")

    class CameBy(models.TextChoices):
        """How the file reached Osler."""

        UPLOAD = "upload", _("uploaded")
        MAIL = "mail", _("mailed in")

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="documents")
    record = models.ForeignKey(
        "credit.Record", on_delete=models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    sha256 = models.CharField(max_length=64)
    bytes_count = models.PositiveIntegerField()
    media_type = models.CharField(max_length=60)
    filename = models.CharField(max_length=200)
    pages = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=State.choices)
    came_by = models.CharField(max_length=10, choices=CameBy.choices, default=CameBy.UPLOAD)
    # What the mail says of its sender; nobody has checked it.
    said_sender = models.CharField(max_length=320, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-added_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "sha256"],
                condition=models.Q(record=None, removed_at=None),
                name="credit_one_loose_document_per_hash",
            ),
            models.UniqueConstraint(
                fields=["record", "sha256"],
                condition=models.Q(removed_at=None),
                name="credit_one_document_per_record_and_hash",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "state", "-added_at"],
                name="credit_documents",
                condition=models.Q(removed_at=None),
            ),
            models.Index(fields=["person", "sha256"], name="credit_document_hashes"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_being_read(self) -> bool:
        """A job has still to find the words in its pictures."""
        return self.state == self.State.READING

    @property
    def is_refused(self) -> bool:
        """It turned out to be unreadable; its bytes are gone and only the reason is left."""
        return self.state == self.State.REFUSED


class DocumentReading(models.Model):
    """What was read from a document, apart from it so that lists never load it.

    ``proposals`` are those of ``adapters.documents`` as data; ``pages`` the size of each page and the hash of
    its picture; ``remarks`` codes with their values, put into words where they are shown.
    """

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="reading")
    proposals = models.JSONField(default=list)
    pages = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    read_at = models.DateTimeField()


class InboundAddress(models.Model):
    """The token of a person's mail address for certificates; a revoked one is answered no more."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="inbound_addresses"
    )
    token = models.CharField(max_length=20, unique=True, default=new_token, editable=False)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(revoked_at=None),
                name="credit_one_open_address_per_person",
            )
        ]
