package org.stratumj.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stratumj.service.Messages.credit;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.stratumj.connection.CloseReason;
import org.stratumj.protocol.mining.MiningToClient;

class EffectTest {
    private static final Effect<MiningToClient> A = Effect.reply(credit(1));
    private static final Effect<MiningToClient> B = Effect.reply(credit(2));
    private static final Effect<MiningToClient> C = Effect.close(new CloseReason.Local("done"));

    @Test
    void comparesByValue() {
        assertThat(Effect.<MiningToClient>reply(credit(1))).isEqualTo(A).isNotEqualTo(B);
        assertThat(Effect.<MiningToClient>reply(List.of())).isEqualTo(Effect.none());
    }

    @Test
    void chainsAreFlatAndWithoutNothing() {
        assertThat(A.then(B).then(C)).isEqualTo(Effect.all(List.of(A, B, C)));
        assertThat(A.then(B.then(C))).isEqualTo(Effect.all(List.of(A, B, C)));
        assertThat(Effect.<MiningToClient>none().then(A)).isEqualTo(A);
        assertThat(A.then(Effect.none())).isEqualTo(A);
        assertThat(Effect.<MiningToClient>none().then(Effect.none())).isEqualTo(Effect.none());
    }
}
