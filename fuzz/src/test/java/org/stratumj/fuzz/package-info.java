/// One coverage-guided fuzz target per class: whatever bytes a stranger sends, a property holds. Here: targets, their
/// seeds in code, and what they share. Not here: tests of one behaviour, which stand beside the code they test.
///
/// A plain test run replays the seeds and the corpus; `./check fuzz` looks for new inputs.
package org.stratumj.fuzz;
