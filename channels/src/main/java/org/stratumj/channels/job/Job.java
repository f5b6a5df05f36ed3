package org.stratumj.channels.job;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;

/// Work for every channel with one payout: all of a block but its extranonce and the header fields that miners
/// roll.
///
/// Made once and shared by all connections, hence immutable; any thread may use it. Whether a job is future,
/// active or stale is known to each connection, not to the job.
public final class Job {
    /// The largest id of a job for all connections. The upper half of the numbers is left to jobs of one
    /// connection only.
    public static final long ID_MAX = 0x7fff_ffffL;

    private final long id;
    private final JobOrigin origin;
    private final ExtranonceSpace space;
    private final long version;
    private final boolean versionRollingAllowed;
    private final MerklePath merklePath;
    private final CoinbaseParts coinbase;

    private final byte[] prefix;
    private final byte[] suffix;
    private final byte[] siblings;
    /// The message asked for last: broadcasts ask for the same one once per connection. A race only makes it
    /// twice.
    private volatile @Nullable NewExtendedMiningJob lastMessage;

    /// A job.
    ///
    /// @param id                    U32, not used by another job that a channel may still mine
    /// @param origin                where its solutions go
    /// @param space                 layout of the extranonce in its coinbase
    /// @param version               header version, U32
    /// @param versionRollingAllowed whether miners may change version bits
    /// @param merklePath            from the coinbase up to the root
    /// @param coinbase              the coinbase around the extranonce
    public Job(
            long id,
            JobOrigin origin,
            ExtranonceSpace space,
            long version,
            boolean versionRollingAllowed,
            MerklePath merklePath,
            CoinbaseParts coinbase) {
        this.id = id;
        this.origin = origin;
        this.space = space;
        this.version = version;
        this.versionRollingAllowed = versionRollingAllowed;
        this.merklePath = merklePath;
        this.coinbase = coinbase;
        prefix = coinbase.prefix().bytes();
        suffix = coinbase.suffix().bytes();
        siblings = new byte[merklePath.siblings().size() * Hash256.SIZE];
        for (int i = 0; i < merklePath.siblings().size(); i++) {
            merklePath.siblings().get(i).copyTo(siblings, i * Hash256.SIZE);
        }
    }

    /// The id, U32.
    public long id() {
        return id;
    }

    /// Where the job came from.
    public JobOrigin origin() {
        return origin;
    }

    /// The layout of the extranonce in its coinbase.
    public ExtranonceSpace space() {
        return space;
    }

    /// The header version, U32.
    public long version() {
        return version;
    }

    /// Whether miners may change version bits.
    public boolean versionRollingAllowed() {
        return versionRollingAllowed;
    }

    /// The way from the coinbase to the merkle root.
    public MerklePath merklePath() {
        return merklePath;
    }

    /// The coinbase around the extranonce.
    public CoinbaseParts coinbase() {
        return coinbase;
    }

    /// The merkle root of the block with this extranonce.
    ///
    /// @param extranonce the full extranonce
    public Hash256 merkleRoot(Bytes extranonce) {
        byte[] root = new byte[Hash256.SIZE];
        merkleRoot(extranonce.bytes(), extranonce.size(), new Sha256d(), root, 0);
        return Hash256.of(root);
    }

    /// Writes the merkle root of the block with this extranonce to the 32 bytes of `into` from `offset`;
    /// allocates nothing.
    ///
    /// @param extranonce starts with the full extranonce
    /// @param size       its size in bytes
    /// @param hasher     the caller's, with nothing in it
    public void merkleRoot(byte[] extranonce, int size, Sha256d hasher, byte[] into, int offset) {
        hasher.update(prefix, 0, prefix.length)
                .update(extranonce, 0, size)
                .update(suffix, 0, suffix.length)
                .finish(into, offset);
        for (int at = 0; at < siblings.length; at += Hash256.SIZE) {
            hasher.update(into, offset, Hash256.SIZE)
                    .update(siblings, at, Hash256.SIZE)
                    .finish(into, offset);
        }
    }

    /// Whether both jobs have the same coinbase and transactions, so that a header of one may be a header of the other.
    boolean isSameWorkAs(Job other) {
        return space.equals(other.space) && coinbase.equals(other.coinbase) && merklePath.equals(other.merklePath);
    }

    /// The message that gives this job to an extended channel or a group. Asked again for what it was asked last,
    /// it answers the same object, so that a broadcast can be encoded once.
    ///
    /// @param channelId    channel or group, U32
    /// @param minNTime     empty = a future job
    /// @param fixedVersion whether version bits must not be changed even if the job allows it
    public NewExtendedMiningJob message(long channelId, OptionalLong minNTime, boolean fixedVersion) {
        boolean rolling = versionRollingAllowed && !fixedVersion;
        NewExtendedMiningJob last = lastMessage;
        if (last != null
                && last.channelId() == channelId
                && last.minNTime().equals(minNTime)
                && last.versionRollingAllowed() == rolling) {
            return last;
        }
        NewExtendedMiningJob message = new NewExtendedMiningJob(
                channelId,
                id,
                minNTime,
                version,
                rolling,
                merklePath.siblings().stream()
                        .map(sibling -> U256.of(sibling.bytes()))
                        .toList(),
                coinbase.prefix(),
                coinbase.suffix());
        lastMessage = message;
        return message;
    }

    @Override
    public String toString() {
        return "job " + id + " of " + origin;
    }
}
