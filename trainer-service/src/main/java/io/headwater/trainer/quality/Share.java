package io.headwater.trainer.quality;

/**
 * A share of images, with Wilson's score interval of 95 % (Wilson, "Probable inference", 1927). Of nothing it is 0 and
 * may be anything.
 *
 * @param value the share, 0 to 1
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Share(double value, double low, double high) {
    /** The normal distribution exceeds it with a probability of 2.5 %. */
    private static final double Z = 1.959963984540054;

    static Share of(long part, long whole) {
        if (whole == 0) {
            return new Share(0, 0, 1);
        }
        double share = (double) part / whole;
        double shrink = 1 + Z * Z / whole;
        double centre = (share + Z * Z / (2 * whole)) / shrink;
        double half = Z / shrink * Math.sqrt(share * (1 - share) / whole + Z * Z / (4.0 * whole * whole));
        return new Share(
                share, part == 0 ? 0 : Math.max(0, centre - half), part == whole ? 1 : Math.min(1, centre + half));
    }
}
