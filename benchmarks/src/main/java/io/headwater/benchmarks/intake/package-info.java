/** What the front door costs beside the work that can't be left out. */
package io.headwater.benchmarks.intake;
