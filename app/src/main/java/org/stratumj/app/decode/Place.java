package org.stratumj.app.decode;

import java.time.Instant;
import java.util.Optional;

/// Where something was found.
///
/// @param stream from whom to whom, as `10.0.0.1:40000 > 10.0.0.2:3333`; empty if there is one stream only
/// @param time   when it was seen, if that is known
/// @param offset the byte of the stream, 0 being the first
record Place(String stream, Optional<Instant> time, long offset) {

    /// `2026-01-02T03:04:05Z 10.0.0.1:40000 > 10.0.0.2:3333 byte 12`.
    @Override
    public String toString() {
        return time.map(at -> at + " ").orElse("") + (stream.isEmpty() ? "" : stream + " ") + "byte " + offset;
    }
}
