-- One row for each sample of a series: of an activity's file, of a day, of a night. The arrays of a series become
-- one array with an object for each sample, in a time that grows with their length alone, and only for the series
-- that a query or a join asks for.
select
    s.kind,
    s.key,
    s.name,
    case when s.kind = 'activity' then cast(s.key as integer) end as activity_id,
    case when s.kind in ('day', 'night') then s.key end as date,
    r.key as sample,
    replace(
        strftime('%Y-%m-%d %H:%M:%f', s.start, json_extract(r.value, '$.offset_s') || ' seconds'), '.000', ''
    ) as time,
    json_extract(r.value, '$.offset_s') as offset_s,
    json_extract(r.value, '$.duration_s') as duration_s,
    json_extract(r.value, '$.heart_rate_bpm') as heart_rate_bpm,
    json_extract(r.value, '$.resting_hr_bpm') as resting_hr_bpm,
    json_extract(r.value, '$.hrv_ms') as hrv_ms,
    json_extract(r.value, '$.stress') as stress,
    json_extract(r.value, '$.body_battery') as body_battery,
    json_extract(r.value, '$.steps') as steps,
    json_extract(r.value, '$.spo2_percent') as spo2_percent,
    json_extract(r.value, '$.respiration_per_min') as respiration_per_min,
    json_extract(r.value, '$.movement') as movement,
    json_extract(r.value, '$.restless_moments') as restless_moments,
    json_extract(r.value, '$.breathing_disruption') as breathing_disruption,
    json_extract(r.value, '$.distance_m') as distance_m,
    json_extract(r.value, '$.speed_mps') as speed_mps,
    json_extract(r.value, '$.altitude_m') as altitude_m,
    json_extract(r.value, '$.grade_percent') as grade_percent,
    json_extract(r.value, '$.latitude_deg') as latitude_deg,
    json_extract(r.value, '$.longitude_deg') as longitude_deg,
    json_extract(r.value, '$.cadence_rpm') as cadence_rpm,
    json_extract(r.value, '$.fractional_cadence_rpm') as fractional_cadence_rpm,
    json_extract(r.value, '$.power_w') as power_w,
    json_extract(r.value, '$.accumulated_power_w') as accumulated_power_w,
    json_extract(r.value, '$.left_right_balance') as left_right_balance,
    json_extract(r.value, '$.temperature_c') as temperature_c,
    json_extract(r.value, '$.vertical_oscillation_mm') as vertical_oscillation_mm,
    json_extract(r.value, '$.vertical_ratio_percent') as vertical_ratio_percent,
    json_extract(r.value, '$.stance_time_ms') as stance_time_ms,
    json_extract(r.value, '$.stance_time_percent') as stance_time_percent,
    json_extract(r.value, '$.stance_time_balance_percent') as stance_time_balance_percent,
    json_extract(r.value, '$.step_length_mm') as step_length_mm,
    json_extract(r.value, '$.gps_accuracy_m') as gps_accuracy_m,
    json_extract(r.value, '$.battery_percent') as battery_percent,
    json_extract(r.value, '$.stage') as stage,
    json_extract(r.value, '$.session') as session,
    json_extract(r.value, '$.device') as device
from garminsync_series s, json_each((
    select json_group_array(json(sample)) from (
        select json_group_object(
            c.key,
            case
                -- 17 digits, since SQLite would write a real with 15
                when e.type = 'real' then json(printf('%!.17g', e.value))
                -- an app may give a field the name of a column here, and words or lists in it
                when e.type = 'integer' or c.key = 'stage' then e.value
            end
        ) as sample
        from json_each(s.columns) c, json_each(c.value) e
        group by e.key
        order by e.key
    )
)) r
