package org.stratumj.miner;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Target;

/// Hashes one nonce after the other with the platform's SHA-256. Works everywhere, and is quick enough where the
/// processor has SHA instructions.
public final class DigestEngine implements HashEngine {
    private static final int NONCE_AT = BlockHeader.SIZE - Integer.BYTES;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final Sha256d hasher = new Sha256d();
    private final byte[] hash = new byte[Hash256.SIZE];

    /// An engine of its own.
    public DigestEngine() {}

    @Override
    public long scan(BlockHeader header, Target target, long firstNonce, long count, NonceSink sink) {
        HashEngine.checkRange(firstNonce, count);
        byte[] bytes = header.bytes();
        for (long nonce = firstNonce; nonce < firstNonce + count; nonce++) {
            if (meets(target, bytes, nonce) && !sink.found(nonce)) {
                return nonce + 1 - firstNonce;
            }
        }
        return count;
    }

    /// Whether the hash of the 80 bytes with this nonce put into them meets the target.
    boolean meets(Target target, byte[] header, long nonce) {
        INT.set(header, NONCE_AT, (int) nonce);
        hasher.update(header, 0, header.length).finish(hash, 0);
        return target.isMetBy(hash, 0);
    }
}
