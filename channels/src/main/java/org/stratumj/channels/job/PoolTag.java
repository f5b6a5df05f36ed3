package org.stratumj.channels.job;

import java.nio.charset.StandardCharsets;
import org.stratumj.protocol.wire.Bytes;

/// The pool's name in the coinbase's scriptSig.
///
/// @param text at most [#BYTES_MAX] bytes; none = no tag
public record PoolTag(Bytes text) {
    /// The most bytes in a tag: what 100 bytes of scriptSig leave beside a template prefix of 8, an extranonce of
    /// 32, and the length bytes of tag and extranonce.
    public static final int BYTES_MAX = 58;

    /// No tag.
    public static final PoolTag NONE = new PoolTag(Bytes.EMPTY);

    /// @throws IllegalArgumentException above [#BYTES_MAX] bytes
    public PoolTag {
        if (text.size() > BYTES_MAX) {
            throw new IllegalArgumentException("a pool tag has at most " + BYTES_MAX + " bytes, not " + text.size());
        }
    }

    /// The tag with this text in UTF-8.
    ///
    /// @throws IllegalArgumentException above [#BYTES_MAX] bytes
    public static PoolTag of(String text) {
        return new PoolTag(Bytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// The script bytes that push the tag; none for an empty tag.
    public Bytes push() {
        return text.isEmpty() ? text : Bytes.of(new byte[] {(byte) text.size()}).concat(text);
    }
}
