"""The topics a person keeps an eye on, and how they rated them."""

from functools import partial

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string

# No vowels and nothing that is read wrong aloud: a key may be spelled over the telephone.
new_key = partial(get_random_string, 10, "bcdfghjkmnpqrstvwxyz23456789")


class Topic(models.Model):
    """A topic on somebody's list. ``slug`` is the vocabulary's or our own list's; of a topic of the person's
    own it is made up, and ``name`` says what it is.

    A topic taken off the list stays with its ratings, so that taking it off can be undone.
    """

    key = models.CharField(max_length=12, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="topics")
    slug = models.CharField(max_length=80)
    name = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["person", "slug"], name="needs_one_topic_per_slug")]


class Rating(models.Model):
    """How relevant a topic was to somebody's practice and how sure they were of it, 1 to 5, at one time."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="ratings")
    relevance = models.PositiveSmallIntegerField()
    confidence = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField()

    class Meta:
        ordering = ["rated_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(relevance__gte=1, relevance__lte=5, confidence__gte=1, confidence__lte=5),
                name="needs_ratings_from_1_to_5",
            )
        ]
        indexes = [models.Index(fields=["topic", "rated_at"], name="needs_history")]
