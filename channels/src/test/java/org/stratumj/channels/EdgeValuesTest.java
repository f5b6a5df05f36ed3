package org.stratumj.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.proxy.UpstreamChannel;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.OpenStandardMiningChannelSuccess;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Goal: no value that an upstream or a template provider can put on the wire is more than a violation, neither where
/// it is read nor where it is used later.
///
/// Method: sound messages with edge values in one field at a time, and in seeded sets of fields. After each message
/// the channels are used as miners and proxies use them.
class EdgeValuesTest {
    private static final int ROUNDS = 400;
    private static final Str0255 USER = Str0255.of("worker");

    private static final long[] NUMBERS = {
        0,
        1,
        2,
        3,
        8,
        16,
        17,
        32,
        33,
        0x7fff,
        0xffff,
        0x0080_0000L,
        0x0100_3456L,
        0x0480_0001L,
        0x1d00_ffffL,
        0x1d80_ffffL,
        0x207f_ffffL,
        0x2100_ffffL,
        0x2200_00ffL,
        0x2200_0100L,
        0x7fff_ffffL,
        0x8000_0000L,
        0xff12_3456L,
        0xffff_ffffL,
        2_100_000_000_000_000L,
        2_100_000_000_000_001L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
    };
    private static final int[] SIZES = {0, 1, 4, 8, 12, 28, 31, 32, 33, 41, 42, 100, 101, 255, 256, 65_479, 65_535};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aMiningServersValuesAreViolationsAtMost(long seed) {
        Random random = new Random(seed);
        long taken = 0;
        for (Class<? extends MiningToClient> type : MiningMessages.records()) {
            for (MiningToClient message : variants(type, sound(type), random)) {
                taken += new Rig().take(message, seed) ? 1 : 0;
            }
        }
        assertThat(taken).as("seed %d", seed).isGreaterThan(ROUNDS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aTemplateProvidersValuesAreViolationsAtMost(long seed) {
        Random random = new Random(seed);
        NewTemplate future = Fixtures.template(2, true);
        var tip = Fixtures.tip(2, 2, Fixtures.HARDER);
        long taken = 0;
        for (NewTemplate template : variants(NewTemplate.class, future, random)) {
            taken += takes(template, seed, factory -> {
                factory.onNewTemplate(template);
                factory.onSetNewPrevHash(Fixtures.tip(template.templateId(), 2, Fixtures.HARDER));
            });
        }
        for (var changed : variants(org.stratumj.protocol.template.SetNewPrevHash.class, tip, random)) {
            taken += takes(changed, seed, factory -> {
                factory.onNewTemplate(future);
                factory.onSetNewPrevHash(changed);
            });
        }
        assertThat(taken).as("seed %d", seed).isGreaterThan(ROUNDS / 4);
    }

    /// Feeds the factory of a pool with a miner, which gets the work.
    private static int takes(Object message, long seed, Consumer<JobFactory> feed) {
        TestPool pool = new TestPool();
        ClientChannel miner = pool.openExtended();
        try {
            feed.accept(pool.factory);
        } catch (PeerViolationException e) {
            return 0;
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + message, e);
        }
        // What the pool has taken is good enough for its own clients.
        try {
            pool.deliver(pool.server.work(pool.factory.work()));
            use(miner);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + seed + ", downstream of " + message, e);
        }
        return 1;
    }

    private static void use(ClientChannel channel) {
        assertThat(channel.target().difficulty().value()).isFinite();
        channel.work().ifPresent(work -> {
            assertThat(work.target()).isNotEqualTo(Target.ZERO);
            assertThat(work.tip().target()).isNotEqualTo(Target.ZERO);
            assertThat(TestMiner.mine(work, 0, _ -> true).jobId())
                    .isEqualTo(work.job().id());
        });
    }

    /// A client with a standard and an extended channel of one group, a proxy on the extended one, and its miner.
    private static final class Rig {
        private final TestPool pool = new TestPool();
        private final ExtendedClientChannel channel = pool.openExtended();
        private final UpstreamChannel upstream = new UpstreamChannel(channel, 2, 0);
        private final ServerChannels local;

        Rig() {
            pool.openStandard();
            pool.events.forEach(upstream::on);
            pool.futureTemplate(2);
            pool.events.forEach(upstream::on);
            local = new ServerChannels(
                    ServerPolicy.DEFAULT, MiningFlags.NONE, new ExtranonceLeases(2, 1), upstream.work());
            assertThat(pool.client.openExtended(USER, 1, Target.MAX, 8).requestId())
                    .isEqualTo(3);
            assertThat(pool.client.openStandard(USER, 1, Target.MAX).requestId())
                    .isEqualTo(4);
        }

        boolean take(MiningToClient message, long seed) {
            try {
                for (ClientEvent event : pool.client.on(message)) {
                    upstream.on(event).ifPresent(this::serve);
                }
            } catch (PeerViolationException e) {
                return false;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + message, e);
            }
            pool.client.channels().forEach(EdgeValuesTest::use);
            return true;
        }

        private void serve(Work work) {
            ServerPolicy policy = ServerPolicy.DEFAULT;
            assertThat(policy.targets().withHardest(upstream.hardestTarget()).hardest())
                    .isNotEqualTo(Target.ZERO);
            if (local.fits(work)) {
                assertThat(local.work(work)).isNotNull();
                var opened = local.open(
                        new org.stratumj.protocol.mining.OpenStandardMiningChannel(1, USER, 1e9f, U256.MAX),
                        Payout.NONE,
                        Fixtures.NOW);
                assertThat(opened).isNotEmpty();
            }
        }
    }

    /// A message that the [Rig] takes.
    private static MiningToClient sound(Class<? extends MiningToClient> type) {
        U256 target = U256.of(Fixtures.HARDER.littleEndian());
        Rig rig = new Rig();
        long group = rig.channel.groupId();
        var job = rig.pool.factory.work().active().orElseThrow().job(Fixtures.PAYOUT);
        long future = rig.pool.factory.work().future().orElseThrow().id();
        return switch (type.getSimpleName()) {
            case "OpenStandardMiningChannelSuccess" ->
                new OpenStandardMiningChannelSuccess(4, 90, target, Bytes.of(new byte[12]), group);
            case "OpenExtendedMiningChannelSuccess" ->
                new OpenExtendedMiningChannelSuccess(3, 90, target, 8, Bytes.of(new byte[4]), group);
            case "NewMiningJob" -> new NewMiningJob(3, 90, OptionalLong.of(1), 0x2000_0000L, Fixtures.hash(9));
            case "NewExtendedMiningJob" ->
                new NewExtendedMiningJob(
                        group,
                        90,
                        OptionalLong.of(1),
                        0x2000_0000L,
                        true,
                        List.of(Fixtures.hash(9)),
                        job.coinbase().prefix(),
                        job.coinbase().suffix());
            case "SetNewPrevHash" ->
                new SetNewPrevHash(group, future, Fixtures.hash(9), 1, Fixtures.HARDER.toCompact());
            case "SetTarget" -> new SetTarget(group, target);
            case "SetExtranoncePrefix" -> new SetExtranoncePrefix(rig.channel.id(), Bytes.of(new byte[4]));
            default -> MiningMessages.any(type, rig.channel.id());
        };
    }

    /// The message, with each edge value in each of its fields, and with some in many.
    private static <T> List<T> variants(Class<T> type, Object sound, Random random) {
        RecordComponent[] fields = type.getRecordComponents();
        List<T> all = new ArrayList<>();
        Object[] values = MiningMessages.values(sound);
        for (int i = 0; i < fields.length; i++) {
            for (Object edge : edges(fields[i].getType(), values[i])) {
                Object[] changed = values.clone();
                changed[i] = edge;
                made(type, changed).ifPresent(all::add);
            }
        }
        for (int round = 0; round < ROUNDS / 8; round++) {
            Object[] changed = values.clone();
            for (int i = 0; i < fields.length; i++) {
                List<Object> edges = edges(fields[i].getType(), values[i]);
                if (random.nextInt(3) == 0 && !edges.isEmpty()) {
                    changed[i] = edges.get(random.nextInt(edges.size()));
                }
            }
            made(type, changed).ifPresent(all::add);
        }
        return all;
    }

    private static List<Object> edges(Class<?> type, Object present) {
        List<Object> edges = new ArrayList<>();
        if (type == long.class) {
            Arrays.stream(NUMBERS).forEach(edges::add);
        } else if (type == int.class) {
            Arrays.stream(SIZES).forEach(edges::add);
        } else if (type == boolean.class) {
            edges.addAll(List.of(true, false));
        } else if (type == U256.class) {
            edges.addAll(List.of(U256.ZERO, U256.MAX, word(0, 1), word(0, 0x80), word(31, 1), word(31, 0x80)));
        } else if (type == OptionalLong.class) {
            edges.add(OptionalLong.empty());
            Arrays.stream(NUMBERS).mapToObj(OptionalLong::of).forEach(edges::add);
        } else if (type == Bytes.class) {
            edges.addAll(bytes((Bytes) present));
        } else if (type == List.class) {
            for (int size : new int[] {0, 1, 32, 255}) {
                edges.add(Collections.nCopies(size, ((List<?>) present).getFirst()));
            }
        }
        return edges;
    }

    private static List<Bytes> bytes(Bytes present) {
        List<Bytes> edges = new ArrayList<>();
        for (int size : SIZES) {
            byte[] ones = new byte[size];
            Arrays.fill(ones, (byte) 0xff);
            edges.addAll(List.of(Bytes.of(new byte[size]), Bytes.of(ones)));
        }
        for (int cut = 0; cut < present.size(); cut++) {
            edges.add(present.slice(0, cut));
            byte[] changed = present.bytes();
            changed[cut] ^= (byte) 0xff;
            edges.add(Bytes.of(changed));
        }
        return edges;
    }

    private static U256 word(int at, int value) {
        byte[] bytes = new byte[32];
        bytes[at] = (byte) value;
        return U256.of(bytes);
    }

    /// The message with these values; empty if it cannot be on the wire.
    private static <T> Optional<T> made(Class<T> type, Object[] values) {
        try {
            return Optional.of(MiningMessages.make(type, values));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Mining messages to a client as records of fields.
    private static final class MiningMessages {
        private MiningMessages() {}

        static List<Class<? extends MiningToClient>> records() {
            return Arrays.stream(MiningToClient.class.getPermittedSubclasses())
                    .<Class<? extends MiningToClient>>map(type -> type.asSubclass(MiningToClient.class))
                    .toList();
        }

        static MiningToClient any(Class<? extends MiningToClient> type, long channelId) {
            Object[] values = Arrays.stream(type.getRecordComponents())
                    .map(field -> any(field, channelId))
                    .toArray();
            return make(type, values);
        }

        private static Object any(RecordComponent field, long channelId) {
            Class<?> type = field.getType();
            if (type == long.class) {
                return field.getName().equals("channelId") ? channelId : 1L;
            } else if (type == Str0255.class) {
                return USER;
            } else if (type == List.class) {
                return List.of(channelId);
            }
            throw new AssertionError("a value is needed for " + field);
        }

        static Object[] values(Object message) {
            return Arrays.stream(message.getClass().getRecordComponents())
                    .map(field -> call(() -> field.getAccessor().invoke(message)))
                    .toArray();
        }

        static <T> T make(Class<T> type, Object[] values) {
            Class<?>[] types = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            return type.cast(call(() -> {
                Constructor<?> constructor = type.getDeclaredConstructor(types);
                return constructor.newInstance(values);
            }));
        }

        private interface Reflection {
            Object run() throws ReflectiveOperationException;
        }

        private static Object call(Reflection reflection) {
            try {
                return reflection.run();
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof IllegalArgumentException refused) {
                    throw refused;
                }
                throw new AssertionError(e);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }
}
