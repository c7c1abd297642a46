package io.headwater.inference.stream;

import io.headwater.inference.rollout.Generation;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** From a record of {@code images} to its results. One per thread: it keeps buffers. */
final class ImageWorker {
    private final ImageDecoder decoder;
    private final ImageClassifier classifier;

    ImageWorker(ImageDecoder decoder, ImageClassifier classifier) {
        this.decoder = decoder;
        this.classifier = classifier;
    }

    /**
     * What becomes of one record. What is wrong with the record makes it {@link Outcome.Rejected}.
     *
     * @throws RuntimeException if something else is wrong (a schema registry is away): then trying again is right
     */
    Outcome classify(ConsumerRecord<byte[], byte[]> entry, Generation generation) {
        DecodedImage decoded = decoder.decode(entry, generation.backbone());
        if (decoded instanceof DecodedImage.Ready ready) {
            return classifier.classify(ready, generation);
        }
        return ((DecodedImage.Unreadable) decoded).why();
    }
}
