package io.headwater.inference.picture;

/**
 * Decoded samples as the JPEG stores them, before any colour conversion.
 *
 * @param samples one byte per sample, interleaved by pixel, row by row without padding; not to be changed
 * @param width pixels
 * @param height pixels
 * @param colour what the samples of a pixel are
 */
@SuppressWarnings("ArrayRecordComponent") // it is a view of a decoder's buffer and never compared
record Raster(byte[] samples, int width, int height, Colour colour) {

    /** What the samples of a pixel are. */
    enum Colour {
        /** One sample, luminance. */
        GRAY(1),
        /** Three samples, red, green, blue. */
        RGB(3),
        /** Three samples, luminance and two colour differences as JFIF defines them. */
        YCBCR(3);

        private final int bands;

        Colour(int bands) {
            this.bands = bands;
        }

        /** Samples per pixel. */
        int bands() {
            return bands;
        }
    }
}
