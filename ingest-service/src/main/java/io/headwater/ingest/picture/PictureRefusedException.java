package io.headwater.ingest.picture;

/** An upload can't become a picture; the message is a sentence for its sender. */
public final class PictureRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** Readers repeat what they found, which is the sender's. */
    private static final int LONGEST_REASON = 300;

    /** What is wrong with the upload. */
    public enum Reason {
        /** There is nothing. */
        EMPTY,
        /** Wider times higher than is allowed. */
        TOO_MANY_PIXELS,
        /** Not an image, or of a type that is not accepted. */
        UNSUPPORTED,
        /** Of an accepted type, but cut off or damaged. */
        CORRUPT,
        /** Of an accepted type, and made to keep a decoder busy. */
        TOO_COSTLY
    }

    private final Reason reason;

    private PictureRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    static PictureRefusedException empty() {
        return new PictureRefusedException(Reason.EMPTY, "the upload is empty; send the bytes of an image", null);
    }

    static PictureRefusedException tooManyPixels(int width, int height, long limit) {
        String message = "the image has " + width + " x " + height + " pixels; at most " + limit
                + " pixels are accepted (headwater.intake.max-pixels)";
        return new PictureRefusedException(Reason.TOO_MANY_PIXELS, message, null);
    }

    static PictureRefusedException tooLong(int width, int height, int limit) {
        String message = "the image has " + width + " x " + height + " pixels; at most " + limit
                + " are accepted each way, in a picture and in its tiles";
        return new PictureRefusedException(Reason.TOO_MANY_PIXELS, message, null);
    }

    static PictureRefusedException tooMuchMemory(PictureType type, int width, int height, long needed, long limit) {
        String message = "the image, " + type.article() + " of " + width + " x " + height + " pixels, takes " + needed
                + " bytes to decode; there are " + limit + " (headwater.intake.max-decode-bytes)";
        return new PictureRefusedException(Reason.TOO_MANY_PIXELS, message, null);
    }

    static PictureRefusedException tooSlow(PictureType type, long millis) {
        String message = "the upload looks like " + type.article() + ", but takes more than " + millis
                + " ms to decode (headwater.intake.max-decode-time)";
        return new PictureRefusedException(Reason.TOO_COSTLY, message, null);
    }

    static PictureRefusedException unsupported(String message) {
        return new PictureRefusedException(Reason.UNSUPPORTED, message, null);
    }

    static PictureRefusedException corrupt(PictureType type, String defect) {
        return new PictureRefusedException(Reason.CORRUPT, sentence(type, defect), null);
    }

    static PictureRefusedException corrupt(PictureType type, Exception cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        String defect = "it can't be decoded (" + reason.substring(0, Math.min(reason.length(), LONGEST_REASON)) + ")";
        return new PictureRefusedException(Reason.CORRUPT, sentence(type, defect), cause);
    }

    private static String sentence(PictureType type, String defect) {
        return "the upload looks like " + type.article() + ", but " + defect;
    }

    /** What is wrong with the upload. */
    public Reason reason() {
        return reason;
    }
}
