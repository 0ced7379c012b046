package dev.larder.perf;

import dev.larder.perf.environment.Versions;
import picocli.CommandLine.IVersionProvider;

/** Says which larder this is, and on which Java it runs. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"larder " + Versions.larder() + " on Java " + Runtime.version()};
    }
}
