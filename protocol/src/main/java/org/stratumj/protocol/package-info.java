/// The messages of Stratum V2 as one sealed family, and the registry that turns them into frames and back.
///
/// Each subprotocol has a package of its own; [org.stratumj.protocol.wire] has the data types. Not here: what a peer
/// does with a message.
package org.stratumj.protocol;
