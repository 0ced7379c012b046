package dev.larder.perf;

import dev.larder.cache.CacheStoreException;
import dev.larder.perf.suite.StoreChoice;
import dev.larder.perf.suite.StoreChoices;
import dev.larder.perf.suite.TemporaryDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which stores a command runs over, as the user says it. */
final class StoreArguments {
    @Option(
            names = "--store",
            paramLabel = "STORE",
            description = "A store by the name it has in the table, all stores of a scheme, 'before', or a spec such as"
                    + " 'sqlite:x.db?durability=behind'. A spec that names a path uses that path, and what"
                    + " the run puts there stays. May be repeated. Default: every store on the class path.")
    private List<String> stores = new ArrayList<>();

    /**
     * Returns the stores to run over, none of them opened.
     *
     * @throws CommandException if there is no such store
     */
    List<StoreChoice> chosen() {
        if (stores.isEmpty()) {
            return StoreChoices.all();
        }
        Map<String, StoreChoice> byName = new LinkedHashMap<>();
        for (String text : stores) {
            try {
                StoreChoices.named(text).forEach(choice -> byName.putIfAbsent(choice.name(), choice));
            } catch (IllegalArgumentException e) {
                throw CommandException.badInput(e.getMessage());
            }
        }
        return List.copyOf(byName.values());
    }

    /**
     * Opens each store once, so that a bad one is known before the run and not in the middle of it.
     *
     * @throws CommandException if one cannot be opened
     */
    static void tryOut(List<StoreChoice> choices) {
        for (StoreChoice choice : choices) {
            try (TemporaryDirectory directory = TemporaryDirectory.create()) {
                choice.open(directory.path()).close();
            } catch (IllegalArgumentException | CacheStoreException e) {
                throw CommandException.badInput("cannot open store '" + choice.name() + "': " + e.getMessage());
            }
        }
    }
}
