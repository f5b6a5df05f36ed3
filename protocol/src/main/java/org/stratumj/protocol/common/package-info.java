/// The messages that set up, move and end a connection of any subprotocol. Spec: 03 §3.6.
package org.stratumj.protocol.common;
