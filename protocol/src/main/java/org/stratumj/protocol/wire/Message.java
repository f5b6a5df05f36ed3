package org.stratumj.protocol.wire;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a record as a Stratum V2 message, so that its codec and its layout are generated at compile time.
///
/// The components are the fields in wire order. A component's wire type is given by its annotation ([U32], [B064K], …)
/// or by its Java type (`boolean` is BOOL, `float` is F32, [U256], [Str0255]). The record also says in which direction
/// it travels, by implementing `ToServer`, `ToClient` or both. Spec: 03 §3.2 and 08.
///
/// An application declares the messages of its own extension the same way, as an `ExtensionMessage`, with
/// `stratumj-codegen` on the compiler's processor path, and registers what was generated in the record's package:
/// `MessageRegistry.core().with(MessageCodecs.all())`.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Message {
    /// The message type byte, 0..255, in the number space of [#extension()].
    int type();

    /// The extension that defines the message, 0..0x7fff; 0 is the core protocol.
    int extension() default 0;

    /// Whether the frame carries the channel bit; the first field is then `@U32 long channelId`.
    boolean channel() default false;

    /// The message's name in the specification; empty where it is the record's own name.
    String name() default "";
}
