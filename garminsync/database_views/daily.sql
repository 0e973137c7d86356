-- One row for each date that any of the daily tables knows.
with dates as (
    select date from garminsync_day
    union select date from garminsync_night
    union select date from garminsync_nap
    union select date from garminsync_hrv
    union select date from garminsync_weighin
    union select date from garminsync_bloodpressure
    union select date from garminsync_hydration
    union select date from garminsync_trainingreadiness
    union select date from garminsync_trainingstatus
    union select date from garminsync_vo2max
    union select date from garminsync_acclimation
    union select date from garminsync_raceprediction
    union select date from garminsync_fitnessage
    union select date from garminsync_endurancescore
    union select date from garminsync_hillscore
    union select date from garminsync_lactatethresholdspeed
    union select date from garminsync_lactatethresholdhr
    union select date from garminsync_functionalthresholdpower
    union select date from garminsync_runningtolerance
)
select
    dates.date,
    d.steps,
    d.step_goal,
    d.distance_m,
    d.floors_ascended,
    d.floors_descended,
    d.total_kcal,
    d.active_kcal,
    d.resting_kcal,
    d.resting_hr_bpm,
    d.min_hr_bpm,
    d.max_hr_bpm,
    d.stress_avg,
    d.stress_max,
    d.rest_stress_s,
    d.low_stress_s,
    d.medium_stress_s,
    d.high_stress_s,
    d.body_battery_charged,
    d.body_battery_drained,
    d.body_battery_high,
    d.body_battery_low,
    d.moderate_minutes,
    d.vigorous_minutes,
    d.sedentary_s,
    d.active_s,
    d.highly_active_s,
    d.spo2_avg_percent,
    d.spo2_low_percent,
    d.respiration_waking_avg,
    d.respiration_high,
    d.respiration_low,
    hydration.consumed_ml as hydration_ml,
    hydration.goal_ml as hydration_goal_ml,
    night.sleep_s,
    night.score as sleep_score,
    nap.nap_s,
    hrv.night_avg_ms as hrv_night_avg_ms,
    hrv.night_high_ms as hrv_night_high_ms,
    hrv.week_avg_ms as hrv_week_avg_ms,
    hrv.baseline_low_ms as hrv_baseline_low_ms,
    hrv.baseline_balanced_from_ms as hrv_balanced_from_ms,
    hrv.baseline_balanced_to_ms as hrv_balanced_to_ms,
    hrv.status as hrv_status,
    -- the last of the day
    weighin.weight_kg,
    weighin.bmi,
    weighin.body_fat_percent,
    weighin.body_water_percent,
    weighin.bone_mass_kg,
    weighin.muscle_mass_kg,
    pressure.systolic_mmhg,
    pressure.diastolic_mmhg,
    pressure.pulse_bpm,
    -- the morning's, or else the newest, of the primary device
    readiness.score as training_readiness,
    readiness.level as training_readiness_level,
    readiness.recovery_time_min,
    -- as the primary device sees it
    training.status as training_status,
    training.phrase as training_status_phrase,
    training.acute_load,
    training.chronic_load,
    training.acwr,
    training.acwr_status,
    coalesce(vo2max.running_precise, vo2max.running) as vo2max_running,
    coalesce(vo2max.cycling_precise, vo2max.cycling) as vo2max_cycling,
    acclimation.heat_percent as heat_acclimation_percent,
    acclimation.altitude_percent as altitude_acclimation_percent,
    acclimation.acclimated_altitude_m,
    race.time_5k_s as race_5k_s,
    race.time_10k_s as race_10k_s,
    race.time_half_marathon_s as race_half_marathon_s,
    race.time_marathon_s as race_marathon_s,
    coalesce(fitness.fitness_age_years, vo2max.fitness_age_years) as fitness_age_years,
    endurance.score as endurance_score,
    hill.score as hill_score,
    hill.strength_score as hill_strength_score,
    hill.endurance_score as hill_endurance_score,
    threshold_speed.speed_mps as lactate_threshold_speed_mps,
    threshold_hr.hr_bpm as lactate_threshold_hr_bpm,
    ftp.power_w as ftp_w,
    tolerance.acute_impact_load as running_impact_load,
    tolerance.acute_tolerance as running_tolerance
from dates
left join garminsync_day d on d.date = dates.date
left join garminsync_night night on night.date = dates.date
left join (select date, sum(duration_s) as nap_s from garminsync_nap group by date) nap on nap.date = dates.date
left join garminsync_hrv hrv on hrv.date = dates.date
left join garminsync_hydration hydration on hydration.date = dates.date
left join garminsync_weighin weighin on weighin.sample_pk = (
    select t.sample_pk
    from garminsync_weighin t
    where t.date = dates.date
    order by t.time desc nulls last, t.sample_pk desc
    limit 1
)
left join garminsync_bloodpressure pressure on pressure.version = (
    select t.version
    from garminsync_bloodpressure t
    where t.date = dates.date
    order by t.time desc nulls last, t.version desc
    limit 1
)
left join garminsync_trainingreadiness readiness on readiness.date = dates.date and readiness."index" = (
    select t."index"
    from garminsync_trainingreadiness t
    where t.date = dates.date
    order by
        t.primary_device desc nulls last,
        case t.context when 'AFTER_WAKEUP_RESET' then 0 else 1 end,
        t."index" desc
    limit 1
)
left join garminsync_trainingstatus training on training.date = dates.date and training.device_id = (
    select t.device_id
    from garminsync_trainingstatus t
    where t.date = dates.date
    order by t.primary_device desc nulls last, t.device_id
    limit 1
)
left join garminsync_vo2max vo2max on vo2max.date = dates.date
left join garminsync_acclimation acclimation on acclimation.date = dates.date
left join garminsync_raceprediction race on race.date = dates.date
left join garminsync_fitnessage fitness on fitness.date = dates.date
left join garminsync_endurancescore endurance on endurance.date = dates.date
left join garminsync_hillscore hill on hill.date = dates.date
left join garminsync_lactatethresholdspeed threshold_speed on threshold_speed.date = dates.date
left join garminsync_lactatethresholdhr threshold_hr on threshold_hr.date = dates.date
left join garminsync_functionalthresholdpower ftp on ftp.date = dates.date
left join garminsync_runningtolerance tolerance on tolerance.date = dates.date
