package org.stratumj.it;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Goal: what can be replayed from one seed stays so. `protocol`, `bitcoin`, `channels`, `codec` and `json`
/// know no socket, no thread, no clock and no randomness of their own; `noise` and `service` know no socket and
/// read no clock.
final class SansIoTest {

    private static final String[] PURE = {
        "org.stratumj.protocol..",
        "org.stratumj.bitcoin..",
        "org.stratumj.channels..",
        "org.stratumj.codec..",
        "org.stratumj.json.."
    };
    private static final String[] NO_SOCKET_NO_CLOCK = {
        "org.stratumj.protocol..",
        "org.stratumj.bitcoin..",
        "org.stratumj.channels..",
        "org.stratumj.codec..",
        "org.stratumj.json..",
        "org.stratumj.noise..",
        "org.stratumj.service.."
    };

    /// Addresses are values; what opens something is not.
    private static final Set<String> NET_VALUES =
            Set.of("java.net.InetSocketAddress", "java.net.InetAddress", "java.net.SocketAddress", "java.net.URI");

    private static final DescribedPredicate<JavaClass> SOCKET = describe(
            "sockets and channels",
            type -> (type.getPackageName().equals("java.net") && !NET_VALUES.contains(type.getName()))
                    || type.getPackageName().equals("java.nio.channels")
                    || type.getPackageName().startsWith("java.net.http"));

    private static final DescribedPredicate<JavaClass> THREAD = describe(
            "threads and executors",
            type -> type.isEquivalentTo(Thread.class)
                    || type.isEquivalentTo(java.util.Timer.class)
                    || Set.of(
                                    "java.util.concurrent.Executors",
                                    "java.util.concurrent.ForkJoinPool",
                                    "java.util.concurrent.CompletableFuture")
                            .contains(type.getName()));

    private static final DescribedPredicate<JavaClass> RANDOMNESS = describe(
            "a source of randomness of one's own",
            type -> List.of(
                            "java.util.Random",
                            "java.util.SplittableRandom",
                            "java.util.concurrent.ThreadLocalRandom",
                            "java.security.SecureRandom")
                    .contains(type.getName()));

    private static final DescribedPredicate<JavaCodeUnitAccess<?>> READS_A_CLOCK =
            describe("reading a clock", access -> {
                AccessTarget.CodeUnitAccessTarget target = access.getTarget();
                String owner = target.getOwner().getName();
                return switch (target.getName()) {
                    case "currentTimeMillis", "nanoTime" -> owner.equals("java.lang.System");
                    case "now" ->
                        owner.startsWith("java.time.")
                                && target.getRawParameterTypes().isEmpty();
                    case "system", "systemUTC", "systemDefaultZone" -> owner.startsWith("java.time.");
                    default -> false;
                };
            });

    @Test
    void pureModulesKnowNoThread() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(THREAD)
                .check(ModuleArrowsTest.CLASSES);
    }

    @Test
    void pureModulesKnowNoRandomness() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(RANDOMNESS)
                .check(ModuleArrowsTest.CLASSES);
    }

    @Test
    void nothingOutsideConnectionNodeAndAppOpensSockets() {
        noClasses()
                .that()
                .resideInAnyPackage(NO_SOCKET_NO_CLOCK)
                .should()
                .dependOnClassesThat(SOCKET)
                .check(ModuleArrowsTest.CLASSES);
    }

    @Test
    void timeIsPassedIn() {
        noClasses()
                .that()
                .resideInAnyPackage(NO_SOCKET_NO_CLOCK)
                .should()
                .accessTargetWhere(describe(
                        "reading a clock",
                        access -> access instanceof JavaCodeUnitAccess<?> call && READS_A_CLOCK.test(call)))
                .check(ModuleArrowsTest.CLASSES);
    }

    @Test
    void librariesDoNotPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.stratumj.app..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(ModuleArrowsTest.CLASSES);
    }

    @Test
    void nettyStaysBehindTheConnectionModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.stratumj.connection.netty..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(ModuleArrowsTest.CLASSES);
    }
}
