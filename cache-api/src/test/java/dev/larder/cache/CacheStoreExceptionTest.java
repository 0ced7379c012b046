package dev.larder.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.larder.cache.CacheStoreException.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CacheStoreExceptionTest {
    @Test
    void theMessageIsShownAsItIs() {
        CacheStoreException e = new CacheStoreException(Kind.FULL, "no room in /x");
        assertThat(e).hasMessage("no room in /x").hasNoCause();
        assertThat(e.kind()).isEqualTo(Kind.FULL);
    }

    @Test
    void theCauseIsKept() {
        IOException cause = new IOException("disk");
        CacheStoreException e = new CacheStoreException(Kind.UNAVAILABLE, "cannot read /x", cause);
        assertThat(e).hasCause(cause).hasMessage("cannot read /x");
        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
    }
}
