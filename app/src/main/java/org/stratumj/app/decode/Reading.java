package org.stratumj.app.decode;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stratumj.json.JsonView;
import org.stratumj.json.MessageView;
import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;
import org.stratumj.protocol.frame.FrameHeader;
import org.stratumj.protocol.wire.DecodeException;

/// What a frame turned out to be.
///
/// @param view    its fields; empty if its type is not known or its payload breaks the layout
/// @param problem what a receiver would refuse it for, and at which byte of the stream
record Reading(Optional<MessageView> view, Optional<String> problem) {

    /// Reads a frame the way a receiver does, after the fields are taken apart.
    static Reading of(Frame frame, long offset, MessageRegistry registry) {
        Optional<MessageView> view;
        try {
            view = JsonView.of(registry).view(frame);
        } catch (DecodeException e) {
            return new Reading(Optional.empty(), Optional.of(text(e, offset)));
        }
        return new Reading(view, Optional.ofNullable(refusal(frame, offset, registry)));
    }

    private static @Nullable String refusal(Frame frame, long offset, MessageRegistry registry) {
        try {
            registry.decode(frame);
            return null;
        } catch (DecodeException e) {
            return text(e, offset);
        }
    }

    private static String text(DecodeException e, long offset) {
        return "error at byte " + (offset + FrameHeader.SIZE + e.offset()) + ": " + e.getMessage() + " of the payload";
    }
}
