package org.stratumj.service;

import java.util.concurrent.CompletionStage;

/// Where a handler's records are made durable before it goes on; see [Effect.Persist]. Called on many lanes, so
/// it must not block: the writing is done elsewhere.
///
/// @param <R> the records, immutable
public interface Journal<R> {

    /// Takes `record`.
    ///
    /// @return done when the record would survive the end of this process and of the machine; fails if it
    ///     cannot be kept, and who waits for it is then closed instead of answered
    CompletionStage<?> append(R record);
}
