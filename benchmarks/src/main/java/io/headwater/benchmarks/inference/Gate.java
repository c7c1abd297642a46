package io.headwater.benchmarks.inference;

import io.headwater.inference.picture.PictureReader;

/**
 * Stands in front of the workers of a running pipeline and lets so many images through at a time, so that short slices of it
 * can be measured in turns with other things. While it is shut the workers stand still, and the rest of the pipeline sends and
 * commits what they have done, and then has nothing to do.
 */
final class Gate {
    private final int workers;
    private int permits;
    private int waiting;
    private boolean removed;

    /**
     * Shut.
     *
     * @param workers of the pipeline, all of which come through here for each image
     */
    Gate(int workers) {
        this.workers = workers;
    }

    /** A worker's reader that waits here first. */
    PictureReader before(PictureReader reader) {
        return (jpeg, target) -> {
            enter();
            reader.read(jpeg, target);
        };
    }

    private synchronized void enter() {
        waiting++;
        notifyAll();
        while (permits == 0 && !removed) {
            await();
        }
        waiting--;
        permits--;
    }

    /**
     * Lets images through. Waits first until every worker stands here, and in the end until they are back.
     *
     * @return from then to then, nanoseconds
     */
    synchronized long pass(int images) {
        awaitWorkers();
        long start = System.nanoTime();
        permits = images;
        notifyAll();
        awaitWorkers();
        return System.nanoTime() - start;
    }

    private void awaitWorkers() {
        while (permits > 0 || waiting < workers) {
            await();
        }
    }

    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** For good. */
    synchronized void remove() {
        removed = true;
        permits = Integer.MAX_VALUE;
        notifyAll();
    }
}
