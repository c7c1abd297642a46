/** API keys: how they are made, hashed, kept in a file and proved. Nothing here knows of HTTP. */
package io.headwater.security.keys;
