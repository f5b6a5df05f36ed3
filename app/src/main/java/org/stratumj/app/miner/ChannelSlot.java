package org.stratumj.app.miner;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.protocol.mining.MiningToServer;
import org.stratumj.protocol.mining.OpenExtendedMiningChannel;
import org.stratumj.protocol.mining.OpenStandardMiningChannel;
import org.stratumj.protocol.mining.UpdateChannel;

/// A channel to be: vacant, asked for, or open. For the lane of its connection only.
final class ChannelSlot {
    /// How long after a channel was refused or closed it is asked for again, while others are open.
    static final Duration REOPEN_PAUSE = Duration.ofSeconds(30);

    /// Bytes of extranonce to roll that are asked for. Version and time alone are more than threads on processors use
    /// up; servers grant small devices not less.
    static final int MIN_EXTRANONCE_SIZE = 2;

    private final MinerConfig config;
    private final Hasher hasher;
    private OptionalLong requestId = OptionalLong.empty();
    private @Nullable MinedChannel open;
    private long vacantSince;

    ChannelSlot(MinerConfig config, Hasher hasher) {
        this.config = config;
        this.hasher = hasher;
    }

    /// Asks for a channel.
    MiningToServer request(ClientChannels channels) {
        double expected = hasher.expectedHashesPerSecond();
        float hashRate = (float) expected;
        Target maxTarget = config.maxTarget(expected);
        return switch (config.channel()) {
            case STANDARD -> {
                OpenStandardMiningChannel request = channels.openStandard(config.userIdentity(), hashRate, maxTarget);
                requestId = OptionalLong.of(request.requestId());
                yield request;
            }
            case EXTENDED -> {
                OpenExtendedMiningChannel request =
                        channels.openExtended(config.userIdentity(), hashRate, maxTarget, MIN_EXTRANONCE_SIZE);
                requestId = OptionalLong.of(request.requestId());
                yield request;
            }
        };
    }

    /// Whether this is the request it made last.
    boolean asked(long id) {
        return requestId.equals(OptionalLong.of(id));
    }

    void open(ClientChannel channel, long nanoTime) {
        requestId = OptionalLong.empty();
        open = new MinedChannel(
                channel,
                hasher,
                config.versionMask(),
                new NominalHashRate(hasher.expectedHashesPerSecond(), nanoTime),
                new SubmissionPace(config.sharesPerSecondMax() / config.channels(), nanoTime));
    }

    /// The channel was refused or closed.
    void vacate(long nanoTime) {
        requestId = OptionalLong.empty();
        open = null;
        vacantSince = nanoTime;
        idle();
    }

    /// Nothing more is hashed.
    void idle() {
        hasher.idle();
    }

    boolean isVacant() {
        return open == null && requestId.isEmpty();
    }

    /// Whether it is time to ask again.
    boolean isDue(long nanoTime) {
        return isVacant() && nanoTime - vacantSince >= REOPEN_PAUSE.toNanos();
    }

    Optional<MinedChannel> mined() {
        return Optional.ofNullable(open);
    }

    boolean mines(ClientChannel channel) {
        return open != null && open.channel().equals(channel);
    }

    boolean hasWork() {
        return open != null && open.hasWork();
    }

    /// The message that tells the server another hash rate, if what it knows is not good enough.
    Optional<UpdateChannel> update(long nanoTime) {
        return mined().flatMap(channel -> {
            var hashRate = channel.update(nanoTime);
            return hashRate.isEmpty() ? Optional.empty() : Optional.of(told(channel, hashRate.getAsDouble()));
        });
    }

    private UpdateChannel told(MinedChannel channel, double hashRate) {
        hasher.expect(hashRate);
        return channel.channel().update((float) hashRate, config.maxTarget(hashRate));
    }
}
