package io.headwater.ingest.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The header of a BMP. Its decoder would take what is missing for black. */
final class BmpContainer {
    private static final int HEADERS = 14 + 12;
    private static final int INFO = 40;

    private BmpContainer() {}

    static Container scan(byte[] upload) {
        if (upload.length < HEADERS) {
            return Container.broken("it ends within its header");
        }
        ByteBuffer bytes = ByteBuffer.wrap(upload).order(ByteOrder.LITTLE_ENDIAN);
        long pixels = Integer.toUnsignedLong(bytes.getInt(10));
        boolean old = bytes.getInt(14) < INFO;
        if (!old && upload.length < 14 + INFO) {
            return Container.broken("it ends within its header");
        }
        long width = old ? bytes.getShort(18) & 0xFFFF : bytes.getInt(18);
        long height = old ? bytes.getShort(20) & 0xFFFF : Math.abs((long) bytes.getInt(22));
        int bits = old ? bytes.getShort(24) : bytes.getShort(28);
        int compression = old ? 0 : bytes.getInt(30);
        // Runs have no size that could be told before: 1 and 2. 4 and 5 are a JPEG and a PNG inside.
        long data = compression == 0 || compression == 3 ? (width * bits + 31) / 32 * 4 * height : 1;
        return width < 1 || height < 1 || pixels + data > upload.length
                ? Container.broken("it is shorter than its header says, so a part of it is missing")
                : Container.whole(Container.noExif());
    }
}
