package dev.larder.transport;

import java.net.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By what a call is judged: by a rule, whatever its response says, or by what request and response say themselves
 * (RFC 9111).
 *
 * @param rule null where HTTP decides
 * @param shared whether many users are served, and the rules of shared caches hold (RFC 9111 §1)
 * @param targets the targeted fields that stand in for Cache-Control, the first that is there (RFC 9213 §2.2)
 */
record Policy(@Nullable CacheRule rule, boolean shared, List<String> targets) {
    /** Returns what a response says about being stored, as far as it has a say. */
    CacheControl directivesOf(HttpHeaders response) {
        return rule != null ? CacheControl.NONE : TargetedCacheControl.of(response, targets);
    }

    /** Returns whether callers with different credentials get the same answers. */
    boolean isSharedAcrossCredentials() {
        return rule != null && rule.isSharedAcrossCredentials();
    }

    /** Returns whether values of the header are a part of every key. */
    boolean isInKey(KeyHeader header) {
        if (rule == null) {
            // RFC 9111 §3.5 says when answers to Authorization may be shared; of other credentials it knows nothing.
            return header.isCredential() && !(shared && header.lowerCaseName().equals("authorization"));
        }
        return header.choosesRepresentation()
                || rule.isKeyHeader(header.lowerCaseName())
                || (!rule.isSharedAcrossCredentials() && header.isCredential());
    }
}
