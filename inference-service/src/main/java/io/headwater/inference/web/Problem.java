package io.headwater.inference.web;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * An error as RFC 9457 describes it.
 *
 * @param title the kind of the error
 * @param status HTTP status
 * @param detail a sentence about this occurrence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(String title, int status, String detail) {}
