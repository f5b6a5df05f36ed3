package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.MerklePath;
import org.stratumj.bitcoin.Sha256d;
import org.stratumj.bitcoin.Target;

class MiningRigTest {
    private static final Target EASY = Target.ofExpectedHashes(500);

    private final BlockingQueue<Solution> solutions = new LinkedBlockingQueue<>();

    @Test
    void findsDifferentSolutionsThatHold() throws Exception {
        Set<BlockHeader> headers = new HashSet<>();
        try (MiningRig rig = rig(3, solutions::add)) {
            Work work = work(1, EASY);
            rig.assign(work);
            while (headers.size() < 200) {
                Solution solution = solutions.take();
                BlockHeader header = solution.header();
                assertThat(headers.add(header)).isTrue();
                assertThat(solution.work()).isSameAs(work);
                assertThat(solution.hash()).isEqualTo(header.hash());
                assertThat(EASY.isMetBy(solution.hash())).isTrue();
                assertThat(header.merkleRoot()).isEqualTo(work.merkleRoots().root(solution.extranonce()));
                assertThat(header.version() & ~Work.BIP320_MASK).isEqualTo(0x20000000);
                assertThat(header.time()).isBetween(work.nTime(), work.nTime() + 30);
            }
        }
        assertThat(headers.stream().map(BlockHeader::version).distinct()).hasSizeGreaterThan(1);
    }

    @Test
    @Tag("MIN-077")
    void newWorkReplacesOldWorkOnEveryThread() throws Exception {
        Map<Thread, Long> lastIds = new ConcurrentHashMap<>();
        AtomicInteger returns = new AtomicInteger();
        CountDownLatch switched = new CountDownLatch(2);
        try (MiningRig rig = rig(2, solution -> {
            long id = solution.work().id();
            long last = Objects.requireNonNullElse(lastIds.put(Thread.currentThread(), id), 0L);
            returns.addAndGet(id < last ? 1 : 0);
            if (id == 2 && last == 1) {
                switched.countDown();
            }
        })) {
            // So slow that a segment outlasts the test.
            rig.limit(SearchSpace.SEGMENT_NONCES / 20.0);
            rig.assign(work(1, EASY));
            while (lastIds.size() < 2) {
                Thread.onSpinWait();
            }
            rig.assign(work(2, EASY));
            switched.await();
        }
        assertThat(lastIds).hasSize(2).allSatisfy((thread, id) -> assertThat(id).isEqualTo(2));
        assertThat(returns).hasValue(0);
    }

    @Test
    void restsWhileThereIsNoWork() throws Exception {
        try (MiningRig rig = rig(2, solutions::add)) {
            assertThat(rig.hashesTotal()).isZero();
            rig.assign(work(1, EASY));
            solutions.take();
            rig.idle();
            awaitWaiting(rig.threadList());
            long hashed = rig.hashesTotal();
            assertThat(rig.threadList()).allMatch(MiningRigTest::waits);
            assertThat(rig.hashesTotal()).isEqualTo(hashed);
            solutions.clear();
            rig.assign(work(2, EASY));
            assertThat(solutions.take().work().id()).isEqualTo(2);
        }
    }

    @Test
    void goesOnAtAnotherTargetWithoutHashingAnythingTwice() throws Exception {
        Target harder = Target.ofExpectedHashes(5_000);
        Set<BlockHeader> headers = new HashSet<>();
        try (MiningRig rig = rig(2, solutions::add)) {
            rig.limit(500_000);
            rig.assign(work(1, EASY));
            for (int i = 0; i < 50; i++) {
                assertThat(headers.add(solutions.take().header())).isTrue();
            }
            rig.retarget(harder);
            for (int atNewTarget = 0; atNewTarget < 20; ) {
                Solution solution = solutions.take();
                assertThat(headers.add(solution.header())).isTrue();
                assertThat(solution.work().id()).isEqualTo(1);
                if (solution.work().target().equals(harder)) {
                    assertThat(harder.isMetBy(solution.hash())).isTrue();
                    atNewTarget++;
                }
            }
            rig.idle();
            rig.retarget(EASY);
            awaitWaiting(rig.threadList());
        }
    }

    @Test
    void limitBoundsAllThreadsTogether() throws Exception {
        try (MiningRig rig = rig(2, solutions::add)) {
            rig.limit(20_000);
            long began = System.nanoTime();
            rig.assign(work(1, EASY));
            for (int i = 0; i < 20; i++) {
                solutions.take();
            }
            double hashes = rig.hashesTotal();
            double seconds = (System.nanoTime() - began) / 1e9;
            double catchUp = Pace.CATCH_UP_NANOS / 1e9;
            assertThat(hashes).isLessThanOrEqualTo(20_000 * (seconds + catchUp) + 2 * 400);
            assertThat(rig.hashesPerSecond()).isPositive().isLessThan(30_000);
        }
    }

    @Test
    void newLimitEndsALongRest() throws Exception {
        try (MiningRig rig = rig(1, solutions::add)) {
            rig.limit(0.000_1);
            rig.assign(work(1, Target.MAX));
            solutions.take();
            awaitWaiting(rig.threadList());
            rig.limit(Double.POSITIVE_INFINITY);
            for (int i = 0; i < 10; i++) {
                solutions.take();
            }
        }
    }

    @Test
    void closeEndsTheThreadsAndReportsNothingMore() throws Exception {
        List<Thread> threads;
        AtomicInteger afterClose = new AtomicInteger();
        CountDownLatch first = new CountDownLatch(1);
        boolean[] closed = new boolean[1];
        MiningRig rig = rig(2, solution -> {
            first.countDown();
            synchronized (closed) {
                afterClose.addAndGet(closed[0] ? 1 : 0);
            }
        });
        rig.assign(work(1, EASY));
        first.await();
        threads = rig.threadList();
        rig.close();
        synchronized (closed) {
            closed[0] = true;
        }
        assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
        assertThat(afterClose).hasValue(0);
        rig.assign(work(2, EASY));
        rig.close();
    }

    @Test
    void closeMayBeCalledByTheConsumer() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        MiningRig[] rig = new MiningRig[1];
        CountDownLatch started = new CountDownLatch(1);
        rig[0] = rig(1, solution -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            rig[0].close();
            closed.countDown();
        });
        rig[0].assign(work(1, EASY));
        started.countDown();
        closed.await();
        for (Thread thread : rig[0].threadList()) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void engineThatFailsOnceKeepsItsThread() throws Exception {
        AtomicInteger scans = new AtomicInteger();
        HashEngine engine = new DigestEngine();
        HashEngine failing = (header, target, first, count, sink) -> {
            if (scans.getAndIncrement() == 0) {
                throw new IllegalStateException("planted");
            }
            return engine.scan(header, target, first, count, sink);
        };
        try (MiningRig rig = MiningRig.start("hash", 1, () -> failing, solutions::add)) {
            rig.assign(work(1, EASY));
            assertThat(solutions.take().work().id()).isEqualTo(1);
        }
    }

    @Test
    void consumerThatFailsStopsNothing() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(5);
        try (MiningRig rig = rig(1, solution -> {
            calls.incrementAndGet();
            enough.countDown();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("not taken on purpose");
        })) {
            rig.limit(100_000);
            rig.assign(work(1, EASY));
            enough.await();
        }
        assertThat(calls.get()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void restsWithoutSpinningThoughTheConsumerLeavesAnInterrupt() throws Exception {
        CountDownLatch enough = new CountDownLatch(20);
        try (MiningRig rig = rig(1, solution -> {
            enough.countDown();
            Thread.currentThread().interrupt();
        })) {
            rig.limit(10_000);
            long began = System.nanoTime();
            rig.assign(work(1, EASY));
            enough.await();
            long cpu = ManagementFactory.getThreadMXBean()
                    .getThreadCpuTime(rig.threadList().getFirst().threadId());
            assertThat(cpu).isLessThan((System.nanoTime() - began) / 4);
        }
    }

    @Test
    void threadsAreNamedAndDoNotHoldTheJvm() {
        try (MiningRig rig = rig(2, solutions::add)) {
            assertThat(rig.threads()).isEqualTo(2);
            assertThat(rig.threadList()).extracting(Thread::getName).containsExactly("hash-0", "hash-1");
            assertThat(rig.threadList()).allMatch(Thread::isDaemon);
        }
    }

    @Test
    void refusesNumbersOfThreadsAndLimitsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> rig(0, solutions::add));
        assertThatIllegalArgumentException().isThrownBy(() -> rig(MiningRig.THREADS_MAX + 1, solutions::add));
        try (MiningRig rig = rig(1, solutions::add)) {
            assertThatIllegalArgumentException().isThrownBy(() -> rig.limit(0));
            assertThatIllegalArgumentException().isThrownBy(() -> rig.limit(Double.NaN));
        }
    }

    private static MiningRig rig(int threads, Consumer<Solution> consumer) {
        return MiningRig.start("hash", threads, DigestEngine::new, consumer);
    }

    private static Work work(long id, Target target) {
        return new Work(
                id,
                0x20000000,
                Work.BIP320_MASK,
                Sha256d.hash(new byte[] {1}),
                MerkleRoots.rolled(new byte[] {2}, 4, new byte[] {3}, MerklePath.EMPTY),
                1_700_000_000L,
                0x1d00ffff,
                target);
    }

    private static void awaitWaiting(List<Thread> threads) throws InterruptedException {
        while (!threads.stream().allMatch(MiningRigTest::waits)) {
            Thread.onSpinWait();
        }
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }
}
