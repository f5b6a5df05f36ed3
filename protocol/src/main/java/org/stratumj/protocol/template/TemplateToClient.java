package org.stratumj.protocol.template;

import org.stratumj.protocol.ToClient;

/// What a server sends to a client: a message of the Template Distribution Protocol. Spec: 07.
public sealed interface TemplateToClient extends TemplateMessage, ToClient
        permits NewTemplate, SetNewPrevHash, RequestTransactionDataSuccess, RequestTransactionDataError {}
