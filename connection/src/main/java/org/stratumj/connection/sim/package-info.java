/// The simulated network: lanes, time and byte pipes in memory; one seed decides which lane is next and how bytes are
/// cut, and the same seed gives the same run. One thread runs everything.
///
/// Also what tests stand on, be it this network or real sockets. Tests of behaviour do not belong here.
package org.stratumj.connection.sim;
