package io.headwater.benchmarks.intake;

import io.headwater.benchmarks.inference.Photographs;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Rendered photographs of one size, in memory, as files and in tar archives; in a directory that is deleted afterwards. */
final class PictureFiles implements AutoCloseable {
    private static final int BLOCK = 512;

    private final Path directory;
    private final List<byte[]> jpegs;

    PictureFiles(int width, int height, int count) throws IOException {
        directory = Files.createTempDirectory("headwater-benchmark-pictures-");
        jpegs = Photographs.rendered(width, height, count);
        for (int i = 0; i < count; i++) {
            Files.write(directory.resolve(i + ".jpg"), jpegs.get(i));
        }
    }

    List<byte[]> jpegs() {
        return jpegs;
    }

    long averageBytes() {
        return jpegs.stream().mapToLong(jpeg -> jpeg.length).sum() / jpegs.size();
    }

    /** For {@code string.format}. */
    String pattern() {
        return directory.resolve("%d.jpg").toString();
    }

    /** A tar of so many pictures, each several times if need be. */
    Path tar(int images) throws IOException {
        Path file = directory.resolve(images + ".tar");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < images; i++) {
                byte[] jpeg = jpegs.get(i % jpegs.size());
                out.write(header("class" + i % 5 + "/" + i + ".jpg", jpeg.length));
                out.write(jpeg);
                out.write(new byte[(BLOCK - jpeg.length % BLOCK) % BLOCK]);
            }
            out.write(new byte[2 * BLOCK]);
        }
        return file;
    }

    /** POSIX ustar. */
    private static byte[] header(String name, int size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o\0", size));
        put(header, 136, String.format("%011o\0", 0));
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xFF;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
