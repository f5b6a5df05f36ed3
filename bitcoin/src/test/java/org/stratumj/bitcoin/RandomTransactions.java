package org.stratumj.bitcoin;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Transactions of every shape, from a seeded generator.
final class RandomTransactions {
    private final RandomGenerator random;

    RandomTransactions(RandomGenerator random) {
        this.random = random;
    }

    Transaction next() {
        boolean segwit = random.nextBoolean();
        List<TxIn> inputs = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            inputs.add(new TxIn(
                    new OutPoint(hash(), u32()),
                    Script.of(bytes(random.nextInt(300))),
                    u32(),
                    segwit && random.nextBoolean() ? witness() : Witness.EMPTY));
        }
        List<TxOut> outputs = new ArrayList<>();
        for (int i = random.nextInt(1, random.nextInt(20) == 0 ? 300 : 5); i > 0; i--) {
            outputs.add(new TxOut(random.nextLong(21_000_000_0000_0000L), Script.of(bytes(random.nextInt(100)))));
        }
        return new Transaction(u32(), inputs, outputs, u32());
    }

    Hash256 hash() {
        return Hash256.of(bytes(32));
    }

    long u32() {
        return random.nextLong(1L << 32);
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private Witness witness() {
        byte[][] items = new byte[random.nextInt(1, 4)][];
        for (int i = 0; i < items.length; i++) {
            items[i] = bytes(random.nextInt(600));
        }
        return Witness.of(items);
    }
}
