package dev.larder.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store has for a request.
 *
 * @param response the most recent response that the request can choose, whether it may be served or not
 * @param index what else is known to vary, so that it need not be written again; of the answers to HEAD, if the request
 *     is one
 */
record Kept(@Nullable StoredResponse response, @Nullable VaryIndex index) {
    static final Kept NOTHING = new Kept(null, null);

    /** Returns other responses to the URI that may be the answer, if the upstream says so. */
    List<Variants.Variant> variants() {
        return index == null ? List.of() : index.variants().list();
    }

    /** Returns why this is no answer, for people and logs. */
    String missReason() {
        if (response == null) {
            return "nothing kept";
        }
        return response.isPart() ? "what is kept is a part" : "what is kept has to be validated";
    }

    /** Returns this without anything that could be asked about. */
    Kept withoutResponses() {
        return index == null ? NOTHING : new Kept(null, new VaryIndex(index.key(), index.selections(), Variants.NONE));
    }

    /** Returns whether this has all that HEAD can bring: of a part it is not known what the whole would be like. */
    boolean isWhole() {
        return response != null && !response.isPart();
    }
}
