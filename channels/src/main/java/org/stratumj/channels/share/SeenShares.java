package org.stratumj.channels.share;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import org.stratumj.bitcoin.Hash256;

/// The shares a channel was credited for, so that none is credited twice.
///
/// They are told apart by what was hashed, not by job: the same header under two job ids is one share. Those of
/// the last few tips are kept, since a chain that returns to an earlier tip would make old shares valid again.
///
/// Mutable, for one thread at a time.
public final class SeenShares {
    /// The most shares remembered on one tip; none is credited beyond. An honest channel at a sane difficulty
    /// stays far below.
    public static final int SHARES_PER_TIP_MAX = 1 << 18;

    /// The most tips whose shares are remembered.
    public static final int TIPS_MAX = 3;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int sharesPerTipMax;
    private final Deque<OnTip> tips = new ArrayDeque<>(TIPS_MAX + 1);

    private record OnTip(Hash256 prevHash, LongSet shares) {}

    /// Nothing seen yet.
    public SeenShares() {
        this(SHARES_PER_TIP_MAX);
    }

    SeenShares(int sharesPerTipMax) {
        this.sharesPerTipMax = sharesPerTipMax;
    }

    /// Remembers a share.
    ///
    /// @param prevHash the tip it was mined on
    /// @param hash     its header hash, 32 bytes; 64 bits of it are compared
    /// @return whether it is new; false too when no more can be remembered
    public boolean add(Hash256 prevHash, byte[] hash) {
        LongSet shares = on(prevHash);
        // The first bytes are the least significant of the number: uniform however small the target.
        return shares.size() < sharesPerTipMax && shares.add((long) LONG.get(hash, 0));
    }

    private LongSet on(Hash256 prevHash) {
        for (OnTip tip : tips) {
            if (tip.prevHash().equals(prevHash)) {
                return tip.shares();
            }
        }
        LongSet shares = new LongSet();
        tips.addFirst(new OnTip(prevHash, shares));
        if (tips.size() > TIPS_MAX) {
            tips.removeLast();
        }
        return shares;
    }
}
