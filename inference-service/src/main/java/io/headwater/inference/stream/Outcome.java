package io.headwater.inference.stream;

/** What became of one image. */
sealed interface Outcome {
    /**
     * It was embedded, and answered as far as there is a version.
     *
     * @param prediction ImageClassified, serialised
     * @param embedding ImageEmbedded, serialised
     * @param answered whether a version answered
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on to the producer, never compared
    record Classified(byte[] prediction, byte[] embedding, boolean answered) implements Outcome {}

    /**
     * It can't be processed.
     *
     * @param reason a sentence for people
     */
    record Rejected(String reason) implements Outcome {}

    /** An image of the same id has a prediction already: nothing is written. */
    record Repeated() implements Outcome {}
}
