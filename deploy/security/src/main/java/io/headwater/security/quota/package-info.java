/** How much one key may do. Nothing here knows of HTTP. */
package io.headwater.security.quota;
