"""A sync: what to ask Garmin for, and what becomes of each answer.

- The run: `works` joins its kinds of data, `engine` parses and saves what `fetcher` fetches, `patience` and `refusals`
  say when to stop; `account` has the sign-in, `options` what a person may ask for, `chosen` what that means of a list.
- What to ask for: `health`, `activities`, `workouts`, `gear` and `schedule` (or its `months`), from the ledger
  (`plan`), from when the watch synced (`devices`, `uploads`) and from where the history begins (`history`); `preview`
  only says it.
- How to ask (`asks`): for days in `windows`, for what happened `within_day` and other `items` one by one, for what has
  moved by its mark (`marked`), for `lists` and for `snapshots`, some of them in `pages`.
- What the answers about days teach (`sources`): that there is `another_way`, that a feature was `never_used`; and what
  deserves `second_looks`: ranges that were `shortened` or `empty_ranges`, days `shown` elsewhere, which `trying`
  asks for alone, `families` of values that are `untold`; and what `silence` means. What has not `looked_back` to
  `before_a_watch` does so once. What a list no longer has may be among `deletions`; a day that is `left_out` and a
  list that `came_short` are believed a day later.
- What comes of an answer: it is taken apart (`dated`, `receiving`, `places`), made into rows (`making`, `along`) and
  saved (`rows`, `ledger`, `drift`), the same way as by `rebuild`. `survey` tells what the ledger knows.
"""
