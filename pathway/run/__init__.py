"""Running a pathway: a case folds events into a record and a state, and answers for it."""
