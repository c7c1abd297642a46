package io.headwater.trainer.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.artifacts.S3Server;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class S3StoreTest extends ArtifactStoreContract {
    private static final AtomicInteger STORES = new AtomicInteger();

    @Override
    ArtifactStore empty() {
        return new S3Store(S3Server.running().open("contract", "store-" + STORES.incrementAndGet()));
    }

    @Test
    void more_files_than_one_answer_of_s3_has_are_all_listed() {
        ArtifactStore store = empty();
        IntStream.rangeClosed(1, 1001).parallel().forEach(i -> store.write("reserved/" + i, new byte[0]));

        assertThat(store.list("reserved")).hasSize(1001);
    }
}
