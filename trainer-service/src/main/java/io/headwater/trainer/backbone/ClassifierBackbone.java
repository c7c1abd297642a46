package io.headwater.trainer.backbone;

import io.headwater.trainer.download.DownloadException;
import io.headwater.trainer.download.FileSource;

/**
 * An image classifier that somebody has.
 *
 * @param name for people
 * @param file where it is
 * @param options what the file can't say
 */
record ClassifierBackbone(String name, FileSource file, ClassifierOptions options) implements BackboneSource {
    /** The file, its tensors, and two graphs made of them, with room to spare. */
    private static final long COPIES = 5;

    private static final long MEGABYTE = 1_000_000;

    @Override
    public BackboneFile acquire() {
        try {
            byte[] classifier = file.read();
            checkHeap(classifier.length, Runtime.getRuntime().maxMemory());
            return ClassifierGraph.of(name, classifier, options);
        } catch (DownloadException e) {
            throw new BackboneException("the backbone " + file + " can't be had: " + e.getMessage(), e);
        } catch (BackboneException e) {
            throw new BackboneException("the backbone " + file + " can't be used: " + e.getMessage(), e);
        }
    }

    /**
     * Refuses a file whose copies, while it is cut, would leave no heap for anything else.
     *
     * @throws BackboneException with the setting that helps; the message begins with "it"
     */
    static void checkHeap(long size, long heap) {
        if (size * COPIES > heap) {
            throw new BackboneException("it has " + size / MEGABYTE + " MB, and to cut it takes "
                    + size * COPIES / MEGABYTE + " MB of heap, of which there are " + heap / MEGABYTE
                    + "; give this service a larger -Xmx");
        }
    }
}
