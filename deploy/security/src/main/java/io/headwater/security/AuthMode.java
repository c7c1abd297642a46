package io.headwater.security;

/** How a service knows who is calling. */
public enum AuthMode {
    /** It doesn't ask: everybody may do everything. Only while nobody else can reach it. */
    NONE,
    /** By a key of Headwater's own. */
    API_KEY,
    /** By a token of an OpenID Connect provider. */
    OIDC
}
