package org.stratumj.channels;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.bitcoin.TxOut;
import org.stratumj.bitcoin.WitnessCommitment;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// Templates, tips and hashes that tests of all packages use.
///
/// Hashes are computed here without the code under test, from what the specification says about the bytes.
public final class Fixtures {
    /// The time of a test's start.
    public static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);

    /// Four bytes of prefix, eight to roll.
    public static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.ofHex("5a"), 3, 12);

    /// What channels pay unless a test says otherwise.
    public static final Payout PAYOUT = Payout.to(Script.P2WSH_OP_TRUE);

    /// A target that about one in 16 hashes meets.
    public static final Target EASY = Target.fromCompact(0x200fffff);

    /// A target that about one in 256 hashes meets.
    public static final Target HARDER = Target.fromCompact(0x2000ffff);

    /// A target that no hash in a test meets.
    public static final Target IMPOSSIBLE = Target.fromCompact(0x1700ffff);

    /// Any hash rate gets [#EASY].
    public static final TargetPolicy EASY_TARGETS = new TargetPolicy(6, EASY, EASY, 1e22, Duration.ofSeconds(5));

    /// What a pool's tag is in tests.
    public static final PoolTag TAG = PoolTag.of("test pool");

    /// The value to pay out in [#template].
    public static final long VALUE = 312_500_000;

    private Fixtures() {}

    /// A factory without templates.
    public static JobFactory factory() {
        return new JobFactory(SPACE, TAG, PAYOUT, true);
    }

    /// A factory with template 1 on tip 1, which no hash makes a block on.
    public static JobFactory startedFactory() {
        JobFactory factory = factory();
        factory.onNewTemplate(template(1, true));
        factory.onSetNewPrevHash(tip(1, 1, IMPOSSIBLE));
        return factory;
    }

    /// A template whose merkle path depends on its id.
    public static NewTemplate template(long id, boolean future) {
        return new NewTemplate(
                id,
                future,
                0x2000_0000L,
                2,
                Bytes.ofHex("0340420f"),
                0xffff_fffeL,
                VALUE,
                1,
                commitment(),
                999_999,
                List.of(hash(100 + id), hash(200 + id), hash(300 + id)));
    }

    /// A tip whose hash depends on `number`.
    public static SetNewPrevHash tip(long templateId, long number, Target target) {
        return new SetNewPrevHash(
                templateId,
                hash(1000 + number),
                NOW.getEpochSecond() - 600,
                target.toCompact(),
                U256.of(target.littleEndian()));
    }

    /// The output that commits to the witnesses of no transactions.
    public static Bytes commitment() {
        TxOut output = WitnessCommitment.output(List.of());
        return Bytes.of(output.bytes());
    }

    /// Some 32 bytes, others for each number.
    public static U256 hash(long number) {
        return U256.of(sha256d(ByteBuffer.allocate(Long.BYTES).putLong(0, number)));
    }

    /// The merkle root: the double hash of the coinbase, folded over the path (05 §5.3.16).
    public static Hash256 merkleRoot(byte[] strippedCoinbase, List<Hash256> path) {
        byte[] root = sha256d(ByteBuffer.wrap(strippedCoinbase));
        for (Hash256 sibling : path) {
            root = sha256d(
                    ByteBuffer.allocate(64).put(root).put(sibling.bytes()).flip());
        }
        return Hash256.of(root);
    }

    /// The hash of a header with these fields.
    public static Hash256 headerHash(
            long version, Hash256 prevHash, Hash256 merkleRoot, long nTime, long nBits, long nonce) {
        ByteBuffer header = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt((int) version).put(prevHash.bytes()).put(merkleRoot.bytes());
        header.putInt((int) nTime).putInt((int) nBits).putInt((int) nonce);
        return Hash256.of(sha256d(header.flip()));
    }

    private static byte[] sha256d(ByteBuffer bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes);
            return digest.digest(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
