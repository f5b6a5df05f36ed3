package org.stratumj.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.stratumj.codec.Streams.frame;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stratumj.noise.CipherState;
import org.stratumj.noise.TransportCiphers;
import org.stratumj.noise.TransportException;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.common.SetupConnectionSuccess;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;

class FrameStreamTest {
    private static final Frame LARGEST_FRAME = frame(FrameHeader.PAYLOAD_BYTES_MAX, 1);
    private static final FrameLimits TEN_BYTES = Streams.LARGEST.withOtherPayloadBytesMax(10);

    @ParameterizedTest
    @EnumSource
    void givesFramesToTheRegistryWithoutACopy(Streams stream) {
        var message = new SetupConnectionSuccess(2, 5);
        var registry = MessageRegistry.core();
        var decoder = stream.decoder(Streams.LARGEST);
        var bytes = stream.encoder().encode(registry.encode(message));
        decoder.feed(bytes, 0, bytes.length);
        assertThat((Object) decoder.poll(registry::decode)).isEqualTo(message);
        assertThat((Object) decoder.poll(registry::decode)).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAfterAReaderFailed(Streams stream) {
        var malformed = new Frame(new FrameHeader(0, false, 1, 2), Bytes.ofHex("0200"));
        var decoder = stream.decoder(Streams.LARGEST);
        var bytes = stream.encodeAll(List.of(malformed, frame(4, 1)));
        decoder.feed(bytes, 0, bytes.length);
        assertThatThrownBy(() -> decoder.poll(MessageRegistry.core()::decode)).isInstanceOf(DecodeException.class);
        assertThat(decoder.poll()).isEqualTo(frame(4, 1));
    }

    @ParameterizedTest
    @EnumSource
    void refusesALongPayloadByItsHeaderAlone(Streams stream) {
        var encoder = stream.encoder();
        var decoder = stream.decoder(TEN_BYTES);
        assertThat(Streams.feed(decoder, encoder.encode(frame(10, 1)))).isEqualTo(List.of(frame(10, 1)));
        var header = Arrays.copyOf(encoder.encode(frame(11, 1)), decoder.missingBytes());
        decoder.feed(header, 0, header.length);
        assertThatThrownBy(decoder::poll)
                .isInstanceOfSatisfying(DecodeException.class, e -> {
                    assertThat(e.reason()).isEqualTo(DecodeException.Reason.FRAME_TOO_LONG);
                    assertThat(e.reason().breaksFraming()).isTrue();
                })
                .hasMessageContaining("11 bytes of type 0x07, extension 0x4000; at most 10");
        assertThatThrownBy(decoder::poll).isInstanceOf(IllegalStateException.class);
    }

    // Goal: a header costs its sender more than us. Method: count what this thread allocates.
    @ParameterizedTest
    @EnumSource
    void setsNoMemoryAsideForBytesThatAreOnlyAnnounced(Streams stream) {
        var decoder = stream.decoder(Streams.LARGEST);
        var header = Arrays.copyOf(stream.encoder().encode(LARGEST_FRAME), decoder.missingBytes());
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        decoder.feed(header, 0, header.length);
        assertThat(decoder.poll()).isNull();
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        assertThat(decoder.missingBytes()).isGreaterThan(60_000);
    }

    @ParameterizedTest
    @EnumSource
    void tellsWhetherAFrameHasBegunThatIsNotComplete(Streams stream) {
        var bytes = stream.encodeAll(List.of(frame(5, 1), frame(0, 2)));
        var decoder = stream.decoder(Streams.LARGEST);
        int second = stream.encoder().encodedSize(frame(5, 1));
        for (int i = 0; i < bytes.length; i++) {
            assertThat(decoder.isInFrame()).as("before byte %d", i).isEqualTo(i != 0 && i != second);
            var _ = Streams.feed(decoder, new byte[] {bytes[i]});
        }
        assertThat(decoder.isInFrame()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void takesOtherLimitsFromTheNextHeaderOn(Streams stream) {
        var encoder = stream.encoder();
        var decoder = stream.decoder(TEN_BYTES);
        decoder.limit(Streams.LARGEST);
        assertThat(Streams.feed(decoder, encoder.encode(frame(11, 1)))).hasSize(1);
        decoder.limit(TEN_BYTES);
        assertThatThrownBy(() -> Streams.feed(decoder, encoder.encode(frame(11, 1))))
                .isInstanceOf(DecodeException.class);
    }

    @ParameterizedTest
    @EnumSource
    void writesNothingWhereThereIsNoRoom(Streams stream) {
        var encoder = stream.encoder();
        var target = new byte[encoder.encodedSize(frame(5, 1)) + 3];
        assertThatThrownBy(() -> encoder.encode(frame(5, 1), target, 4)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(target).containsOnly(0);
        assertThat(encoder.encode(frame(5, 1), target, 3)).isEqualTo(target.length - 3);
        var decoder = stream.decoder(Streams.LARGEST);
        assertThat(Streams.feed(decoder, Arrays.copyOfRange(target, 3, target.length)))
                .isEqualTo(List.of(frame(5, 1)));
    }

    @Test
    void ofOneFrameMakesDifferentBytesForEachConnectionAndEachTime() {
        var frame = frame(50, 1);
        var one = new EncryptedFrameEncoder(CipherState.of(key(1)));
        var two = new EncryptedFrameEncoder(CipherState.of(key(2)));
        var first = one.encode(frame);
        assertThat(first).hasSize(22 + 66).isNotEqualTo(one.encode(frame)).isNotEqualTo(two.encode(frame));
    }

    @Test
    @Tag("SEC-035")
    @Tag("SEC-036")
    void noticesEveryAlteredByte() {
        var bytes = Streams.ENCRYPTED.encoder().encode(frame(40, 1));
        for (int i = 0; i < bytes.length; i++) {
            var altered = bytes.clone();
            altered[i] ^= 1;
            var decoder = Streams.ENCRYPTED.decoder(Streams.LARGEST);
            assertThatThrownBy(() -> Streams.feed(decoder, altered.clone()))
                    .as("byte %d", i)
                    .isInstanceOf(TransportException.class);
            assertThatThrownBy(decoder::poll).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @Tag("SEC-032")
    @Tag("SEC-035")
    void opensTheHeaderAsSoonAsItsTwentyTwoBytesAreThere() {
        var bytes = Streams.ENCRYPTED.encoder().encode(frame(40, 1));
        var decoder = Streams.ENCRYPTED.decoder(Streams.LARGEST);
        assertThat(decoder.missingBytes()).isEqualTo(22);
        decoder.feed(bytes, 0, 21);
        assertThat(decoder.poll()).isNull();
        assertThat(decoder.missingBytes()).isEqualTo(1);
        decoder.feed(bytes, 21, 1);
        assertThat(decoder.poll()).isNull();
        assertThat(decoder.missingBytes()).isEqualTo(40 + CipherState.TAG_BYTES);
    }

    @Test
    void noticesFramesThatAreReplayedDroppedOrSwapped() {
        var encoder = Streams.ENCRYPTED.encoder();
        var first = encoder.encode(frame(4, 1));
        var second = encoder.encode(frame(4, 2));
        assertThatThrownBy(() -> Streams.feed(Streams.ENCRYPTED.decoder(Streams.LARGEST), second.clone()))
                .isInstanceOf(TransportException.class);
        var decoder = Streams.ENCRYPTED.decoder(Streams.LARGEST);
        assertThat(Streams.feed(decoder, first.clone())).hasSize(1);
        assertThatThrownBy(() -> Streams.feed(decoder, first.clone())).isInstanceOf(TransportException.class);
    }

    @Test
    void sealsBothDirectionsWithTheirOwnCipher() {
        var client = FrameCodec.encrypted(
                new TransportCiphers(CipherState.of(key(1)), CipherState.of(key(2))), Streams.LARGEST);
        var server = FrameCodec.encrypted(
                new TransportCiphers(CipherState.of(key(2)), CipherState.of(key(1))), Streams.LARGEST);
        assertThat(Streams.feed(server.decoder(), client.encoder().encode(frame(4, 1))))
                .isEqualTo(List.of(frame(4, 1)));
        assertThat(Streams.feed(client.decoder(), server.encoder().encode(frame(4, 2))))
                .isEqualTo(List.of(frame(4, 2)));
    }

    @Test
    void sendsPlainFramesAsTheyAre() {
        var codec = FrameCodec.plain(Streams.LARGEST);
        assertThat(codec.encoder().encode(frame(4, 1))).isEqualTo(frame(4, 1).bytes());
        assertThat(Streams.feed(codec.decoder(), frame(4, 1).bytes())).isEqualTo(List.of(frame(4, 1)));
    }

    private static byte[] key(int value) {
        var key = new byte[CipherState.KEY_BYTES];
        Arrays.fill(key, (byte) value);
        return key;
    }
}
