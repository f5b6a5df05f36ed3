package org.stratumj.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.TemplateForms;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.U256;

/// Goal: a NewTemplate with the draft's `coinbase_witness` reads as the one without, and nothing else does.
class TemplateFormsTest {
    private static final MessageRegistry REGISTRY = MessageRegistry.core();
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final String ABSENT = "00";
    private static final String ZEROS = "01" + "00".repeat(32);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 254, 255})
    void readsTheCoinbaseWitnessOfTheDraft(int siblings) {
        for (int outputs : new int[] {0, 1, 0xff, 0x1234, 0xffff}) {
            NewTemplate template = template(outputs, siblings);
            assertThat(REGISTRY.decode(draft(template, ABSENT))).isEqualTo(template);
            assertThat(REGISTRY.decode(draft(template, ZEROS))).isEqualTo(template);
            assertThat(REGISTRY.decode(REGISTRY.encode(template))).isEqualTo(template);
        }
    }

    /// The outputs are all but some hundred bytes of the payload.
    @Test
    void readsTodaysFormWithoutACopyOfItsPayload() {
        Frame frame = REGISTRY.encode(template(60_000, 2));
        Bytes payload = frame.payload();
        byte[] bytes = payload.bytes();
        REGISTRY.decode(frame.header(), bytes, 0, bytes.length); // loads what is needed

        long before = THREADS.getCurrentThreadAllocatedBytes();
        REGISTRY.decode(frame.header(), bytes, 0, bytes.length);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(90_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 255})
    void writesTheDraftsFormWhereAsked(int siblings) {
        NewTemplate template = template(40, siblings);

        assertThat(TemplateForms.draft(template, Optional.empty()).frame()).isEqualTo(draft(template, ABSENT));
        assertThat(TemplateForms.draft(template, Optional.of(U256.ZERO)).frame())
                .isEqualTo(draft(template, ZEROS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "80"})
    void refusesAWitnessThatNoCoinbaseHas(String value) {
        Frame frame = draft(template(40, 3), "01" + "00".repeat(31) + value);

        assertThatThrownBy(() -> REGISTRY.decode(frame))
                .isInstanceOf(DecodeException.class)
                .hasMessageContaining("NewTemplate.coinbase_witness");
    }

    /// Any lock time and merkle path, and bytes after the last field, of which there may be some.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void takesTodaysFormForNoOther(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            NewTemplate template = template(random.nextInt(80), random.nextInt(5), random);
            Bytes payload = REGISTRY.encode(template).payload();
            int extra = random.nextInt(3) * (random.nextInt(32) + 2);
            byte[] after = new byte[extra % 32 == 1 ? extra + 1 : extra];
            random.nextBytes(after);

            Sv2Message read = REGISTRY.decode(frame(payload.concat(Bytes.of(after))));

            assertThat(read).as("seed %d", seed).isEqualTo(template);
        }
    }

    private static Frame draft(NewTemplate template, String witness) {
        Bytes payload = REGISTRY.encode(template).payload();
        int at = payload.size() - 4 - 1 - 32 * template.merklePath().size();
        return frame(payload.slice(0, at).concat(Bytes.ofHex(witness)).concat(payload.slice(at, payload.size())));
    }

    private static Frame frame(Bytes payload) {
        return new Frame(new FrameHeader(0, false, 0x71, payload.size()), payload);
    }

    private static NewTemplate template(int outputs, int siblings) {
        return template(outputs, siblings, new Random(outputs));
    }

    private static NewTemplate template(int outputs, int siblings, Random random) {
        byte[] bytes = new byte[outputs];
        random.nextBytes(bytes);
        return new NewTemplate(
                random.nextLong(),
                random.nextBoolean(),
                0x2000_0000L,
                2,
                Bytes.of(new byte[random.nextInt(9)]),
                0xffff_ffffL,
                random.nextLong(),
                random.nextInt(3),
                Bytes.of(bytes),
                random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(Integer.MAX_VALUE),
                Collections.nCopies(siblings, U256.MAX));
    }
}
