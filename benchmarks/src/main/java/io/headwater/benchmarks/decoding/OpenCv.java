package io.headwater.benchmarks.decoding;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Optional;

/** OpenCV by its own Java binding, where Debian's libopencv-java is on the class path and the library path. */
final class OpenCv {
    private static final int COLOUR = 1;
    private static final int COLOUR_HALF = 17;
    private static final int COLOUR_QUARTER = 33;
    private static final int COLOUR_EIGHTH = 65;
    private static final int BGR_TO_RGB = 4;
    private static final int INTER_AREA = 3;

    private OpenCv() {}

    /**
     * Decodes to a half, a quarter or an eighth by the inverse DCT where at least twice the target remains, and averages
     * areas of the rest.
     *
     * @param shorter of the pictures' sides, pixels
     */
    static Optional<Reading> reduced(int size, int shorter) {
        try {
            Class<?> core = Class.forName("org.opencv.core.Core");
            System.loadLibrary((String) core.getField("NATIVE_LIBRARY_NAME").get(null));
            Class<?> mat = Class.forName("org.opencv.core.Mat");
            Class<?> sizes = Class.forName("org.opencv.core.Size");
            Class<?> processing = Class.forName("org.opencv.imgproc.Imgproc");
            Class<?> bytes = Class.forName("org.opencv.core.MatOfByte");
            Constructor<?> ofBytes = bytes.getConstructor(byte[].class);
            Method decode = Class.forName("org.opencv.imgcodecs.Imgcodecs").getMethod("imdecode", mat, int.class);
            Method resize = processing.getMethod("resize", mat, mat, sizes, double.class, double.class, int.class);
            Method convert = processing.getMethod("cvtColor", mat, mat, int.class);
            Method get = mat.getMethod("get", int.class, int.class, byte[].class);
            Method release = mat.getMethod("release");
            Object square = sizes.getConstructor(double.class, double.class).newInstance(size, size);
            Object small = mat.getConstructor().newInstance();
            Object rgb = mat.getConstructor().newInstance();
            byte[] samples = new byte[size * size * 3];
            int flag = flag(shorter / (2 * size));
            return Optional.of((jpeg, target) -> {
                try {
                    Object encoded = ofBytes.newInstance((Object) jpeg);
                    Object image = decode.invoke(null, encoded, flag);
                    resize.invoke(null, image, small, square, 0.0, 0.0, INTER_AREA);
                    convert.invoke(null, small, rgb, BGR_TO_RGB);
                    get.invoke(rgb, 0, 0, samples);
                    release.invoke(image);
                    release.invoke(encoded);
                    target.clear().put(samples).flip();
                } catch (ReflectiveOperationException e) {
                    throw new IOException(e);
                }
            });
        } catch (ReflectiveOperationException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static int flag(int step) {
        if (step >= 8) {
            return COLOUR_EIGHTH;
        }
        if (step >= 4) {
            return COLOUR_QUARTER;
        }
        return step >= 2 ? COLOUR_HALF : COLOUR;
    }
}
