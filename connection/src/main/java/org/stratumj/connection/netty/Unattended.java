package org.stratumj.connection.netty;

import org.jspecify.annotations.Nullable;
import org.stratumj.connection.PipeHandler;

/// For a pipe that is closed before anybody could use it.
final class Unattended implements PipeHandler {
    @Override
    public void onBytes(byte[] bytes, int offset, int length) {}

    @Override
    public void onClosed(@Nullable Throwable failure) {}
}
