package org.stratumj.it.sim;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.MiningJob;
import org.stratumj.channels.client.MiningJob.ExtendedJob;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.CoinbaseParts;
import org.stratumj.channels.job.Job;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.Credit.Credited;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;

/// A client of a mining server that wants to be credited more than its work: it withholds hashes and then tries, in an
/// order that its seed decides, whatever might raise what they are worth. It asks for the target under which they are
/// worth most, opens and closes channels, and mines future jobs on a tip that only it knows yet, jobs that it foresees,
/// and channels that it means to open. A second connection of its own reads everything at once, while the first stops
/// reading, asks for targets with the knowledge of the second, and then reads.
///
/// The invariant: for the hashes of each scheme, the credit, in hashes, does not exceed their number by more than
/// [#bound], except with probability [#FALSE_ALARM] for all schemes together. Where the target that decides on a hash's
/// credit is settled before the hash can be known, the hash is worth `1/t` with probability `t` and else nothing,
/// whatever the client does: at most 1 on average given all that came before, with a variance of at most `1/t <= D`,
/// `D` being [#DIFFICULTY_MAX] in hashes. So credit minus work is a supermartingale with steps of at most `D` and a
/// variance of at most `nD` after `n` hashes, and Freedman's inequality bounds the probability that it ever reaches `a`
/// within them by `exp(-a² / (2 (nD + Da/3)))`. The bound is the `a` for which that is [#FALSE_ALARM] divided by the
/// number of schemes.
final class CreditAdversary {
    /// The probability that a server that credits rightly breaks the bound in one run.
    static final double FALSE_ALARM = 1e-9;

    /// Expected hashes of the hardest share.
    static final int DIFFICULTY_MAX = 256;

    private static final Target EASIEST = Target.ofExpectedHashes(4);
    private static final Target HARDEST = Target.ofExpectedHashes(DIFFICULTY_MAX);
    private static final double HASHES_PER_DIFFICULTY = Target.DIFFICULTY_1.expectedHashes();
    private static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.ofHex("5a"), 3, 12);
    private static final Bytes ROLLED = Bytes.of(new byte[SPACE.rollableSize()]);
    private static final PoolTag TAG = PoolTag.of("pool");
    private static final Payout PAYOUT = Payout.to(Script.P2WSH_OP_TRUE);
    private static final Str0255 USER = Str0255.of("adversary");
    private static final Instant START = Instant.ofEpochSecond(1_760_000_000);
    private static final long NO_BLOCK = 0x1700_ffffL;
    private static final int CHANNELS_MAX = 3;
    private static final int MINED_AT_ONCE_MAX = 100;

    private final List<Scheme> schemes = List.of(
            new Scheme("current job", this::currentSource, () -> {}),
            new Scheme("job sent again", this::currentSource, this::sameJob),
            new Scheme("future job", this::futureSource, this::newTip),
            new Scheme("foreseen job", this::foreseenJob, this::betterJob),
            new Scheme("foreseen channel", this::foreseenChannel, this::openTheBest),
            new Scheme("job of another connection", this::scoutedJob, this::read));

    private final SplittableRandom random;
    private final JobFactory factory;
    private final DirectServer server;
    private final DirectServer.Client connection;
    private final ClientChannels client = new ClientChannels(MiningFlags.NONE);
    private final ClientChannels scout = new ClientChannels(MiningFlags.NONE);
    private final ExtranonceLeases leases;

    private final Map<Source, List<Handle>> handles = new HashMap<>();
    private final List<Held> held = new ArrayList<>();
    private final Sha256d sha256d = new Sha256d();
    private final byte[] header = new byte[BlockHeader.SIZE];
    private final ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] hash = new byte[Hash256.SIZE];

    private Optional<Source> future = Optional.empty();
    private NewTemplate template = template(1, true);
    private NewTemplate next = template(2, false);
    private long templates = 2;
    private long tips;
    private long nonce;
    private long hashes;
    /// Where hashes come from that the server may credit later, and what became of them.
    private static final class Scheme {
        private final String name;
        private final Supplier<Optional<Source>> source;
        private final Runnable realise;
        private long hashes;
        private double credit;

        /// @param source  what to hash
        /// @param realise makes the server give it out
        Scheme(String name, Supplier<Optional<Source>> source, Runnable realise) {
            this.name = name;
            this.source = source;
            this.realise = realise;
        }

        @Override
        public String toString() {
            return "%s: %.0f credited for %d hashes".formatted(name, credit, hashes);
        }
    }

    /// Something to hash: a coinbase, complete but for the bytes that are rolled, on a tip. Its headers are the same
    /// under whatever job id.
    private record Source(Bytes prevHash, long version, MerklePath merklePath, CoinbaseParts coinbase, Bytes prefix) {
        static Source of(Bytes prevHash, MiningJob received) {
            ExtendedJob job = (ExtendedJob) received;
            return new Source(prevHash, job.version(), job.merklePath(), job.coinbase(), job.extranoncePrefix());
        }

        Source withPrefix(Bytes other) {
            return new Source(prevHash, version, merklePath, coinbase, other);
        }

        Hash256 merkleRoot() {
            return merklePath.root(Sha256d.hash(coinbase.stripped(prefix.concat(ROLLED))));
        }
    }

    /// A job of the server under which hashes of a source may be submitted.
    private record Handle(long channelId, long jobId) {}

    /// A hash that was not submitted yet.
    private record Held(Scheme scheme, Source source, long nonce, Target hash) {}

    CreditAdversary(long seed) {
        random = new SplittableRandom(seed);
        leases = new ExtranonceLeases(SPACE.indexSize(), random.split()::nextLong);
        factory = factory(random.split());
        factory.onNewTemplate(template);
        factory.onSetNewPrevHash(tip(template, tips));
        template = next;
        TargetPolicy targets = new TargetPolicy(6, EASIEST, HARDEST, 1e22, Duration.ofSeconds(30));
        server = new DirectServer(ServerPolicy.DEFAULT.withTargets(targets), PAYOUT, leases, factory.work(), START);
        connection = server.connect(message -> client.on(message).forEach(this::on));
        server.connect(scout::on).say(scout.openExtended(USER, 0, EASIEST, 8));
        open(EASIEST);
    }

    /// Computes so many hashes and tries what can be had for them.
    CreditAdversary run(long number) {
        while (hashes < number) {
            relax();
            Scheme scheme = schemes.get(random.nextInt(schemes.size()));
            scheme.source.get().ifPresent(source -> {
                mine(scheme, source);
                disturb();
                inAnyOrder(List.of(this::askForTheBest, scheme.realise, this::submitAll));
            });
            read();
            submitAll();
        }
        return this;
    }

    /// The same number of hashes, all of the current job and each submitted at once.
    CreditAdversary runHonestly(long number) {
        while (hashes < number) {
            mine(schemes.getFirst(), currentSource().orElseThrow());
            submitAll();
            switch (random.nextInt(4)) {
                case 0 -> ask(EASIEST);
                case 1 -> betterJob();
                case 2 -> pass(random.nextInt(1, 90));
                default -> newTip();
            }
        }
        return this;
    }

    /// The schemes that paid, by more than chance explains.
    List<String> paid() {
        return schemes.stream()
                .filter(scheme -> scheme.credit - scheme.hashes > bound(scheme.hashes))
                .map(Scheme::toString)
                .toList();
    }

    /// The schemes that cost work, by more than chance explains.
    List<String> lost() {
        return schemes.stream()
                .filter(scheme -> scheme.hashes - scheme.credit > bound(scheme.hashes))
                .map(Scheme::toString)
                .toList();
    }

    private double bound(long number) {
        double exponent = -Math.log(FALSE_ALARM / schemes.size());
        double linear = exponent * DIFFICULTY_MAX / 3;
        return linear + Math.sqrt(linear * linear + 2 * exponent * number * DIFFICULTY_MAX);
    }

    /// An easy target for the next job, and then the job.
    private void relax() {
        pass(random.nextInt(60));
        ask(EASIEST);
        switch (random.nextInt(8)) {
            case 0 -> openOrClose();
            case 1 -> newTip();
            default -> betterJob();
        }
    }

    /// Mostly in this order, sometimes with one step elsewhere, and maybe with something in between.
    private void inAnyOrder(List<Runnable> steps) {
        List<Runnable> order = new ArrayList<>(steps);
        if (random.nextInt(4) == 0) {
            Runnable moved = order.remove(random.nextInt(order.size()));
            order.add(random.nextInt(order.size() + 1), moved);
        }
        order.forEach(step -> {
            step.run();
            disturb();
        });
    }

    private void disturb() {
        switch (random.nextInt(16)) {
            case 0 -> ask(EASIEST);
            case 1 -> submitOne();
            case 2 -> sameJob();
            case 3 -> betterJob();
            case 4 -> openOrClose();
            case 5, 6, 7 -> pass(random.nextInt(1, 40));
            default -> {}
        }
    }

    private void mine(Scheme scheme, Source source) {
        prepare(source);
        for (int i = (int) Math.pow(MINED_AT_ONCE_MAX, random.nextDouble()); i > 0; i--) {
            hashes++;
            scheme.hashes++;
            Target found = hashOf(++nonce);
            if (found.compareTo(EASIEST) <= 0) {
                held.add(new Held(scheme, source, nonce, found));
            }
        }
    }

    private Optional<Source> currentSource() {
        return newestChannel().flatMap(CreditAdversary::currentSource);
    }

    private static Optional<Source> currentSource(ClientChannel channel) {
        return channel.work()
                .map(work -> Source.of(Bytes.of(work.tip().prevHash().bytes()), work.job()));
    }

    private Optional<Source> futureSource() {
        futureJob();
        return future;
    }

    /// The job that the next template makes, as far as it can be known before it is sent.
    private Optional<Source> foreseenJob() {
        JobFactory twin = factory(random.split());
        NewTemplate first = template(0, true);
        twin.onNewTemplate(first);
        twin.onSetNewPrevHash(tip(first, tips));
        Job job = twin.onNewTemplate(next).active().orElseThrow().job(PAYOUT);
        return newestChannel()
                .map(channel -> new Source(
                        hash(tips), job.version(), job.merklePath(), job.coinbase(), channel.extranoncePrefix()));
    }

    /// The current job for a channel that is not open yet, which may get the next index.
    private Optional<Source> foreseenChannel() {
        return currentSource().map(source -> source.withPrefix(successor(source.prefix())));
    }

    /// The job that the second connection has and the first does not read yet, in the first one's search space.
    /// A server acts on statements after a pause: the first wait is for that of the easy target, the second for
    /// the next.
    private Optional<Source> scoutedJob() {
        pass(random.nextInt(8, 20));
        pass(random.nextInt(8, 20));
        connection.stopReading();
        if (random.nextInt(4) == 0) {
            newTip();
        } else {
            betterJob();
        }
        return newestChannel()
                .flatMap(channel -> currentSource(scout.channels().getFirst())
                        .map(source -> source.withPrefix(channel.extranoncePrefix())));
    }

    private void read() {
        connection.read();
    }

    private void askForTheBest() {
        ask(mostCreditable());
        pass(random.nextInt(12));
    }

    /// The target under which all that is withheld is worth most.
    private Target mostCreditable() {
        held.sort(Comparator.comparing(Held::hash));
        Target best = EASIEST;
        double most = 0;
        for (int met = 1; met <= held.size(); met++) {
            Target asked = held.get(met - 1).hash();
            Target target = asked.compareTo(HARDEST) < 0 ? HARDEST : asked;
            if (met * target.expectedHashes() > most) {
                most = met * target.expectedHashes();
                best = target;
            }
        }
        return best;
    }

    /// With a hash rate that alone would get the easiest target, and another one each time.
    private void ask(Target most) {
        float rate = (float) random.nextDouble(0.1);
        newestChannel().ifPresent(channel -> connection.say(channel.update(rate, most)));
    }

    private void submitOne() {
        if (!held.isEmpty()) {
            submit(held.remove(random.nextInt(held.size())));
        }
    }

    private void submitAll() {
        held.forEach(this::submit);
        held.clear();
    }

    /// Under one of the jobs that have it, mostly the newest.
    private void submit(Held share) {
        List<Handle> places = handles.getOrDefault(share.source(), List.of());
        if (places.isEmpty()) {
            return;
        }
        Handle place = random.nextInt(4) == 0 ? places.get(random.nextInt(places.size())) : places.getLast();
        var message = new SubmitSharesExtended(
                place.channelId(),
                0,
                place.jobId(),
                share.nonce(),
                START.getEpochSecond(),
                share.source().version(),
                ROLLED,
                Tlvs.NONE);
        if (connection.submit(message).credit() instanceof Credited(double difficulty)) {
            share.scheme().credit += difficulty * HASHES_PER_DIFFICULTY;
        }
    }

    private void betterJob() {
        template = next;
        next = template(++templates, false);
        server.work(factory.onNewTemplate(template));
    }

    private void sameJob() {
        if (!template.futureTemplate()) {
            server.work(factory.onNewTemplate(template));
        }
    }

    private void futureJob() {
        template = template(++templates, true);
        server.work(factory.onNewTemplate(template));
    }

    private void newTip() {
        if (!template.futureTemplate()) {
            futureJob();
        }
        leases.newTip();
        tips++;
        server.work(factory.onSetNewPrevHash(tip(template, tips)));
        template = next;
    }

    private void pass(int seconds) {
        server.pass(Duration.ofSeconds(seconds));
    }

    private void openOrClose() {
        int open = client.channels().size();
        if (open > 1 && (open == CHANNELS_MAX || random.nextBoolean())) {
            close(client.channels().getFirst());
        } else {
            open(random.nextBoolean() ? EASIEST : mostCreditable());
        }
    }

    private void openTheBest() {
        if (client.channels().size() == CHANNELS_MAX) {
            close(client.channels().getFirst());
        }
        open(mostCreditable());
    }

    private void open(Target most) {
        connection.say(client.openExtended(USER, 0, most, 8));
    }

    private void close(ClientChannel channel) {
        client.close(channel.id(), Str0255.of("done")).ifPresent(connection::say);
    }

    private Optional<ClientChannel> newestChannel() {
        return client.channels().isEmpty()
                ? Optional.empty()
                : Optional.of(client.channels().getLast());
    }

    private void on(ClientEvent event) {
        if (event instanceof ClientEvent.WorkChanged(var channel, var work, var _)) {
            Source source = Source.of(Bytes.of(work.tip().prevHash().bytes()), work.job());
            handles.computeIfAbsent(source, _ -> new ArrayList<>())
                    .add(new Handle(channel.id(), work.job().id()));
        } else if (event instanceof ClientEvent.FutureJob(var _, var job)) {
            future = Optional.of(Source.of(hash(tips + 1), job));
        }
    }

    private static JobFactory factory(SplittableRandom salts) {
        return new JobFactory(
                SPACE,
                TAG,
                PAYOUT,
                true,
                () -> Bytes.of(new byte[] {
                    (byte) salts.nextInt(), (byte) salts.nextInt(), (byte) salts.nextInt(), (byte) salts.nextInt()
                }));
    }

    private void prepare(Source source) {
        fields.putInt(0, (int) source.version());
        fields.put(4, source.prevHash().bytes());
        fields.put(36, source.merkleRoot().bytes());
        fields.putInt(68, (int) START.getEpochSecond());
        fields.putInt(72, (int) NO_BLOCK);
    }

    private Target hashOf(long withNonce) {
        fields.putInt(76, (int) withNonce);
        sha256d.update(header, 0, header.length).finish(hash, 0);
        return Target.ofLittleEndian(hash);
    }

    /// The prefix of the next index.
    private static Bytes successor(Bytes prefix) {
        byte[] bytes = prefix.bytes();
        int at = bytes.length - 1;
        while (++bytes[at] == 0) {
            at--;
        }
        return Bytes.of(bytes);
    }

    /// A template without transactions, which a client can foresee.
    private static NewTemplate template(long id, boolean future) {
        return new NewTemplate(
                id,
                future,
                0x2000_0000L,
                2,
                Bytes.ofHex("0340420f"),
                0xffff_fffeL,
                312_500_000 + id,
                0,
                Bytes.EMPTY,
                0,
                List.of());
    }

    private static SetNewPrevHash tip(NewTemplate on, long number) {
        return new SetNewPrevHash(
                on.templateId(),
                U256.of(hash(number).bytes()),
                START.getEpochSecond() - 600,
                NO_BLOCK,
                U256.of(Target.fromCompact(NO_BLOCK).littleEndian()));
    }

    private static Bytes hash(long number) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(0, number).array();
        return Bytes.of(Sha256d.hash(bytes).bytes());
    }
}
