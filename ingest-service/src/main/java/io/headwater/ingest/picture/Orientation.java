package io.headwater.ingest.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;

/**
 * How a stored picture must be turned to stand upright: the values 1 to 8 of EXIF's tag 0x0112.
 *
 * @param swapped whether rows become columns
 * @param fromRight whether the stored columns are read from right to left
 * @param fromBottom whether the stored rows are read from bottom to top
 */
record Orientation(boolean swapped, boolean fromRight, boolean fromBottom) {
    static final Orientation UPRIGHT = new Orientation(false, false, false);

    /** Anything but 1 to 8 is taken for upright, as viewers do. */
    static Orientation ofExif(int value) {
        return switch (value) {
            case 2 -> new Orientation(false, true, false);
            case 3 -> new Orientation(false, true, true);
            case 4 -> new Orientation(false, false, true);
            case 5 -> new Orientation(true, false, false);
            case 6 -> new Orientation(true, false, true);
            case 7 -> new Orientation(true, true, true);
            case 8 -> new Orientation(true, true, false);
            default -> UPRIGHT;
        };
    }

    /** Turns an image of type 3BYTE_BGR; gives back the same one if it stands upright. */
    BufferedImage turn(BufferedImage stored) {
        if (equals(UPRIGHT)) {
            return stored;
        }
        int width = swapped ? stored.getHeight() : stored.getWidth();
        int height = swapped ? stored.getWidth() : stored.getHeight();
        BufferedImage turned = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] from = bytes(stored);
        byte[] to = bytes(turned);
        int at = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int column = swapped ? y : x;
                int row = swapped ? x : y;
                int storedX = fromRight ? stored.getWidth() - 1 - column : column;
                int storedY = fromBottom ? stored.getHeight() - 1 - row : row;
                int source = 3 * (storedY * stored.getWidth() + storedX);
                to[at++] = from[source];
                to[at++] = from[source + 1];
                to[at++] = from[source + 2];
            }
        }
        return turned;
    }

    private static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
