package dev.larder.perf.peers.probes;

import dev.larder.perf.suite.SuiteException;
import dev.larder.perf.torture.ChildJvm;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A {@link ProbeChild} as its parent sees it. For one thread at a time. */
final class OtherProcess implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 120;

    private final ChildJvm child;
    private final DataOutputStream commands;
    private final Sandbox sandbox;
    private final List<String> complaints;

    private OtherProcess(Sandbox sandbox, ChildJvm child) throws IOException {
        this.sandbox = sandbox;
        this.child = child;
        this.commands = new DataOutputStream(child.in());
        this.complaints = answers();
    }

    /**
     * Starts the process and returns when it has kept the old answers of every subject.
     *
     * @throws SuiteException if it ends before that
     */
    static OtherProcess start(Sandbox sandbox) throws IOException {
        List<String> options = List.of(
                // It lives for seconds: compiled a little is compiled enough.
                "-XX:TieredStopAtLevel=1",
                // Libraries unpack native code there, 17 MB of it, and do not get to erase it when they are killed.
                "-Djava.io.tmpdir=" + sandbox.directory());
        ChildJvm child = new ChildJvm(
                sandbox.directory(), PATIENCE_SECONDS, options, ProbeChild.class, ProbeChild.arguments(sandbox));
        try {
            return new OtherProcess(sandbox, child);
        } catch (EOFException e) {
            String said = child.complaints();
            child.close();
            throw new SuiteException("the process that is probed has ended: " + said, e);
        }
    }

    /** Returns what kept it from opening a subject; empty if nothing did. */
    String complaint(int subject) {
        return complaints.get(subject);
    }

    /** Returns the name of what it finds under the number, or what went wrong. */
    String find(int subject, int number) throws IOException {
        commands.write(ProbeChild.FIND);
        commands.writeInt(subject);
        commands.writeInt(number);
        commands.flush();
        return child.out().readUTF();
    }

    /** Has it keep the new answers, and kills it when it has. */
    void keepNewAndDie() throws IOException, InterruptedException {
        commands.write(ProbeChild.KEEP_NEW);
        commands.flush();
        answers();
        child.kill();
        child.exitCode();
    }

    private List<String> answers() throws IOException {
        List<String> answers = new ArrayList<>();
        for (Subject ignored : sandbox.subjects()) {
            answers.add(child.out().readUTF());
        }
        return answers;
    }

    @Override
    public void close() throws IOException {
        child.close();
    }
}
