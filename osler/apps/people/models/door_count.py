"""The shared cache of a machine without Redis, as a table."""

from django.db import models


class DoorCount(models.Model):
    """A row of Django's database cache, in which attempts at the doors are counted for all processes at once.

    Nobody asks for it by this class: its columns are those that ``DatabaseCache`` reads and writes.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "people_door_count"

    def __str__(self) -> str:
        return self.cache_key
