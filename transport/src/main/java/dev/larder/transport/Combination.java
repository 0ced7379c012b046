package dev.larder.transport;

import java.net.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What is kept of a part when another part, or the whole, is there already (RFC 9111 §3.4). */
final class Combination {
    private Combination() {}

    /**
     * Returns what to keep under the key of {@code part}: that and {@code old} in one if they are of the same
     * representation and touch, else {@code part} alone, as what was asked for last. Null if {@code part} is not the
     * part that it says.
     *
     * <p>Parts with a gap between them are not kept side by side: readers who jump about are served by the whole.
     *
     * @param requestedAtMillis when {@code part} was asked for
     * @param maxEntryBytes what both may come to
     */
    static @Nullable StoredResponse of(
            Policy policy,
            StoredResponse part,
            @Nullable StoredResponse old,
            long requestedAtMillis,
            long maxEntryBytes) {
        HttpHeaders fields = part.head().headers();
        PartialContent newer = PartialContent.of(fields, part.data());
        PartialContent older = old == null || !old.key().equals(part.key()) ? null : content(old);
        if (newer == null || old == null || older == null) {
            return newer == null ? null : part;
        }
        if (older.range().span(newer.range()).length() > maxEntryBytes) {
            return part;
        }
        StoredResponse.Head head = old.head();
        Freshness freshness = part.head().freshness();
        StoredResponse.Head updated =
                Decisions.updated(policy, head, fields, requestedAtMillis, freshness.receivedAtMillis());
        PartialContent.Combined both =
                older.combine(newer, updated.headers(), head.freshness().receivedAtMillis());
        if (both == null) {
            return part;
        }
        StoredResponse.Head combined = new StoredResponse.Head(
                both.status(),
                part.head().version(),
                new Fields(both.headers().map()),
                updated.freshness(),
                updated.directives(),
                updated.varyNames());
        return new StoredResponse(
                part.key(), combined, both.data(), Decisions.deleteAtMillis(policy, combined), part.tags());
    }

    private static @Nullable PartialContent content(StoredResponse response) {
        HttpHeaders fields = response.head().headers();
        if (response.isPart()) {
            return PartialContent.of(fields, response.data());
        }
        int length = response.data().length;
        return response.head().status() != 200 || length == 0
                ? null
                : new PartialContent(fields, new ByteRange(0, length - 1), length, response.data());
    }
}
