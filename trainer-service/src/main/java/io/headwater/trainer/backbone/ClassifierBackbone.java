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

    @Override
    public BackboneFile acquire() {
        try {
            return ClassifierGraph.of(name, file.read(), options);
        } catch (DownloadException e) {
            throw new BackboneException("the backbone " + file + " can't be had: " + e.getMessage(), e);
        } catch (BackboneException e) {
            throw new BackboneException("the backbone " + file + " can't be used: " + e.getMessage(), e);
        }
    }
}
