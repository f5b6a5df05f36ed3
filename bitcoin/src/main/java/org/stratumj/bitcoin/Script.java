package org.stratumj.bitcoin;

import java.util.Arrays;
import java.util.HexFormat;

/// The bytes of a script: an output's condition or an input's answer to it. Never executed here.
///
/// Immutable, compared by value.
public final class Script {
    /// The script without bytes.
    public static final Script EMPTY = new Script(new byte[0]);

    /// Pay to the witness script hash of OP_TRUE: anybody may spend it with the witness [Witness#OP_TRUE].
    public static final Script P2WSH_OP_TRUE = p2wsh(new byte[] {0x51});

    /// Pay to anchor, `OP_1 <0x4e73>`: anyone can spend it, without a witness.
    public static final Script P2A = new Script(new byte[] {0x51, 2, 0x4e, 0x73});

    static final int OP_PUSHDATA1 = 0x4c;
    static final int OP_PUSHDATA4 = 0x4e;
    static final int OP_1 = 0x51;
    static final int OP_16 = 0x60;

    private final byte[] bytes;

    private Script(byte[] owned) {
        bytes = owned;
    }

    /// The script with a copy of these bytes.
    public static Script of(byte[] bytes) {
        return new Script(bytes.clone());
    }

    /// The script written in hexadecimal.
    ///
    /// @throws BitcoinFormatException if the text is not hexadecimal
    public static Script ofHex(String hex) {
        try {
            return new Script(HexFormat.of().parseHex(hex));
        } catch (IllegalArgumentException e) {
            throw new BitcoinFormatException("not a script in hexadecimal: " + hex);
        }
    }

    /// The script that pays to the SHA-256 of a witness script: `OP_0 <32 bytes>`.
    public static Script p2wsh(byte[] witnessScript) {
        byte[] script = new byte[34];
        script[1] = 32;
        System.arraycopy(Sha256d.sha256().digest(witnessScript), 0, script, 2, 32);
        return new Script(script);
    }

    /// A copy of the bytes.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// Number of bytes.
    public int size() {
        return bytes.length;
    }

    /// The unsigned byte at `index`.
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /// Whether these bytes begin with those of another script.
    public boolean startsWith(Script start) {
        return bytes.length >= start.bytes.length
                && Arrays.equals(bytes, 0, start.bytes.length, start.bytes, 0, start.bytes.length);
    }

    /// Whether this is `OP_0`…`OP_16` and one push of 2 to 40 bytes: a witness program (BIP141).
    public boolean isWitnessProgram() {
        return bytes.length >= 4
                && bytes.length <= 42
                && (at(0) == 0 || (at(0) >= OP_1 && at(0) <= OP_16))
                && at(1) == bytes.length - 2;
    }

    static Script owning(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Script(bytes);
    }

    /// The array itself, for reading within this package.
    byte[] view() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Script script && Arrays.equals(bytes, script.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /// The bytes in hexadecimal.
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
