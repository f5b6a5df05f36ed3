package org.stratumj.app.role;

import java.util.ArrayList;
import java.util.List;

/// Keeps events as text for a test to look at.
public final class RecordedEvents implements RoleEvents {
    private final List<String> texts = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Override
    public synchronized void on(RoleEvent event) {
        texts.add(event.text());
        if (event instanceof RoleEvent.ShareRejected || event instanceof RoleEvent.Warning) {
            warnings.add(event.text());
        }
    }

    public synchronized List<String> texts() {
        return List.copyOf(texts);
    }

    /// Those that an operator should act on.
    public synchronized List<String> warnings() {
        return List.copyOf(warnings);
    }
}
