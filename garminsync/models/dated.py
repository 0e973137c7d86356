"""What the tables of one row a day share."""

from django.db import models


class DayValue(models.Model):
    """What belongs to one calendar day, which is its identity."""

    date = models.DateField(primary_key=True)

    class Meta:
        abstract = True
        ordering = ["-date"]

    def __str__(self) -> str:
        return str(self.date)
