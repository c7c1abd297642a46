package io.headwater.benchmarks.decoding;

/** Squashes interleaved RGB bytes to a square, each target pixel the average of the source pixels that it touches. */
final class Box {
    private Box() {}

    static byte[] squash(byte[] rgb, int width, int height, int size) {
        byte[] target = new byte[size * size * 3];
        for (int y = 0, at = 0; y < size; y++) {
            int top = y * height / size;
            int bottom = Math.max(top + 1, ((y + 1) * height + size - 1) / size);
            for (int x = 0; x < size; x++, at += 3) {
                int left = x * width / size;
                int right = Math.max(left + 1, ((x + 1) * width + size - 1) / size);
                average(rgb, width, left, right, top, bottom, target, at);
            }
        }
        return target;
    }

    private static void average(
            byte[] rgb, int width, int left, int right, int top, int bottom, byte[] target, int at) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int y = top; y < bottom; y++) {
            for (int i = (y * width + left) * 3, end = (y * width + right) * 3; i < end; i += 3) {
                red += rgb[i] & 0xFF;
                green += rgb[i + 1] & 0xFF;
                blue += rgb[i + 2] & 0xFF;
            }
        }
        int count = (right - left) * (bottom - top);
        target[at] = (byte) ((red + count / 2) / count);
        target[at + 1] = (byte) ((green + count / 2) / count);
        target[at + 2] = (byte) ((blue + count / 2) / count);
    }
}
