package org.stratumj.bench;

import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.stratumj.protocol.Sv2Message;
import org.stratumj.protocol.common.SetupConnection;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Messages as they occur: a block of some four thousand transactions, names of usual length.
public enum SampleMessage {
    /// The first message of a mining device.
    SETUP_CONNECTION {
        @Override
        public Sv2Message make() {
            return new SetupConnection(
                    0,
                    SetupConnection.VERSION,
                    SetupConnection.VERSION,
                    SetupConnection.MINING_REQUIRES_STANDARD_JOBS,
                    Str0255.of("pool.example.org"),
                    3333,
                    Str0255.of("Example Instruments"),
                    Str0255.of("EX-21 rev 3"),
                    Str0255.of("exos 24.11.2"),
                    Str0255.of("c0ffee00-0042"));
        }
    },
    /// A job for one standard channel.
    NEW_MINING_JOB {
        @Override
        public Sv2Message make() {
            return new NewMiningJob(7, 42, OptionalLong.of(1_763_600_000L), 0x2000_0000L, hash(0));
        }
    },
    /// A job for a group.
    NEW_EXTENDED_MINING_JOB {
        @Override
        public Sv2Message make() {
            return new NewExtendedMiningJob(
                    7, 42, OptionalLong.empty(), 0x2000_0000L, true, merklePath(), bytes(64), bytes(180));
        }
    },
    /// A share, the most frequent message of all.
    SUBMIT_SHARES_EXTENDED {
        @Override
        public Sv2Message make() {
            return new SubmitSharesExtended(7, 1234, 42, 0xdead_beefL, 1_763_600_001L, 0x2000_e000L, bytes(8));
        }
    },
    /// A template from a node.
    NEW_TEMPLATE {
        @Override
        public Sv2Message make() {
            return new NewTemplate(
                    99,
                    true,
                    0x2000_0000L,
                    2,
                    bytes(4),
                    0xffff_fffeL,
                    312_500_000L,
                    1,
                    bytes(47),
                    900_000,
                    merklePath());
        }
    };

    private static final long SEED = 20_261_120L;
    private static final int MERKLE_PATH_LENGTH = 12;

    /// A fresh message, the same each time.
    public abstract Sv2Message make();

    private static List<U256> merklePath() {
        return IntStream.range(0, MERKLE_PATH_LENGTH)
                .mapToObj(SampleMessage::hash)
                .toList();
    }

    private static U256 hash(int number) {
        return U256.of(random(U256.SIZE, SEED + number));
    }

    private static Bytes bytes(int size) {
        return Bytes.of(random(size, SEED));
    }

    private static byte[] random(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
