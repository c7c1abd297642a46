/** Feeds targets: with what was kept, for seconds in a build, for hours. */
package io.headwater.ingest.fuzz.run;
