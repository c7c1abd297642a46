package io.headwater.trainer.backbone;

import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * The better backbone if it can be had soon, else the bundled one.
 *
 * @param soon imagenet, for a short while
 * @param imagenet imagenet, for as long as it takes
 * @param openimages the bundled one
 * @param patience how long {@code soon} is
 */
record AutoBackbone(ClassifierBackbone soon, ClassifierBackbone imagenet, BundledBackbone openimages, Duration patience)
        implements BackboneSource {
    static final String NAME = "auto";

    private static final Logger LOG = Logger.getLogger(AutoBackbone.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public BackboneFile acquire() {
        LOG.infof(
                "headwater.backbone is auto: getting imagenet for at most %d ms uri=%s",
                patience.toMillis(), soon.file());
        try {
            BackboneFile file = soon.acquire();
            LOG.info("The backbone is imagenet, the better one of auto's two. That is recorded now and stays;"
                    + " headwater.backbone=openimages would change it.");
            return file;
        } catch (BackboneException e) {
            if (Thread.currentThread().isInterrupted()) {
                // The service is being stopped: nothing is to be chosen.
                throw e;
            }
            LOG.warnf(
                    "The backbone is openimages, which is bundled, because imagenet could not be had within %d ms: %s. With"
                            + " openimages, heads are right less often, by up to 7 points in our trials. That is"
                            + " recorded now and stays; headwater.backbone=imagenet would change it.",
                    patience.toMillis(), e.getMessage());
            return openimages.acquire();
        }
    }

    @Override
    public BackboneFile acquire(String chosen) {
        return chosen.equals(openimages.name()) ? openimages.acquire() : imagenet.acquire();
    }

    @Override
    public boolean isBinding() {
        return false;
    }
}
