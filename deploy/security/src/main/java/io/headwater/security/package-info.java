/** What every service does about who is calling: configuration, the check at start, the log of what people do. */
package io.headwater.security;
