/// The server's side of one connection's channels. [ServerChannels] is the way in. Authorisation, payouts and
/// journals do not belong here.
package org.stratumj.channels.server;
