package dev.larder.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link KeyHasher} digests, for people: without credentials. */
final class KeyParts {
    private static final String REDACTED = "(redacted)";

    private KeyParts() {}

    /** @param parts each a kind, the length of its text in brief, and the text */
    static List<Explanation.KeyPart> read(ByteBuffer parts) {
        List<Explanation.KeyPart> all = new ArrayList<>();
        String header = "";
        while (parts.hasRemaining()) {
            char kind = (char) parts.get();
            int length = Byte.toUnsignedInt(parts.get());
            byte[] bytes = new byte[length == 0xff ? parts.getInt() : length];
            parts.get(bytes);
            String text = new String(bytes, StandardCharsets.UTF_8);
            switch (kind) {
                case 'p' -> all.add(new Explanation.KeyPart("cache", "private"));
                case 'P' -> all.add(new Explanation.KeyPart("cache", "shared"));
                case 'm' -> all.add(new Explanation.KeyPart("method", text));
                case 'f' -> all.add(new Explanation.KeyPart("scheme", text));
                case 'a' -> all.add(new Explanation.KeyPart("authority", text.substring(text.indexOf('@') + 1)));
                case 'u' -> addUri(all, text);
                case 'i' -> all.add(new Explanation.KeyPart("user information", REDACTED));
                case 'q' -> all.add(new Explanation.KeyPart("query", query(text)));
                case 'h', 'c' -> {
                    header = kind == 'c' ? "cookie of the client" : text;
                    all.add(new Explanation.KeyPart("header " + header, ""));
                }
                case '=' -> addValue(all, header, text);
                case 's' -> all.add(new Explanation.KeyPart("shared across credentials", "yes"));
                case 'j' ->
                    all.add(new Explanation.KeyPart(
                            "body as", "canonical JSON" + (text.isEmpty() ? "" : " without " + text)));
                case 'b' ->
                    all.add(new Explanation.KeyPart(
                            "body", ByteBuffer.wrap(bytes).getLong() + " bytes"));
                default -> throw new AssertionError("a part of a kind that has no name: " + kind);
            }
        }
        return List.copyOf(all);
    }

    private static void addUri(List<Explanation.KeyPart> all, String uri) {
        int question = uri.indexOf('?');
        all.add(new Explanation.KeyPart("uri", question < 0 ? uri : uri.substring(0, question)));
        if (question >= 0) {
            all.add(new Explanation.KeyPart("query", query(uri.substring(question + 1))));
        }
    }

    /** Adds a value to the header that is the last part. */
    private static void addValue(List<Explanation.KeyPart> all, String header, String value) {
        Explanation.KeyPart last = all.remove(all.size() - 1);
        String shown = header.startsWith("cookie") || KeyHeader.of(header).isCredential() ? REDACTED : value;
        all.add(new Explanation.KeyPart(last.name(), last.value().isEmpty() ? shown : last.value() + ", " + shown));
    }

    /** Parameters whose names look like those of credentials lose their values. */
    private static String query(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (String parameter : text.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            shown.append(shown.length() == 0 ? "" : "&")
                    .append(equals >= 0 && KeyHeader.of(name).isCredential() ? name + "=" + REDACTED : parameter);
        }
        return shown.toString();
    }
}
