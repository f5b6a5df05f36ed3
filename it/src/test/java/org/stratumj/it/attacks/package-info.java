/// Attacks that need the whole stack and real sockets, and the test that holds `docs/attacks.md` to the code. An attack
/// on one module is tested in that module.
package org.stratumj.it.attacks;
