/// Holds `docs/conformance.tsv` to the rules of the specification, to the compiled tests and to what their reports say.
/// What belongs here: reading those four and comparing them. The tests that prove a rule stay with the code they test.
package org.stratumj.it.conformance;
