package dev.larder.perf;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command as a shell does, and keeps what it said. */
record Terminal(int exitCode, String out, String err) {
    static Terminal larder(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Larder.run(new PrintWriter(out), new PrintWriter(err), args);
        return new Terminal(exitCode, out.toString(), err.toString());
    }
}
