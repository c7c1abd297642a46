package io.headwater.inference.stream;

import java.util.List;

/** Is told which predictions are committed. */
@FunctionalInterface
public interface CommitListener {
    /** Called in the middle of the pipeline, in the order of the commits: it must return at once. */
    void committed(List<CommittedImage> images);
}
