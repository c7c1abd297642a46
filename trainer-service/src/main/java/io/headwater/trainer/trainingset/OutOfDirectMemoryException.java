package io.headwater.trainer.trainingset;

/** A matrix could not grow: the JVM may not take more direct memory, or the machine has none. */
public final class OutOfDirectMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final long MIB = 1024L * 1024;

    OutOfDirectMemoryException(int rows, int dimension, OutOfMemoryError cause) {
        super(
                rows + " embeddings of " + dimension + " numbers take " + (long) rows * dimension * Float.BYTES / MIB
                        + " MiB of direct memory, and there is no more; raise -XX:MaxDirectMemorySize of this JVM",
                cause);
    }
}
