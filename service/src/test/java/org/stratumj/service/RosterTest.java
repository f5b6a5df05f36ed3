package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.sim.SimLane;
import org.stratumj.connection.sim.SimNetwork;

class RosterTest {
    private final SimNetwork network = new SimNetwork(4);
    private final SimLane lane = network.newLane();
    private final Roster<Integer> roster = new Roster<>(lane);
    private final List<String> visits = new ArrayList<>();

    @Test
    void visitsInTheOrderOfJoining() {
        lane.execute(() -> List.of(3, 1, 2).forEach(roster::join));
        sweep("a");
        network.run();
        assertThat(visits).containsExactly("a3", "a1", "a2");
    }

    @Test
    void yieldsTheLaneBetweenParts() {
        join(200);
        sweep("a");
        List<Integer> seenByOthers = new ArrayList<>();
        lane.execute(() -> seenByOthers.add(visits.size()));
        network.run();
        assertThat(seenByOthers).containsExactly(64);
        assertThat(visits).hasSize(200);
    }

    @Test
    void laterSweepNeverOvertakes() {
        join(200);
        sweep("a");
        lane.execute(() -> {
            for (int i = 0; i < 120; i++) {
                roster.leave(i);
            }
        });
        sweep("b");
        network.run();
        assertThat(visits.indexOf("b150")).isGreaterThan(visits.indexOf("a199"));
        assertThat(visits).filteredOn(visit -> visit.startsWith("b")).hasSize(80);
    }

    @Test
    void membersThatLeftAreNotVisited() {
        join(100);
        sweep("a");
        lane.execute(() -> roster.leave(90));
        network.run();
        assertThat(visits).hasSize(99).doesNotContain("a90");
    }

    @Test
    void emptyRosterIsSweptToo() {
        sweep("a");
        lane.execute(() -> roster.join(1));
        sweep("b");
        network.run();
        assertThat(visits).containsExactly("b1");
    }

    @Test
    void sweepsOfOneTopicThatWaitAreReplacedByTheNewest() {
        join(200);
        for (String name : List.of("a", "b", "c")) {
            roster.sweep("topic", member -> visits.add(name + member), () -> {});
        }
        sweep("other");
        lane.execute(() -> {
            for (String name : List.of("d", "e", "f")) { // while that of c is under way
                roster.sweep("topic", member -> visits.add(name + member), () -> {});
                lane.execute(() -> roster.sweep("topic", member -> visits.add(name + name + member), () -> {}));
            }
        });
        network.run();
        assertThat(visits).extracting(visit -> visit.replaceAll("\\d", "")).doesNotContain("a", "b", "d", "e");
        assertThat(visits).contains("c0", "c199", "other0", "other199").endsWith("ff199");
        assertThat(visits).filteredOn(visit -> visit.startsWith("f")).hasSizeLessThanOrEqualTo(400);
    }

    @Test
    void memberThatThrowsStopsNeitherTheSweepNorLaterOnes() {
        network.tolerateFailures();
        join(200);
        roster.sweep(member -> {
            if (member == 0) {
                throw new IllegalStateException("planted");
            }
            visits.add("a" + member);
        });
        sweep("b");
        network.run();
        assertThat(visits).contains("a64", "a199").endsWith("b199");
        assertThat(network.laneFailures()).isEqualTo(1);
    }

    @Test
    void sweepGoesOnThoughWhatFollowsItThrows() {
        network.tolerateFailures();
        join(1);
        roster.sweep("topic", member -> {}, () -> {
            throw new IllegalStateException("planted");
        });
        sweep("b");
        network.run();
        assertThat(visits).containsExactly("b0");
    }

    private void join(int members) {
        lane.execute(() -> {
            for (int i = 0; i < members; i++) {
                roster.join(i);
            }
        });
    }

    private void sweep(String name) {
        roster.sweep(member -> visits.add(name + member));
    }
}
