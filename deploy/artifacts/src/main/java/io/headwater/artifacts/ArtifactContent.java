package io.headwater.artifacts;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of the store that has been opened: whoever has it closes it.
 *
 * @param size of the file, bytes
 * @param stream its bytes
 */
public record ArtifactContent(long size, InputStream stream) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        stream.close();
    }
}
