/** Answers requests: admits them, reads the pixels, embeds and scores them on threads of its own, and gives up in time. */
package io.headwater.inference.v2.infer;
