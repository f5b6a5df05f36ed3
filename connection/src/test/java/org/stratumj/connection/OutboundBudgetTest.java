package org.stratumj.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason.SlowConsumer;
import org.stratumj.connection.CloseReason.SlowConsumer.Unit;

class OutboundBudgetTest {
    private static final long MAX = 1_000;

    private final OutboundBudget budget = new OutboundBudget(MAX);
    private final List<CloseReason> closed = new ArrayList<>();

    @Test
    void closesTheLongestQueueOneByteBeyondTheBound() {
        OutboundBudget.Account small = budget.open(closed::add);
        OutboundBudget.Account large = budget.open(closed::add);
        small.waiting(400);
        large.waiting(600);
        assertThat(closed).isEmpty();

        small.waiting(401);
        assertThat(closed).containsExactly(new SlowConsumer(600, MAX, Unit.BYTES_OF_ALL));
        assertThat(closed.getFirst().text())
                .isEqualTo(
                        "too slow: 600 bytes queued, the longest queue, and more than 1000 bytes on all connections");
        assertThat(budget.total()).isEqualTo(401);

        large.waiting(700);
        large.close();
        assertThat(budget.total()).as("one that was closed counts no more").isEqualTo(401);
    }

    @Test
    void closesAsManyAsItNeeds() {
        OutboundBudget.Account first = budget.open(closed::add);
        OutboundBudget.Account second = budget.open(closed::add);
        first.waiting(500);
        second.waiting(499);
        budget.open(closed::add).waiting(1);
        budget.open(closed::add).waiting(1_200);
        assertThat(closed)
                .extracting(reason -> ((SlowConsumer) reason).queued())
                .containsExactly(1_200L);
        budget.open(closed::add).waiting(500);
        assertThat(closed).hasSize(2);
        assertThat(budget.total()).isEqualTo(1_000);
    }

    @Test
    void countsWhatIsTaken() {
        OutboundBudget.Account account = budget.open(closed::add);
        for (int i = 0; i < 10; i++) {
            account.waiting(MAX);
            account.waiting(0);
        }
        assertThat(budget.total()).isZero();
        assertThat(budget.accounts()).isZero();
        account.waiting(5);
        account.close();
        account.close();
        assertThat(budget.total()).isZero();
        assertThat(budget.accounts()).isZero();
        assertThat(closed).isEmpty();
    }

    /// Goal: nobody is closed for others who holds less than his share. Method: random queues of a fixed number of
    /// connections, many times over the bound.
    @Test
    void closesNoSmallQueue() {
        int connections = 50;
        RandomGenerator random = new Random(20_261_201);
        List<OutboundBudget.Account> accounts = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            accounts.add(budget.open(closed::add));
        }
        for (int i = 0; i < 20_000; i++) {
            int one = random.nextInt(connections);
            int before = closed.size();
            accounts.get(one).waiting(random.nextInt(1 + (int) MAX / 10));
            if (closed.size() > before) {
                accounts.forEach(OutboundBudget.Account::close);
                accounts.replaceAll(gone -> budget.open(closed::add));
            }
            assertThat(budget.total()).isLessThanOrEqualTo(MAX);
        }
        assertThat(closed)
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        reason -> assertThat(((SlowConsumer) reason).queued()).isGreaterThan(MAX / connections));
    }

    @Test
    void holdsItsBoundFromManyThreads() {
        ConcurrentLinkedQueue<CloseReason> evicted = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                RandomGenerator random = new Random(seed);
                all.add(CompletableFuture.runAsync(() -> growAndShrink(random, evicted), threads));
            }
            all.forEach(CompletableFuture::join);
        }
        assertThat(evicted).isNotEmpty();
        assertThat(budget.total()).isZero();
        assertThat(budget.accounts()).isZero();
    }

    /// Each thread is the lane of its accounts.
    private void growAndShrink(RandomGenerator random, ConcurrentLinkedQueue<CloseReason> evicted) {
        List<OutboundBudget.Account> accounts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (accounts.size() < 20) {
                accounts.add(budget.open(evicted::add));
            }
            OutboundBudget.Account one = accounts.get(random.nextInt(accounts.size()));
            switch (random.nextInt(10)) {
                case 0 -> {
                    one.close();
                    accounts.remove(one);
                }
                case 1 -> one.waiting(0);
                default -> one.waiting(random.nextInt(100));
            }
        }
        accounts.forEach(OutboundBudget.Account::close);
    }
}
