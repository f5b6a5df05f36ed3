package org.stratumj.connection;

/// What went over one connection so far.
///
/// @param messagesIn       messages that could be decoded, unknown ones included
/// @param messagesOut      messages queued for sending
/// @param unknownIn        messages of an extension or type that is not known
/// @param wrongChannelBits known messages whose channel bit was not as specified; they are accepted all the
///     same
public record Traffic(long messagesIn, long messagesOut, long unknownIn, long wrongChannelBits) {}
