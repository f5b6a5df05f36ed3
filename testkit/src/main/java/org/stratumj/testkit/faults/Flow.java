package org.stratumj.testkit.faults;

/// One of the two byte streams of a pipe, as its owner sees it.
public enum Flow {
    /// What the owner receives.
    INCOMING,
    /// What the owner sends.
    OUTGOING
}
