package org.stratumj.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.layout.Layout;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.DecodeException;
import org.stratumj.protocol.wire.DecodeException.Reason;
import org.stratumj.protocol.wire.WireReader;
import org.stratumj.protocol.wire.WireWriter;

/// The messages a peer knows, and the way from message to frame and back. Immutable, for any thread.
///
/// A message type is looked up by extension and type byte; the channel bit of a known message is not looked at, so a
/// peer that sets it wrongly is still understood. Spec: 03 §3.2 and §3.4.
public final class MessageRegistry {
    private static final MessageRegistry CORE = new MessageRegistry(coreCodecs());

    private final List<MessageCodec<?>> codecs;
    private final Map<Class<?>, MessageCodec<?>> codecByClass;
    private final Map<Integer, MessageCodec<?>> codecByType;

    private MessageRegistry(List<MessageCodec<?>> codecs) {
        var byClass = new HashMap<Class<?>, MessageCodec<?>>();
        var byType = new HashMap<Integer, MessageCodec<?>>();
        for (var codec : codecs) {
            var other = byType.put(
                    key(codec.layout().extensionType(), codec.layout().messageType()), codec);
            if (other != null) {
                throw new IllegalArgumentException(codec.layout() + " has the numbers of " + other.layout());
            }
            byClass.put(codec.messageClass(), codec);
        }
        this.codecs = List.copyOf(codecs);
        this.codecByClass = Map.copyOf(byClass);
        this.codecByType = Map.copyOf(byType);
    }

    /// The messages of the core protocol and of extension negotiation.
    public static MessageRegistry core() {
        return CORE;
    }

    /// These messages and others.
    ///
    /// @param codecs the codecs generated for a package of messages: `MessageCodecs.all()` there
    /// @throws IllegalArgumentException if two messages have the same extension and type
    public MessageRegistry with(List<MessageCodec<?>> codecs) {
        var all = new ArrayList<>(this.codecs);
        all.addAll(codecs);
        return new MessageRegistry(all);
    }

    /// The message in a frame.
    ///
    /// @return the message, or an [UnknownMessage] if its type is not registered
    /// @throws DecodeException if the payload is not what its type says
    public Sv2Message decode(Frame frame) {
        var codec = codecOf(frame.header());
        return codec == null
                ? unknown(frame.header(), frame.payload())
                : read(codec, frame.payload().reader(codec.layout().specName()));
    }

    /// The message whose payload is in a range of an array. The bytes are copied where the message keeps them.
    ///
    /// @param length the header's payload length
    /// @return the message, or an [UnknownMessage] if its type is not registered
    /// @throws DecodeException if the payload is not what its type says
    /// @throws IllegalArgumentException if the header announces another length
    public Sv2Message decode(FrameHeader header, byte[] payload, int offset, int length) {
        return decode(header, payload, offset, length, new WireReader("", payload, offset, length));
    }

    /// A reader for the messages of one stream.
    public MessageReader reader() {
        return new MessageReader(this);
    }

    /// The frame that carries a message.
    ///
    /// @throws IllegalArgumentException if its type is not registered, or it is larger than a frame can be
    public Frame encode(Sv2Message message) {
        return message instanceof UnknownMessage unknown ? unknown.frame() : encode(message, codecOf(message));
    }

    /// The payload's size in bytes.
    ///
    /// @throws IllegalArgumentException if its type is not registered, or it is larger than a frame can be
    public int payloadSize(Sv2Message message) {
        return message instanceof UnknownMessage unknown
                ? unknown.payload().size()
                : payloadSize(message, codecOf(message));
    }

    /// Writes the whole frame, six bytes of header and the payload, into `target` from `offset` on.
    ///
    /// @throws IllegalArgumentException if its type is not registered, or it is larger than a frame can be
    /// @throws IndexOutOfBoundsException if `target` is too short
    public void writeFrame(Sv2Message message, byte[] target, int offset) {
        if (message instanceof UnknownMessage unknown) {
            unknown.frame().writeTo(target, offset);
        } else {
            writeFrame(message, codecOf(message), target, offset);
        }
    }

    /// The layout of a message type, if it is registered.
    public Optional<Layout> layout(int extensionType, int messageType) {
        return Optional.ofNullable(codecByType.get(key(extensionType, messageType)))
                .map(MessageCodec::layout);
    }

    /// The layouts of all messages.
    public List<Layout> layouts() {
        return codecs.stream().<Layout>map(MessageCodec::layout).toList();
    }

    Sv2Message decode(FrameHeader header, byte[] payload, int offset, int length, WireReader reader) {
        if (length != header.payloadLength()) {
            throw new IllegalArgumentException("payload of " + length + " bytes for " + header);
        }
        var codec = codecOf(header);
        if (codec == null) {
            return unknown(header, Bytes.of(payload, offset, length));
        }
        reader.moveTo(codec.layout().specName(), payload, offset, length);
        return read(codec, reader);
    }

    private static <M extends Sv2Message> Frame encode(M message, MessageCodec<M> codec) {
        int size = payloadSize(message, codec);
        return new Frame(header(codec, size), Bytes.written(size, writer -> codec.write(message, writer)));
    }

    private static <M extends Sv2Message> void writeFrame(M message, MessageCodec<M> codec, byte[] target, int offset) {
        int size = payloadSize(message, codec);
        Objects.checkFromIndexSize(offset, FrameHeader.SIZE + size, target.length);
        header(codec, size).writeTo(target, offset);
        codec.write(message, new WireWriter(target, offset + FrameHeader.SIZE, size));
    }

    private static <M extends Sv2Message> int payloadSize(M message, MessageCodec<M> codec) {
        long size = codec.payloadSize(message);
        if (size > FrameHeader.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(codec.layout().specName() + " of " + size
                    + " bytes, a frame carries at most " + FrameHeader.PAYLOAD_BYTES_MAX);
        }
        return (int) size;
    }

    private static FrameHeader header(MessageCodec<?> codec, int payloadLength) {
        var layout = codec.layout();
        return new FrameHeader(layout.extensionType(), layout.channelMessage(), layout.messageType(), payloadLength);
    }

    // A record may have rules beyond its types'; breaking them is the sender's fault, not the caller's.
    private static Sv2Message read(MessageCodec<?> codec, WireReader reader) {
        try {
            return codec.read(reader);
        } catch (IllegalArgumentException refused) {
            var name = codec.layout().specName();
            var detail = Objects.requireNonNullElse(refused.getMessage(), "refused");
            throw new DecodeException(Reason.VALUE_REFUSED, name, "(message)", reader.offset(), detail);
        }
    }

    private static UnknownMessage unknown(FrameHeader header, Bytes payload) {
        return new UnknownMessage(header.extensionType(), header.channelMessage(), header.messageType(), payload);
    }

    private @Nullable MessageCodec<?> codecOf(FrameHeader header) {
        return codecByType.get(key(header.extensionType(), header.messageType()));
    }

    @SuppressWarnings("unchecked") // the map's key is the codec's message class
    private <M extends Sv2Message> MessageCodec<M> codecOf(M message) {
        var codec = (MessageCodec<M>) codecByClass.get(message.getClass());
        if (codec == null) {
            throw new IllegalArgumentException(message.getClass().getName() + " is not registered");
        }
        return codec;
    }

    // Core types fit in seven bits, so boxing this key allocates nothing for them.
    private static int key(int extensionType, int messageType) {
        return extensionType << 8 | messageType;
    }

    private static List<MessageCodec<?>> coreCodecs() {
        var all = new ArrayList<MessageCodec<?>>();
        all.addAll(org.stratumj.protocol.common.MessageCodecs.all());
        all.addAll(org.stratumj.protocol.mining.MessageCodecs.all());
        all.addAll(org.stratumj.protocol.jobdeclaration.MessageCodecs.all());
        all.addAll(org.stratumj.protocol.template.TemplateForms.all());
        all.addAll(org.stratumj.protocol.extension.negotiation.MessageCodecs.all());
        return all;
    }
}
