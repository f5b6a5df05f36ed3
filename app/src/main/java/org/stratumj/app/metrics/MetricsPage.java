package org.stratumj.app.metrics;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.stratumj.app.metrics.HttpRequests.Response;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.connection.Network;
import org.stratumj.connection.netty.NettyNetwork;
import org.stratumj.service.ServiceMetrics;

/// The page `/metrics` for Prometheus, in its text format, with the numbers of all services and roles of this process
/// and those of the JVM. Any thread.
///
/// The port is read-only and open to all clients that reach it. The page has a network of its own, so that
/// requests take no time of the lanes that mine; [HttpRequests] bounds them.
public final class MetricsPage implements AutoCloseable {
    private static final Logger LOG = System.getLogger("org.stratumj.app.metrics");
    private static final String PATH = "/metrics";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeteredProcess process = new MeteredProcess(registry);
    private final MeteredRoles roles;
    private final Network network;
    private final Network.Listener listener;

    private MetricsPage(InetSocketAddress address, Supplier<List<RoleStatus>> roles) {
        this.roles = new MeteredRoles(registry, roles);
        network = NettyNetwork.open(1, InstantSource.system(), new SecureRandom());
        listener = bind(address);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /// Serves the page at `address`.
    ///
    /// @param roles the roles that run, each with a name of its own
    /// @throws RoleException if the port cannot be had
    public static MetricsPage open(InetSocketAddress address, Supplier<List<RoleStatus>> roles) {
        MetricsPage page = new MetricsPage(address, roles);
        LOG.log(Level.INFO, "metrics at http://" + ServiceEvents.text(page.address()) + PATH);
        return page;
    }

    /// The bound address, with the real port.
    public InetSocketAddress address() {
        return listener.localAddress();
    }

    /// Collects the numbers of a service of this name, of which there is one in the process.
    public ServiceMetrics of(String service) {
        return new MeteredService(registry, service);
    }

    /// Shows a number of the process that only grows.
    ///
    /// @param value may be called by any thread
    public void count(Metric metric, LongSupplier value) {
        process.count(metric, value);
    }

    @Override
    public void close() {
        network.close();
        registry.close();
    }

    private Network.Listener bind(InetSocketAddress address) {
        try {
            return network.listen(address, new HttpRequests(this::answer))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            network.close();
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new RoleException(
                    "cannot show metrics at " + ServiceEvents.text(address) + ": " + cause.getMessage()
                            + "; choose another --metrics address, or stop the program that has this one",
                    cause);
        }
    }

    private Response answer(String requestLine) {
        String[] parts = requestLine.split(" ", 3);
        String path = parts.length > 1 ? parts[1] : "";
        if (!path.equals(PATH) && !path.startsWith(PATH + "?")) {
            return new Response("404 Not Found", TEXT, "there is only " + PATH + "\n");
        }
        if (!parts[0].equals("GET")) {
            return new Response("405 Method Not Allowed", TEXT, PATH + " can only be read\n");
        }
        return new Response("200 OK", TEXT, page());
    }

    private String page() {
        roles.refresh();
        return registry.scrape(TEXT);
    }
}
