package dev.larder.perf.environment;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.JDBC;

/** Of larder, and of what its figures come from. */
public final class Versions {
    /** What cannot be told. */
    static final String UNKNOWN = "unknown";

    private static final Pattern JAR = Pattern.compile("(.+?)-([0-9][\\w.-]*)\\.jar");
    private static final Set<String> THAT_MATTER = Set.of(
            "sqlite-jdbc",
            "jooq",
            "caffeine",
            "zstd-jni",
            "HdrHistogram",
            "jmh-core",
            "methanol",
            "okhttp-jvm",
            "httpclient5-cache",
            "ehcache",
            "h2-mvstore",
            "h2",
            "rocksdbjni",
            "mapdb");

    private Versions() {}

    /** Returns the version of larder. */
    public static String larder() {
        Properties build = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("/dev/larder/perf/build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what the build has noted", e);
        }
        return build.getProperty("version", UNKNOWN);
    }

    /** Returns the versions of larder, SQLite, and those libraries on the class path that matter, by name. */
    static Map<String, String> here() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("larder", larder());
        versions.put("sqlite", sqlite());
        versions.putAll(ofJars(List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))));
        return versions;
    }

    /** Returns the versions in the names of jars, of those that matter. */
    static Map<String, String> ofJars(List<String> classPath) {
        Map<String, String> versions = new LinkedHashMap<>();
        classPath.stream()
                .filter(entry -> entry.endsWith(".jar"))
                .map(entry -> Path.of(entry).getFileName().toString())
                .sorted()
                .map(JAR::matcher)
                .filter(Matcher::matches)
                .filter(jar -> THAT_MATTER.contains(jar.group(1)))
                .forEach(jar -> versions.put(jar.group(1), jar.group(2)));
        return versions;
    }

    private static String sqlite() {
        try (Connection connection = JDBC.createConnection(JDBC.PREFIX + ":memory:", new Properties());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select sqlite_version()")) {
            return row.next() ? row.getString(1) : UNKNOWN;
        } catch (SQLException e) {
            // A run over other stores does not need it.
            return UNKNOWN;
        }
    }
}
