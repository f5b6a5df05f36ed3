package org.stratumj.codec;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.stratumj.noise.CipherState;
import org.stratumj.protocol.frame.FrameHeader;

/// Frames from an encrypted stream. Spec: 04 §4.6.
///
/// Each block is opened as soon as it is complete: in place if it is the only one of its payload, as it nearly always
/// is, else into an array that grows with the blocks.
final class EncryptedFrameDecoder implements FrameDecoder {
    private static final byte[] NONE = {};

    private final InputBuffer input = new InputBuffer();
    private final HeaderReader headers = new HeaderReader();
    private final CipherState cipher;
    private FrameLimits limits;
    private boolean broken;

    private @Nullable FrameHeader header;
    private byte[] payload = NONE;
    private int payloadStart;
    private int payloadOpened;

    EncryptedFrameDecoder(CipherState cipher, FrameLimits limits) {
        this.cipher = cipher;
        this.limits = limits;
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
        input.add(bytes, offset, length);
    }

    @Override
    public <T> @Nullable T poll(FrameReader<T> reader) {
        if (broken) {
            throw new IllegalStateException("the stream is broken");
        }
        broken = true; // whatever is thrown from here to there, the stream cannot be followed any further
        var complete = openFrame();
        broken = false;
        if (complete == null) {
            input.trim();
            return null;
        }
        return deliver(complete, reader);
    }

    @Override
    public int missingBytes() {
        int needed = header == null ? EncryptedLayout.HEADER_SIZE : nextBlock(header) + CipherState.TAG_BYTES;
        return Math.max(0, needed - input.available());
    }

    @Override
    public boolean isInFrame() {
        return header != null || input.available() > 0;
    }

    @Override
    public void limit(FrameLimits limits) {
        this.limits = limits;
    }

    private @Nullable FrameHeader openFrame() {
        if (header == null && input.available() >= EncryptedLayout.HEADER_SIZE) {
            header = openHeader();
        }
        return header != null && openPayload(header) ? header : null;
    }

    private FrameHeader openHeader() {
        int at = input.take(EncryptedLayout.HEADER_SIZE);
        cipher.open(input.content(), at, EncryptedLayout.HEADER_SIZE, input.content(), at);
        var opened = headers.read(input.content(), at);
        limits.check(opened);
        return opened;
    }

    private boolean openPayload(FrameHeader current) {
        while (payloadOpened < current.payloadLength()) {
            int block = nextBlock(current);
            if (input.available() < block + CipherState.TAG_BYTES) {
                return false;
            }
            openBlock(current, block, input.take(block + CipherState.TAG_BYTES));
        }
        return true;
    }

    private void openBlock(FrameHeader current, int block, int at) {
        if (block == current.payloadLength()) {
            payload = input.content();
            payloadStart = at;
        } else {
            growPayload(current, block);
        }
        int ciphertext = block + CipherState.TAG_BYTES;
        payloadOpened += cipher.open(input.content(), at, ciphertext, payload, payloadStart + payloadOpened);
    }

    private void growPayload(FrameHeader current, int block) {
        int needed = payloadOpened + block;
        if (needed > payload.length) {
            payload = Arrays.copyOf(payload, Math.min(current.payloadLength(), Math.max(needed, 2 * payload.length)));
        }
    }

    private int nextBlock(FrameHeader current) {
        return EncryptedLayout.blockPlaintextSize(current.payloadLength(), payloadOpened);
    }

    private <T> T deliver(FrameHeader complete, FrameReader<T> reader) {
        var source = payload;
        int offset = payloadStart;
        header = null;
        payload = NONE;
        payloadStart = 0;
        payloadOpened = 0;
        return reader.read(complete, source, offset, complete.payloadLength());
    }
}
