namespace CustomerService.Simulation.Hosting;

/// <summary>What can go wrong around grains. Each has a rate of its own and is counted.</summary>
public enum Fault
{
    /// <summary>The process dies when the grain is in memory and nothing was handled.</summary>
    CrashAfterLoad,

    /// <summary>The process dies between handling and committing.</summary>
    CrashAfterHandle,

    /// <summary>The process dies while it commits; the commit is lost.</summary>
    CrashInLostCommit,

    /// <summary>The process dies while it commits; the commit is written and nobody in the process ever knew.</summary>
    CrashInWrittenCommit,

    /// <summary>The process dies after the commit, before its reply.</summary>
    CrashAfterCommit,

    /// <summary>The process dies after the reply, before anything that the turn wants is carried out.</summary>
    CrashAfterReply,

    /// <summary>The process dies when an effect is carried out and not ticked off.</summary>
    CrashBeforeTick,

    /// <summary>The process dies between turns.</summary>
    Killed,

    /// <summary>The process died before ticks that were waiting for company were durable: what they ticked off is carried out again.</summary>
    TicksLost,

    /// <summary>A group of commits, of whatever grains, is rolled back whole.</summary>
    GroupRolledBack,

    /// <summary>A group of commits is written, and the answer to each is lost: their outcome is unknown.</summary>
    GroupUnacknowledged,

    /// <summary>A second activation of the grain acts, perhaps on an old state.</summary>
    SecondActivation,

    /// <summary>An idle grain leaves memory.</summary>
    LeftMemory,

    /// <summary>What is read again goes through JSON.</summary>
    Rewritten,

    /// <summary>A told command takes long, so that others overtake it.</summary>
    TellDelayed,

    /// <summary>A told command is told twice.</summary>
    TellRepeated,

    /// <summary>Commands for one grain come together and share a commit.</summary>
    Batched,

    /// <summary>An alarm rings twice.</summary>
    AlarmRepeated,

    /// <summary>An attempt at outside work fails.</summary>
    WorkFailed,

    /// <summary>An attempt at outside work never ends by itself.</summary>
    WorkHung,

    /// <summary>Outside work was done, and its result never arrives: it is done again.</summary>
    WorkRepeated,

    /// <summary>A caller's answer is lost; the caller sends the command again under the same key.</summary>
    ReplyLost,

    /// <summary>The wall clock jumps forward, and some time later back.</summary>
    ClockForward,

    /// <summary>The wall clock jumps back, and some time later forward.</summary>
    ClockBack,

    /// <summary>Of several processes one dies between turns, sometimes for good. The others learn of it after a while.</summary>
    HostDied,

    /// <summary>Of several processes one stands still for a while. It may be given up meanwhile; then it goes on for a moment, and does not know.</summary>
    HostFrozen,

    /// <summary>A process dies while it joins the others. It is never known to be dead.</summary>
    HostNeverJoined,

    /// <summary>What another process brings to one that stands still is handled when it goes on, long after it was brought elsewhere.</summary>
    HandledLate,

    /// <summary>Two processes have the same grain in memory.</summary>
    Misplaced,

    /// <summary>A process does not hear for a while who has come and who is dead.</summary>
    RosterStale,

    /// <summary>A process can't find out now who lives.</summary>
    RosterUnreadable,

    /// <summary>Two processes take over what was left of a grain at the same time.</summary>
    TakeOverRaced,

    /// <summary>A process takes over what was left of a grain, and the answer is lost.</summary>
    TakeOverUnacknowledged,
}
