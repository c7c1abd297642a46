package io.headwater.local.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A module that the script's list forgets is found in nobody's repository but its author's. */
class LauncherScriptTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String GROUP = "io.headwater";

    @ParameterizedTest
    @ValueSource(strings = {"up | demo)", "*)"})
    void the_script_builds_every_module_that_those_it_builds_need(String command) throws Exception {
        Set<String> built = modulesOf(command);

        assertThat(built).contains("deploy/local").containsAll(neededBy(built));
    }

    private static Set<String> modulesOf(String command) throws IOException {
        Matcher line = Pattern.compile(Pattern.quote(command) + " modules=\"([^\"]+)\"")
                .matcher(Files.readString(ROOT.resolve("headwater")));
        assertThat(line.find()).as("a list of modules for %s", command).isTrue();
        return new TreeSet<>(Set.of(line.group(1).split(" ")));
    }

    /** With what the tests need: Maven resolves it even when it skips them. */
    private static Set<String> neededBy(Set<String> modules) throws Exception {
        Map<String, String> directories = directoriesByArtifact();
        Set<String> needed = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(modules);
        while (!open.isEmpty()) {
            NodeList dependencies = pom(open.remove()).getElementsByTagName("dependency");
            for (int i = 0; i < dependencies.getLength(); i++) {
                Element dependency = (Element) dependencies.item(i);
                if (text(dependency, "groupId").equals(GROUP)) {
                    String directory = directories.get(text(dependency, "artifactId"));
                    if (needed.add(directory)) {
                        open.add(directory);
                    }
                }
            }
        }
        return needed;
    }

    private static Map<String, String> directoriesByArtifact() throws Exception {
        Map<String, String> directories = new TreeMap<>();
        NodeList modules = pom(".").getElementsByTagName("module");
        for (int i = 0; i < modules.getLength(); i++) {
            String directory = modules.item(i).getTextContent();
            NodeList own = pom(directory).getDocumentElement().getChildNodes();
            for (int k = 0; k < own.getLength(); k++) {
                if (own.item(k).getNodeName().equals("artifactId")) {
                    directories.put(own.item(k).getTextContent(), directory);
                }
            }
        }
        return directories;
    }

    private static Document pom(String directory) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(ROOT.resolve(directory).resolve("pom.xml").toFile());
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }
}
