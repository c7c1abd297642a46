package io.headwater.trainer.download;

/** A file that can't be had; the message is a sentence for whoever named it. */
public final class DownloadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DownloadException(String message) {
        super(message);
    }

    DownloadException(String message, Throwable cause) {
        super(message, cause);
    }
}
