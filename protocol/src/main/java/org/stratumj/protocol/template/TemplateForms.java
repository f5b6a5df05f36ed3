package org.stratumj.protocol.template;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.stratumj.protocol.MessageCodec;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.UnknownMessage;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.DecodeException.Reason;
import org.stratumj.protocol.wire.U256;
import org.stratumj.protocol.wire.WireReader;
import org.stratumj.protocol.wire.WireWriter;

/// The codec of [NewTemplate], which also reads the form of a draft that adds `coinbase_witness`.
///
/// ```text
/// … | coinbase_tx_outputs |                                | coinbase_tx_locktime | merkle_path     today
/// … | coinbase_tx_outputs | coinbase_witness OPTION[U256]  | coinbase_tx_locktime | merkle_path     draft
/// ```
///
/// Only a payload that the draft's form fills to the last byte is one: merkle paths come in steps of 32
/// bytes, so none is of both forms. The witness has to be the 32 zero bytes that coinbases have today, or
/// none. Today's form is written; [#draft] makes the other.
public final class TemplateForms implements MessageCodec<NewTemplate> {
    private static final String WITNESS = "coinbase_witness";
    private static final int BEFORE_PREFIX = 8 + 1 + 4 + 4;
    private static final int BEFORE_OUTPUTS = 4 + 8 + 4;
    private static final int LOCKTIME = 4;

    private final MessageCodec<NewTemplate> today;

    private TemplateForms(MessageCodec<NewTemplate> today) {
        this.today = today;
    }

    /// The codecs of this package's messages, with this one in the place of the generated one.
    public static List<MessageCodec<?>> all() {
        return MessageCodecs.all().stream()
                .<MessageCodec<?>>map(
                        codec -> codec instanceof NewTemplateCodec today ? new TemplateForms(today) : codec)
                .toList();
    }

    /// The message in the draft's form, for clients that require it.
    ///
    /// @param coinbaseWitness the reserved value in the coinbase's witness; empty if the block needs none
    public static UnknownMessage draft(NewTemplate template, Optional<U256> coinbaseWitness) {
        Frame today = MessageRegistry.core().encode(template);
        Bytes payload = today.payload();
        int at = payload.size() - 1 - U256.SIZE * template.merklePath().size() - LOCKTIME;
        byte[] present = {(byte) (coinbaseWitness.isPresent() ? 1 : 0)};
        Bytes witness = Bytes.of(present)
                .concat(coinbaseWitness.map(value -> Bytes.of(value.bytes())).orElse(Bytes.EMPTY));
        return new UnknownMessage(
                today.header().extensionType(),
                today.header().channelMessage(),
                today.header().messageType(),
                payload.slice(0, at).concat(witness).concat(payload.slice(at, payload.size())));
    }

    @Override
    public Class<NewTemplate> messageClass() {
        return today.messageClass();
    }

    @Override
    public Layout layout() {
        return today.layout();
    }

    @Override
    public long payloadSize(NewTemplate message) {
        return today.payloadSize(message);
    }

    @Override
    public void write(NewTemplate message, WireWriter out) {
        today.write(message, out);
    }

    @Override
    public NewTemplate read(WireReader in) {
        OptionalInt at = witnessAt(in);
        if (at.isEmpty()) {
            return today.read(in);
        }
        WireReader before = in.rest().reader(layout().specName());
        Bytes start = before.bytes(at.getAsInt(), WITNESS);
        for (U256 witness : before.seq0255(WITNESS, U256.SIZE, WireReader::u256)) {
            if (!witness.equals(U256.ZERO)) {
                throw new DecodeException(
                        Reason.VALUE_REFUSED, layout().specName(), WITNESS, start.size(), "a witness other than zeros");
            }
        }
        in.bytes(in.remaining(), WITNESS);
        Bytes end = before.bytes(before.remaining(), WITNESS);
        return today.read(start.concat(end).reader(layout().specName()));
    }

    /// Where the witness is in a payload of the draft's form; empty for any other.
    private static OptionalInt witnessAt(WireReader payload) {
        int prefix = BEFORE_PREFIX;
        int outputs = prefix + 1 + at(payload, prefix) + BEFORE_OUTPUTS;
        int witness = outputs + 2 + at(payload, outputs) + (at(payload, outputs + 1) << 8);
        int present = at(payload, witness);
        int path = witness + 1 + U256.SIZE * present + LOCKTIME;
        boolean fills = path < payload.remaining() && path + 1 + U256.SIZE * at(payload, path) == payload.remaining();
        return present <= 1 && fills ? OptionalInt.of(witness) : OptionalInt.empty();
    }

    private static int at(WireReader payload, int position) {
        return position < payload.remaining() ? payload.peek(position) : 0;
    }
}
