/** How every refusal reaches a client: problem details (RFC 9457), from whatever layer it comes. */
package io.headwater.ingest.problem;
