package dev.larder.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.larder.cache.CacheStoreException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private static final Deadline NOW = Deadline.after(Duration.ZERO);
    private static final Deadline HOUR = Deadline.after(Duration.ofHours(1));
    private static final Deadline DAY = Deadline.after(Duration.ofDays(1));

    @Test
    void zeroHasExpired() {
        assertThat(NOW.isExpired()).isTrue();
        assertThat(NOW.remaining()).isZero();
        assertThat(NOW.remainingNanos()).isZero();
    }

    @Test
    void timeIsLeftBeforehand() {
        assertThat(DAY.isExpired()).isFalse();
        assertThat(DAY.remaining()).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
    }

    @Test
    void aDeadlineExpires() {
        Deadline deadline = Deadline.after(Duration.ofMillis(1));
        while (deadline.remainingNanos() > 0) {
            Thread.onSpinWait();
        }
        assertThat(deadline.isExpired()).isTrue();
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void aDeadlineCanBeGivenAsATime() {
        long now = System.nanoTime();
        assertThat(Deadline.at(now).isExpired()).isTrue();
        assertThat(Deadline.at(now).remainingNanos()).isZero();
        Deadline later = Deadline.at(now + Duration.ofHours(1).toNanos());
        assertThat(later.isExpired()).isFalse();
        assertThat(later.remaining()).isBetween(Duration.ofMinutes(1), Duration.ofHours(1));
        assertThat(later.earlier(Deadline.after(Duration.ofHours(2)))).isSameAs(later);
    }

    @Test
    void neverHasAllTheTime() {
        assertThat(Deadline.never().isExpired()).isFalse();
        assertThat(Deadline.never().remaining()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        assertThat(Deadline.never().remainingNanos()).isEqualTo(Long.MAX_VALUE);
        Deadline.never().check("get");
    }

    @Test
    void moreThanACenturyIsNever() {
        assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE))).isSameAs(Deadline.never());
        assertThat(Deadline.after(Duration.ofDays(36_501))).isSameAs(Deadline.never());
        assertThat(Deadline.after(Duration.ofDays(36_500)).isExpired()).isFalse();
    }

    @Test
    void theEarlierIsChosenFromEitherSide() {
        assertThat(HOUR.earlier(DAY)).isSameAs(HOUR);
        assertThat(DAY.earlier(HOUR)).isSameAs(HOUR);
        assertThat(HOUR.earlier(Deadline.never())).isSameAs(HOUR);
        assertThat(Deadline.never().earlier(HOUR)).isSameAs(HOUR);
        assertThat(Deadline.never().earlier(Deadline.never())).isSameAs(Deadline.never());
        assertThat(DAY.earlier(NOW)).isSameAs(NOW);
    }

    @Test
    void negativeAndNullAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Deadline.after(Duration.ofNanos(-1)))
                .withMessageContaining("PT-0.000000001S");
        assertThatNullPointerException().isThrownBy(() -> Deadline.after(null));
    }

    @Test
    void checkSaysWhatRanLate() {
        DAY.check("get");
        assertThatExceptionOfType(CacheStoreException.class)
                .isThrownBy(() -> NOW.check("get"))
                .withMessage("get ran past its deadline")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT));
    }

    @Test
    void theTextSaysWhatIsLeft() {
        assertThat(NOW).hasToString("Deadline[PT0S left]");
        assertThat(Deadline.never()).hasToString("Deadline[never]");
    }
}
