/** The console: a page at {@code /}, which asks the three services by their REST like any other client. */
package io.headwater.ingest.console;
