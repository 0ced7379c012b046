package dev.larder.perf.torture;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process tells at its end.
 *
 * @param findings what it found that must not be
 * @param calls how long its calls took
 * @param evicted how many entries its store evicted
 * @param held what the keys of its owners hold, as far as they know
 */
record CrowdReport(List<String> findings, CallRecorder calls, long evicted, List<Holdings> held) {
    void writeTo(DataOutputStream out) throws IOException {
        out.writeInt(findings.size());
        for (String finding : findings) {
            out.writeUTF(finding.substring(0, Math.min(finding.length(), 2_000)));
        }
        calls.writeTo(out);
        out.writeLong(evicted);
        out.writeInt(held.size());
        for (Holdings holdings : held) {
            for (int index = 0; index < holdings.size(); index++) {
                out.writeLong(holdings.get(index));
            }
        }
        out.flush();
    }

    static CrowdReport read(DataInputStream in) throws IOException {
        List<String> findings = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            findings.add(in.readUTF());
        }
        CallRecorder calls = CallRecorder.read(in);
        long evicted = in.readLong();
        List<Holdings> held = new ArrayList<>();
        int owners = in.readInt();
        for (int owner = 0; owner < owners; owner++) {
            Holdings holdings = new Holdings(CrowdPlan.KEYS);
            for (int index = 0; index < CrowdPlan.KEYS; index++) {
                holdings.set(index, in.readLong());
            }
            held.add(holdings);
        }
        return new CrowdReport(findings, calls, evicted, held);
    }
}
