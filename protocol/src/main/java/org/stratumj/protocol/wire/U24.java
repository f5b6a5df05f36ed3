package org.stratumj.protocol.wire;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An unsigned 24-bit integer: 3 bytes, little-endian, 0..16,777,215. On `int`, `OptionalInt` or `Integer`.
/// Spec: 03 §3.1.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface U24 {}
