package io.headwater.security.keys;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Makes and revokes keys where there is nothing but an image of a service: {@code KeyTool FILE first NAME=ROLES=FILE...},
 * {@code KeyTool FILE add NAME ROLES}, {@code KeyTool FILE list}, {@code KeyTool FILE revoke ID-OR-NAME}. Elsewhere {@code ./headwater keys} does it.
 */
public final class KeyTool {
    private static final String USAGE =
            """
            What to do is missing, or is none of these:
              FILE first NAME=ROLES=FILE...   makes these keys if there is no key file yet, each into its file
              FILE add NAME ROLES             makes a key and prints it, this once
              FILE list                       tells whose keys there are
              FILE revoke ID-OR-NAME          takes a key out, or all of a name""";

    private final PrintStream out;
    private final PrintStream err;

    KeyTool(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Ends with status 0 if it is done, else 1 with a sentence that says why not. */
    public static void main(String[] arguments) {
        System.exit(new KeyTool(System.out, System.err).run(List.of(arguments)));
    }

    int run(List<String> arguments) {
        try {
            if (arguments.size() < 2) {
                throw new IllegalArgumentException(USAGE);
            }
            KeyFile file = new KeyFile(Path.of(arguments.get(0)));
            return run(file, arguments.get(1), arguments.subList(2, arguments.size()));
        } catch (IllegalArgumentException | KeyFileException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private int run(KeyFile file, String verb, List<String> rest) {
        if (verb.equals("first") && !rest.isEmpty()) {
            return first(file, rest);
        }
        if (verb.equals("add") && rest.size() == 2) {
            out.println(
                    file.add(rest.get(0), Role.list(rest.get(1)), Instant.now()).text());
            return 0;
        }
        if (verb.equals("list") && rest.isEmpty()) {
            file.keys().forEach(this::tell);
            return 0;
        }
        if (verb.equals("revoke") && rest.size() == 1) {
            return revoke(file, rest.get(0));
        }
        throw new IllegalArgumentException(USAGE);
    }

    private int first(KeyFile file, List<String> wanted) {
        List<WantedKey> keys = wanted.stream().map(WantedKey::parse).toList();
        if (FirstKeys.make(file, keys, Instant.now())) {
            keys.forEach(key -> out.println("The key of " + key.name() + " is in " + key.handOver() + "."));
        } else {
            out.println("There are keys already, in " + file.path() + ".");
        }
        return 0;
    }

    private int revoke(KeyFile file, String idOrName) {
        List<ApiKey> revoked = file.revoke(idOrName);
        revoked.forEach(this::tell);
        if (revoked.isEmpty()) {
            err.println("No key is, or is of, " + idOrName + ".");
            return 1;
        }
        return 0;
    }

    private void tell(ApiKey key) {
        out.println(String.join(
                " ",
                key.id(),
                key.name(),
                Role.words(key.roles()),
                key.created().toString()));
    }
}
