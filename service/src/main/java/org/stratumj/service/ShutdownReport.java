package org.stratumj.service;

/// How a service ended.
///
/// @param connectionsClosed connections that were open when shutdown began
/// @param bytesDropped      bytes still queued for peers when the grace ran out
public record ShutdownReport(int connectionsClosed, long bytesDropped) {}
