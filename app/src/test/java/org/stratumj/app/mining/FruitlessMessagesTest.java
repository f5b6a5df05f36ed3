package org.stratumj.app.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.app.mining.FruitlessMessages.FRUITLESS_MAX;
import static org.stratumj.app.mining.FruitlessMessages.FRUITLESS_PER_FRUITFUL;
import static org.stratumj.app.mining.FruitlessMessages.WINDOW;

import org.junit.jupiter.api.Test;

class FruitlessMessagesTest {
    private final FruitlessMessages messages = new FruitlessMessages();

    @Test
    void endsAConnectionAtTheBound() {
        fruitless(FRUITLESS_MAX - 1, 5);
        assertThat(messages.verdict()).isEmpty();
        fruitless(1, 5 + WINDOW.toNanos() - 1);
        assertThat(messages.verdict())
                .hasValueSatisfying(why -> assertThat(why.text())
                        .isEqualTo("30000 refused shares, refused requests and updates within 60 s, and hardly anything"
                                + " else; look at the reasons of the refusals"));
    }

    @Test
    void countsAnewAfterTheWindow() {
        fruitless(FRUITLESS_MAX - 1, 5);
        fruitless(FRUITLESS_MAX - 1, 5 + WINDOW.toNanos());
        assertThat(messages.verdict()).isEmpty();
    }

    /// Goal: one credited share in a hundred refused ones keeps a connection, one fewer does not.
    @Test
    void keepsAConnectionThatBringsSomething() {
        fruitless(1, 0);
        for (int i = 0; i < FRUITLESS_MAX / FRUITLESS_PER_FRUITFUL; i++) {
            messages.fruitful();
        }
        fruitless(FRUITLESS_MAX - 1, 0);
        assertThat(messages.verdict()).isEmpty();
        fruitless(1, 0);
        assertThat(messages.verdict()).isPresent();
    }

    private void fruitless(int count, long now) {
        for (int i = 0; i < count; i++) {
            messages.fruitless(now);
        }
    }
}
