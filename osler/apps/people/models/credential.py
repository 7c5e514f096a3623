"""What somebody holds, and what they stated of themselves or of it."""

from django.db import models

from osler.apps.people.models.person import Person, new_key


class HeldCredential(models.Model):
    """A licence, certificate or registration somebody holds. ``expires_on`` is the last day inside its
    cycle.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="held_credentials")
    requirement_set = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=120, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["person"], name="people_held", condition=models.Q(removed_at=None))]

    def __str__(self) -> str:
        return f"{self.requirement_set} {self.number}".strip()


class Fact(models.Model):
    """One thing a person stated, of themselves or of one credential, as canonical text with its kind."""

    class Kind(models.TextChoices):
        """How the text is read back."""

        YES_NO = "yes-no"
        NUMBER = "number"
        DATE = "date"
        TEXT = "text"
        LIST = "list"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="facts")
    credential = models.ForeignKey(
        HeldCredential, on_delete=models.CASCADE, null=True, blank=True, related_name="facts"
    )
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.CharField(max_length=400)
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Two constraints, because SQLite takes every NULL for a different one.
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=models.Q(credential=None),
                name="people_one_fact_per_person",
            ),
            models.UniqueConstraint(
                fields=["credential", "name"],
                condition=models.Q(credential__isnull=False),
                name="people_one_fact_per_credential",
            ),
        ]
