package org.stratumj.app.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleStackTest {
    private final List<String> calls = new ArrayList<>();
    private final RoleStack roles = new RoleStack();

    @Test
    void closesTheLastStartedFirst() {
        roles.start(new Named("node"));
        roles.start(new Named("pool"));
        roles.start(new Named("miner"));
        roles.close();
        roles.close();
        assertThat(calls)
                .startsWith("start node", "start pool", "start miner", "close miner", "close pool", "close node");
    }

    @Test
    void showsTheMinersSideFirstAndTheLastStateAfterClosing() {
        roles.start(new Named("node"));
        roles.start(new Named("miner"));
        assertThat(roles.statuses()).extracting(RoleStatus::role).containsExactly("miner", "node");
        roles.close();
        assertThat(roles.statuses()).extracting(RoleStatus::role).containsExactly("miner", "node");
    }

    @Test
    void closesTheOthersWhenOneFailsToClose() {
        roles.start(new Named("node"));
        roles.start(new Named("broken") {
            @Override
            public void close() {
                throw new IllegalStateException("stuck");
            }
        });
        roles.close();
        assertThat(calls).endsWith("close node");
    }

    @Test
    void startsNothingAfterClosing() {
        roles.close();
        assertThatThrownBy(() -> roles.start(new Named("late")))
                .isInstanceOf(RoleException.class)
                .hasMessage("late: stopped while starting");
        assertThat(calls).containsExactly("start late", "close late");
    }

    @Test
    void sumsRejectedShares() {
        RoleStatus status = RoleStatus.of("pool")
                .shares(5, java.util.Map.of("stale-share", 2L, "duplicate-share", 1L))
                .build();
        assertThat(status.sharesRejectedInAll()).isEqualTo(3);
        assertThat(status.sharesRejected().firstKey()).isEqualTo("duplicate-share");
    }

    private class Named implements Role {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            calls.add("start " + name);
        }

        @Override
        public RoleStatus status() {
            return RoleStatus.of(name).build();
        }

        @Override
        public void close() {
            calls.add("close " + name);
        }
    }
}
