"""What readers stand on: five views with the same names, columns and values on both engines."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from garminsync import database_views
from garminsync.datasets import DATASETS, DayDataset
from garminsync.models import (
    Activity,
    ActivityFile,
    BloodPressure,
    Day,
    Hrv,
    Hydration,
    Lap,
    MenstrualCycle,
    MenstrualLog,
    Nap,
    Night,
    Series,
    TrainingReadiness,
    TrainingStatus,
    Vo2Max,
    WeighIn,
)
from tests.conftest import Make
from tests.processes import CLONE, Home
from tests.syncing import sync

COLUMNS = {
    "daily": """
        date steps step_goal distance_m floors_ascended floors_descended total_kcal active_kcal resting_kcal
        resting_hr_bpm min_hr_bpm max_hr_bpm stress_avg stress_max rest_stress_s low_stress_s
        medium_stress_s high_stress_s body_battery_charged body_battery_drained body_battery_high
        body_battery_low moderate_minutes vigorous_minutes sedentary_s active_s highly_active_s
        spo2_avg_percent spo2_low_percent respiration_waking_avg respiration_high respiration_low
        hydration_ml hydration_goal_ml sleep_s sleep_score nap_s hrv_night_avg_ms hrv_night_high_ms
        hrv_week_avg_ms hrv_baseline_low_ms hrv_balanced_from_ms hrv_balanced_to_ms hrv_status weight_kg bmi
        body_fat_percent body_water_percent bone_mass_kg muscle_mass_kg systolic_mmhg diastolic_mmhg
        pulse_bpm training_readiness training_readiness_level recovery_time_min training_status
        training_status_phrase acute_load chronic_load acwr acwr_status vo2max_running vo2max_cycling
        heat_acclimation_percent altitude_acclimation_percent acclimated_altitude_m race_5k_s race_10k_s
        race_half_marathon_s race_marathon_s fitness_age_years endurance_score hill_score
        hill_strength_score hill_endurance_score lactate_threshold_speed_mps lactate_threshold_hr_bpm ftp_w
        running_impact_load running_tolerance
    """,
    "nights": """
        date start_time end_time utc_offset_s start_time_local end_time_local sleep_s deep_s light_s rem_s
        awake_s score score_quality sleep_need_s resting_hr_bpm avg_hr_bpm hrv_avg_ms spo2_avg_percent
        respiration_avg body_battery_change skin_temperature_deviation_c
    """,
    "activities": """
        activity_id name type type_name event_type date start_time utc_offset_s start_time_local distance_m
        duration_s elapsed_s moving_s pace_s_per_km avg_speed_mps max_speed_mps avg_grade_adjusted_speed_mps
        avg_hr_bpm max_hr_bpm kcal bmr_kcal steps elevation_gain_m elevation_loss_m min_elevation_m
        max_elevation_m max_vertical_speed_mps min_temperature_c max_temperature_c avg_power_w max_power_w
        normalized_power_w avg_cadence_spm max_cadence_spm avg_stride_length_cm avg_vertical_oscillation_cm
        avg_vertical_ratio_percent avg_ground_contact_ms vo2max training_load aerobic_training_effect
        anaerobic_training_effect training_effect_label moderate_minutes vigorous_minutes
        body_battery_change sweat_loss_ml hr_zone_1_s hr_zone_2_s hr_zone_3_s hr_zone_4_s hr_zone_5_s
        power_zone_1_s power_zone_2_s power_zone_3_s power_zone_4_s power_zone_5_s fastest_km_s
        fastest_mile_s fastest_5km_s fastest_10km_s pool_length_m active_lengths strokes avg_swolf
        active_sets total_sets total_reps laps start_latitude_deg start_longitude_deg end_latitude_deg
        end_longitude_deg location manual favorite personal_record privacy is_parent parent_id workout_id
        device_id manufacturer file_status
    """,
    "laps": """
        activity_id lap activity_name activity_type start_time utc_offset_s start_time_local distance_m
        duration_s elapsed_s pace_s_per_km avg_speed_mps max_speed_mps avg_hr_bpm max_hr_bpm avg_power_w
        max_power_w normalized_power_w avg_cadence_rpm max_cadence_rpm kcal ascent_m descent_m
        avg_temperature_c start_latitude_deg start_longitude_deg sport trigger intensity swim_stroke
        workout_step
    """,
    "samples": """
        kind key name activity_id date sample time offset_s duration_s heart_rate_bpm resting_hr_bpm hrv_ms
        stress body_battery steps spo2_percent respiration_per_min movement restless_moments
        breathing_disruption distance_m speed_mps altitude_m grade_percent latitude_deg longitude_deg
        cadence_rpm fractional_cadence_rpm power_w accumulated_power_w left_right_balance temperature_c
        vertical_oscillation_mm vertical_ratio_percent stance_time_ms stance_time_percent
        stance_time_balance_percent step_length_mm gps_accuracy_m battery_percent stage session device
    """,
}
DAY = date(2026, 7, 1)


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type, misc]


def rows(sql: str) -> list[dict[str, Any]]:
    """As a reader gets them, times and dates as the text that SQLite keeps."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def _plain(value: object) -> object:
    return str(value).removesuffix("+00:00") if isinstance(value, date) else value


def filled(sql: str) -> list[dict[str, Any]]:
    """The same without what is null."""
    return [{name: value for name, value in row.items() if value is not None} for row in rows(sql)]


def add_series(kind: str, key: str, name: str = "records", start: datetime | None = None, **columns: object) -> None:
    Series.objects.create(kind=kind, key=key, name=name, start=start, columns=columns)


@pytest.mark.parametrize("view", COLUMNS)
def test_names_and_columns_stay_as_they_are(view: str, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {view}")

        assert [column[0] for column in cursor.description] == COLUMNS[view].split()


def test_every_table_of_a_day_stands_in_the_view_of_days_but_the_cycle() -> None:
    sql = (CLONE / "garminsync/database_views/daily.sql").read_text(encoding="utf-8")
    days = [table.model for dataset in DATASETS if isinstance(dataset, DayDataset) for table in dataset.tables]

    left_out = [model for model in days if not re.search(rf"\b{model._meta.db_table}\b", sql)]

    assert left_out == [MenstrualCycle, MenstrualLog], "to be joined in garminsync/database_views/daily.sql"


def test_a_date_that_any_daily_table_knows_has_one_row(db: None) -> None:
    Day.objects.create(date=DAY, steps=9000)
    Hrv.objects.create(date=DAY, night_avg_ms=51)
    Vo2Max.objects.create(date=date(2026, 7, 2), running=49, running_precise=48.8, cycling=44)

    assert filled("SELECT * FROM daily ORDER BY date") == [
        {"date": "2026-07-01", "steps": 9000, "hrv_night_avg_ms": 51},
        {"date": "2026-07-02", "vo2max_running": 48.8, "vo2max_cycling": 44},
    ]


def test_of_several_weigh_ins_and_blood_pressures_the_last_of_the_day_is_shown(db: None) -> None:
    WeighIn.objects.create(sample_pk=1, date=DAY, time=utc(2026, 7, 1, 20), weight_kg=81.2)
    WeighIn.objects.create(sample_pk=2, date=DAY, time=utc(2026, 7, 1, 6), weight_kg=80.4)
    WeighIn.objects.create(sample_pk=3, date=DAY, time=None, weight_kg=79.9)
    BloodPressure.objects.create(version=8, date=DAY, time=utc(2026, 7, 1, 7), systolic_mmhg=121, diastolic_mmhg=79)
    BloodPressure.objects.create(version=9, date=DAY, time=utc(2026, 7, 1, 8), systolic_mmhg=118, diastolic_mmhg=76)

    assert filled("SELECT * FROM daily") == [
        {"date": "2026-07-01", "weight_kg": 81.2, "systolic_mmhg": 118, "diastolic_mmhg": 76}
    ]


def test_readiness_is_that_of_the_morning_and_status_that_of_the_primary_device(db: None) -> None:
    def readiness(index: int, score: int, **columns: object) -> None:
        TrainingReadiness.objects.create(date=DAY, index=index, score=score, **columns)

    readiness(0, 61, context="AFTER_WAKEUP_RESET", primary_device=True)
    readiness(1, 40, context="AFTER_POST_EXERCISE_RESET", primary_device=True)
    readiness(2, 70, context="AFTER_WAKEUP_RESET", primary_device=False)
    TrainingStatus.objects.create(date=DAY, device_id=1, status=4)
    TrainingStatus.objects.create(date=DAY, device_id=2, status=7, acute_load=420.5, primary_device=True)

    assert filled("SELECT * FROM daily") == [
        {"date": "2026-07-01", "training_readiness": 61, "training_status": 7, "acute_load": 420.5}
    ]


def test_what_was_drunk_comes_from_the_summary_or_else_from_its_own_table(db: None) -> None:
    Hydration.objects.create(date=DAY, consumed_ml=1500, goal_ml=2800)
    Hydration.objects.create(date=date(2026, 7, 2), consumed_ml=700)

    assert filled("SELECT date, hydration_ml, hydration_goal_ml FROM daily ORDER BY date") == [
        {"date": "2026-07-01", "hydration_ml": 1500, "hydration_goal_ml": 2800},
        {"date": "2026-07-02", "hydration_ml": 700},
    ]


def test_the_naps_of_a_day_are_added_up(db: None) -> None:
    Nap.objects.create(date=DAY, index=0, duration_s=1200)
    Nap.objects.create(date=DAY, index=1, duration_s=900)

    assert filled("SELECT * FROM daily") == [{"date": "2026-07-01", "nap_s": 2100}]


def test_a_night_has_its_local_times_beside_utc(db: None) -> None:
    start, end = utc(2026, 6, 30, 21, 12, 30), utc(2026, 7, 1, 4, 45)
    Night.objects.create(date=DAY, start_time=start, end_time=end, utc_offset_s=7200, sleep_s=26400)
    Night.objects.create(date=date(2026, 7, 2), start_time=start, sleep_s=26000)

    assert filled("SELECT * FROM nights ORDER BY date") == [
        {
            "date": "2026-07-01",
            "start_time": "2026-06-30 21:12:30",
            "end_time": "2026-07-01 04:45:00",
            "utc_offset_s": 7200,
            "start_time_local": "2026-06-30 23:12:30",
            "end_time_local": "2026-07-01 06:45:00",
            "sleep_s": 26400,
        },
        {"date": "2026-07-02", "start_time": "2026-06-30 21:12:30", "sleep_s": 26000},
    ]


def test_an_activity_has_its_local_date_a_pace_and_a_type_to_read(db: None) -> None:
    Activity.objects.create(
        activity_id=7,
        name="Night Run",
        type="trail_running",
        start_time=utc(2026, 7, 1, 23, 30),
        utc_offset_s=-3600 * 9,
        distance_m=8000,
        duration_s=2560,
        avg_speed_mps=3.125,
    )

    assert filled("SELECT * FROM activities") == [
        {
            "activity_id": 7,
            "name": "Night Run",
            "type": "trail_running",
            "type_name": "Trail running",
            "date": "2026-07-01",
            "start_time": "2026-07-01 23:30:00",
            "utc_offset_s": -32400,
            "start_time_local": "2026-07-01 14:30:00",
            "distance_m": 8000,
            "duration_s": 2560,
            "pace_s_per_km": 320,
            "avg_speed_mps": 3.125,
        }
    ]


def test_an_activity_without_a_file_has_neither_laps_nor_samples(db: None) -> None:
    Activity.objects.create(activity_id=7, type="yoga", avg_speed_mps=0, manual=True)

    assert filled("SELECT activity_id, pace_s_per_km, file_status FROM activities") == [{"activity_id": 7}]
    assert (rows("SELECT * FROM laps"), rows("SELECT * FROM samples")) == ([], [])


def test_where_the_list_knows_no_time_zone_the_file_does(db: None) -> None:
    Activity.objects.create(activity_id=7, start_time=utc(2026, 7, 1, 23))
    ActivityFile.objects.create(activity_id=7, kind="fit", status="whole", utc_offset_s=7200)

    assert filled("SELECT * FROM activities") == [
        {
            "activity_id": 7,
            "date": "2026-07-02",
            "start_time": "2026-07-01 23:00:00",
            "utc_offset_s": 7200,
            "start_time_local": "2026-07-02 01:00:00",
            "file_status": "whole",
        }
    ]


def test_laps_count_from_1_and_name_their_activity(db: None) -> None:
    Activity.objects.create(activity_id=7, name="Track", type="running", utc_offset_s=7200)
    Lap.objects.create(activity_id=7, index=0, start_time=utc(2026, 7, 1, 16), avg_speed_mps=4, workout_step=0)

    assert filled("SELECT * FROM laps") == [
        {
            "activity_id": 7,
            "lap": 1,
            "activity_name": "Track",
            "activity_type": "running",
            "start_time": "2026-07-01 16:00:00",
            "utc_offset_s": 7200,
            "start_time_local": "2026-07-01 18:00:00",
            "pace_s_per_km": 250,
            "avg_speed_mps": 4,
            "workout_step": 0,
        }
    ]


def test_samples_are_a_row_each_to_the_last_digit(db: None) -> None:
    add_series(
        "activity",
        "7",
        start=utc(2026, 7, 1, 16),
        offset_s=[0, 0, 1.25],
        heart_rate_bpm=[101, None, 103],
        latitude_deg=[51.12345677614212, 0.30000000000000004, None],
        Flow=[1, 2, 3],
    )
    told = {"kind": "activity", "key": "7", "name": "records", "activity_id": 7}

    assert filled("SELECT * FROM samples ORDER BY sample") == [
        {
            **told,
            "sample": 0,
            "time": "2026-07-01 16:00:00",
            "offset_s": 0,
            "heart_rate_bpm": 101,
            "latitude_deg": 51.12345677614212,
        },
        {**told, "sample": 1, "time": "2026-07-01 16:00:00", "offset_s": 0, "latitude_deg": 0.30000000000000004},
        {**told, "sample": 2, "time": _plain_time("16:00:01.250"), "offset_s": 1.25, "heart_rate_bpm": 103},
    ]


def _plain_time(text: str) -> str:
    """PostgreSQL writes microseconds."""
    return f"2026-07-01 {text}{'000' if connection.vendor == 'postgresql' else ''}"


def test_what_an_app_writes_under_the_name_of_a_column_is_shown_where_it_is_a_number(db: None) -> None:
    add_series("activity", "7", offset_s=[0, 1, 2, 3], steps=["many", [1, 2], 3, True], session=["a", "b", 1, None])

    assert filled("SELECT sample, steps, session FROM samples ORDER BY sample") == [
        {"sample": 0},
        {"sample": 1},
        {"sample": 2, "steps": 3, "session": 1},
        {"sample": 3},
    ]


def test_the_doubled_hour_of_autumn_gives_two_samples(db: None) -> None:
    add_series("day", "2026-10-25", "stress", utc(2026, 10, 25, 0, 30), offset_s=[0, 3600], stress=[20, 30])

    assert filled("SELECT date, time, stress FROM samples ORDER BY time") == [
        {"date": "2026-10-25", "time": "2026-10-25 00:30:00", "stress": 20},
        {"date": "2026-10-25", "time": "2026-10-25 01:30:00", "stress": 30},
    ]


def test_spans_of_a_night_and_samples_that_nobody_knows_the_time_of(db: None) -> None:
    add_series("night", "2026-07-01", "stages", utc(2026, 7, 1), offset_s=[0], duration_s=[600], stage=["deep"])
    add_series("activity", "8", offset_s=[5], session=[1], heart_rate_bpm=[90])
    Series.objects.create(kind="activity", key="9", name="records", columns={})

    assert filled("SELECT * FROM samples ORDER BY kind DESC") == [
        {
            "kind": "night",
            "key": "2026-07-01",
            "name": "stages",
            "date": "2026-07-01",
            "sample": 0,
            "time": "2026-07-01 00:00:00",
            "offset_s": 0,
            "duration_s": 600,
            "stage": "deep",
        },
        {
            **{"kind": "activity", "key": "8", "name": "records", "activity_id": 8, "sample": 0},
            **{"offset_s": 5, "session": 1, "heart_rate_bpm": 90},
        },
    ]


def test_the_views_tell_what_the_tables_do_after_a_sync(make_signed_in: Make) -> None:
    make_signed_in(days=5, activities=6, seed=3)

    sync("all", detail="2")

    assert len(rows("SELECT * FROM activities")) == Activity.objects.count() > 0
    assert len(rows("SELECT * FROM laps")) == Lap.objects.count() > 0
    assert len(rows("SELECT * FROM nights")) == Night.objects.count() > 0
    assert {row["date"] for row in rows("SELECT date FROM daily WHERE steps IS NOT NULL")} == {
        str(day) for day in Day.objects.exclude(steps=None).values_list("date", flat=True)
    }
    assert len(rows("SELECT * FROM samples")) == sum(len(one.columns["offset_s"]) for one in Series.objects.all()) > 0
    assert {kind for (kind,) in Series.objects.values_list("kind")} == {"activity", "day", "night"}
    assert {name for one in Series.objects.all() for name in one.columns} <= set(COLUMNS["samples"].split())


def identities() -> list[dict[str, Any]]:
    """What changes when a view is made anew."""
    if connection.vendor == "sqlite":
        return rows("PRAGMA schema_version")
    return rows("SELECT relname, oid FROM pg_class WHERE relname IN ('daily', 'samples') ORDER BY relname")


def test_migrating_again_leaves_the_views_to_their_readers(transactional_db: None) -> None:
    before = identities()

    call_command("migrate", verbosity=0)

    assert identities() == before


@pytest.mark.parametrize(
    "harm", [["DROP VIEW laps", "DROP VIEW samples"], ["DROP VIEW laps", "CREATE VIEW laps AS SELECT 1 AS one"]]
)
def test_views_that_are_missing_or_old_are_made_by_migrate(transactional_db: None, harm: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in harm:
            cursor.execute(statement)

    call_command("migrate", verbosity=0)

    assert rows("SELECT * FROM laps") == rows("SELECT * FROM samples") == []


def test_dropping_views_that_are_not_there_is_no_error(transactional_db: None) -> None:
    database_views.drop()
    database_views.drop()

    database_views.make()

    assert rows("SELECT * FROM daily") == []


LATER = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("garminsync", "{newest}")]
    operations = [
        migrations.AddField("night", "snoring_s", models.FloatField(null=True)),
        migrations.AlterField("night", "sleep_s", models.FloatField(null=True)),
        migrations.AlterField("lap", "trigger", models.CharField(max_length=99, null=True)),
    ]
"""


@pytest.fixture
def later(home: Home, tmp_path: Path) -> Callable[[], None]:
    """Gives the home the code of a later version, whose migration alters tables under the views."""

    def upgrade() -> None:
        migrations = tmp_path / "later_migrations"
        migrations.mkdir()
        for file in (CLONE / "garminsync" / "migrations").glob("*.py"):
            (migrations / file.name).write_text(file.read_text())
        newest = max(file.stem for file in migrations.glob("0*.py"))
        (migrations / "0999_later.py").write_text(LATER.format(newest=newest))
        (tmp_path / "later_settings.py").write_text(
            "from garminsync.settings import *\nMIGRATION_MODULES = {'garminsync': 'later_migrations'}\n"
        )
        home.env |= {"PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "later_settings"}

    return upgrade


def test_tables_under_the_views_can_be_altered_by_two_at_once(home: Home, later: Callable[[], None]) -> None:
    assert home.run("migrate", "--verbosity", "0").returncode == 0
    later()

    running = [home.start("migrate", "--verbosity", "0") for _ in range(2)]
    ended = [(process.communicate(timeout=100)[1], process.returncode) for process in running]

    assert ended == [("", 0)] * 2
    assert home.sql("SELECT snoring_s FROM garminsync_night") == []
    assert [home.sql(f"SELECT count(*) FROM {view}") for view in COLUMNS] == [[(0,)]] * 5


def test_on_the_way_back_the_views_go_before_the_tables(home: Home) -> None:
    assert home.run("migrate", "--verbosity", "0").returncode == 0

    done = home.run("migrate", "garminsync", "zero", "--verbosity", "0")

    assert (done.returncode, done.stderr) == (0, "")
    catalogue = "pg_views" if home.database_url else "sqlite_master"
    name = "viewname" if home.database_url else "name"
    assert home.sql(f"SELECT {name} FROM {catalogue} WHERE {name} IN ('daily', 'laps', 'samples')") == []


def test_asking_what_migrate_would_do_changes_nothing(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP VIEW laps")
    before = identities()

    call_command("migrate", plan=True, verbosity=0)

    assert identities() == before
    database_views.make()
