/// One Stratum V2 connection: handshake, frames, SetupConnection, limits, deadlines and closing, on top of a
/// [org.stratumj.connection.Pipe] of a [org.stratumj.connection.Network], all on the
/// [org.stratumj.connection.Lane] that owns it.
///
/// What the messages of a subprotocol mean does not belong here, nor who answers them, nor when to dial again.
package org.stratumj.connection;
