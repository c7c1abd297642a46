package io.headwater.inference.picture;

import java.util.Optional;

/** Finds out from a JPEG's markers what its components are; the decoder hands them over as they are stored. */
final class JpegColour {
    private static final int APP14 = 0xEE;
    private static final int START_OF_SCAN = 0xDA;
    private static final int ADOBE_TRANSFORM = 13;

    private JpegColour() {}

    /**
     * The rule of libjpeg: one component is gray; of three, an Adobe marker with transform 0 or components named R, G, B
     * mean RGB, all else YCbCr. Empty for another number of components, or where the markers are broken.
     */
    static Optional<Raster.Colour> of(byte[] jpeg) {
        boolean plain = false;
        int at = 2;
        while (at + 4 <= jpeg.length && (jpeg[at] & 0xFF) == 0xFF) {
            int marker = jpeg[at + 1] & 0xFF;
            if (marker == 0xFF) {
                at++;
                continue;
            }
            int length = ((jpeg[at + 2] & 0xFF) << 8) | (jpeg[at + 3] & 0xFF);
            int end = at + 2 + length;
            if (end > jpeg.length || marker == START_OF_SCAN) {
                return Optional.empty();
            }
            if (marker == APP14 && length > ADOBE_TRANSFORM && jpeg[at + 4] == 'A' && jpeg[at + 5] == 'd') {
                plain = jpeg[at + 2 + ADOBE_TRANSFORM] == 0;
            } else if (isFrame(marker) && length >= 8) {
                return components(jpeg, at + 4, end, plain);
            }
            at = end;
        }
        return Optional.empty();
    }

    private static boolean isFrame(int marker) {
        // C4, C8 and CC are in the same range, but no frames.
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static Optional<Raster.Colour> components(byte[] jpeg, int frame, int end, boolean plain) {
        int count = jpeg[frame + 5] & 0xFF;
        if (count == 1) {
            return Optional.of(Raster.Colour.GRAY);
        }
        if (count != 3 || frame + 15 > end) {
            return Optional.empty();
        }
        boolean named = jpeg[frame + 6] == 'R' && jpeg[frame + 9] == 'G' && jpeg[frame + 12] == 'B';
        return Optional.of(plain || named ? Raster.Colour.RGB : Raster.Colour.YCBCR);
    }
}
