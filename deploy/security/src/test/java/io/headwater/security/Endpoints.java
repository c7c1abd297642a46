package io.headwater.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.security.access.Access;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.Index;
import org.jboss.jandex.Indexer;
import org.jboss.jandex.MethodInfo;

/** The JAX-RS endpoints of a service, as its compiled classes declare them. */
public final class Endpoints {
    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS");

    /** One of them; a path parameter is a 1. */
    public record Endpoint(String method, String path) {}

    private Endpoints() {}

    /** Fails unless the table of roles knows each of them and opens none to everybody. */
    public static void assertThatEachNeedsARole(Path classes) {
        assertThat(in(classes)).isNotEmpty().allSatisfy(endpoint -> assertThat(
                        Access.roles(endpoint.method(), endpoint.path()))
                .as("roles of %s, to be given in Access", endpoint)
                .hasValueSatisfying(roles -> assertThat(roles).isNotEmpty()));
    }

    static List<Endpoint> in(Path classes) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (AnnotationInstance path : index(classes).getAnnotations(PATH)) {
            if (path.target().kind() == AnnotationTarget.Kind.CLASS) {
                endpointsOf(path.target().asClass(), path.value().asString(), endpoints);
            }
        }
        return endpoints;
    }

    private static void endpointsOf(ClassInfo resource, String root, List<Endpoint> endpoints) {
        for (MethodInfo method : resource.methods()) {
            AnnotationInstance own = method.declaredAnnotation(PATH);
            String path =
                    concrete(root) + (own == null ? "" : concrete(own.value().asString()));
            method.declaredAnnotations().stream()
                    .map(annotation -> annotation.name().withoutPackagePrefix())
                    .filter(METHODS::contains)
                    .forEach(verb -> endpoints.add(new Endpoint(verb, path)));
        }
    }

    /** With a 1 for each parameter, whose expression may have braces of its own, and one slash before it. */
    private static String concrete(String template) {
        StringBuilder path = new StringBuilder("/");
        int depth = 0;
        for (char c : template.replaceFirst("^/", "").toCharArray()) {
            if (c == '{' && depth++ == 0) {
                path.append('1');
            } else if (c == '}') {
                depth--;
            } else if (depth == 0) {
                path.append(c);
            }
        }
        return path.length() == 1 ? "" : path.toString();
    }

    private static Index index(Path classes) {
        Indexer indexer = new Indexer();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(any -> any.toString().endsWith(".class")).toList()) {
                try (InputStream content = Files.newInputStream(file)) {
                    indexer.index(content);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return indexer.complete();
    }
}
