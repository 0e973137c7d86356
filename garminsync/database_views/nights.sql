-- One row for each night, filed under the day of waking up.
select
    n.date,
    n.start_time,
    n.end_time,
    n.utc_offset_s,
    LOCAL_TIME[n.start_time, n.utc_offset_s] as start_time_local,
    -- by the offset at the beginning: an hour off in the two nights when the clocks change
    LOCAL_TIME[n.end_time, n.utc_offset_s] as end_time_local,
    n.sleep_s,
    n.deep_s,
    n.light_s,
    n.rem_s,
    n.awake_s,
    n.score,
    n.score_quality,
    n.sleep_need_s,
    n.resting_hr_bpm,
    n.avg_hr_bpm,
    n.hrv_avg_ms,
    n.spo2_avg_percent,
    n.respiration_avg,
    n.body_battery_change,
    n.skin_temperature_deviation_c
from garminsync_night n
