package io.headwater.ingest.fuzz.run;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What Jazzer calls, by these names. It is alone on the class path with Jazzer, which takes a minute to look at all that
 * there is: our classes and their libraries are loaded by a loader of their own, and instrumented all the same. So this
 * knows nothing but the JDK.
 */
public final class FuzzEntry {
    static final String CLASS_PATH = "headwater.fuzz.class-path";
    static final String WATCH = "headwater.fuzz.watch";

    private static final Object LOADED = load();

    private FuzzEntry() {}

    private static Object load() {
        String[] entries = System.getProperty(CLASS_PATH).split(File.pathSeparator, -1);
        URL[] urls = new URL[entries.length];
        try {
            for (int i = 0; i < entries.length; i++) {
                urls[i] = Path.of(entries[i]).toUri().toURL();
            }
            // Open as long as the process is.
            ClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
            Thread.currentThread().setContextClassLoader(loader);
            return Class.forName(System.getProperty(WATCH), true, loader)
                    .getConstructor()
                    .newInstance();
        } catch (MalformedURLException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process here if there is no target. */
    public static void fuzzerInitialize() {
        Objects.requireNonNull(LOADED);
    }

    /** One input. */
    @SuppressWarnings("unchecked")
    public static void fuzzerTestOneInput(byte[] input) {
        ((Consumer<byte[]>) LOADED).accept(input);
    }

    /** The end. */
    public static void fuzzerTearDown() throws IOException {
        ((Closeable) LOADED).close();
    }
}
