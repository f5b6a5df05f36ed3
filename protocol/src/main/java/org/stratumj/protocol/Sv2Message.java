package org.stratumj.protocol;

import org.stratumj.protocol.common.CommonMessage;
import org.stratumj.protocol.jobdeclaration.JobDeclarationMessage;
import org.stratumj.protocol.mining.MiningMessage;
import org.stratumj.protocol.template.TemplateMessage;

/// Any message of Stratum V2. Spec: 08.
///
/// A `switch` over it needs no `default`: the core is closed, an extension's messages are [ExtensionMessage], and
/// what nobody registered is an [UnknownMessage].
public sealed interface Sv2Message
        permits CommonMessage,
                MiningMessage,
                JobDeclarationMessage,
                TemplateMessage,
                ExtensionMessage,
                UnknownMessage {}
