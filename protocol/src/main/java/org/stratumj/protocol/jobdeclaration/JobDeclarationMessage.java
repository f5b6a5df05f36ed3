package org.stratumj.protocol.jobdeclaration;

import org.stratumj.protocol.Sv2Message;

/// A message of the Job Declaration Protocol: [JobDeclarationToServer] or [JobDeclarationToClient]. Spec: 06.
public sealed interface JobDeclarationMessage extends Sv2Message
        permits JobDeclarationToServer, JobDeclarationToClient {}
