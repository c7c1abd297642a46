package io.headwater.benchmarks.decoding;

import io.headwater.benchmarks.inference.Photographs;
import io.headwater.benchmarks.machine.Conditions;
import io.headwater.benchmarks.machine.Output;
import io.headwater.inference.picture.Pixels;
import io.headwater.inference.picture.UnreadableImageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs to get from a JPEG to the input of the backbone, in several ways, round by round. */
@Command(
        name = "decoder-speed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measures, in interleaved rounds and one thread, the time from a JPEG in memory to the backbone's uint8"
                        + " pixels: as the service does it, by ImageIO with Graphics2D, by ImageIO and TwelveMonkeys with"
                        + " subsampling and a box filter, and by libjpeg-turbo's and OpenCV's JNI where they are there. Prints medians, and how"
                        + " far the pixels are from the service's. The defaults take about two minutes.")
public final class DecoderSpeed implements Callable<Integer> {
    private static final String ALONE = "decoding alone: ";

    @Option(names = "--sizes", split = ",", defaultValue = "160,224", description = "H and W (${DEFAULT-VALUE}).")
    private List<Integer> sizes;

    @Option(names = "--millis", defaultValue = "300", description = "Per round and way (${DEFAULT-VALUE}).")
    private int millis;

    @Option(names = "--rounds", defaultValue = "7", description = "Rounds, after the warm-up (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "4", description = "Rounds that do not count (${DEFAULT-VALUE}).")
    private int warmUp;

    private DecoderSpeed() {}

    /** Runs it; see {@code --help}. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DecoderSpeed()).execute(args));
    }

    @Override
    public Integer call() throws IOException, UnreadableImageException {
        PrintWriter out = Output.OUT;
        Conditions.ofThisMachine()
                .with("millis", millis)
                .with("rounds", rounds)
                .with("warm-up", warmUp)
                .print(out);
        Map<String, List<byte[]>> pictures = new LinkedHashMap<>();
        pictures.put("341x256", Photographs.rendered(341, 256, 32));
        pictures.put("500x375", Photographs.rendered(500, 375, 16));
        for (Map.Entry<String, List<byte[]>> kind : pictures.entrySet()) {
            out.printf(
                    "%n%s, %d pictures, %.1f kB on average%n",
                    kind.getKey(),
                    kind.getValue().size(),
                    kind.getValue().stream()
                                    .mapToInt(jpeg -> jpeg.length)
                                    .average()
                                    .orElse(0)
                            / 1000);
            for (int size : sizes) {
                compare(kind.getValue(), size, shorter(kind.getKey()), out);
            }
        }
        return 0;
    }

    private static Map<String, Reading> ways(int size, int shorter) {
        Map<String, Reading> ways = new LinkedHashMap<>();
        Pixels pixels = new Pixels(size);
        ways.put("Headwater: JDK raster, area average", pixels::read);
        ways.put("ImageIO, Graphics2D", ImageIoReadings.graphics(size));
        ways.put("ImageIO, subsampling, box", ImageIoReadings.subsampled(size, "com.sun."));
        ways.put("TwelveMonkeys, subsampling, box", ImageIoReadings.subsampled(size, "com.twelvemonkeys."));
        TurboJpeg.scaled(size).ifPresent(reading -> ways.put("libjpeg-turbo JNI, scaled, box", reading));
        OpenCv.reduced(size, shorter).ifPresent(reading -> ways.put("OpenCV, reduced, area", reading));
        ways.put(ALONE + "JDK raster", ImageIoReadings.alone());
        TurboJpeg.alone().ifPresent(reading -> ways.put(ALONE + "libjpeg-turbo JNI, RGB", reading));
        return ways;
    }

    private static int shorter(String kind) {
        return Integer.parseInt(kind.substring(kind.indexOf('x') + 1));
    }

    private void compare(List<byte[]> jpegs, int size, int shorter, PrintWriter out)
            throws IOException, UnreadableImageException {
        Map<String, Reading> ways = ways(size, shorter);
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        ways.keySet().forEach(way -> micros.put(way, new ArrayList<>()));
        for (int round = 0; round < warmUp + rounds; round++) {
            for (Map.Entry<String, Reading> way : ways.entrySet()) {
                double taken = round(way.getValue(), jpegs, size);
                if (round >= warmUp) {
                    micros.get(way.getKey()).add(taken);
                }
            }
        }
        double ours = median(micros.values().iterator().next());
        byte[][] expected = pixels(ways.values().iterator().next(), jpegs, size);
        for (Map.Entry<String, Reading> way : ways.entrySet()) {
            double median = median(micros.get(way.getKey()));
            out.printf(
                    "  %3d px  %-40s %7.3f ms %6.0f /s  time x %.2f%s%n",
                    size,
                    way.getKey(),
                    median / 1000,
                    1e6 / median,
                    median / ours,
                    way.getKey().startsWith(ALONE)
                            ? ""
                            : "  mean difference %.2f of 255"
                                    .formatted(difference(expected, pixels(way.getValue(), jpegs, size))));
        }
    }

    private double round(Reading reading, List<byte[]> jpegs, int size) throws IOException, UnreadableImageException {
        ByteBuffer target = ByteBuffer.allocateDirect(size * size * 3);
        long start = System.nanoTime();
        long end = start + millis * 1_000_000L;
        int count = 0;
        while (System.nanoTime() < end) {
            reading.read(jpegs.get(count % jpegs.size()), target);
            count++;
        }
        return (System.nanoTime() - start) / 1e3 / count;
    }

    private static byte[][] pixels(Reading reading, List<byte[]> jpegs, int size)
            throws IOException, UnreadableImageException {
        byte[][] all = new byte[jpegs.size()][size * size * 3];
        for (int i = 0; i < all.length; i++) {
            ByteBuffer target = ByteBuffer.allocate(size * size * 3);
            reading.read(jpegs.get(i), target);
            target.get(all[i]);
        }
        return all;
    }

    private static double difference(byte[][] expected, byte[][] actual) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < expected.length; i++) {
            for (int k = 0; k < expected[i].length; k++, count++) {
                sum += Math.abs((expected[i][k] & 0xFF) - (actual[i][k] & 0xFF));
            }
        }
        return sum / count;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
