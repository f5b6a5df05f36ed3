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
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.app.role.ServiceEvents;
import org.stratumj.service.ServiceMetrics;

/// The page `/metrics` for Prometheus, in its text format, with the numbers of all services and roles of this process
/// and those of the JVM. Any thread.
///
/// The port is read-only and open to all clients that reach it. Each request has a virtual thread of its own, so one
/// that never ends holds up no other; it is closed after [#REQUEST_SECONDS_MAX], and a connection that sends
/// nothing within a second more. Connections beyond [#CONNECTIONS_MAX] are closed, so a client that opens as many
/// again and again keeps the page from others; mining does not notice.
public final class MetricsPage implements AutoCloseable {
    static final int CONNECTIONS_MAX = 256;
    static final int REQUEST_SECONDS_MAX = 2;
    static final int RESPONSE_SECONDS_MAX = 10;

    // How often the server looks for connections that have not sent anything yet, which have no time of a request.
    private static final int TICK_MILLIS = 1000;

    private static final Logger LOG = System.getLogger("org.stratumj.app.metrics");
    private static final String PATH = "/metrics";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    static {
        // The server of the JDK reads its limits once in a process, from here.
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(CONNECTIONS_MAX));
        System.setProperty("sun.net.httpserver.clockTick", Integer.toString(TICK_MILLIS));
        System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(REQUEST_SECONDS_MAX));
        System.setProperty("sun.net.httpserver.maxRspTime", Integer.toString(RESPONSE_SECONDS_MAX));
    }

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MeteredProcess process = new MeteredProcess(registry);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final MeteredRoles roles;
    private final HttpServer server;

    private MetricsPage(HttpServer server, Supplier<List<RoleStatus>> roles) {
        this.server = server;
        this.roles = new MeteredRoles(registry, roles);
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

    /// Shows a number of the process that only grows.
    ///
    /// @param value may be called by any thread
    public void count(Metric metric, LongSupplier value) {
        process.count(metric, value);
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
        } catch (IOException e) {
            throw new RoleException(
                    "cannot show metrics at " + ServiceEvents.text(address) + ": " + e.getMessage()
                            + "; choose another --metrics address, or stop the program that has this one",
                    e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                reply(exchange, HttpURLConnection.HTTP_NOT_FOUND, "there is only " + PATH + "\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                reply(exchange, HttpURLConnection.HTTP_BAD_METHOD, PATH + " can only be read\n");
            } else {
                roles.refresh();
                reply(exchange, HttpURLConnection.HTTP_OK, registry.scrape(TEXT));
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the page failed", e);
            throw e;
        }
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", TEXT);
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
