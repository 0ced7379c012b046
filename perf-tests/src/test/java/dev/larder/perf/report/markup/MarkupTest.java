package dev.larder.perf.report.markup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkupTest {
    @Test
    void elementsEndInTheOrderInWhichTheyMust() {
        Markup markup = new Markup();

        markup.open("p", "class", "a")
                .leaf("br")
                .element("b", "bold")
                .raw("<i>")
                .close();

        assertThat(markup).hasToString("<p class=\"a\"><br/><b>bold</b><i></p>");
    }

    @Test
    void textEndsNoElementAndNoAttribute() {
        Markup markup = new Markup();

        markup.element("p", "</p><b>&\n\u0000", "title", "\"'><b>");

        assertThat(markup).hasToString("<p title=\"&quot;&#39;&gt;&lt;b&gt;\">&lt;/p&gt;&lt;b&gt;&amp;  </p>");
    }

    @Test
    void numbersHaveTwoDecimalPlacesAtMost() {
        Markup markup = new Markup();

        markup.leaf("rect", "x", 1 / 3.0, "y", 100.0, "width", 1e7, "height", 8, "rx", "1.2345");

        assertThat(markup).hasToString("<rect x=\"0.33\" y=\"100\" width=\"10000000\" height=\"8\" rx=\"1.2345\"/>");
    }
}
