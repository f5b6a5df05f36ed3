/// Things that go wrong on the way: a network around another one, and a policy that says what happens to each pipe.
///
/// What a peer says wrongly is not here: a scripted peer says it.
package org.stratumj.testkit.faults;
