package io.headwater.trainer.nearest;

import io.headwater.events.Backbone;
import io.headwater.serde.EmbeddingVector;
import io.headwater.trainer.embeddings.EmbeddingListener;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The embeddings of the newest images, labelled or not: at most {@value #MOST}, 10 KiB each. Thread safe. */
@Singleton
final class RecentEmbeddings implements EmbeddingListener {
    static final int MOST = 1_000;

    private final Map<String, float[]> newest = new LinkedHashMap<>();

    @Override
    public synchronized void begin(Backbone backbone) {
        newest.clear();
    }

    @Override
    public synchronized void embedded(String imageId, ByteBuffer vector, Instant at) {
        float[] embedding = new float[EmbeddingVector.dimension(vector)];
        EmbeddingVector.read(vector, embedding, 0);
        newest.remove(imageId);
        newest.put(imageId, embedding);
        if (newest.size() > MOST) {
            newest.remove(newest.keySet().iterator().next());
        }
    }

    @Override
    public synchronized void removed(String imageId) {
        newest.remove(imageId);
    }

    synchronized Optional<float[]> of(String imageId) {
        return Optional.ofNullable(newest.get(imageId)).map(float[]::clone);
    }
}
