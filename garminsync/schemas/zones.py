"""Where the heart rate zones of a sport begin."""

from typing import Annotated

from pydantic import BeforeValidator

from garminsync.schemas.base import GarminModel, at
from garminsync.schemas.things import unset
from garminsync.schemas.values import Level, Text

Rate = Annotated[Level, BeforeValidator(unset)]


class ZonesOfASport(GarminModel):
    """biometric-service/heartRateZones[]: beats per minute; 0 or null is a rate that is not used."""

    sport: Text = at("sport", default=..., max_length=32)
    method: Text | None = at("trainingMethod")
    max_hr_bpm: Rate = at("maxHeartRateUsed")
    resting_hr_bpm: Rate = at("restingHeartRateUsed")
    lactate_threshold_hr_bpm: Rate = at("lactateThresholdHeartRateUsed")
    zone_1_from_bpm: Rate = at("zone1Floor")
    zone_2_from_bpm: Rate = at("zone2Floor")
    zone_3_from_bpm: Rate = at("zone3Floor")
    zone_4_from_bpm: Rate = at("zone4Floor")
    zone_5_from_bpm: Rate = at("zone5Floor")
