"""A sync: what to ask Garmin for, and what becomes of each answer.

A source is cheap (a range of days in one request) or dear (the page of one day); a dataset may ride on the answers to
another, which tell it along.

- The run: `works` joins its kinds of data, `engine` parses and saves what `fetcher` fetches, `patience` and `refusals`
  say when to stop; `account` has the sign-in, `options` what a person may ask for, `chosen` what that means of a list.
- What to ask for: `health`, `activities`, `workouts`, `gear` and `schedule` (or its `months`), from the ledger
  (`plan`), from when the watch synced (`devices`, `uploads`) and from where the history begins (`history`); `preview`
  only says it.
- How to ask (`asks`): for days in `windows`, for what happened `within_day` and other `items` one by one, for what has
  moved by its mark (`marked`), for `lists` and for `snapshots`, some of them in `pages`.
- What a window `unanswered` teaches of its `sources`: that there is `another_way`, or that a feature was `never_used`.
- What the answers leave out, and is asked for elsewhere (`second_looks`): all days (`empty_ranges`), those beyond the
  newest (`shortened`), or single ones that are `shown` by others, or hinted at, which is found out by `trying` some;
  `families` of values (`untold`); and what a dataset that rides on another makes of its `silence`.
- What is older: `before_a_watch` widens the oldest window, and what has `looked_back` is not asked so again.
- What is gone: what a list no longer has may be among `deletions`; a day that was typed in may be `taken_back`,
  which, like a list that `came_short`, is believed a day later.
- What comes of an answer: it is taken apart (`dated`, `receiving`, `places`), made into rows (`making`, `along`) and
  saved (`rows`, `ledger`, `drift`), the same way as by `rebuild`. `survey` tells what the ledger knows.
"""
