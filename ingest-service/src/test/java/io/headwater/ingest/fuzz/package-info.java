/** What a parser must be to be fuzzed. */
package io.headwater.ingest.fuzz;
