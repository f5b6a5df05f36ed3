package org.stratumj.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RoleException;
import org.stratumj.app.role.RoleStatus;
import org.stratumj.bitcoin.BlockHeader;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.bitcoin.RawBlock;
import org.stratumj.bitcoin.RawTransaction;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeBackend;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.SubmitOutcome;
import org.stratumj.node.WatchPolicy;

class NodeRoleTest {
    private final ScriptedNode node = new ScriptedNode(template(7));
    private final NodeRole role = new NodeRole("somewhere", () -> node);

    @Test
    void showsTheNodesTip() {
        role.start();
        assertThat(role.status().height()).hasValue(6);
        role.backend().watch(WatchPolicy.DEFAULT, ignoring());
        node.tip(template(9));
        assertThat(role.status().height()).hasValue(8);
        assertThat(role.status().tip()).isEqualTo(template(9).prevHash().toString());
    }

    @Test
    void countsBlocksByTheNodesOwnWord() {
        role.start();
        node.answers(new SubmitOutcome.Accepted())
                .answers(new SubmitOutcome.Duplicate())
                .answers(new SubmitOutcome.Rejected("high-hash"));
        NodeBackend backend = role.backend();
        for (int i = 0; i < 3; i++) {
            backend.submit(block());
        }
        assertThat(role.status().blocksFound()).isEqualTo(3);
        assertThat(role.status().blocksAccepted()).isEqualTo(1);
    }

    @Test
    void showsAnOutageUntilItIsOver() {
        role.start();
        role.backend().watch(WatchPolicy.DEFAULT, ignoring());
        node.lose(new NodeException.Unavailable("the node does not answer"));
        assertThat(role.status().note()).isEqualTo("the node does not answer");
        node.listeners().forEach(NodeListener::restored);
        assertThat(role.status().note()).isEmpty();
    }

    @Test
    void readsTheTipOnceMoreWhenItCloses() {
        role.start();
        node.tip(template(20)); // nobody watches
        assertThat(role.status().height()).hasValue(6);
        role.close();
        role.close();
        assertThat(role.status().height()).hasValue(19);
        assertThat(node.closed()).isTrue();
    }

    @Test
    void failsToStartInTheNodesWords() {
        NodeRole broken = new NodeRole("somewhere", () -> {
            throw new NodeException.Misconfigured("wrong password");
        });
        assertThatThrownBy(broken::start).isInstanceOf(RoleException.class).hasMessage("wrong password");
        assertThat(broken.status())
                .isEqualTo(RoleStatus.of("node").address("somewhere").build());
    }

    @Test
    void leavesTheNodeOpenWhenARoleAboveClosesItsView() {
        role.start();
        role.backend().close();
        assertThat(node.closed()).isFalse();
    }

    private static BlockTemplate template(int height) {
        return new BlockTemplate(
                1,
                Hash256.fromDisplayHex("%064x".formatted(height)),
                height,
                0x207f_ffffL,
                1,
                1,
                0,
                true,
                4_000_000,
                80_000,
                List.of());
    }

    private static RawBlock block() {
        return RawBlock.of(
                new BlockHeader(1, Hash256.ZERO, Hash256.ZERO, 1, 1, 1), RawTransaction.of(new byte[0]), List.of());
    }

    private static NodeListener ignoring() {
        return new NodeListener() {
            @Override
            public void tipChanged(BlockTemplate template) {}

            @Override
            public void feesRose(BlockTemplate template) {}
        };
    }
}
