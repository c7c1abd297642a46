package io.headwater.trainer.lineage;

import ai.djl.engine.Engine;
import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OrtEnvironment;
import io.headwater.trainer.training.PyTorch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.utils.AppInfoParser;

/** What a version is made with, asked of the libraries themselves. */
public final class Libraries {
    private Libraries() {}

    /** Versions by name. Loads PyTorch if it is not loaded yet. */
    public static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("headwater", property(Libraries.class, "/headwater-version.properties"));
        versions.put("java", Runtime.version().toString());
        versions.put("djl", Engine.getDjlVersion());
        versions.put("pytorch", PyTorch.load());
        versions.put("onnxruntime", OrtEnvironment.getEnvironment().getVersion());
        versions.put("tribuo", property(OnnxMl.class, "/META-INF/maven/org.tribuo/tribuo-util-onnx/pom.properties"));
        versions.put("kafka", AppInfoParser.getVersion());
        return versions;
    }

    private static String property(Class<?> beside, String resource) {
        try (InputStream stream = beside.getResourceAsStream(resource)) {
            if (stream == null) {
                return "unknown";
            }
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
