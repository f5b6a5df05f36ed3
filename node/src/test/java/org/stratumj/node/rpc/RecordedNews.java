package org.stratumj.node.rpc;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;

/// What a watch told its listener, in order.
final class RecordedNews implements NodeListener {
    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();

    @Override
    public void tipChanged(BlockTemplate template) {
        news.add("tip %s %08x".formatted(template.prevHash(), template.nBits()));
    }

    @Override
    public void feesRose(BlockTemplate template) {
        news.add("fees " + template.fees());
    }

    @Override
    public void lost(NodeException why) {
        news.add("lost " + why.getMessage());
    }

    @Override
    public void restored() {
        news.add("restored");
    }

    /// Waits for the next.
    String next() throws InterruptedException {
        return news.take();
    }
}
