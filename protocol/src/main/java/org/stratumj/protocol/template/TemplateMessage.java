package org.stratumj.protocol.template;

import org.stratumj.protocol.Sv2Message;

/// A message of the Template Distribution Protocol: [TemplateToServer] or [TemplateToClient]. Spec: 07.
public sealed interface TemplateMessage extends Sv2Message permits TemplateToServer, TemplateToClient {}
