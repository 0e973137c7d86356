"""What happened within a day. Its curves are rows of Series."""

from django.db import models


class Nap(models.Model):
    """A nap, which no night contains, filed under the day it was taken on."""

    pk = models.CompositePrimaryKey("date", "index")
    date = models.DateField()
    index = models.PositiveSmallIntegerField(help_text="Place in the day, from 0")
    start_time = models.DateTimeField(null=True)
    end_time = models.DateTimeField(null=True)
    duration_s = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.date} {self.index}"
