package org.stratumj.connection;

import org.stratumj.protocol.Subprotocol;

/// What SetupConnection settled. Spec: 03 §3.6.
///
/// @param version     used for the life of the connection
/// @param clientFlags bits the client asked for, U32
/// @param serverFlags bits of SetupConnection.Success, with their own meaning, U32
public record NegotiatedSetup(Subprotocol subprotocol, int version, long clientFlags, long serverFlags) {}
