package org.stratumj.service;

/// Something that happens to a service, as a value: what [Sv2Service#handle] takes. What peers do becomes
/// events by itself; an application makes them to put something in from outside, and a test to play it.
public sealed interface Sv2Event permits Sv2ServerEvent, Sv2ClientEvent {}
