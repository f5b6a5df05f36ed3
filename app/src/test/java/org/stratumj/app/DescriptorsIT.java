package org.stratumj.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stratumj.noise.HandshakeInitiator;

/// Goal: a server whose open files are exhausted says so, serves those it has accepted, and accepts again once files
/// are
/// free. Method: a server with few files in a process of its own, more clients than it has files, and a first handshake
/// while none is left.
class DescriptorsIT {
    private static final int FILES = 300;

    private final List<Socket> clients = new ArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void serverOutlivesExhaustedFiles() throws Exception {
        try (ChildProcess child = ChildProcess.startWithFiles(directory, FILES, ScarceProgram.class)) {
            int port = Integer.parseInt(child.awaitLine("port ").substring("port ".length()));
            for (int i = 0; i < FILES; i++) {
                clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            child.awaitError("cannot accept connections");
            assertThat(child.errors()).contains("ulimit -n").doesNotContain("Exception");
            handshake(clients.getFirst());

            closeAll();
            try (Socket later = new Socket(InetAddress.getLoopbackAddress(), port)) {
                handshake(later);
            }
        } finally {
            closeAll();
        }
    }

    /// Any 64 bytes are a key; the answer shows that the server computed with it.
    private static void handshake(Socket socket) throws IOException {
        byte[] act1 = new byte[HandshakeInitiator.ACT1_BYTES];
        new Random(7).nextBytes(act1);
        socket.getOutputStream().write(act1);
        assertThat(socket.getInputStream().readNBytes(HandshakeInitiator.ACT2_BYTES))
                .hasSize(HandshakeInitiator.ACT2_BYTES);
    }

    private void closeAll() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        clients.clear();
    }
}
