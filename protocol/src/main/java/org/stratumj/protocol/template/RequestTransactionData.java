package org.stratumj.protocol.template;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.U64;

/// A request for the transactions of a template. Answered by [RequestTransactionDataSuccess] or
/// [RequestTransactionDataError].
///
/// Client → server. Spec: 07 §7.4.
///
/// @param templateId template asked about, U64
@Message(type = 0x73)
public record RequestTransactionData(@U64 long templateId) implements TemplateToServer {}
