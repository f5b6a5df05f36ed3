package org.stratumj.app.terminal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A process on a pseudo-terminal of its own, as in a window of a terminal emulator: the leader of its session, with
/// the terminal as standard input, output and error, and with default signal handling. Linux, by the C library alone.
///
/// `posix_spawn` makes the process: a session leader gets the first terminal that it opens as its controlling one, so
/// the line discipline turns Ctrl-C into a signal for it.
public final class PseudoTerminal implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_CLOEXEC = 0x80000;
    private static final long TIOCSWINSZ = 0x5414;
    private static final short SPAWN_SETSID_AND_DEFAULT_SIGNALS = 0x80 | 0x04;
    private static final int STRUCT_BYTES_MAX = 512; // more than any of the C library's that are used here
    private static final int NAME_BYTES_MAX = 128;
    private static final int READ_BYTES = 8192;
    private static final int POLLIN = 1;
    private static final int POLL_MILLIS = 50;
    private static final Map<String, MethodHandle> FUNCTIONS = new ConcurrentHashMap<>();

    private final int master;
    private final int pid;
    private final Screen screen;
    private final Thread reader;
    private final byte[] attributes;
    private volatile boolean open = true;
    private int exitStatus = -1;

    private PseudoTerminal(int master, int pid, Screen screen, byte[] attributes) {
        this.master = master;
        this.pid = pid;
        this.screen = screen;
        this.attributes = attributes;
        this.reader = Thread.ofPlatform().daemon().name("pty-reader").start(this::read);
    }

    /// Starts `command` with `environment` on top of this process's.
    public static PseudoTerminal start(int columns, int rows, List<String> command, Map<String, String> environment)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int master = checked("posix_openpt", call("posix_openpt", O_RDWR | O_NOCTTY | O_CLOEXEC));
            checked("grantpt", call("grantpt", master));
            checked("unlockpt", call("unlockpt", master));
            MemorySegment name = arena.allocate(NAME_BYTES_MAX);
            checked("ptsname_r", call("ptsname_r", master, name, (long) NAME_BYTES_MAX));
            setSize(master, columns, rows);
            byte[] attributes = attributes(master);
            int pid = spawn(arena, name, command, environment);
            return new PseudoTerminal(master, pid, new Screen(columns, rows), attributes);
        }
    }

    private static int spawn(Arena arena, MemorySegment terminal, List<String> command, Map<String, String> environment)
            throws IOException {
        MemorySegment actions = arena.allocate(STRUCT_BYTES_MAX);
        checked("file_actions_init", call("posix_spawn_file_actions_init", actions));
        checked("addopen", call("posix_spawn_file_actions_addopen", actions, 0, terminal, O_RDWR, 0));
        checked("adddup2", call("posix_spawn_file_actions_adddup2", actions, 0, 1));
        checked("adddup2", call("posix_spawn_file_actions_adddup2", actions, 0, 2));
        MemorySegment attributes = arena.allocate(STRUCT_BYTES_MAX);
        MemorySegment signals = arena.allocate(STRUCT_BYTES_MAX);
        checked("spawnattr_init", call("posix_spawnattr_init", attributes));
        checked("sigfillset", call("sigfillset", signals));
        checked("setsigdefault", call("posix_spawnattr_setsigdefault", attributes, signals));
        checked("setflags", call("posix_spawnattr_setflags", attributes, SPAWN_SETSID_AND_DEFAULT_SIGNALS));
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.remove("JDK_JAVA_OPTIONS");
        variables.putAll(environment);
        MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
        int error = call(
                "posix_spawn",
                pid,
                arena.allocateFrom(command.getFirst()),
                actions,
                attributes,
                strings(arena, command),
                strings(
                        arena,
                        variables.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .toList()));
        if (error != 0) {
            throw new IOException("cannot start " + command.getFirst() + ": error " + error);
        }
        return pid.get(ValueLayout.JAVA_INT, 0);
    }

    /// What the terminal shows. Any thread.
    public Screen screen() {
        return screen;
    }

    public long pid() {
        return pid;
    }

    /// Presses keys; `\u0003` is Ctrl-C.
    public void type(String keys) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = keys.getBytes(StandardCharsets.UTF_8);
            checked("write", (int) (long)
                    call("write", master, arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), (long) bytes.length));
        }
    }

    /// Gives the window another size.
    public void resize(int columns, int rows) throws IOException {
        screen.resize(columns, rows);
        setSize(master, columns, rows);
    }

    /// Closes the window: the process gets SIGHUP, and writes to the terminal fail.
    public void hangUp() throws IOException, InterruptedException {
        open = false;
        reader.join();
        checked("close", call("close", master));
    }

    /// Waits for the end of the process and of its output.
    ///
    /// @return its exit code, or the negative signal that killed it
    public int exitCode() throws IOException, InterruptedException {
        if (exitStatus == -1) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment status = arena.allocate(ValueLayout.JAVA_INT);
                checked("waitpid", call("waitpid", pid, status, 0));
                exitStatus = status.get(ValueLayout.JAVA_INT, 0);
            }
            reader.join(); // for the rest of the output
        }
        return (exitStatus & 0x7f) == 0 ? (exitStatus >> 8) & 0xff : -(exitStatus & 0x7f);
    }

    /// Whether the line discipline is set as it was before the process started.
    public boolean hasItsAttributes() throws IOException {
        return Arrays.equals(attributes, attributes(master));
    }

    @Override
    public void close() throws IOException {
        try {
            if (exitStatus == -1) {
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
                exitCode();
            }
            if (open) {
                hangUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(READ_BYTES);
            MemorySegment poll = arena.allocateFrom(ValueLayout.JAVA_INT, master, POLLIN);
            long read = 1;
            while (open && read > 0) { // none is left when no process has the terminal open any more
                if (PseudoTerminal.<Integer>call("poll", poll, 1L, POLL_MILLIS) > 0) {
                    read = call("read", master, buffer, (long) READ_BYTES);
                    screen.accept(buffer.asSlice(0, Math.max(0, read)).toArray(ValueLayout.JAVA_BYTE));
                }
            }
        }
    }

    private static void setSize(int master, int columns, int rows) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size =
                    arena.allocateFrom(ValueLayout.JAVA_SHORT, new short[] {(short) rows, (short) columns, 0, 0});
            checked("ioctl", call("ioctl", master, TIOCSWINSZ, size));
        }
    }

    private static byte[] attributes(int master) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment termios = arena.allocate(STRUCT_BYTES_MAX);
            checked("tcgetattr", call("tcgetattr", master, termios));
            return termios.toArray(ValueLayout.JAVA_BYTE);
        }
    }

    /// A `NULL`-terminated array of C strings.
    private static MemorySegment strings(Arena arena, List<String> texts) {
        MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
        for (int i = 0; i < texts.size(); i++) {
            array.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(texts.get(i)));
        }
        return array;
    }

    private static int checked(String what, int result) throws IOException {
        if (result < 0) {
            throw new IOException(what + " failed");
        }
        return result;
    }

    /// Calls a function of the C library; its result is `int`, or `long` where the last argument is one (a size).
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // each caller knows its function
    private static <T extends Number> T call(String function, Object... arguments) {
        try {
            return (T) FUNCTIONS
                    .computeIfAbsent(function, name -> handle(name, arguments))
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new AssertionError(function, e);
        }
    }

    @SuppressWarnings("restricted") // native access is enabled for the tests
    private static MethodHandle handle(String function, Object... arguments) {
        MemoryLayout[] layouts =
                Arrays.stream(arguments).map(PseudoTerminal::layout).toArray(MemoryLayout[]::new);
        boolean sized = List.of("read", "write").contains(function);
        Linker linker = Linker.nativeLinker();
        Linker.Option[] options = function.equals("ioctl")
                ? new Linker.Option[] {Linker.Option.firstVariadicArg(2)}
                : new Linker.Option[0];
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(function),
                FunctionDescriptor.of(sized ? ValueLayout.JAVA_LONG : ValueLayout.JAVA_INT, layouts),
                options);
    }

    private static MemoryLayout layout(Object argument) {
        return switch (argument) {
            case Integer _ -> ValueLayout.JAVA_INT;
            case Long _ -> ValueLayout.JAVA_LONG;
            case Short _ -> ValueLayout.JAVA_SHORT;
            case MemorySegment _ -> ValueLayout.ADDRESS;
            default -> throw new IllegalArgumentException(String.valueOf(argument));
        };
    }
}
