package io.headwater.trainer.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An image to label.
 *
 * @param id image id
 * @param kind {@code teach}: its label would teach most; {@code check}: drawn without looking, its label measures
 * @param answer the label that the version finds most probable, where it was asked
 * @param reasons why it is offered
 * @param thumbnail path on the inference-service where the picture can be seen
 */
@Schema(name = "ImageToLabel", description = "An image to label, and why")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Offer(String id, String kind, Optional<String> answer, List<String> reasons, String thumbnail) {
    private static final List<String> RANDOM_CHECK = List.of("random check");

    static Offer teach(String id, Optional<String> answer, List<String> reasons) {
        return new Offer(id, "teach", answer, reasons, thumbnail(id));
    }

    static Offer check(String id) {
        return new Offer(id, "check", Optional.empty(), RANDOM_CHECK, thumbnail(id));
    }

    private static String thumbnail(String id) {
        return "/predictions/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20") + "/thumbnail";
    }
}
