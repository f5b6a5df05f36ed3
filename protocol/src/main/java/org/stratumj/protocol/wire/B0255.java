package org.stratumj.protocol.wire;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A byte string `B0_255`: one length byte, then 0..255 bytes. On [Bytes].
/// Spec: 03 §3.1.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface B0255 {}
