package org.stratumj.it.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.stratumj.protocol.mining.CloseChannel;
import org.stratumj.protocol.mining.NewMiningJob;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenExtendedMiningChannelSuccess;
import org.stratumj.protocol.mining.SetExtranoncePrefix;
import org.stratumj.protocol.mining.SetTarget;
import org.stratumj.protocol.mining.SubmitSharesError;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.mining.SubmitSharesSuccess;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.U256;

/// Each invariant of a mining connection is seen to break, and sound conversations break none.
class MiningTapTest {
    private static final String STALE = "stale-share";

    private long now;
    private final Chronicle chronicle = new Chronicle(() -> now);
    private final Grants grants = new Grants();
    private final MiningBooks books = new MiningBooks("pool", grants, Optional.empty(), chronicle);
    private final MiningTap tap = tap("miner");

    @Test
    void acceptsAConversationInOrder() {
        open(tap, 2, "0001");
        tap.sent(new NewMiningJob(2, 1, OptionalLong.empty(), 0, U256.MAX));
        share(0);
        share(1);
        share(2);
        tap.sent(new SubmitSharesError(2, 1, Str0255.of(STALE)));
        tap.sent(new SubmitSharesSuccess(2, 2, 2, 0));
        share(3);
        tap.sent(new SubmitSharesSuccess(2, 3, 1, 0));
        tap.scan();
        assertThat(chronicle.violation()).isEmpty();
        assertThat(books.credited("miner")).isEqualTo(3);
        assertThat(books.channels()).isEqualTo(1);
    }

    @Test
    void noticesAJobBeforeTheChannel() {
        tap.sent(new NewMiningJob(2, 1, OptionalLong.empty(), 0, U256.MAX));
        assertBroken("nobody has this channel");
    }

    @Test
    void noticesOneExtranonceForTwo() {
        open(tap, 2, "0001");
        open(tap("other"), 2, "0001");
        assertBroken("have one extranonce: 0001");
    }

    @Test
    void noticesAPartOfAnothersSpace() {
        open(tap, 2, "000102");
        open(tap("other"), 2, "0001");
        assertBroken("have one extranonce: 0001");
    }

    @Test
    void noticesAPrefixThatIsMovedOntoAnother() {
        open(tap, 2, "0001");
        MiningTap other = tap("other");
        open(other, 2, "0002");
        other.sent(new SetExtranoncePrefix(2, Bytes.ofHex("0001")));
        assertBroken("have one extranonce: 0001");
    }

    @Test
    void noticesAProxyThatGivesWhatItWasNotGiven() {
        grants.add("proxy", "0001");
        MiningBooks proxy = new MiningBooks("proxy", grants, Optional.of("proxy"), chronicle);
        open(new MiningTap(proxy, "miner", "miner", () -> now), 2, "000105");
        assertThat(chronicle.violation()).isEmpty();
        open(new MiningTap(proxy, "other", "other", () -> now), 2, "000205");
        assertBroken("got what was never given to this proxy: 000205");
    }

    @Test
    void letsASpaceGoWithItsChannelAndItsConnection() {
        open(tap, 2, "0001");
        tap.received(new CloseChannel(2, Str0255.of("")));
        MiningTap other = tap("other");
        open(other, 2, "0001");
        other.closed();
        open(tap, 3, "0001");
        assertThat(chronicle.violation()).isEmpty();
    }

    @Test
    void noticesAShareWithoutAnswer() {
        open(tap, 2, "0001");
        share(0);
        now = Duration.ofSeconds(70).toNanos();
        tap.scan();
        assertThat(chronicle.violation()).isEmpty();
        now++;
        tap.scan();
        assertBroken("a share of channel 2 has no answer since 0:00:00");
    }

    @Test
    void noticesAShareAnsweredTwice() {
        open(tap, 2, "0001");
        share(0);
        tap.sent(new SubmitSharesSuccess(2, 0, 1, 0));
        tap.sent(new SubmitSharesError(2, 0, Str0255.of(STALE)));
        assertBroken("the share was not waiting");
    }

    @Test
    void noticesAWrongCount() {
        open(tap, 2, "0001");
        share(0);
        share(1);
        tap.sent(new SubmitSharesSuccess(2, 1, 1, 0));
        assertBroken("2 shares were waiting for");
    }

    @Test
    void noticesWorkThatWasNotDone() {
        open(tap, 2, "0001");
        share(0);
        tap.sent(new SubmitSharesSuccess(2, 0, 1, 1));
        assertBroken("so much work was not done");
    }

    @Test
    void noticesANumberThatDoesNotRiseUnlessBytesWereAltered() {
        open(tap, 2, "0001");
        tap.suspect();
        share(0);
        share(0);
        assertThat(chronicle.violation()).isEmpty();
        MiningTap other = tap("other");
        open(other, 2, "0002");
        other.received(new SubmitSharesStandard(2, 0, 1, 0, 0, 0));
        other.received(new SubmitSharesStandard(2, 0, 1, 0, 0, 0));
        assertBroken("sequence number 0 does not rise");
    }

    @Test
    void noticesAnHonestShareThatIsRefused() {
        open(tap, 2, "0001");
        share(0);
        tap.sent(new SubmitSharesError(2, 0, Str0255.of("difficulty-too-low")));
        assertBroken("an honest share is refused");
    }

    @Test
    void noticesAShareThatIsRefusedBecauseTheTargetHasChangedSince() {
        open(tap, 2, "0001");
        share(0);
        tap.sent(new SetTarget(2, U256.MAX));
        tap.sent(new SubmitSharesError(2, 0, Str0255.of("difficulty-too-low")));
        assertBroken("an honest share is refused");
    }

    @Test
    void grantsAnswersToWhatCameTogetherWithTheClose() {
        open(tap, 2, "0001");
        share(0);
        share(1);
        tap.received(new CloseChannel(2, Str0255.of("")));
        tap.sent(new SubmitSharesError(2, 0, Str0255.of(STALE)));
        tap.sent(new SubmitSharesSuccess(2, 1, 1, 0));
        assertThat(chronicle.violation()).isEmpty();
        tap.sent(new SubmitSharesError(2, 1, Str0255.of(STALE)));
        assertBroken("the share was not waiting");
    }

    @Test
    void noticesAnAnswerLongAfterTheClose() {
        open(tap, 2, "0001");
        share(0);
        tap.received(new CloseChannel(2, Str0255.of("")));
        tap.scan();
        tap.sent(new SubmitSharesSuccess(2, 0, 1, 0));
        assertBroken("acknowledged that is not open");
    }

    @Test
    void noticesARequestWithoutAnswer() {
        tap.received(request());
        now = Duration.ofSeconds(41).toNanos();
        tap.scan();
        assertBroken("request 1 has no answer");
    }

    private MiningTap tap(String source) {
        return new MiningTap(books, source, source, () -> now);
    }

    private static void open(MiningTap tap, long id, String prefix) {
        tap.received(request());
        tap.sent(new OpenExtendedMiningChannelSuccess(1, id, U256.MAX, 4, Bytes.ofHex(prefix), 1));
    }

    private static OpenExtendedMiningChannel request() {
        return new OpenExtendedMiningChannel(1, Str0255.of("miner"), 1, U256.MAX, 2);
    }

    private void share(long sequenceNumber) {
        tap.received(new SubmitSharesStandard(2, sequenceNumber, 1, 0, 0, 0));
    }

    private void assertBroken(String what) {
        assertThat(chronicle.violation())
                .hasValueSatisfying(text -> assertThat(text).contains(what));
    }
}
