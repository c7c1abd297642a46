package io.headwater.inference.stream;

import io.headwater.events.ImageIngested;
import io.headwater.inference.model.Backbone;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.picture.UnreadableImageException;
import io.headwater.serde.EventFormat;
import io.headwater.serde.EventFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The first stage: bytes to pixels. One per thread: it keeps a reader of pictures. */
final class ImageDecoder {
    private final Deserializer<ImageIngested> images;
    private final IntFunction<PictureReader> readers;
    private final PixelBuffers buffers;

    private int size;
    private PictureReader reader;

    /**
     * @param readers from the size of the backbone's input to a reader
     */
    ImageDecoder(EventFormat format, IntFunction<PictureReader> readers, PixelBuffers buffers) {
        this.images = format.deserializer(ImageIngested.class);
        this.readers = readers;
        this.buffers = buffers;
    }

    /**
     * Decodes one record. What is wrong with the record makes it {@link DecodedImage.Unreadable}.
     *
     * @throws RuntimeException if something else is wrong (a schema registry is away): then trying again is right
     */
    DecodedImage decode(ConsumerRecord<byte[], byte[]> entry, Backbone backbone) throws InterruptedException {
        if (entry.key() == null) {
            return unreadable("the record has no key, which should be the image id");
        }
        if (entry.value() == null) {
            return unreadable("the record has no value");
        }
        if (size != backbone.inputSize()) {
            size = backbone.inputSize();
            reader = readers.apply(size);
        }
        ByteBuffer pixels = buffers.take(size * size * 3);
        boolean ready = false;
        try {
            long start = System.nanoTime();
            ImageIngested image = images.deserialize(entry.topic(), entry.value());
            reader.read(bytes(image.getJpeg()), pixels);
            ready = true;
            return new DecodedImage.Ready(
                    new String(entry.key(), StandardCharsets.UTF_8),
                    image.getIngestedAt(),
                    pixels,
                    System.nanoTime() - start);
        } catch (EventFormatException | UnreadableImageException e) {
            return unreadable(e.getMessage());
        } finally {
            if (!ready) {
                buffers.giveBack(pixels);
            }
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
