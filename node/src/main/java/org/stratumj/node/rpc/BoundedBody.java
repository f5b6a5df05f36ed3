package org.stratumj.node.rpc;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Gathers a response's body as long as it is within a bound, and breaks off the response otherwise.
final class BoundedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final int bytesMax;
    private final List<byte[]> gathered = new ArrayList<>();
    private int size;
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private Flow.@Nullable Subscription source;

    BoundedBody(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// The response had more bytes than it may.
    static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLongException(int bytesMax) {
            super("the answer has more than " + bytesMax + " bytes");
        }
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return result;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (size + (long) buffer.remaining() > bytesMax) {
                gathered.clear();
                result.completeExceptionally(new TooLongException(bytesMax));
                if (source != null) {
                    source.cancel();
                }
                return;
            }
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            gathered.add(bytes);
            size += bytes.length;
        }
    }

    @Override
    public void onError(Throwable failure) {
        result.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        ByteBuffer whole = ByteBuffer.allocate(size);
        gathered.forEach(whole::put);
        result.complete(whole.array());
    }
}
