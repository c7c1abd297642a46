/** Who is calling, and whether they may: from a request's header to an identity, and from its path to a role. */
package io.headwater.security.access;
