package org.stratumj.app.role;

import java.time.InstantSource;
import java.util.function.Function;
import org.stratumj.connection.Network;
import org.stratumj.service.ServiceMetrics;

/// What the process lends to its roles: made once, shared by all of them, closed by the process after the last
/// role.
///
/// @param network the one network of the process: every role listens and dials on it
/// @param events  where to report what an operator wants to see
/// @param clock   wall-clock time
/// @param metrics who collects the numbers of a service, by its name
public record RoleContext(
        Network network, RoleEvents events, InstantSource clock, Function<String, ServiceMetrics> metrics) {

    /// Without anybody who collects numbers.
    public RoleContext(Network network, RoleEvents events, InstantSource clock) {
        this(network, events, clock, any -> ServiceMetrics.NONE);
    }
}
