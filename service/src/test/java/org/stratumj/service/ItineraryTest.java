package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.ClientSecurity;
import org.stratumj.connection.Endpoint;

class ItineraryTest {
    private static final Endpoint A = endpoint("a");
    private static final Endpoint B = endpoint("b");
    private static final Endpoint C = endpoint("c");
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration HELD = Itinerary.HELD_MIN;

    @Test
    void goesThroughTheListAndAround() {
        Itinerary itinerary = steady(A, B);
        assertThat(itinerary.current()).isEqualTo(A);
        itinerary.lost(NEVER);
        assertThat(itinerary.current()).isEqualTo(B);
        itinerary.lost(NEVER);
        assertThat(itinerary.current()).isEqualTo(A);
    }

    @Test
    void doublesThePauseUpToTheLongest() {
        Itinerary itinerary = steady(A);
        assertThat(List.of(itinerary.lost(NEVER), itinerary.lost(NEVER), itinerary.lost(NEVER), itinerary.lost(NEVER)))
                .containsExactly(ms(100), ms(200), ms(350), ms(350));
        for (int i = 0; i < 100; i++) {
            assertThat(itinerary.lost(NEVER)).isEqualTo(ms(350));
        }
    }

    @Test
    void beginsAnewAfterAConnectionThatHeld() {
        Itinerary itinerary = steady(A, B);
        itinerary.lost(NEVER);
        assertThat(itinerary.lost(HELD)).isEqualTo(ms(100));
        assertThat(itinerary.current()).isEqualTo(A);
    }

    @Test
    void goesOnAfterAConnectionThatDidNotHold() {
        Itinerary itinerary = steady(A, B);
        itinerary.lost(NEVER);
        assertThat(itinerary.lost(HELD.minusNanos(1))).isEqualTo(ms(200));
        assertThat(itinerary.current()).isEqualTo(A);
        itinerary.lost(NEVER);
        assertThat(itinerary.current()).isEqualTo(B);
    }

    @Test
    void goesOnAfterAServerThatWasLeftThoughItHeldTheConnection() {
        Itinerary itinerary = steady(A, B);
        assertThat(itinerary.left(HELD)).isEqualTo(ms(100));
        assertThat(itinerary.current()).isEqualTo(B);
        assertThat(itinerary.left(HELD.minusNanos(1))).isEqualTo(ms(200));
        assertThat(itinerary.current()).isEqualTo(A);
        assertThat(itinerary.left(HELD)).isEqualTo(ms(100));
    }

    /// A server that takes connections and refuses all that is done on them would cost its patience again and again.
    @Test
    void looksLaterEachTimeForAPreferredServerThatWasLeft() {
        Itinerary itinerary = steady(A, B);
        Duration usual = ReconnectPolicy.DEFAULT_RETURN_AFTER;
        assertThat(itinerary.returnAfter()).isEqualTo(usual);
        for (int times : List.of(1, 2, 4, 8)) {
            itinerary.left(HELD);
            assertThat(itinerary.returnAfter()).isEqualTo(usual.multipliedBy(times));
            itinerary.returned();
        }
        itinerary.left(HELD);
        assertThat(itinerary.returnAfter()).isEqualTo(Itinerary.RETURN_MAX);
        for (int i = 0; i < 100; i++) {
            itinerary.returned();
            itinerary.left(HELD);
        }
        assertThat(itinerary.returnAfter()).isEqualTo(Itinerary.RETURN_MAX);

        itinerary.returned();
        itinerary.lost(HELD);
        itinerary.left(HELD);
        assertThat(itinerary.returnAfter()).isEqualTo(usual);
    }

    @Test
    void keepsToAPolicyThatNeverReturnsOrLate() {
        for (Duration after : List.of(Duration.ZERO, Duration.ofDays(1))) {
            ReconnectPolicy policy = new ReconnectPolicy(ms(100), ms(350), 0, after);
            Itinerary itinerary = new Itinerary(List.of(A, B), policy, new Random(5));
            for (int i = 0; i < 10; i++) {
                itinerary.left(HELD);
                itinerary.returned();
            }
            assertThat(itinerary.returnAfter()).isEqualTo(after);
        }
    }

    @Test
    void comesBackFromAnotherPlaceThatWasLeft() {
        Itinerary itinerary = steady(A, B);
        itinerary.redirected(C, HELD);
        itinerary.left(HELD);
        assertThat(itinerary.current()).isEqualTo(A);
    }

    @Test
    void triesAnotherPlaceOnceAndComesBack() {
        Itinerary itinerary = steady(A, B);
        assertThat(itinerary.redirected(C, HELD)).isEqualTo(ms(100));
        assertThat(itinerary.current()).isEqualTo(C);
        itinerary.lost(NEVER);
        assertThat(itinerary.current()).isEqualTo(A);
    }

    @Test
    void redirectionsWithoutEndSlowDown() {
        Itinerary itinerary = steady(A);
        assertThat(List.of(
                        itinerary.redirected(B, NEVER), itinerary.redirected(C, NEVER), itinerary.redirected(B, NEVER)))
                .containsExactly(ms(100), ms(200), ms(350));
    }

    @Test
    void jitterShortensThePauseByItsShareAtMost() {
        RandomGenerator random = new Random(5);
        ReconnectPolicy policy = new ReconnectPolicy(ms(1_000), ms(1_000), 0.25);
        Itinerary itinerary = new Itinerary(List.of(A), policy, random);
        List<Duration> pauses =
                Stream.generate(() -> itinerary.lost(NEVER)).limit(200).toList();
        assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(ms(750), ms(1_000)));
        assertThat(pauses).doesNotHaveDuplicates();
    }

    @Test
    void longestPausesDoNotOverflow() {
        Duration century = Duration.ofDays(36_500);
        ReconnectPolicy policy = new ReconnectPolicy(Duration.ofNanos(1), century, 0);
        Itinerary itinerary = new Itinerary(List.of(A), policy, new Random(5));
        Duration last = Duration.ZERO;
        for (int i = 0; i < 200; i++) {
            Duration pause = itinerary.lost(NEVER);
            assertThat(pause).isBetween(last, century);
            last = pause;
        }
        assertThat(last).isEqualTo(century);
    }

    private static Itinerary steady(Endpoint... endpoints) {
        return new Itinerary(List.of(endpoints), new ReconnectPolicy(ms(100), ms(350), 0), new Random(5));
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static Endpoint endpoint(String host) {
        return new Endpoint(host, 3333, new ClientSecurity.Plain());
    }
}
