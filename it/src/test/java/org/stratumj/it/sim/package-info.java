/// Whole applications on virtual time: a node, a template provider, pools, proxies and miners in one thread, from one
/// seed, with faults; and what must hold whatever goes wrong. `./check sim` runs it.
///
/// The roles are those of the product; only the network, the clock and the hashing are simulated. What is checked is
/// seen on the wire, at the server's end of each connection, and in the events of the roles and of the node.
package org.stratumj.it.sim;
