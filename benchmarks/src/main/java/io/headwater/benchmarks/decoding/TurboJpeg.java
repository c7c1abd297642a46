package io.headwater.benchmarks.decoding;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Optional;

/** libjpeg-turbo by its own JNI, where Debian's libturbojpeg-java is on the class path and the library path. */
final class TurboJpeg {
    private static final String DECOMPRESSOR = "org.libjpegturbo.turbojpeg.TJDecompressor";
    private static final int RGB = 0;

    private TurboJpeg() {}

    /** Decodes to a scaled size by the inverse DCT where at least twice the target remains, and averages the rest. */
    static Optional<Reading> scaled(int size) {
        return decoding(2 * size, (rgb, width, height, target) -> target.put(Box.squash(rgb, width, height, size)));
    }

    /** Decodes all of it, and does nothing with that. */
    static Optional<Reading> alone() {
        return decoding(Short.MAX_VALUE, (rgb, width, height, target) -> {});
    }

    private interface Squash {
        void to(byte[] rgb, int width, int height, ByteBuffer target);
    }

    private static Optional<Reading> decoding(int limit, Squash squash) {
        try {
            Class<?> type = Class.forName(DECOMPRESSOR);
            Object turbo = type.getConstructor().newInstance();
            Method source = type.getMethod("setSourceImage", byte[].class, int.class);
            Method scaledWidth = type.getMethod("getScaledWidth", int.class, int.class);
            Method scaledHeight = type.getMethod("getScaledHeight", int.class, int.class);
            Method decompress = type.getMethod(
                    "decompress",
                    byte[].class,
                    int.class,
                    int.class,
                    int.class,
                    int.class,
                    int.class,
                    int.class,
                    int.class);
            return Optional.of((jpeg, target) -> {
                try {
                    source.invoke(turbo, jpeg, jpeg.length);
                    int width = (int)
                            scaledWidth.invoke(turbo, most(turbo, "getWidth", limit), most(turbo, "getHeight", limit));
                    int height = (int)
                            scaledHeight.invoke(turbo, most(turbo, "getWidth", limit), most(turbo, "getHeight", limit));
                    byte[] rgb = new byte[width * height * 3];
                    decompress.invoke(turbo, rgb, 0, 0, width, 0, height, RGB, 0);
                    target.clear();
                    squash.to(rgb, width, height, target);
                    target.flip();
                } catch (ReflectiveOperationException e) {
                    throw new IOException(e);
                }
            });
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    // It would enlarge the picture if it were let.
    private static int most(Object turbo, String side, int limit) throws ReflectiveOperationException {
        return Math.min(limit, (int) turbo.getClass().getMethod(side).invoke(turbo));
    }
}
