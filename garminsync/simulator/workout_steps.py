"""The steps of a workout: public knowledge, a Go client's recorded detail and a Kotlin client's. Repeats may stand
within repeats; the order runs on through all of them."""

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from .dice import Dice
from .keys import nulls

Json = dict[str, Any]
_TYPES = {"warmup": 1, "cooldown": 2, "interval": 3, "recovery": 4, "rest": 5, "repeat": 6}
_CONDITIONS = {"lap.button": 1, "time": 2, "distance": 3, "iterations": 7, "reps": 10}
_TARGETS = {"no.target": 1, "power.zone": 2, "cadence": 3, "heart.rate.zone": 4, "pace.zone": 6}
_KILOGRAM = {"unitId": 8, "unitKey": "kilogram", "factor": 1000.0}


def workout_id(seed: int, number: int) -> int:
    """Of the workout with this number in the library."""
    return 812_000_000 + 37 * number + Dice(seed, "workout", number).whole("id", 0, 36)


def segments(sport: Json, seed: int, workout: int) -> list[Json]:
    """By sport: a pace, power and cadence, a stroke, weights. `workout` is its id."""
    dice = Dice(seed, "steps", workout)
    plans = {"running": _run, "cycling": _ride, "swimming": _swim, "strength_training": _lift}
    orders = count(1)
    steps = [_placed(step, orders, 9_000_000 + 1000 * workout, None) for step in plans[sport["sportTypeKey"]](dice)]
    nothing = nulls("poolLengthUnit poolLength avgTrainingSpeed estimatedDurationInSecs estimateType description")
    return [nothing | {"segmentOrder": 1, "sportType": sport, "workoutSteps": steps}]


def _placed(step: Json, orders: Iterator[int], first_id: int, child: int | None) -> Json:
    """With its place; the members of a repeat share a childStepId."""
    order = next(orders)
    placed = step | {"stepId": first_id + order, "stepOrder": order, "childStepId": child}
    if "workoutSteps" in step:
        placed["workoutSteps"] = [_placed(each, orders, first_id, order) for each in step["workoutSteps"]]
    return placed


def steps_of_a_run(seed: int, workout: int) -> list[tuple[int, Json]]:
    """As they are done, each with FIT's number of it: a repeat has one, too, after its steps."""
    numbers = count()

    def walk(steps: Sequence[Json]) -> list[tuple[int, Json]]:
        done: list[tuple[int, Json]] = []
        for each in steps:
            if "workoutSteps" not in each:
                done.append((next(numbers), each))
                continue
            repeated = walk(each["workoutSteps"]) * each["numberOfIterations"]
            done += repeated[:-1] if each["skipLastRestStep"] else repeated
            next(numbers)
        return done

    return walk(_run(Dice(seed, "steps", workout)))


def _run(dice: Dice) -> Sequence[Json]:
    fast = round(dice.between("fast", 3.6, 4.2), 3)
    # The faster end of a pace comes first.
    hard = step("interval", ("distance", 1000.0), "pace.zone", (fast, round(fast - 0.25, 3)))
    easy = step("recovery", ("time", 120.0), "heart.rate.zone", zone=2)
    rest = step("rest", ("time", 240.0), description="Gehen 🚶")
    sets = repeat(dice.whole("sets", 2, 3), [repeat(3, [hard, easy]), rest]) | {"skipLastRestStep": True}
    # What is left of another condition counts for nothing.
    return [step("warmup", ("lap.button", 600.0)), sets, step("cooldown", ("time", 480.0))]


def _ride(dice: Dice) -> Sequence[Json]:
    low = float(dice.whole("low", 190, 230))
    hard = step("interval", ("time", 720.0), "power.zone", (low, low + 25)) | {
        "secondaryTargetType": _keyed("workoutTargetType", "cadence", 3),
        "secondaryTargetValueOne": 85.0,
        "secondaryTargetValueTwo": 95.0,
    }
    easy = step("recovery", ("time", 240.0), "heart.rate.zone", (105.0, 125.0))
    return [step("warmup", ("time", 900.0)), repeat(3, [hard, easy]), step("cooldown", ("time", 600.0))]


def _swim(dice: Dice) -> Sequence[Json]:
    pace = round(dice.between("pace", 0.9, 1.3), 3)
    # A pool's pace is a second target; the first is null.
    hard = step("interval", ("distance", 100.0)) | {
        "targetType": None,
        "secondaryTargetType": _keyed("workoutTargetType", "pace.zone", 6),
        "secondaryTargetValueOne": pace,
        "secondaryZoneNumber": 3,
        "strokeType": {"strokeTypeId": 6, "strokeTypeKey": "free", "displayOrder": 6},
        "equipmentType": {"equipmentTypeId": 3, "equipmentTypeKey": "pull_buoy", "displayOrder": 3},
    }
    return [step("warmup", ("distance", 200.0)), repeat(8, [hard, step("rest", ("time", 20.0))])]


def _lift(dice: Dice) -> Sequence[Json]:
    row = step("interval", ("reps", 10.0)) | {
        "category": "ROW",
        "exerciseName": "BARBELL_ROW",
        "weightValue": 500.0 * dice.whole("weight", 40, 90),
        "weightUnit": _KILOGRAM,
    }
    return [repeat(4, [row, step("rest", ("lap.button", None))])]


def step(
    kind: str,
    until: tuple[str, float | None],
    target: str = "no.target",
    between: tuple[float, float] | tuple[None, None] = (None, None),
    zone: int | None = None,
    description: str | None = None,
) -> Json:
    nothing = nulls(
        "preferredEndConditionUnit endConditionCompare targetValueUnit secondaryTargetType secondaryTargetValueOne"
        " secondaryTargetValueTwo secondaryTargetValueUnit secondaryZoneNumber endConditionZone category exerciseName"
        " workoutProvider providerExerciseSourceId weightValue weightUnit"
    )
    condition, value = until
    return nothing | {
        "type": "ExecutableStepDTO",
        "stepType": _keyed("stepType", kind, _TYPES[kind]),
        "description": description,
        "endCondition": _keyed("conditionType", condition, _CONDITIONS[condition]) | {"displayable": True},
        "endConditionValue": value,
        "targetType": _keyed("workoutTargetType", target, _TARGETS[target]),
        "targetValueOne": between[0],
        "targetValueTwo": between[1],
        "zoneNumber": zone,
        "strokeType": {"strokeTypeId": 0, "strokeTypeKey": None, "displayOrder": 0},
        "equipmentType": {"equipmentTypeId": 0, "equipmentTypeKey": None, "displayOrder": 0},
    }


def repeat(times: int, steps: Sequence[Json]) -> Json:
    return {
        "type": "RepeatGroupDTO",
        "stepType": _keyed("stepType", "repeat", _TYPES["repeat"]),
        "numberOfIterations": times,
        "smartRepeat": False,
        "skipLastRestStep": None,
        "endCondition": _keyed("conditionType", "iterations", _CONDITIONS["iterations"]) | {"displayable": False},
        "endConditionValue": float(times),
        "workoutSteps": list(steps),
    }


def _keyed(name: str, key: str, number: int) -> Json:
    return {f"{name}Id": number, f"{name}Key": key, "displayOrder": number}
