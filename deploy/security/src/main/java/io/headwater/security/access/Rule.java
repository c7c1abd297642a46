package io.headwater.security.access;

import io.headwater.security.keys.Role;
import java.util.Set;
import java.util.regex.Pattern;

/** Who may use some paths, and whether it is recorded who did. */
final class Rule {
    private static final String ANY_SEGMENT = "{}";
    private static final String ANYTHING_BELOW = "**";

    private final String method;
    private final String template;
    private final Pattern paths;
    private final Set<Role> roles;
    private final boolean audited;

    private Rule(String method, String template, Set<Role> roles, boolean audited) {
        this.method = method;
        this.template = template;
        this.paths = pattern(template);
        this.roles = Set.copyOf(roles);
        this.audited = audited;
    }

    /**
     * @param method HTTP method; that of GET is that of HEAD too
     * @param template the path: {@code {}} stands for one segment, {@code **} at the end for that path and all below it
     * @param roles one of which is needed; none: everybody may, known or not
     */
    static Rule of(String method, String template, Set<Role> roles) {
        return new Rule(method, template, roles, false);
    }

    /** The same rule, and each use is recorded. */
    Rule audited() {
        return new Rule(method, template, roles, true);
    }

    boolean covers(String used, String path) {
        String asked = used.equals("HEAD") ? "GET" : used;
        return method.equals(asked) && paths.matcher(path).matches();
    }

    Set<Role> roles() {
        return roles;
    }

    boolean isOpen() {
        return roles.isEmpty();
    }

    boolean isAudited() {
        return audited;
    }

    /** What is done, without the names of those it is done to. */
    String action() {
        return method + " " + template;
    }

    private static Pattern pattern(String template) {
        StringBuilder expression = new StringBuilder();
        for (String segment : template.substring(1).split("/")) {
            switch (segment) {
                case ANY_SEGMENT -> expression.append("/[^/]+");
                case ANYTHING_BELOW -> expression.append("(?:/.*)?");
                default -> expression.append('/').append(Pattern.quote(segment));
            }
        }
        return Pattern.compile(expression + "/?");
    }
}
