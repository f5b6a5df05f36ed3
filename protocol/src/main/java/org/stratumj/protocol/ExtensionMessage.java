package org.stratumj.protocol;

/// A message that an extension defines, here or in an application. Spec: 03 §3.4.
///
/// Only for extensions that the peer has confirmed (extension negotiation itself excepted).
public non-sealed interface ExtensionMessage extends Sv2Message {}
