package org.stratumj.connection.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Counts buffers that were collected without having been released. The test JVM names it to Netty, which makes
/// one for each type of resource.
public final class CountingLeakDetector<T> extends ResourceLeakDetector<T> {
    private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

    public CountingLeakDetector(Class<?> resourceType, int samplingInterval) {
        super(resourceType, samplingInterval);
    }

    /// Leaks found so far. Netty looks for them when it hands out a buffer, so this collects garbage and asks
    /// for some.
    static List<String> leaks() {
        for (int i = 0; i < 20; i++) {
            System.gc();
            ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(64);
            buffer.release();
        }
        return List.copyOf(LEAKS);
    }

    static void forget() {
        LEAKS.clear();
    }

    @Override
    protected boolean needReport() {
        return true;
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        LEAKS.add(resourceType + ": " + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        LEAKS.add(resourceType);
    }
}
