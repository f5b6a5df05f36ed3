package org.stratumj.connection;

import java.util.function.Consumer;

/// Where a listener counts a connection. Any thread.
interface Place {
    /// For connections that nobody counts.
    Place NONE = new Place() {
        @Override
        public void occupy(Consumer<CloseReason> closer) {}

        @Override
        public boolean identify(String deviceId) {
            return true;
        }

        @Override
        public void waiting(long bytes) {}

        @Override
        public void setUp() {}

        @Override
        public void release() {}
    };

    /// From now on the connection can be closed by `closer`, for the good of others; what waits for its peer is
    /// dropped.
    void occupy(Consumer<CloseReason> closer);

    /// The client says what it is. Once.
    ///
    /// @return false if as many of it are there as may be
    boolean identify(String deviceId);

    /// So many bytes wait for its peer.
    void waiting(long bytes);

    /// It is not half open any more.
    void setUp();

    /// It is gone. Idempotent.
    void release();
}
