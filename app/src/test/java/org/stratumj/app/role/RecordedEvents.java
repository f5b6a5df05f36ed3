package org.stratumj.app.role;

import java.util.ArrayList;
import java.util.List;

/// Keeps events as text for a test to look at.
public final class RecordedEvents implements RoleEvents {
    private final List<String> texts = new ArrayList<>();

    @Override
    public synchronized void on(RoleEvent event) {
        texts.add(event.text());
    }

    public synchronized List<String> texts() {
        return List.copyOf(texts);
    }
}
