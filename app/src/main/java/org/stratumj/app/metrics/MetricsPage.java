package org.stratumj.app.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.service.ServiceMetrics;

/// The page `/metrics` for Prometheus, in its text format, with the numbers of all services and roles of this process
/// and those of the JVM. Any thread.
///
/// Whoever reaches the port can read it and nothing else; it is bounded like everything that strangers can reach.
/// Requests beyond [#WAITING_MAX] are dropped, connections beyond [#CONNECTIONS_MAX] are not kept, and a request that
/// is not there within [#REQUEST_SECONDS_MAX] is given up.
public final class MetricsPage implements AutoCloseable {
    static final int CONNECTIONS_MAX = 32;
    static final int WAITING_MAX = 8;
    static final int REQUEST_SECONDS_MAX = 5;
    private static final Logger LOG = System.getLogger("org.stratumj.app.metrics");
    private static final int THREADS = 2;
    private static final String PATH = "/metrics";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    static {
        // The server of the JDK reads its limits once in a process, from here.
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS_MAX));
        System.setProperty("sun.net.httpserver.maxIdleConnections", Integer.toString(CONNECTIONS_MAX));
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS_MAX));
        System.setProperty("sun.net.httpserver.maxRspTime", Integer.toString(REQUEST_SECONDS_MAX));
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeteredRoles roles;
    private final ThreadPoolExecutor threads;
    private final HttpServer server;

    private MetricsPage(HttpServer server, Supplier<List<RoleStatus>> roles) {
        this.server = server;
        this.roles = new MeteredRoles(registry, roles);
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().daemon().name("metrics-", 0).factory());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /// Serves the page at `address`.
    ///
    /// @param roles the roles that run, each with a name of its own
    /// @throws RoleException if the port cannot be had
    public static MetricsPage open(InetSocketAddress address, Supplier<List<RoleStatus>> roles) {
        MetricsPage page = new MetricsPage(bind(address), roles);
        page.server.setExecutor(page.threads);
        page.server.createContext("/", page::answer);
        page.server.start();
        LOG.log(Level.INFO, "metrics at http://" + ServiceEvents.text(page.address()) + PATH);
        return page;
    }

    /// The bound address, with the real port.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    /// Collects the numbers of a service of this name, of which there is one in the process.
    public ServiceMetrics of(String service) {
        return new MeteredService(registry, service);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        registry.close();
    }

    private static HttpServer bind(InetSocketAddress address) {
        try {
            return HttpServer.create(address, CONNECTIONS_MAX);
        } catch (BindException e) {
            throw new RoleException(
                    "cannot show metrics at " + ServiceEvents.text(address) + ": "
                            + Objects.requireNonNullElse(e.getMessage(), "the port cannot be had")
                            + "; choose another --metrics address, or stop the program that has this one",
                    e);
        } catch (IOException e) {
            throw new RoleException("cannot show metrics at " + ServiceEvents.text(address) + ": " + e, e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                reply(exchange, 404, "there is only " + PATH + "\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                reply(exchange, 405, PATH + " can only be read\n");
            } else {
                roles.refresh();
                reply(exchange, 200, registry.scrape(TEXT));
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the page failed", e);
            throw e;
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
