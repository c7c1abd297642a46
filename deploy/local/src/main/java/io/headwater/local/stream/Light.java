package io.headwater.local.stream;

/** The light that the pictures are taken in. */
public enum Light {
    /** Daylight: clear colours, little noise. */
    DAY(1.0, 1.0, 1.0, 1.0, 0, 3),
    /** Late dusk: dark, blue, flat, and the camera's noise shows. */
    DUSK(0.50, 0.60, 0.90, 0.75, 10, 9);

    private final double red;
    private final double green;
    private final double blue;
    private final double contrast;
    private final int haze;
    private final int noise;

    Light(double red, double green, double blue, double contrast, int haze, int noise) {
        this.red = red;
        this.green = green;
        this.blue = blue;
        this.contrast = contrast;
        this.haze = haze;
        this.noise = noise;
    }

    /** The share of red, green and blue that is left, each 0 to 1. */
    double[] tint() {
        return new double[] {red, green, blue};
    }

    /** 1 is full contrast, 0 a grey wall. */
    double contrast() {
        return contrast;
    }

    /** What is added everywhere, of 255. */
    int haze() {
        return haze;
    }

    /** Spread of the noise, of 255. */
    int noise() {
        return noise;
    }
}
