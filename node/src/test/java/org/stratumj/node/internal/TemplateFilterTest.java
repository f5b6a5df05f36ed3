package org.stratumj.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stratumj.bitcoin.Hash256;
import org.stratumj.node.BlockTemplate;
import org.stratumj.node.NodeException;
import org.stratumj.node.NodeListener;
import org.stratumj.node.WatchPolicy;

class TemplateFilterTest {
    private static final long HARD = 0x1d00ffffL;
    private static final long EASY = 0x207fffffL;

    private final List<String> heard = new ArrayList<>();
    private final TemplateFilter filter =
            new TemplateFilter(new WatchPolicy(Duration.ofSeconds(5), 1000), new NodeListener() {
                @Override
                public void tipChanged(BlockTemplate template) {
                    heard.add("tip %x".formatted(template.nBits()));
                }

                @Override
                public void feesRose(BlockTemplate template) {
                    heard.add("fees");
                }
            });

    /// Testnets: 20 minutes after a block the next may have the least difficulty, and the node's answer says so.
    @Test
    void tellsOfATargetThatChangedOnTheSameTip() {
        filter.offer(template(HARD));
        filter.offer(template(HARD));
        filter.offer(template(EASY));
        filter.offer(template(EASY));
        filter.offer(template(HARD));
        assertThat(heard).containsExactly("tip 1d00ffff", "tip 207fffff", "tip 1d00ffff");
    }

    static Stream<Supplier<Throwable>> failures() {
        return Stream.of(
                () -> new IllegalStateException("a failure"),
                () -> new AssertionError("an error"),
                () -> new NoClassDefFoundError("a class"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void goesOnWhenAListenerThrows(Supplier<Throwable> failure) {
        List<String> calls = new ArrayList<>();
        TemplateFilter failing = new TemplateFilter(WatchPolicy.DEFAULT, new NodeListener() {
            @Override
            public void tipChanged(BlockTemplate template) {
                calls.add("tip");
                throwAs(failure.get());
            }

            @Override
            public void feesRose(BlockTemplate template) {}

            @Override
            public void lost(NodeException why) {
                calls.add("lost");
                throwAs(failure.get());
            }
        });
        failing.offer(template(HARD));
        failing.failed(new NodeException.Unavailable("gone"));
        failing.offer(template(EASY));
        assertThat(calls).containsExactly("tip", "lost", "tip");
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAs(Throwable failure) throws T {
        throw (T) failure;
    }

    private static BlockTemplate template(long nBits) {
        return new BlockTemplate(1, Hash256.ZERO, 8, nBits, 5, 6, 50, true, 4_000_000, 80_000, List.of());
    }
}
