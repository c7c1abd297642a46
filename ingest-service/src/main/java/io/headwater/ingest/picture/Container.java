package io.headwater.ingest.picture;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the container of a picture says without decoding it.
 *
 * @param defect why it can't be whole, as the end of a sentence; decoders are lenient and would fill what is missing with grey
 * @param exif its EXIF block, from the TIFF header on; empty if it has none
 * @param profile its ICC profile, where the reader does not honour it; empty if it has none, or the reader does
 * @param buffered whether its data comes in passes, so that all of it is in memory before the first row is there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would buy nothing inside this package
record Container(Optional<String> defect, byte[] exif, byte[] profile, boolean buffered) {
    private static final byte[] NONE = {};
    private static final int LARGEST_EXIF = 1 << 20;

    static Container whole(byte[] exif) {
        return new Container(Optional.empty(), exif, NONE, false);
    }

    static Container broken(String defect) {
        return new Container(Optional.of(defect), NONE, NONE, false);
    }

    Container withProfile(byte[] icc) {
        return new Container(defect, exif, icc, buffered);
    }

    Container inPasses(boolean passes) {
        return new Container(defect, exif, profile, passes);
    }

    static byte[] noExif() {
        return NONE;
    }

    /** Copies an EXIF block; one that is absurdly large is as good as none. */
    static byte[] exif(byte[] upload, int from, int to) {
        return to - from > LARGEST_EXIF || to <= from ? NONE : Arrays.copyOfRange(upload, from, to);
    }
}
