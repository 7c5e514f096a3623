"""A file that brings records: what it was, how its columns are read, what became of every row."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class Import(models.Model):
    """One uploaded transcript, from its preview to its records and, if wanted, back.

    ``mapping`` is the reading of the columns (``adapters.transcripts.mapping``), ``layout`` the known layout
    it came from, if any. ``questions`` are what must be answered before rows can be read. ``wanted`` keeps
    the rows a confirmation chose, so that the job that writes them can be run again. While rows are read or
    written, ``rows_done`` of ``rows_in_all`` are; both are committed with the rows they count.
    """

    class Status(models.TextChoices):
        """Where an import stands; see ``TRANSITIONS``."""

        READING = "reading", _("being read")
        UNMAPPED = "unmapped", _("columns to be confirmed")
        PREVIEWED = "previewed", _("ready to add")
        ADDING = "adding", _("being added")
        ADDED = "added", _("added")
        UNDONE = "undone", _("undone")
        DISCARDED = "discarded", _("discarded")

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="imports")
    filename = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    bytes_count = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices)
    layout = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(default=dict)
    questions = models.JSONField(default=list)
    wanted = models.JSONField(default=list)
    rows_done = models.PositiveIntegerField(default=0)
    rows_in_all = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["person", "-started_at"], name="credit_imports")]

    def __str__(self) -> str:
        return self.filename


TRANSITIONS: dict[str, frozenset[str]] = {
    Import.Status.READING: frozenset(
        {Import.Status.READING, Import.Status.UNMAPPED, Import.Status.PREVIEWED, Import.Status.DISCARDED}
    ),
    Import.Status.UNMAPPED: frozenset(
        {Import.Status.READING, Import.Status.PREVIEWED, Import.Status.UNMAPPED, Import.Status.DISCARDED}
    ),
    Import.Status.PREVIEWED: frozenset(
        {
            Import.Status.READING,
            Import.Status.UNMAPPED,
            Import.Status.PREVIEWED,
            Import.Status.ADDING,
            Import.Status.DISCARDED,
        }
    ),
    Import.Status.ADDING: frozenset({Import.Status.ADDED}),
    Import.Status.ADDED: frozenset({Import.Status.UNDONE}),
    Import.Status.UNDONE: frozenset(),
    Import.Status.DISCARDED: frozenset(),
}
"""From which status an import may go to which."""


class ImportFile(models.Model):
    """The bytes as they were uploaded, apart from the import so that lists never load them."""

    came_with = models.OneToOneField(Import, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()


class ImportRow(models.Model):
    """One activity of the file, read from one line or from several that belong together.

    ``values`` holds what was understood (see ``actions.row_values``), ``cells`` the line as it stands in the
    file, ``reasons`` why it is refused, ``notes`` what was taken for granted.
    """

    class State(models.TextChoices):
        """What the row is, before anybody decides."""

        NEW = "new", _("new")
        DUPLICATE = "duplicate", _("already there")
        LIKELY_DUPLICATE = "likely-duplicate", _("looks like one you have")
        REFUSED = "refused", _("cannot be read")

    came_with = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    state = models.CharField(max_length=16, choices=State.choices)
    values = models.JSONField(default=dict)
    cells = models.JSONField(default=list)
    reasons = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    twin = models.ForeignKey("credit.Record", on_delete=models.SET_NULL, null=True, related_name="+")
    twin_line = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["line", "id"]
        indexes = [models.Index(fields=["came_with", "state", "line"], name="credit_import_rows")]


class ColumnMapping(models.Model):
    """How a person once said that columns with these headings are read; used again for the next such file."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="column_mappings"
    )
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "signature"], name="credit_one_mapping_per_header")
        ]
