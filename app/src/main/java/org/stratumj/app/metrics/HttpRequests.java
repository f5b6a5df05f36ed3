package org.stratumj.app.metrics;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.stratumj.connection.Pipe;
import org.stratumj.connection.PipeHandler;

/// Reads one HTTP request per connection, answers it and closes. No thread waits for a request, so requests that never
/// end cost a place each and nothing else: one that is not complete within [#REQUEST_MAX] is closed, and with all
/// [#CONNECTIONS_MAX] places taken a newcomer gets the place of the oldest.
///
/// On one lane.
final class HttpRequests implements Function<Pipe, PipeHandler> {
    static final int CONNECTIONS_MAX = 32;
    static final int REQUEST_BYTES_MAX = 8 << 10;
    static final Duration REQUEST_MAX = Duration.ofSeconds(5);

    private static final String END = "\r\n\r\n";

    private final Function<String, Response> responses;
    private final Set<Exchange> open = new LinkedHashSet<>();

    /// @param responses answers a request line, as `GET /metrics HTTP/1.1`
    HttpRequests(Function<String, Response> responses) {
        this.responses = responses;
    }

    /// An answer.
    ///
    /// @param status as `200 OK`
    record Response(String status, String contentType, String body) {
        private byte[] bytes() {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            String head = "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nContent-Length: "
                    + content.length + "\r\nAllow: GET\r\nConnection: close" + END;
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(content);
            return all.toByteArray();
        }
    }

    @Override
    public PipeHandler apply(Pipe pipe) {
        if (open.size() == CONNECTIONS_MAX) {
            open.iterator().next().pipe.close(false);
        }
        Exchange exchange = new Exchange(pipe);
        open.add(exchange);
        pipe.lane().schedule(exchange::expire, REQUEST_MAX);
        return exchange;
    }

    int open() {
        return open.size();
    }

    private final class Exchange implements PipeHandler {
        private final Pipe pipe;
        private final StringBuilder request = new StringBuilder();
        private boolean answered;

        Exchange(Pipe pipe) {
            this.pipe = pipe;
        }

        @Override
        public void onBytes(byte[] bytes, int offset, int length) {
            if (answered) {
                return;
            }
            request.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
            if (request.indexOf(END) >= 0) {
                answer(responses.apply(request.substring(0, request.indexOf("\r\n"))));
            } else if (request.length() > REQUEST_BYTES_MAX) {
                answer(new Response("431 Request Header Fields Too Large", "text/plain", ""));
            }
        }

        @Override
        public void onClosed(@Nullable Throwable failure) {
            open.remove(this);
        }

        private void answer(Response response) {
            answered = true;
            byte[] bytes = response.bytes();
            pipe.write(bytes, 0, bytes.length);
            pipe.close(true);
        }

        private void expire() {
            if (!answered) {
                pipe.close(false);
            }
        }
    }
}
