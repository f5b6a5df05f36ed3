package org.stratumj.miner;

/// Which kind of engine to use in this JVM, and why.
///
/// @param kind            the quickest kind that works
/// @param hashesPerSecond its measured speed on one thread
/// @param reason          one line for people
public record EngineChoice(HashEngineKind kind, double hashesPerSecond, String reason) {}
