"""Who may act for whom."""

from django.db import models

from osler.apps.people.models.person import Person, new_key


class Delegation(models.Model):
    """Somebody asked by e-mail to act for a person. It is in force from ``accepted_at`` until ``ended_at`` or
    the end of ``ends_on``, the last day, by the person's own midnight.
    """

    class Scope(models.TextChoices):
        """How far it reaches; each includes the one before, none the account itself."""

        SEE = "see"
        RECORD = "record"
        ALL = "all"

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="delegations")
    # The address that was asked; who signs in with it accepts, whether or not there was an account then.
    address = models.EmailField(max_length=254)
    assistant = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="delegations_held"
    )
    scope = models.CharField(max_length=10, choices=Scope.choices)
    ends_on = models.DateField(null=True, blank=True)
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at", "-id"]
        indexes = [
            models.Index(fields=["address"], name="people_asked", condition=models.Q(accepted_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "address"],
                condition=models.Q(ended_at=None),
                name="people_one_open_delegation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.scope}"
