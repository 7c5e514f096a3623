"""What is kept so that people are told in time: last numbers, texts of rules, rhythms, calendar addresses."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")
new_secret = partial(get_random_string, 32)


class Watch(models.Model):
    """One credential as alerts watch it: the numbers of its last answer, and when its holder is reminded.

    ``figures`` lists the requirements (``core.rules.difference``) under the rules of ``rules_sha256``,
    ``figures_before`` those under the rules before, ``told_sha256`` the rules whose effect the holder knows.
    ``due_days`` are the days by which something is still to be done. ``remind_at`` is the moment of the next
    reminder; all up to ``reminded_until`` are dealt with.
    """

    credential = models.OneToOneField("people.HeldCredential", on_delete=models.CASCADE, related_name="watch")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    figures = models.JSONField(default=list)
    figures_before = models.JSONField(default=list)
    rules_sha256 = models.CharField(max_length=64)
    rules_sha256_before = models.CharField(max_length=64, blank=True)
    told_sha256 = models.CharField(max_length=64)
    due_days = models.JSONField(default=list)
    as_of = models.DateField()
    computed_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True)
    reminded_until = models.DateTimeField()

    class Meta:
        ordering = ["credential_id"]
        indexes = [
            models.Index(
                fields=["remind_at", "person"],
                name="requirements_remind",
                condition=models.Q(remind_at__isnull=False),
            ),
            models.Index(fields=["as_of"], name="requirements_watch_as_of"),
        ]


class WeeklyDigest(models.Model):
    """When a person's next digest is due, and what they were last told of: ``seen`` by credential's key.

    ``since`` is the moment up to which everything was told.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    next_at = models.DateTimeField(db_index=True)
    since = models.DateTimeField()
    seen = models.JSONField(default=dict)


class RuleText(models.Model):
    """The text of a requirement set as it once was, so that an answer can be worked out under it again."""

    requirement_set = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    content = models.TextField()
    seen_at = models.DateTimeField()
    is_current = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["requirement_set", "sha256"], name="requirements_one_text"),
            models.UniqueConstraint(
                fields=["requirement_set"],
                condition=models.Q(is_current=True),
                name="requirements_one_current_text",
            ),
        ]


class CalendarFeed(models.Model):
    """A person's calendar address. ``secret`` is part of what the address is signed with: a new one ends it.

    ``content_sha256`` and ``changed_at`` say when what the calendar shows last changed.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    secret = models.CharField(max_length=32, default=new_secret)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    content_sha256 = models.CharField(max_length=64, blank=True)
    read_at = models.DateTimeField(null=True)
