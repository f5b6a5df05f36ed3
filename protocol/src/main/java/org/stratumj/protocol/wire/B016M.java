package org.stratumj.protocol.wire;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A byte string `B0_16M`: a U24 length, then 0..16,777,215 bytes. On [Bytes].
/// Spec: 03 §3.1.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface B016M {}
