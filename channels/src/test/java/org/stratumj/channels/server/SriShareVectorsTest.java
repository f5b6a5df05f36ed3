package org.stratumj.channels.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.channels.share.Credit.Refused;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.ErrorCode;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Shares whose hashes the Rust reference implementation computed: from the same template, tip and extranonce the
/// same hash and verdict have to come out here.
class SriShareVectorsTest {
    private static final Script REWARD = Script.ofHex("0014ebe1b7dcc293ccaa0ee743a86f89df8258c208fc");
    private static final Bytes COMMITMENT = Bytes.ofHex(
            "0000000000000000266a24aa21a9ed" + "e2f61c3f71d1defd3fa999dfa36953755c690689799962b48bebd836974e8cf9");
    private static final long VERSION = 0x2000_0000L;
    private static final Properties VECTORS = load();

    static Stream<String> names() {
        return Stream.of(VECTORS.getProperty("names").split(" "));
    }

    @ParameterizedTest
    @MethodSource("names")
    void judgesAsTheReferenceImplementationDoes(String name) {
        Vector vector = new Vector(name);
        ServerChannels channels = channels(vector);

        ShareVerdict verdict = submit(channels, vector);

        String hash = verdict.solution().orElseThrow().hash().toString();
        assertThat(hash).isEqualTo(VECTORS.getProperty(name + ".hash", hash));
        assertThat(verdict.isBlock()).isEqualTo(vector.get("result").equals("block"));
        assertThat(verdict.credit())
                .isEqualTo(
                        switch (vector.get("result")) {
                            case "credited" ->
                                new Credited(vector.target().difficulty().value());
                            // On a tip easier than the channel's target: no share, and no fault of the miner.
                            case "block" -> new Credited(0);
                            default -> new Refused(ErrorCode.DIFFICULTY_TOO_LOW);
                        });
    }

    private record Vector(String name) {
        String get(String key) {
            return Objects.requireNonNull(VECTORS.getProperty(name + "." + key), key);
        }

        long number(String key) {
            return Long.parseLong(get(key));
        }

        Bytes bytes(String key) {
            return Bytes.ofHex(get(key));
        }

        boolean isStandard() {
            return get("kind").equals("standard");
        }

        Target target() {
            return Target.of(new BigInteger(get("target"), 16));
        }

        /// The last byte of the vector's prefix is the channel's index.
        ExtranonceSpace space() {
            Bytes prefix = bytes("extranonce");
            return new ExtranonceSpace(prefix.slice(0, prefix.size() - 1), 1, 32);
        }
    }

    private static ServerChannels channels(Vector vector) {
        JobFactory factory = new JobFactory(vector.space(), PoolTag.of("Sv2///"), Payout.to(REWARD), true);
        factory.onNewTemplate(new NewTemplate(
                1,
                true,
                VERSION,
                2,
                vector.bytes("coinbasePrefix"),
                vector.number("sequence"),
                5_000_000_000L,
                1,
                COMMITMENT,
                vector.number("locktime"),
                List.of()));
        factory.onSetNewPrevHash(new SetNewPrevHash(
                1,
                U256.of(vector.bytes("prevHash").bytes()),
                vector.number("minNTime"),
                vector.number("nBits"),
                U256.of(Target.fromCompact(vector.number("nBits")).littleEndian())));
        TargetPolicy targets = new TargetPolicy(1, vector.target(), vector.target(), 1e22, Duration.ofSeconds(5));
        return new ServerChannels(
                ServerPolicy.DEFAULT.withTargets(targets),
                MiningFlags.NONE,
                new ExtranonceLeases(1, 1),
                factory.work());
    }

    private static ShareVerdict submit(ServerChannels channels, Vector vector) {
        Instant now = Instant.ofEpochSecond(vector.number("nTime"));
        Str0255 user = Str0255.of("user_identity");
        if (vector.isStandard()) {
            channels.open(new OpenStandardMiningChannel(1, user, 1, U256.MAX), Payout.to(REWARD), now);
        } else {
            channels.open(new OpenExtendedMiningChannel(1, user, 1, U256.MAX, 8), Payout.to(REWARD), now);
        }
        long id = channels.channels().iterator().next().id();
        long nonce = vector.number("nonce");
        long nTime = vector.number("nTime");
        return vector.isStandard()
                ? channels.submit(new SubmitSharesStandard(id, 0, 1, nonce, nTime, VERSION), now)
                : channels.submit(
                        new SubmitSharesExtended(id, 0, 1, nonce, nTime, VERSION, vector.bytes("rolled")), now);
    }

    private static Properties load() {
        Properties properties = new Properties();
        try (InputStream in = SriShareVectorsTest.class.getResourceAsStream("/sri/shares.properties")) {
            properties.load(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return properties;
    }
}
