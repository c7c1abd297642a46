package io.headwater.ingest.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;

/** The chunks of a PNG. Of an animated one the still image is taken that every decoder sees. */
final class PngContainer {
    private static final int SIGNATURE = 8;
    private static final int HEADER = 8;
    private static final int CHECKSUM = 4;

    private PngContainer() {}

    static Container scan(byte[] upload) {
        ByteBuffer bytes = ByteBuffer.wrap(upload);
        byte[] exif = Container.noExif();
        long at = SIGNATURE;
        while (at + HEADER + CHECKSUM <= upload.length) {
            int start = (int) at;
            long data = Integer.toUnsignedLong(bytes.getInt(start));
            long end = at + HEADER + data + CHECKSUM;
            String type = new String(upload, start + 4, 4, ISO_8859_1);
            if (type.equals("IEND")) {
                return Container.whole(exif);
            }
            if (type.equals("eXIf") && end <= upload.length) {
                exif = Container.exif(upload, start + HEADER, (int) end - CHECKSUM);
            }
            at = end;
        }
        return Container.broken("it ends before its IEND chunk, so a part of it is missing");
    }
}
