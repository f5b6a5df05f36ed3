package org.stratumj.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.stratumj.app.role.RoleException;

/// Finds ports of this machine that nobody listens on, for processes that have to come back on the same one.
///
/// They are below those that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): while a
/// server is away, its clients dial its port again and again, and one of them might be given just that port.
final class FreePorts {
    static final int LOWEST = 20_000;
    static final int COUNT = 10_000;

    private static final int ATTEMPTS_MAX = 1_000;

    private FreePorts() {}

    /// So many different ones on loopback.
    ///
    /// @throws RoleException if there are not enough
    static List<Integer> find(int count, RandomGenerator random) {
        Set<Integer> found = new LinkedHashSet<>();
        for (int attempt = 0; found.size() < count; attempt++) {
            if (attempt == ATTEMPTS_MAX) {
                throw new RoleException("no free ports from %d to %d".formatted(LOWEST, LOWEST + COUNT - 1));
            }
            int port = LOWEST + random.nextInt(COUNT);
            if (isFree(port)) {
                found.add(port);
            }
        }
        return List.copyOf(found);
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
