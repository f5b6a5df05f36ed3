package org.stratumj.examples;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.stratumj.bitcoin.Script;
import org.stratumj.bitcoin.Target;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.JobFactory;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.PoolTag;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.mining.MiningToClient;
import org.stratumj.protocol.template.NewTemplate;
import org.stratumj.protocol.template.SetNewPrevHash;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.protocol.wire.U256;
import org.stratumj.service.ServerContext;
import org.stratumj.service.Sv2ServerService;

/// A mining server: opens channels, gives jobs, judges and acknowledges shares, follows each miner's hash rate. Its
/// jobs are made up, so nobody gets rich here; [SoloServerExample] has real ones.
public final class MiningServerExample extends MinersHandler {
    static final Map<String, String> OPTIONS =
            Example.options("listen=127.0.0.1:3333 plain=false key-file= shares-per-minute=20");

    private static final Duration NEW_TIP_EVERY = Duration.ofSeconds(30);
    private static final Payout PAYOUT = Payout.to(Script.P2WSH_OP_TRUE);
    private static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.EMPTY, 2, 16);

    private final JobFactory jobs = new JobFactory(SPACE, PoolTag.of("example"), PAYOUT, true);
    private long templates;

    private MiningServerExample(Example example) {
        super(example, Work.none(SPACE), PAYOUT);
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, MiningServerExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        Sv2ServerService server = Sv2ServerService.builder(example.network())
                .name("mining-server")
                .listen(example.listen())
                .security(example.security())
                .mining(new MiningServerExample(example))
                .listener(example)
                .build();
        server.start();
        example.listening(server.localAddress());
        return server::close;
    }

    @Override
    public void onStart(ServerContext<MiningToClient> context) {
        super.onStart(context);
        announce(makeWork(context.lane().now()));
        context.every(NEW_TIP_EVERY, () -> announce(makeWork(context.lane().now())));
    }

    @Override
    void onShare(ShareVerdict share) {
        // Here a pool writes down whom to pay, before the miner is told.
    }

    /// What a template provider would send: an empty block, on a tip that no chain has.
    private Work makeWork(Instant now) {
        long id = ++templates;
        Bytes height = Bytes.of(new byte[] {3, 1, 2, 3});
        jobs.onNewTemplate(new NewTemplate(
                id, true, 0x2000_0000L, 2, height, 0xffff_ffffL, 50_0000_0000L, 0, Bytes.EMPTY, 0, List.of()));
        byte[] tip = new byte[U256.SIZE];
        tip[0] = (byte) id;
        U256 target = U256.of(Target.DIFFICULTY_1.littleEndian());
        return jobs.onSetNewPrevHash(
                new SetNewPrevHash(id, U256.of(tip), now.getEpochSecond(), Target.DIFFICULTY_1.toCompact(), target));
    }
}
