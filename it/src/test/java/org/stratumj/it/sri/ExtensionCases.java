package org.stratumj.it.sri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.stratumj.protocol.extension.worker.WorkerIdentity;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.Tlv;
import org.stratumj.protocol.wire.Tlvs;

/// TLV fields, and the one of extension 0x0002: which worker found a share.
final class ExtensionCases {
    private static final int WORKER_EXTENSION = 0x0002;
    private static final int MADE = 40;

    private ExtensionCases() {}

    static List<SriCase> all() {
        return List.of(
                SriCase.agrees("worker identities of 0 to 32 bytes: ours there", ExtensionCases::oursThere),
                SriCase.agrees("worker identities of 0 to 32 bytes: theirs here", ExtensionCases::theirsHere),
                SriCase.agrees("a worker identity of 33 bytes is refused", ExtensionCases::tooLong),
                SriCase.agrees("where it is not negotiated a TLV field is ignored", ExtensionCases::notNegotiated),
                SriCase.agrees("TLV fields of other extensions are passed over", ExtensionCases::amongOthers),
                SriCase.differs("a TLV field cut short: SRI takes the share without it", ExtensionCases::cutShort));
    }

    private static String oursThere(Stage stage) throws IOException {
        var wire = stage.connect("plain", "tlvs");
        for (int size = 0; size <= WorkerIdentity.BYTES_MAX; size++) {
            var frame = share(Tlvs.of(identity(stage, size)));
            assertThat(wire.exchange(frame)).isEqualTo(frame);
        }
        return (WorkerIdentity.BYTES_MAX + 1) + " shares";
    }

    private static String theirsHere(Stage stage) throws IOException {
        var wire =
                stage.connect("plain", "make=SubmitSharesExtended+UserIdentity", "seed=" + Stage.SEED, "count=" + MADE);
        var returned = new ArrayList<Frame>();
        for (int i = 0; i < MADE; i++) {
            var share = (SubmitSharesExtended) Samples.REGISTRY.decode(wire.receive());
            var identity = WorkerIdentity.in(share.tlvs()).orElseThrow();
            returned.add(share(share, Tlvs.of(identity.tlv())));
        }
        wire.sendTogether(returned);
        stage.expect("established");
        stage.expect("identical " + MADE);
        return MADE + " shares";
    }

    private static String tooLong(Stage stage) throws IOException {
        var wire = stage.connect("plain", "tlvs");
        var tlvs = Tlvs.of(identity(stage, WorkerIdentity.BYTES_MAX + 1));
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> WorkerIdentity.in(tlvs));
        assertThat(Refusal.in(wire.exchange(share(tlvs)))).isEqualTo("ExtensionError(UserIdentity(TooLong(33)))");
        return "by whoever looks at it";
    }

    private static String notNegotiated(Stage stage) throws IOException {
        var wire = stage.connect("plain", "reencode");
        assertThat(wire.exchange(share(Tlvs.of(identity(stage, 10))))).isEqualTo(share(Tlvs.NONE));
        return "the share arrives";
    }

    private static String amongOthers(Stage stage) throws IOException {
        var wire = stage.connect("plain", "tlvs");
        var worker = identity(stage, 10);
        var before = new Tlv(0x0001, 7, Bytes.ofHex("aabb"));
        var after = new Tlv(0x4000, 1, Bytes.EMPTY);
        var tlvs = Tlvs.of(before, worker, after);
        assertThat(WorkerIdentity.in(tlvs).map(WorkerIdentity::tlv)).contains(worker);
        assertThat(wire.exchange(share(tlvs))).isEqualTo(share(Tlvs.of(worker)));
        return "one of three is found";
    }

    // What is left of the share is a share; we refuse it where the extension is negotiated.
    private static String cutShort(Stage stage) throws IOException {
        var wire = stage.connect("plain", "tlvs");
        var whole = Tlvs.of(identity(stage, 10)).raw();
        var cut = new Tlvs(whole.slice(0, whole.size() - 1));
        assertThatExceptionOfType(DecodeException.class).isThrownBy(() -> WorkerIdentity.in(cut));
        assertThat(wire.exchange(share(cut))).isEqualTo(share(Tlvs.NONE));
        return "we refuse it";
    }

    private static Tlv identity(Stage stage, int size) {
        var name = new byte[size];
        stage.random().nextBytes(name);
        return new Tlv(WORKER_EXTENSION, WorkerIdentity.FIELD_TYPE, Bytes.of(name));
    }

    private static Frame share(Tlvs tlvs) {
        return share((SubmitSharesExtended) Samples.REGISTRY.decode(Samples.share()), tlvs);
    }

    private static Frame share(SubmitSharesExtended like, Tlvs tlvs) {
        return Samples.REGISTRY.encode(new SubmitSharesExtended(
                like.channelId(),
                like.sequenceNumber(),
                like.jobId(),
                like.nonce(),
                like.nTime(),
                like.version(),
                like.extranonce(),
                tlvs));
    }
}
