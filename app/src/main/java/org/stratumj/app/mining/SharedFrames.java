package org.stratumj.app.mining;

import org.jspecify.annotations.Nullable;
import org.stratumj.connection.EncodedFrame;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.NewExtendedMiningJob;
import org.stratumj.protocol.mining.SetNewPrevHash;
import org.stratumj.service.Effect;

/// Encodes once what goes to many connections: the group's job and its SetNewPrevHash, which are the same for
/// every connection whose group has the same number. Any thread; a race only encodes twice.
final class SharedFrames {
    private volatile @Nullable Entry job;
    private volatile @Nullable Entry prevHash;

    private record Entry(MiningToClient message, EncodedFrame frame) {
        static Entry of(MiningToClient message) {
            return new Entry(message, EncodedFrame.of(message));
        }

        boolean isOf(MiningToClient other) {
            return message.equals(other);
        }
    }

    /// Sends `message`.
    Effect<MiningToClient> effect(MiningToClient message) {
        return switch (message) {
            case NewExtendedMiningJob _ -> {
                Entry last = job;
                Entry entry = last != null && last.isOf(message) ? last : Entry.of(message);
                job = entry;
                yield Effect.send(entry.frame());
            }
            case SetNewPrevHash _ -> {
                Entry last = prevHash;
                Entry entry = last != null && last.isOf(message) ? last : Entry.of(message);
                prevHash = entry;
                yield Effect.send(entry.frame());
            }
            default -> Effect.reply(message);
        };
    }
}
