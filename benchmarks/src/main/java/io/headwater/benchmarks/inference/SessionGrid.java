package io.headwater.benchmarks.inference;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.trainer.backbone.BackboneFile;
import io.headwater.trainer.backbone.BackboneSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How ONNX Runtime is best asked on this machine: callers, sessions, threads within a call, and its session options. */
@Command(
        name = "session-grid",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Runs the bundled backbone over decoded pictures with every sensible combination of callers, sessions"
                        + " and threads within a call, and the best of them with other session options, in interleaved rounds."
                        + " Prints medians of images per second and of processor time per image.")
public final class SessionGrid implements Callable<Integer> {
    @Option(names = "--size", defaultValue = "224", description = "Input size (${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--count", defaultValue = "300", description = "Images per round (${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--rounds", defaultValue = "5", description = "Rounds, after two to warm up (${DEFAULT-VALUE}).")
    private int rounds;

    private SessionGrid() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SessionGrid()).execute(args));
    }

    private interface Setting {
        void on(OrtSession.SessionOptions options) throws OrtException;
    }

    private static final class Way implements AutoCloseable {
        private final String name;
        private final int callers;
        private final List<OrtSession> sessions = new ArrayList<>();
        private final List<Measured> rounds = new ArrayList<>();

        Way(String name, byte[] backbone, int callers, int sessions, int intraOp, Setting setting) throws OrtException {
            this.name = name;
            this.callers = callers;
            try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(intraOp);
                options.setInterOpNumThreads(1);
                setting.on(options);
                for (int i = 0; i < sessions; i++) {
                    this.sessions.add(OrtEnvironment.getEnvironment().createSession(backbone, options));
                }
            }
        }

        @Override
        public void close() throws OrtException {
            for (OrtSession session : sessions) {
                session.close();
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        // DJL must be the first to make ONNX Runtime's environment.
        Engine.getEngine("OnnxRuntime");
        int cores = Runtime.getRuntime().availableProcessors();
        Conditions.ofThisMachine()
                .with("ONNX Runtime", OrtEnvironment.getEnvironment().getVersion())
                .with("VNNI", Cpu.vnni())
                .with("pixels", size)
                .with("rounds", rounds + " of " + count + " images")
                .print(Output.OUT);
        DecodedPhotographs decoded = new DecodedPhotographs(Photographs.rendered(100), size);
        List<Way> ways = ways(BackboneSource.openimages(size).acquire(), cores);
        for (int round = -2; round < rounds; round++) {
            for (Way way : ways) {
                Measured measured = run(way, decoded);
                if (round >= 0) {
                    way.rounds.add(measured);
                }
            }
        }
        double first = Measured.median(ways.get(0).rounds).imagesPerSecond();
        for (Way way : ways) {
            Measured median = Measured.median(way.rounds);
            Output.OUT.printf(
                    "%-58s %8.1f images/s %7.2f ms CPU %6.3f%n",
                    way.name, median.imagesPerSecond(), median.cpuMillis(), median.imagesPerSecond() / first);
            way.close();
        }
        return CommandLine.ExitCode.OK;
    }

    private static List<Way> ways(BackboneFile file, int cores) throws OrtException {
        byte[] backbone = file.bytes();
        Setting none = options -> {};
        List<Way> ways = new ArrayList<>();
        ways.add(new Way(cores + " callers, 1 session, 1 thread within a call", backbone, cores, 1, 1, none));
        ways.add(new Way("1 caller, 1 session, 1 thread", backbone, 1, 1, 1, none));
        ways.add(new Way("1 caller, 1 session, " + cores + " threads", backbone, 1, 1, cores, none));
        ways.add(new Way(cores + " callers, a session each, 1 thread", backbone, cores, cores, 1, none));
        ways.add(new Way(cores + " callers, 1 session, " + cores + " threads", backbone, cores, 1, cores, none));
        ways.add(new Way(cores + 1 + " callers, 1 session, 1 thread", backbone, cores + 1, 1, 1, none));
        ways.add(new Way(2 * cores + " callers, 1 session, 1 thread", backbone, 2 * cores, 1, 1, none));
        Map<String, Setting> settings = new LinkedHashMap<>();
        settings.put("without the arena", options -> options.setCPUArenaAllocator(false));
        settings.put("without memory patterns", options -> options.setMemoryPatternOptimization(false));
        settings.put("denormals are zero", options -> options.addConfigEntry("session.set_denormal_as_zero", "1"));
        settings.put(
                "extended optimisation only",
                options -> options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.EXTENDED_OPT));
        settings.put("weights not prepacked", options -> options.addConfigEntry("session.disable_prepacking", "1"));
        for (Map.Entry<String, Setting> setting : settings.entrySet()) {
            ways.add(new Way("the first, " + setting.getKey(), backbone, cores, 1, 1, setting.getValue()));
        }
        ways.add(new Way(
                "1 caller, 1 session, " + cores + " threads that don't spin",
                backbone,
                1,
                1,
                cores,
                options -> options.addConfigEntry("session.intra_op.allow_spinning", "0")));
        return ways;
    }

    private Measured run(Way way, DecodedPhotographs decoded) throws Exception {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(way.callers);
        List<Future<?>> done = new ArrayList<>();
        long cpu = Cpu.ofThisProcess();
        long start = System.nanoTime();
        for (int caller = 0; caller < way.callers; caller++) {
            OrtSession session = way.sessions.get(caller % way.sessions.size());
            done.add(pool.submit(() -> {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    try (OnnxTensor input = OnnxTensor.createTensor(
                                    OrtEnvironment.getEnvironment(),
                                    decoded.get(i),
                                    new long[] {1, size, size, 3},
                                    OnnxJavaType.UINT8);
                            OrtSession.Result result = session.run(Map.of("image", input))) {
                        ((OnnxTensor) result.get(0)).getFloatBuffer();
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : done) {
            one.get();
        }
        long wall = System.nanoTime() - start;
        cpu = Cpu.ofThisProcess() - cpu;
        pool.shutdown();
        return Measured.of(count, wall, cpu, 0);
    }
}
