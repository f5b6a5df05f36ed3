package org.stratumj.app.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stratumj.app.role.RecordedEvents;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.MiningFlags;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.share.Credit;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.connection.ConnectionId;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;
import org.stratumj.protocol.wire.U256;

class UpstreamSharesTest {
    private final RecordedEvents events = new RecordedEvents();
    private final UpstreamShares shares = new UpstreamShares(events);
    private final ExtendedClientChannel channel = channel();

    @Test
    void tellsWhoFoundARefusedShare() {
        shares.begin("pool:3333", 0);
        passUp(0, 1);
        passUp(1, 2);
        refuse(1, "stale-share");

        assertThat(shares.tick(0)).isEmpty();
        assertThat(events.texts())
                .containsExactly("upstream at pool:3333 refused 1 of 1 shares: 1 stale-share; miners were credited for"
                        + " them; the last: sequence number 1, found on channel 2 of #9, hash " + ScriptedPool.hash(2));
        assertThat(shares.refused()).isEqualTo(Map.of("stale-share", 1L));
    }

    @Test
    void namesTheMinerThatFoundAllRefusedShares() {
        shares.begin("pool:3333", 0);
        passUp(0, 1);
        passUp(1, 2, 8);
        passUp(2, 3);
        refuse(0, "invalid-share");
        refuse(2, "invalid-share");
        accept(1);
        shares.end(channel.shares());

        assertThat(events.texts().getFirst())
                .startsWith(
                        "upstream at pool:3333 refused 2 of 3 shares: 2 invalid-share, all from #9, one of 2 miners;"
                                + " miners were credited for them;");
    }

    @Test
    void remembersABoundedNumberOfFinders() {
        for (int i = 0; i <= UpstreamShares.ORIGINS_MAX; i++) {
            passUp(i, i);
        }
        refuse(0, "a");
        shares.end(channel.shares());
        refuse(1, "b");
        shares.end(channel.shares());

        assertThat(events.texts().getFirst()).endsWith("the last: sequence number 0");
        assertThat(events.texts().getLast()).contains("the last: sequence number 1, found on channel 1 of #9");
    }

    @Test
    void forgetsFindersWithTheConnection() {
        passUp(0, 1);
        shares.begin("pool:3333", 0);
        refuse(0, "stale-share");
        shares.end(channel.shares());
        assertThat(events.texts().getFirst()).endsWith("the last: sequence number 0");
    }

    @Test
    void addsUpOverConnections() {
        accept(3);
        shares.begin("another:3333", 0);
        accept(4);
        assertThat(shares.accepted()).isEqualTo(7);
    }

    @Test
    void warnsOfABlockWhoseShareIsRefused() {
        shares.begin("pool:3333", 0);
        passUp(0, 1, 9, true);
        refuse(0, "difficulty-too-low");

        assertThat(events.texts())
                .containsExactly("upstream at pool:3333 refused the share that makes block " + ScriptedPool.hash(1)
                        + ": difficulty-too-low; the next tips show what became of the block");
    }

    private void passUp(int sequenceNumber, int found) {
        passUp(sequenceNumber, found, 9);
    }

    private void passUp(int sequenceNumber, int found, int miner) {
        passUp(sequenceNumber, found, miner, false);
    }

    private void passUp(int sequenceNumber, int found, int miner, boolean block) {
        SubmitSharesExtended message =
                new SubmitSharesExtended(77, sequenceNumber, 1, 0, 0, 0, Bytes.ofHex("00"), Tlvs.NONE);
        ShareVerdict verdict = Verdicts.verdict(found, ScriptedPool.hash(found), block, new Credit.Credited(1));
        shares.passedUp(message, new FoundShare(new ConnectionId(miner), verdict));
    }

    private void accept(int count) {
        shares.accepted(new ClientEvent.SharesAccepted(channel, count, count));
    }

    private void refuse(long sequenceNumber, String code) {
        shares.refused(new ClientEvent.ShareRefused(channel, sequenceNumber, Str0255.of(code)), 0);
    }

    private static ExtendedClientChannel channel() {
        ClientChannels channels = new ClientChannels(MiningFlags.NONE);
        long request = channels.openExtended(Str0255.of("x"), 0, Target.MAX, 1).requestId();
        ClientEvent opened = channels.on(new OpenExtendedMiningChannelSuccess(request, 77, U256.MAX, 8, Bytes.EMPTY, 1))
                .getFirst();
        return (ExtendedClientChannel) ((ClientEvent.Opened) opened).channel();
    }
}
