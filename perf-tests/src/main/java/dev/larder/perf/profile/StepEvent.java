package dev.larder.perf.profile;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A step of a run, in the recording: what was recorded meanwhile belongs to it. */
@Name(StepEvent.NAME)
@Label("Step of the load suite")
@Description("One repetition of a scenario over a store")
@Category("larder")
@StackTrace(false)
final class StepEvent extends Event {
    static final String NAME = "dev.larder.Step";

    @Label("What")
    String what = "";
}
