package dev.larder.perf.report.content;

import java.util.List;

/**
 * A section of a report.
 *
 * @param id by which it can be linked to
 * @param title what it is about
 * @param blocks from top to bottom
 */
public record Section(String id, String title, List<Block> blocks) {
    /** Copies the list. */
    public Section {
        blocks = List.copyOf(blocks);
    }
}
