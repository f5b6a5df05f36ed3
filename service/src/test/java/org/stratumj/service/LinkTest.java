package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.sim.SimLane;
import org.stratumj.connection.sim.SimNetwork;

class LinkTest {
    private final SimNetwork network = new SimNetwork(3);
    private final SimLane lane = network.newLane();
    private final List<Integer> delivered = new ArrayList<>();

    @Test
    void deliversInOrderOnTheLane() {
        Link<Integer> link = new Link<>("test", 1_000);
        link.receive(lane, event -> {
            assertThat(lane.isCurrent()).isTrue();
            delivered.add(event);
        });
        for (int i = 0; i < 500; i++) {
            assertThat(link.offer(i)).isTrue();
        }
        assertThat(delivered).isEmpty();
        network.run();
        assertThat(delivered).hasSize(500).isSorted();
    }

    @Test
    void yieldsTheLaneBetweenParts() {
        Link<Integer> link = new Link<>("test", 1_000);
        link.receive(lane, delivered::add);
        for (int i = 0; i < 200; i++) {
            link.offer(i);
        }
        List<Integer> seenByOthers = new ArrayList<>();
        lane.execute(() -> seenByOthers.add(delivered.size()));
        network.run();
        assertThat(seenByOthers).containsExactly(64);
        assertThat(delivered).hasSize(200);
    }

    @Test
    void keepsUpToItsCapacityForALateReceiver() {
        Link<Integer> link = new Link<>("test", 2);
        assertThat(link.offer(1)).isTrue();
        assertThat(link.offer(2)).isTrue();
        assertThat(link.offer(3)).isFalse();
        link.receive(lane, delivered::add);
        network.run();
        assertThat(delivered).containsExactly(1, 2);
        assertThat(link.offer(4)).isTrue();
        network.run();
        assertThat(delivered).containsExactly(1, 2, 4);
    }

    @Test
    void goesOnAfterAReceiverThatThrows() {
        Link<Integer> link = new Link<>("test", 10);
        link.receive(lane, event -> {
            if (event == 1) {
                throw new IllegalStateException("no");
            }
            delivered.add(event);
        });
        link.offer(1);
        link.offer(2);
        network.run();
        assertThat(delivered).containsExactly(2);
    }

    @Test
    void urgentEventsHavePlacesOfTheirOwnAndGoFirst() {
        Link<Integer> link = new Link<>("test", 2);
        link.offer(1);
        link.offer(2);
        assertThat(link.offer(3)).isFalse();
        for (int i = 0; i < Link.URGENT_MAX; i++) {
            assertThat(link.offerUrgent(100 + i)).isTrue();
        }
        assertThat(link.offerUrgent(-1)).isFalse();
        link.receive(lane, delivered::add);
        network.run();
        assertThat(delivered)
                .hasSize(Link.URGENT_MAX + 2)
                .startsWith(100, 101)
                .endsWith(99 + Link.URGENT_MAX, 1, 2)
                .doesNotContain(-1);
    }

    @Test
    void questionsAreAnsweredRefusedOrTimedOut() {
        Link<ReplyTo<? super Integer>> link = new Link<>("accounts", 2);
        List<ReplyTo<? super Integer>> asked = new ArrayList<>();
        link.receive(network.newLane(), asked::add);
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            link.<Integer>ask(reply -> reply, lane, Duration.ofSeconds(1)).whenComplete((answer, failure) -> {
                assertThat(lane.isCurrent()).isTrue();
                answers.add(failure == null ? "" + answer : failure.getMessage());
            });
            network.run();
        }
        asked.get(0).with(7);
        asked.get(0).with(8); // the first counts
        asked.get(1).refuse("no such account");
        network.run();
        assertThat(answers).containsExactly("7", "no such account");
        network.advance(Duration.ofSeconds(1));
        assertThat(answers).hasSize(3).last().isEqualTo("the receiver of link accounts did not answer within 1000 ms");
        asked.get(2).with(9);
        network.run();
        assertThat(answers).hasSize(3);
    }

    @Test
    void hasOneReceiver() {
        Link<Integer> link = new Link<>("templates", 10);
        link.receive(lane, delivered::add);
        assertThatThrownBy(() -> link.receive(lane, delivered::add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("link templates has a receiver");
    }

    @Test
    void takesNothingOnceItsReceiverHasStopped() {
        Link<Integer> link = new Link<>("test", 10);
        link.receive(lane, delivered::add);
        link.offer(1);
        link.close();
        network.run();
        assertThat(link.offer(2)).isFalse();
        assertThat(delivered).isEmpty();
    }

    @Test
    void losesNothingBetweenManyThreads() throws Exception {
        Link<Integer> link = new Link<>("test", 16);
        AtomicInteger sum = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(4 * 5_000);
        try (ExecutorService lane = Executors.newSingleThreadExecutor();
                ExecutorService senders = Executors.newFixedThreadPool(4)) {
            link.receive(lane, event -> {
                sum.addAndGet(event);
                all.countDown();
            });
            for (int sender = 0; sender < 4; sender++) {
                senders.execute(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        while (!link.offer(1)) {
                            Thread.onSpinWait();
                        }
                    }
                });
            }
            all.await();
        }
        assertThat(sum).hasValue(20_000);
    }
}
