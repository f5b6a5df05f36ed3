package org.stratumj.app.decode;

import org.stratumj.protocol.frame.Frame;

/// Shows what was found, in the order of the calls. One thread at a time.
interface Output {

    /// A frame.
    void frame(Place place, Frame frame, Reading reading);

    /// Something that happened.
    ///
    /// @param text one line
    void note(Place place, String text);

    /// Something that is no frame, or no more of one.
    ///
    /// @param text one line
    void problem(Place place, String text);
}
