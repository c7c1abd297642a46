package io.headwater.ingest.picture;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import org.jboss.logging.Logger;

/** The ICC profile of a picture whose reader leaves its colours as they are stored. */
final class Profile {
    private static final Logger LOG = Logger.getLogger(Profile.class);

    private Profile() {}

    /**
     * Makes sRGB of colours that are told by a profile. One that is damaged, or of another kind of colours, says nothing, as
     * with every viewer.
     *
     * @param image of type 3BYTE_BGR, small: this is slow
     */
    static BufferedImage toSrgb(BufferedImage image, byte[] icc) {
        if (icc.length == 0) {
            return image;
        }
        try {
            ICC_Profile profile = ICC_Profile.getInstance(icc);
            if (profile.getColorSpaceType() != ColorSpace.TYPE_RGB) {
                return image;
            }
            BufferedImage converted =
                    new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
            new ColorConvertOp(new ICC_Profile[] {profile, ICC_Profile.getInstance(ColorSpace.CS_sRGB)}, null)
                    .filter(image.getRaster(), converted.getRaster());
            return converted;
        } catch (RuntimeException e) {
            LOG.debugf(e, "ICC profile ignored bytes=%d", icc.length);
            return image;
        }
    }
}
