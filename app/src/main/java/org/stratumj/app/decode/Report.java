package org.stratumj.app.decode;

import org.stratumj.protocol.MessageRegistry;
import org.stratumj.protocol.frame.Frame;

/// Reads frames, shows them, and counts. Any thread; what it is told comes out in that order.
final class Report {
    private final MessageRegistry registry;
    private final Output output;
    private long frames;
    private long problems;

    Report(MessageRegistry registry, Output output) {
        this.registry = registry;
        this.output = output;
    }

    synchronized void frame(Place place, Frame frame) {
        var reading = Reading.of(frame, place.offset(), registry);
        frames++;
        problems += reading.problem().isPresent() ? 1 : 0;
        output.frame(place, frame, reading);
    }

    synchronized void note(Place place, String text) {
        output.note(place, text);
    }

    synchronized void problem(Place place, String text) {
        problems++;
        output.problem(place, text);
    }

    synchronized long frames() {
        return frames;
    }

    synchronized long problems() {
        return problems;
    }
}
