package dev.larder.perf.peers.probes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process that has everything open while another one tries to, and that is killed in the end.
 *
 * <p>It opens every subject twice, once for each of the two probes, keeps the old answers, and says for each whether that
 * went well. Then it does what it reads: {@link #FIND} a subject and a number, and {@link #KEEP_NEW}.
 */
final class ProbeChild {
    /** Followed by the place of a subject and a number: answered by the name of a {@link Keeper.Found} or by a message. */
    static final int FIND = 1;

    /** Has every subject keep the new answers: answered by an empty text for each, or by a message. */
    static final int KEEP_NEW = 2;

    private final Sandbox sandbox;
    private final DataOutputStream out;
    private final List<@Nullable Keeper> shared = new ArrayList<>();
    private final List<@Nullable Keeper> killed = new ArrayList<>();

    private ProbeChild(Sandbox sandbox, DataOutputStream out) {
        this.sandbox = sandbox;
        this.out = out;
    }

    static List<String> arguments(Sandbox sandbox) {
        List<String> arguments = new ArrayList<>();
        arguments.add(sandbox.directory().toString());
        arguments.add(sandbox.origin().toString());
        sandbox.subjects().forEach(subject -> arguments.add(subject.choice().name()));
        return arguments;
    }

    /**
     * Runs the child.
     *
     * @param args see {@link #arguments}
     */
    public static void main(String[] args) throws IOException {
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        // Whatever else speaks must not garble the answers.
        System.setOut(System.err);
        List<Subject> subjects = Arrays.stream(args).skip(2).map(Subject::named).toList();
        ProbeChild child = new ProbeChild(new Sandbox(Path.of(args[0]), URI.create(args[1]), subjects), out);
        child.openAll();
        child.obey(new DataInputStream(System.in));
    }

    private void openAll() throws IOException {
        for (int subject = 0; subject < sandbox.subjects().size(); subject++) {
            String complaint = "";
            try {
                shared.add(openAndKeep(Probe.PROCESSES, subject));
                killed.add(openAndKeep(Probe.KILL, subject));
            } catch (Exception e) {
                complaint = Finding.message(e);
                while (shared.size() <= subject) {
                    shared.add(null);
                }
                killed.add(null);
            }
            out.writeUTF(complaint);
        }
        out.flush();
    }

    private Keeper openAndKeep(Probe probe, int subject) throws Exception {
        Keeper keeper = sandbox.open(probe, subject);
        for (int number = 0; number < Sandbox.OLD; number++) {
            keeper.keep(number);
        }
        keeper.settle();
        return keeper;
    }

    private void obey(DataInputStream in) throws IOException {
        for (int command = in.read(); command >= 0; command = in.read()) {
            if (command == FIND) {
                out.writeUTF(find(shared.get(in.readInt()), in.readInt()));
            } else {
                keepNew();
            }
            out.flush();
        }
        // An orderly end would make durable what is to be found lost.
        Runtime.getRuntime().halt(0);
    }

    private static String find(@Nullable Keeper keeper, int number) {
        if (keeper == null) {
            return "was not opened";
        }
        try {
            return keeper.find(number).name();
        } catch (Exception e) {
            return Finding.message(e);
        }
    }

    /** Goes round all of them with each number, so that the last one of each is young when the process is killed. */
    private void keepNew() throws IOException {
        String[] complaints = new String[killed.size()];
        Arrays.fill(complaints, "");
        for (int number = Sandbox.OLD; number < Sandbox.OLD + Sandbox.NEW; number++) {
            for (int subject = 0; subject < complaints.length; subject++) {
                Keeper keeper = killed.get(subject);
                try {
                    if (keeper != null) {
                        keeper.keep(number);
                    }
                } catch (Exception e) {
                    complaints[subject] = Finding.message(e);
                }
            }
        }
        for (String complaint : complaints) {
            out.writeUTF(complaint);
        }
    }
}
