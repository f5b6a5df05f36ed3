/// Peers played by hand, a relay that meddles, a recorder of lanes, a pool that does as it is told, and the JUnit
/// extension that gives a test the network to stand on. What goes wrong with bytes on their way is in `faults`.
///
/// Nothing here is meant for production: it trusts the test that uses it, waits where a service must not, and makes
/// keys that nobody should trust.
package org.stratumj.testkit;
