package org.stratumj.protocol.template;

import org.stratumj.protocol.wire.Message;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U64;

/// The transactions of a template cannot be had. Answers [RequestTransactionData].
///
/// Server → client. Spec: 07 §7.6.
///
/// @param templateId template answered, U64
/// @param errorCode reason string, STR0_255
@Message(type = 0x75, name = "RequestTransactionData.Error")
public record RequestTransactionDataError(@U64 long templateId, Str0255 errorCode) implements TemplateToClient {}
