package org.stratumj.miner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HashEnginesTest {
    /// Goal: without the vector module nothing fails to load. Method: a JVM of its own, without the flag.
    @Test
    void fallsBackToTheDigestEngineInAJvmWithoutTheVectorModule() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WithoutVectorModule.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(output.lines())
                .containsExactly(
                        "DIGEST: the JVM was started without --add-modules jdk.incubator.vector",
                        "no vector engine here: the JVM was started without --add-modules jdk.incubator.vector");
        assertThat(process.exitValue()).isZero();
    }

    static final class WithoutVectorModule {
        private WithoutVectorModule() {}

        public static void main(String[] arguments) {
            EngineChoice choice = HashEngines.best();
            System.out.println(choice.kind() + ": " + choice.reason());
            try {
                HashEngineKind.VECTOR.newEngine();
            } catch (UnsupportedOperationException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
