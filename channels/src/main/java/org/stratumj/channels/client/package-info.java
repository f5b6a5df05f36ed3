/// The client's side of one connection's channels: from the server's messages to work for hashers, and from what
/// they find to shares. [ClientChannels] is the way in. Hashing itself does not belong here.
package org.stratumj.channels.client;
