package org.stratumj.examples;

import java.util.List;
import java.util.Map;
import org.stratumj.channels.extranonce.ExtranonceSpace;
import org.stratumj.channels.job.Payout;
import org.stratumj.channels.job.Work;
import org.stratumj.channels.share.ShareVerdict;
import org.stratumj.protocol.wire.Bytes;
import org.stratumj.service.Link;
import org.stratumj.service.Sv2App;
import org.stratumj.service.Sv2ClientService;
import org.stratumj.service.Sv2ServerService;

/// A mining proxy: a mining server and a mining client in one application. All miners share one extended channel at the
/// server above, of whose extranonces each gets a part.
///
/// ```text
/// miners ── Sv2 ──▶ mining server ── shares ──▶ mining client ── Sv2 ──▶ pool
///                                ◀── work ─────
/// ```
/// It ends when the server above is lost; `stratumj proxy` goes on with the next one.
public final class Sv2ProxyExample extends MinersHandler {
    static final Map<String, String> OPTIONS = Example.options(
            "listen=127.0.0.1:34255 to=127.0.0.1:3333 plain=false key-file= user=proxy shares-per-minute=20");

    private static final ExtranonceSpace SPACE = new ExtranonceSpace(Bytes.EMPTY, SharedChannel.INDEX_SIZE, 16);

    private final Link<ShareVerdict> shares;

    private Sv2ProxyExample(Example example, Work work, Link<ShareVerdict> shares) {
        super(example, work, Payout.NONE);
        this.shares = shares;
    }

    public static void main(String[] args) {
        Example.main(args, OPTIONS, Sv2ProxyExample::start);
    }

    static Example.Running start(Example example) throws Exception {
        Link<Work> work = new Link<>("work", 64);
        Link<ShareVerdict> shares = new Link<>("shares", 1024);
        var above = new SharedChannel(example, work);
        var below = new Sv2ProxyExample(example, Work.none(SPACE), shares);
        Sv2ClientService client = Sv2ClientService.builder(example.network())
                .name("proxy-client")
                .mining(List.of(example.server()), above)
                .link(shares, above::passUp)
                .listener(example)
                .build();
        Sv2ServerService server = Sv2ServerService.builder(example.network())
                .name("proxy-server")
                .listen(example.listen())
                .security(example.security())
                .mining(below)
                .link(work, below::announce)
                .listener(example)
                .build();
        Sv2App app = Sv2App.of(client, server);
        app.start();
        example.listening(server.localAddress());
        return app::close;
    }

    @Override
    void onShare(ShareVerdict share) {
        if (share.isBlock()) {
            shares.offerUrgent(share);
        } else {
            shares.offer(share);
        }
    }
}
