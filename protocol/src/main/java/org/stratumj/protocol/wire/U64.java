package org.stratumj.protocol.wire;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An unsigned 64-bit integer: 8 bytes, little-endian. On `long`, `OptionalLong` or `Long`, read as unsigned.
/// Spec: 03 §3.1.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface U64 {}
