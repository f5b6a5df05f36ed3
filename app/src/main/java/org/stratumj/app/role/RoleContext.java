package org.stratumj.app.role;

import java.time.InstantSource;
import org.stratumj.connection.Network;

/// What the process lends to its roles: made once, shared by all of them, closed by the process after the last
/// role.
///
/// @param network the one network of the process: every role listens and dials on it
/// @param events  where to report what an operator wants to see
/// @param clock   wall-clock time
public record RoleContext(Network network, RoleEvents events, InstantSource clock) {}
