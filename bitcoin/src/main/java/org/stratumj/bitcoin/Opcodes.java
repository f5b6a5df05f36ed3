package org.stratumj.bitcoin;

import java.util.Arrays;

/// Walks over the opcodes of a script and the data they push.
final class Opcodes {
    private final byte[] script;
    private int position;
    private int dataStart;
    private boolean broken;

    /// The opcode at which [#next] stopped.
    int opcode;

    Opcodes(byte[] script) {
        this.script = script;
    }

    /// Goes to the next opcode; false at the end, or at a push that the script is too short for.
    boolean next() {
        if (broken || position == script.length) {
            return false;
        }
        opcode = script[position++] & 0xff;
        long length = dataLength();
        if (length < 0 || length > script.length - position) {
            broken = true;
            return false;
        }
        dataStart = position;
        position += (int) length;
        return true;
    }

    /// The data that the opcode pushes; empty if it pushes none or a number.
    byte[] data() {
        return Arrays.copyOfRange(script, dataStart, position);
    }

    /// Whether all of the script has been walked over.
    boolean complete() {
        return !broken && position == script.length;
    }

    /// Bytes the opcode pushes, taking those that say how many; -1 if those are missing.
    private long dataLength() {
        if (opcode < Script.OP_PUSHDATA1) {
            return opcode;
        }
        if (opcode > Script.OP_PUSHDATA4) {
            return 0;
        }
        int size = 1 << (opcode - Script.OP_PUSHDATA1);
        if (size > script.length - position) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < size; i++) {
            length |= (script[position++] & 0xffL) << (8 * i);
        }
        return length;
    }
}
