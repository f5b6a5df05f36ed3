package org.stratumj.app.decode;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.stratumj.app.cli.Converters;
import org.stratumj.app.cli.ListenAddress;
import org.stratumj.app.cli.RoleSession;
import org.stratumj.app.cli.SecurityOptions;
import org.stratumj.app.cli.StopSignal;
import org.stratumj.app.cli.UsageException;
import org.stratumj.app.log.LogLevel;
import org.stratumj.app.log.Logging;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.connection.CloseReason;
import org.stratumj.connection.ConnectionId;
import org.stratumj.connection.ConnectionLimits;
import org.stratumj.connection.Endpoint;
import org.stratumj.connection.Network;
import org.stratumj.connection.Relay;
import org.stratumj.connection.ServerSecurity;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Direction;
import picocli.CommandLine.TypeConversionException;

/// Reports what goes through a relay, with the offset in what each side said in plaintext.
///
/// A report that is not taken, as by a pager at its end, holds up the connections: nothing is lost or piled
/// up.
final class Between implements Relay.Watcher {
    private final Report report;
    private final Runnable flush;
    private final Map<ConnectionId, Offsets> offsets = new ConcurrentHashMap<>();

    private record Offsets(AtomicLong toServer, AtomicLong toClient) {
        Offsets() {
            this(new AtomicLong(), new AtomicLong());
        }

        long next(Direction direction, int size) {
            return (direction == Direction.TO_SERVER ? toServer : toClient).getAndAdd(size);
        }
    }

    /// Listens and relays until a signal comes.
    ///
    /// @param addresses where to listen, and the server's URL
    /// @throws UsageException if one of them cannot be read, or the security options do not fit together
    /// @throws RoleException  if the address cannot be listened on
    static void run(List<String> addresses, SecurityOptions security, Report report, PrintWriter out, PrintWriter err) {
        ListenAddress address = converted(addresses.getFirst(), Converters::address);
        Endpoint server = converted(addresses.getLast(), Converters::endpoint);
        ServerSecurity protection = security.security(address);
        Logging.to(line -> tell(err, line), LogLevel.WARN, false);
        Between watcher = new Between(report, out::flush);
        ConnectionLimits limits = ConnectionLimits.defaults();
        try (StopSignal signal = StopSignal.install(RoleSession.STOP_GRACE);
                Network network = NettyNetwork.open()) {
            Relay relay = Relay.listen(network, address.socketAddress(), protection, server, limits, watcher)
                    .toCompletableFuture()
                    .join();
            tell(
                    err,
                    "listening on " + ServiceEvents.text(relay.localAddress()) + " for " + server + "; Ctrl-C ends it");
            signal.requested().join();
        } catch (CompletionException e) {
            throw new RoleException("cannot listen on " + address + ": " + e.getCause(), e);
        }
    }

    /// @param flush called when something was reported
    Between(Report report, Runnable flush) {
        this.report = report;
        this.flush = flush;
    }

    @Override
    public void onOpen(ConnectionId connection, InetSocketAddress client) {
        offsets.put(connection, new Offsets());
        report.note(place(connection, "", Optional.empty(), 0), "connected " + ServiceEvents.text(client));
        flush.run();
    }

    @Override
    public void onFrame(ConnectionId connection, Direction direction, Instant time, Frame frame) {
        var known = offsets.get(connection);
        long offset = known == null ? 0 : known.next(direction, frame.size());
        var way = direction == Direction.TO_SERVER ? " client > server" : " server > client";
        report.frame(place(connection, way, Optional.of(time), offset), frame);
        flush.run();
    }

    @Override
    public void onClosed(ConnectionId connection, Direction side, CloseReason reason) {
        offsets.remove(connection);
        var end = side == Direction.TO_SERVER ? "client" : "server";
        report.note(place(connection, "", Optional.empty(), 0), "ended at the " + end + ": " + reason.text());
        flush.run();
    }

    private static Place place(ConnectionId connection, String way, Optional<Instant> time, long offset) {
        return new Place(connection + way, time, offset);
    }

    private static <T> T converted(String text, Function<String, T> converter) {
        try {
            return converter.apply(text);
        } catch (TypeConversionException e) {
            throw new UsageException("--between: " + e.getMessage(), e);
        }
    }

    private static void tell(PrintWriter err, String line) {
        err.println(line);
        err.flush();
    }
}
