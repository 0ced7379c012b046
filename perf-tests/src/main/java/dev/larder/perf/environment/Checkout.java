package dev.larder.perf.environment;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sources that this was built from.
 *
 * @param revision the commit, or {@code "unknown"} where this does not run from a checkout
 * @param dirty whether there were changes on top of it that were not committed; null where git cannot be asked
 */
public record Checkout(String revision, @Nullable Boolean dirty) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40,64}");
    private static final long PATIENCE_SECONDS = 10;

    /** Returns the checkout that the classes of this program lie in: the larder command builds before it runs. */
    static Checkout here() {
        return around(location());
    }

    private static @Nullable Path location() {
        CodeSource source = Checkout.class.getProtectionDomain().getCodeSource();
        try {
            return source == null ? null : Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns the checkout that a file or a directory lies in. */
    static Checkout around(@Nullable Path place) {
        Path root = place;
        while (root != null && !Files.exists(root.resolve(".git"))) {
            root = root.getParent();
        }
        if (root == null) {
            return new Checkout(Versions.UNKNOWN, null);
        }
        String commit = git(root, "rev-parse", "HEAD");
        if (commit == null || !COMMIT.matcher(commit).matches()) {
            return new Checkout(Versions.UNKNOWN, null);
        }
        String changes = git(root, "status", "--porcelain", "--untracked-files=no");
        return new Checkout(commit, changes == null ? null : !changes.isEmpty());
    }

    /** Returns what git says, or null if there is none or it refuses. */
    private static @Nullable String git(Path root, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString(), "--no-optional-locks"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.getOutputStream().close();
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return ended && process.exitValue() == 0 ? said.strip() : null;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
