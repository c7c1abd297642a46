package io.headwater.ingest.picture;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * The codecs that are used, chosen by name: what ImageIO would find depends on the class loader of the thread that
 * asks first, and asking it costs a search each time.
 */
final class Codecs {
    private static final String JDK = "com.sun.imageio.plugins.";

    private final ImageReaderSpi jpeg;
    private final ImageReaderSpi png;
    private final ImageReaderSpi webp;
    private final ImageReaderSpi gif;
    private final ImageReaderSpi bmp;
    private final ImageReaderSpi tiff;
    private final ImageWriterSpi jpegWriter;

    Codecs() {
        ImageReaderSpi plainJpeg = provider(ImageReaderSpi.class, JDK + "jpeg.JPEGImageReaderSpi");
        png = provider(ImageReaderSpi.class, JDK + "png.PNGImageReaderSpi");
        jpegWriter = provider(ImageWriterSpi.class, JDK + "jpeg.JPEGImageWriterSpi");
        gif = provider(ImageReaderSpi.class, JDK + "gif.GIFImageReaderSpi");
        webp = new WebPImageReaderSpi();
        bmp = new BMPImageReaderSpi();
        tiff = new TIFFImageReaderSpi();
        // TwelveMonkeys' reader adds CMYK, YCCK and odd profiles to the JDK's, which it finds in its registry.
        jpeg = new JPEGImageReaderSpi();
        List<Class<?>> categories = List.of(ImageReaderSpi.class);
        ServiceRegistry registry = new ServiceRegistry(categories.iterator());
        registry.registerServiceProvider(plainJpeg);
        registry.registerServiceProvider(jpeg);
    }

    ImageReader reader(PictureType type) throws IOException {
        ImageReaderSpi provider =
                switch (type) {
                    case JPEG -> jpeg;
                    case PNG -> png;
                    case WEBP -> webp;
                    case GIF -> gif;
                    case BMP -> bmp;
                    case TIFF -> tiff;
                    default -> throw new IllegalArgumentException("there is no reader for " + type);
                };
        return provider.createReaderInstance();
    }

    ImageWriter jpegWriter() throws IOException {
        return jpegWriter.createWriterInstance();
    }

    private static <T> T provider(Class<T> category, String className) {
        Iterator<T> providers = IIORegistry.getDefaultInstance().getServiceProviders(category, false);
        while (providers.hasNext()) {
            T provider = providers.next();
            if (provider.getClass().getName().equals(className)) {
                return provider;
            }
        }
        throw new IllegalStateException("this Java runtime has no " + className
                + "; headwater needs the module java.desktop (not a JDK without it)");
    }
}
