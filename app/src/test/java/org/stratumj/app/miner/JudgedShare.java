package org.stratumj.app.miner;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// A share as a pool sees it, put together from the bytes of messages and hashed with nothing but the platform's
/// SHA-256.
///
/// @param connection     number of the connection that it came on
/// @param sequenceNumber as submitted
/// @param header         the 80 bytes
/// @param hash           of the header, as a number
/// @param late           seconds by which the time of the header is above what was allowed when it came
/// @param versionRolled  bits of the version that differ from those of the job
/// @param extranonceSize bytes of the extranonce
/// @param onTip          whether its job is one of the present tip
record JudgedShare(
        int connection,
        long channelId,
        long sequenceNumber,
        long jobId,
        Bytes header,
        BigInteger hash,
        long late,
        long versionRolled,
        int extranonceSize,
        boolean onTip) {

    boolean meets(BigInteger target) {
        return hash.compareTo(target) <= 0;
    }

    /// The hash as the next block names it.
    byte[] hashBytes() {
        return sha256d(header.bytes());
    }

    static byte[] header(long version, SetNewPrevHash tip, byte[] merkleRoot, long nTime, long nonce) {
        return ByteBuffer.allocate(80)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) version)
                .put(tip.prevHash().bytes())
                .put(merkleRoot)
                .putInt((int) nTime)
                .putInt((int) tip.nBits())
                .putInt((int) nonce)
                .array();
    }

    /// The root of a job whose coinbase has this extranonce.
    static byte[] merkleRoot(NewExtendedMiningJob job, byte[] extranoncePrefix, byte[] extranonce) {
        byte[] root = sha256d(
                job.coinbaseTxPrefix().bytes(),
                extranoncePrefix,
                extranonce,
                job.coinbaseTxSuffix().bytes());
        for (U256 sibling : job.merklePath()) {
            root = sha256d(root, sibling.bytes());
        }
        return root;
    }

    /// A hash or target as a number.
    static BigInteger number(byte[] littleEndian) {
        byte[] reversed = new byte[littleEndian.length];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = littleEndian[reversed.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    static byte[] sha256d(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return sha256.digest(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public String toString() {
        return "share %d of channel %d for job %d: %s".formatted(sequenceNumber, channelId, jobId, header);
    }
}
