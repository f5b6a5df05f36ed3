/// Mining channels: what is common to their parts. Jobs, extranonces, shares, the server's and the client's side,
/// and the way between them through a proxy each have a package.
///
/// Here belong state machines of the Mining Protocol. Sockets, threads and clocks do not: time is passed in, and
/// what is to be sent is returned.
package org.stratumj.channels;
