package io.headwater.artifacts;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How S3 is reached. Credentials are not among it: the SDK finds them by its default chain.
 *
 * @param endpoint of a server other than AWS
 * @param region of the bucket; empty for what the SDK finds
 * @param pathStyle whether the bucket stands in the path instead of the host name
 */
public record S3Settings(Optional<URI> endpoint, Optional<String> region, boolean pathStyle) {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration ATTEMPT = Duration.ofSeconds(60);
    private static final Duration CALL = Duration.ofMinutes(2);
    private static final int ATTEMPTS = 3;

    /**
     * From the values of the keys {@code headwater.s3.*}.
     *
     * @throws IllegalArgumentException with the key, the value and the remedy
     */
    public static S3Settings of(Optional<String> endpoint, Optional<String> region, Optional<Boolean> pathStyle) {
        region.filter(value -> !value.matches("[a-z0-9-]+")).ifPresent(value -> {
            throw new IllegalArgumentException(
                    "headwater.s3.region is '" + value + "', but must be the name of a region, such as eu-central-1");
        });
        return new S3Settings(endpoint.map(S3Settings::endpoint), region, pathStyle.orElse(endpoint.isPresent()));
    }

    private static URI endpoint(String value) {
        try {
            URI uri = URI.create(value);
            if (String.valueOf(uri.getScheme()).matches("https?")
                    && uri.getHost() != null
                    && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(noEndpoint(), e);
        }
        throw new IllegalArgumentException(noEndpoint());
    }

    /** Without the value: if somebody wrote a password into it, it must not come into a log. */
    private static String noEndpoint() {
        return "headwater.s3.endpoint must be the address of an S3 server without user and password, such as"
                + " http://localhost:9000; credentials come from the environment (AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY), ~/.aws or the machine's role";
    }

    /** A client of its own, whose calls end in about two minutes whatever the server does. */
    S3Client client() {
        return client(UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .build());
    }

    /** The same over another HTTP client. */
    S3Client client(SdkHttpClient http) {
        var builder = S3Client.builder()
                .httpClient(http)
                .region(Region.of(region.orElseGet(this::foundRegion)))
                // Small files, whole in memory: signed and checked as they are. Many servers know nothing else.
                .serviceConfiguration(
                        service -> service.chunkedEncodingEnabled(false).pathStyleAccessEnabled(pathStyle))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(calls -> calls.apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(CALL)
                        .retryStrategy(retries -> retries.maxAttempts(ATTEMPTS)));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private String foundRegion() {
        if (endpoint.isPresent()) {
            return "us-east-1";
        }
        try {
            return new DefaultAwsRegionProviderChain().getRegion().id();
        } catch (SdkClientException e) {
            throw new IllegalArgumentException(
                    "headwater.s3.region is not set, and there is none in the environment (AWS_REGION), in ~/.aws or"
                            + " from the machine: set it to the bucket's region, such as eu-central-1",
                    e);
        }
    }

    /** For people: which server. */
    String server() {
        return endpoint.map(URI::toString)
                .orElseGet(() -> "AWS" + region.map(name -> " in " + name).orElse(""));
    }
}
