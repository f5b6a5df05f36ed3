package org.stratumj.channels;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.client.ClientChannel;
import org.stratumj.channels.client.ClientChannels;
import org.stratumj.channels.client.ClientEvent;
import org.stratumj.channels.client.ExtendedClientChannel;
import org.stratumj.channels.client.MiningWork;
import org.stratumj.channels.client.StandardClientChannel;
import org.stratumj.channels.extranonce.ExtranonceLeases;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.server.ServerChannels;
import org.stratumj.channels.server.ServerPolicy;
import org.stratumj.channels.server.TargetPolicy;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.mining.SubmitSharesExtended;
import org.stratumj.protocol.mining.SubmitSharesStandard;
import org.stratumj.protocol.wire.Str0255;
import org.stratumj.protocol.wire.Tlvs;

/// A pool and one client of it, joined without a wire: what the one returns the other gets at once.
public final class TestPool {
    /// Where the jobs come from.
    public final JobFactory factory;

    /// The pool's side.
    public final ServerChannels server;

    /// The client's side.
    public final ClientChannels client;

    /// All messages that went to the client since the last look.
    public final List<MiningToClient> sent = new ArrayList<>();

    /// All events of the client since the last look.
    public final List<ClientEvent> events = new ArrayList<>();

    /// The time.
    public Instant now = Fixtures.NOW;

    /// A pool with work on a tip that no hash makes a block on.
    public TestPool() {
        this(Fixtures.startedFactory(), MiningFlags.NONE, Fixtures.EASY_TARGETS);
    }

    /// A pool with this work, for a client with these flags.
    public TestPool(JobFactory factory, MiningFlags flags, TargetPolicy targets) {
        this(factory, flags, ServerPolicy.DEFAULT.withTargets(targets), new ExtranonceLeases(3, 1));
    }

    /// A pool with this work and policy.
    public TestPool(JobFactory factory, MiningFlags flags, ServerPolicy policy, ExtranonceLeases leases) {
        this.factory = factory;
        server = new ServerChannels(policy, flags, leases, factory.work());
        client = new ClientChannels(flags);
    }

    /// Opens a standard channel of user `alice`.
    public StandardClientChannel openStandard() {
        deliver(server.open(client.openStandard(Str0255.of("alice"), 0, Target.MAX), Fixtures.PAYOUT, now));
        return (StandardClientChannel) newest();
    }

    /// Opens an extended channel of user `alice`.
    public ExtendedClientChannel openExtended() {
        return openExtended(Fixtures.PAYOUT);
    }

    /// Opens an extended channel of user `alice` that pays somebody.
    public ExtendedClientChannel openExtended(Payout payout) {
        deliver(server.open(client.openExtended(Str0255.of("alice"), 0, Target.MAX, 8), payout, now));
        return (ExtendedClientChannel) newest();
    }

    /// Gives the client messages of the pool.
    public void deliver(List<? extends MiningToClient> messages) {
        for (MiningToClient message : messages) {
            sent.add(message);
            events.addAll(client.on(message));
        }
    }

    /// Sends a template that is better than the present one.
    public void betterTemplate(long id) {
        deliver(server.work(factory.onNewTemplate(Fixtures.template(id, false))));
    }

    /// Sends a future template.
    public void futureTemplate(long id) {
        deliver(server.work(factory.onNewTemplate(Fixtures.template(id, true))));
    }

    /// Moves to a tip, to which the template belongs.
    public void newTip(long templateId, long number, Target target) {
        deliver(server.work(factory.onSetNewPrevHash(Fixtures.tip(templateId, number, target))));
    }

    /// Sends a future template and moves to a tip that no hash makes a block on.
    public void newTip(long templateId, long number) {
        futureTemplate(templateId);
        newTip(templateId, number, Fixtures.IMPOSSIBLE);
    }

    /// What the channel is to hash.
    public static MiningWork work(ClientChannel channel) {
        return channel.work().orElseThrow();
    }

    /// A share that meets the target of the channel's work.
    public static TestMiner.Found mine(ClientChannel channel) {
        MiningWork work = work(channel);
        return TestMiner.mine(work, 0, work.target()::isMetBy);
    }

    /// Mines a share and submits it.
    public ShareVerdict mineAndSubmit(ClientChannel channel) {
        return submit(channel, mine(channel));
    }

    /// Submits a share.
    public ShareVerdict submit(ClientChannel channel, TestMiner.Found share) {
        return switch (channel) {
            case StandardClientChannel standard -> {
                Optional<SubmitSharesStandard> message =
                        standard.submit(share.jobId(), share.nonce(), share.nTime(), share.version());
                yield server.submit(message.orElseThrow(), now);
            }
            case ExtendedClientChannel extended -> {
                Optional<SubmitSharesExtended> message = extended.submit(
                        share.jobId(), share.nonce(), share.nTime(), share.version(), share.extranonce(), Tlvs.NONE);
                yield server.submit(message.orElseThrow(), now);
            }
        };
    }

    /// The messages since the last look.
    public List<MiningToClient> takeSent() {
        List<MiningToClient> taken = List.copyOf(sent);
        sent.clear();
        events.clear();
        return taken;
    }

    /// Lets time pass.
    public void pass(Duration time) {
        now = now.plus(time);
    }

    private ClientChannel newest() {
        return client.channels().stream().toList().getLast();
    }
}
