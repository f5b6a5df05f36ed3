package org.stratumj.node.rpc;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A request under way and its response, with a bounded body. Closing it before the response is complete closes the
/// connection. Thread-safe.
final class RpcExchange implements AutoCloseable {
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<HttpResponse<byte[]>> response;

    private RpcExchange(HttpClient http, HttpRequest request, int bytesMax) {
        response = http.sendAsync(request, _ -> {
            begun.complete(null);
            return new BoundedBody(bytesMax);
        });
    }

    /// Sends the request.
    ///
    /// @param bytesMax longest body of the response
    static RpcExchange begin(HttpClient http, HttpRequest request, int bytesMax) {
        return new RpcExchange(http, request, bytesMax);
    }

    /// Returns when the response has begun or has failed.
    ///
    /// @throws TimeoutException if it has not within `wait`
    void awaitBegin(Duration wait) throws IOException, InterruptedException, TimeoutException {
        get(CompletableFuture.anyOf(begun, response), wait);
    }

    /// The complete response.
    ///
    /// @throws TimeoutException if the last byte has not come within `wait`
    /// @throws IOException      if there is no connection, it broke off, or what came is no response
    HttpResponse<byte[]> get(Duration wait) throws IOException, InterruptedException, TimeoutException {
        return get(response, wait);
    }

    @Override
    public void close() {
        response.cancel(true);
    }

    private static <T> T get(Future<T> future, Duration wait)
            throws IOException, InterruptedException, TimeoutException {
        try {
            return future.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw switch (e.getCause()) {
                case VirtualMachineError fatal -> throw fatal;
                case IOException failure -> failure;
                case null, default -> new IOException(String.valueOf(e.getCause()), e);
            };
        }
    }
}
