package io.headwater.ingest.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The chunks of a PNG. Of an animated one the still image is taken that every decoder sees. */
final class PngContainer {
    private static final int SIGNATURE = 8;
    private static final int HEADER = 8;
    private static final int CHECKSUM = 4;
    private static final int LARGEST_PROFILE = 1 << 20;

    private PngContainer() {}

    static Container scan(byte[] upload) {
        ByteBuffer bytes = ByteBuffer.wrap(upload);
        byte[] exif = Container.noExif();
        byte[] profile = Container.noExif();
        boolean profiled = false;
        long at = SIGNATURE;
        while (at + HEADER + CHECKSUM <= upload.length) {
            int start = (int) at;
            long data = Integer.toUnsignedLong(bytes.getInt(start));
            long end = at + HEADER + data + CHECKSUM;
            String type = new String(upload, start + 4, 4, ISO_8859_1);
            if (type.equals("IEND")) {
                return Container.whole(exif).withProfile(profile);
            }
            if (type.equals("eXIf") && end <= upload.length) {
                exif = Container.exif(upload, start + HEADER, (int) end - CHECKSUM);
            }
            // Java's reader tells the profile in its metadata, and leaves the colours as they are.
            // Only the first counts, whatever it is worth: inflating thousands would keep this busy.
            if (type.equals("iCCP") && !profiled && end <= upload.length) {
                profiled = true;
                profile = profile(upload, start + HEADER, (int) end - CHECKSUM);
            }
            at = end;
        }
        return Container.broken("it ends before its IEND chunk, so a part of it is missing");
    }

    /** A name that ends with a zero, a zero for deflate, and then the profile, deflated. */
    private static byte[] profile(byte[] upload, int from, int to) {
        int name = from;
        while (name < to && upload[name] != 0) {
            name++;
        }
        if (name + 2 >= to) {
            return Container.noExif();
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(upload, name + 2, to - name - 2);
            byte[] profile = new byte[LARGEST_PROFILE];
            int length = inflater.inflate(profile);
            return inflater.finished() ? Arrays.copyOf(profile, length) : Container.noExif();
        } catch (DataFormatException e) {
            return Container.noExif();
        } finally {
            inflater.end();
        }
    }
}
