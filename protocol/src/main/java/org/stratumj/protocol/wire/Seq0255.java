package org.stratumj.protocol.wire;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A sequence `SEQ0_255[T]`: one count byte, then 0..255 elements. On `List`; the element has a wire type too.
/// Spec: 03 §3.1.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE_USE)
public @interface Seq0255 {}
