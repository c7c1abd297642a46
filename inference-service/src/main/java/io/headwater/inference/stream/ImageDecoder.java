package io.headwater.inference.stream;

import io.headwater.events.ImageIngested;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.picture.UnreadableImageException;
import io.headwater.serde.EventFormat;
import io.headwater.serde.EventFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The first stage: bytes to pixels. One per thread: it keeps a reader of pictures and
 * its pixels. */
final class ImageDecoder {
    private final Deserializer<ImageIngested> images;
    private final IntFunction<PictureReader> readers;

    private int size;
    private PictureReader reader;
    private ByteBuffer pixels = ByteBuffer.allocateDirect(0);

    /**
     * @param readers from the size of the backbone's input to a reader
     */
    ImageDecoder(EventFormat format, IntFunction<PictureReader> readers) {
        this.images = format.deserializer(ImageIngested.class);
        this.readers = readers;
    }

    /**
     * Decodes one record. What is wrong with the record makes it {@link DecodedImage.Unreadable}. The next call overwrites
     * the pixels of the last.
     *
     * @throws RuntimeException if something else is wrong (a schema registry is away): then trying again is right
     */
    DecodedImage decode(ConsumerRecord<byte[], byte[]> entry, Backbone backbone) {
        if (entry.key() == null) {
            return unreadable("the record has no key, which should be the image id");
        }
        if (entry.value() == null) {
            return unreadable("the record has no value");
        }
        if (size != backbone.inputSize()) {
            size = backbone.inputSize();
            reader = readers.apply(size);
            pixels = ByteBuffer.allocateDirect(size * size * 3).order(ByteOrder.nativeOrder());
        }
        try {
            long start = System.nanoTime();
            ImageIngested image = images.deserialize(entry.topic(), entry.value());
            reader.read(bytes(image.getJpeg()), pixels);
            return new DecodedImage.Ready(
                    new String(entry.key(), StandardCharsets.UTF_8),
                    image.getIngestedAt(),
                    pixels,
                    System.nanoTime() - start);
        } catch (EventFormatException | UnreadableImageException e) {
            return unreadable(e.getMessage());
        }
    }

    private static DecodedImage unreadable(String reason) {
        return new DecodedImage.Unreadable(new Outcome.Rejected(reason));
    }

    private static byte[] bytes(ByteBuffer jpeg) {
        if (jpeg.hasArray() && jpeg.arrayOffset() == 0 && jpeg.remaining() == jpeg.array().length) {
            return jpeg.array();
        }
        byte[] copy = new byte[jpeg.remaining()];
        jpeg.duplicate().get(copy);
        return copy;
    }
}
