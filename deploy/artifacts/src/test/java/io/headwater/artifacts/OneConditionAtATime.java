package io.headwater.artifacts;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Lets conditional writes pass one at a time. S3 decides them atomically; S3Proxy (and Adobe's s3mock) look first and write
 * then, so that of eight at the same time up to all win. This gives the test server what S3 promises, and no more.
 */
final class OneConditionAtATime implements SdkHttpClient {
    private static final ReentrantLock LOCK = new ReentrantLock();

    private final SdkHttpClient http = UrlConnectionHttpClient.create();

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest prepared = http.prepareRequest(request);
        boolean conditional =
                request.httpRequest().firstMatchingHeader("If-None-Match").isPresent();
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                if (!conditional) {
                    return prepared.call();
                }
                LOCK.lock();
                try {
                    return prepared.call();
                } finally {
                    LOCK.unlock();
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
