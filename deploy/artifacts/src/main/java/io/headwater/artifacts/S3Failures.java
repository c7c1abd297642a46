package io.headwater.artifacts;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Says what a failure of S3 means and what to do about it. Only its status and its code are repeated: what a server writes
 * about credentials is not.
 */
final class S3Failures {
    private final ArtifactLocation.Bucket location;
    private final String server;

    /** Of a bucket on a server, which people know by these. */
    S3Failures(ArtifactLocation.Bucket location, String server) {
        this.location = location;
        this.server = server;
    }

    /** What {@code failure} means for {@code what} was to be done. */
    ArtifactException explain(String what, SdkException failure) {
        String begin = "headwater.artifacts is '" + location + "', but ";
        String end = " (could not " + what + ")";
        if (failure instanceof S3Exception answer) {
            String code = Optional.ofNullable(answer.awsErrorDetails())
                    .map(AwsErrorDetails::errorCode)
                    .map(name -> " " + name)
                    .orElse("");
            String answered = answer.statusCode() + code;
            return switch (answer.statusCode()) {
                case 401, 403 ->
                    new ArtifactException(begin + server + " denies access (" + answered
                            + "): give this service credentials that may list the bucket and get, put and delete its"
                            + " objects, where the AWS SDK finds them: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
                            + " ~/.aws or the machine's role" + end);
                case 404 ->
                    new ArtifactException(begin + "there is no bucket '" + location.bucket() + "' on " + server
                            + ": make it, or name another" + end);
                case 301, 307, 400 ->
                    new ArtifactException(begin + server + " does not take the request (" + answered
                            + "): set headwater.s3.region to the bucket's region, and headwater.s3.path-style as the"
                            + " server needs it" + end);
                default -> new ArtifactException(begin + server + " answers " + answered + end);
            };
        }
        // The SDK's own message ends with every place where it looked.
        if (String.valueOf(failure.getMessage()).contains("Unable to load credentials")) {
            return new ArtifactException(begin + "no credentials are found: give this service some where the AWS SDK"
                    + " looks: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, ~/.aws or the machine's role" + end);
        }
        return new ArtifactException(
                begin + server + " can't be reached: " + root(failure) + ": check headwater.s3.endpoint and the network"
                        + end,
                failure);
    }

    /** Two trainers could take the same number. */
    ArtifactException noConditions() {
        return new ArtifactException("headwater.artifacts is '" + location + "', but " + server
                + " ignores the condition of a write (If-None-Match: *), so that two trainers could take the same"
                + " version number: use a server that honours it, as S3 does");
    }

    private static String root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
