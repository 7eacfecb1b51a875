using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.ServiceLevels;

namespace CustomerService.AgentConsole.Queues;

/// <summary>The last two hours of each queue, from the journal, in memory that does not grow. Safe to use from many threads.</summary>
internal sealed class QueueLedger
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ring> _queues = new(StringComparer.Ordinal);

    public void Add(JournalEntry entry)
    {
        lock (_lock)
        {
            if (entry.Grain.Kind == GrainKinds.Queue)
                OfQueue(RingOf(entry.Grain.Key), entry);
            else if (entry.Event is ServiceClockStopped { Queue: { } queue } clock && IsResponse(clock))
                RingOf(queue).At(entry.At).Promise(clock.Met);
        }
    }

    /// <param name="waitingNow">From the queue itself: the past is reckoned back from it.</param>
    public QueueTrend TrendOf(string queue, int waitingNow, DateTimeOffset now)
    {
        lock (_lock)
        {
            var steps = RingOf(queue).Until(now);
            var waiting = new int[steps.Length];
            for (var (place, count) = (steps.Length - 1, waitingNow); place >= 0; count = Math.Max(0, count - steps[place].Change), place--)
                waiting[place] = count;
            return new QueueTrend(
                [.. waiting], [.. steps.Select(step => step.Arrivals)], [.. steps.Select(step => step.Answered)], [.. steps.Select(step => new PromisesKept(step.Kept, step.Broken))]);
        }
    }

    private static void OfQueue(Ring ring, JournalEntry entry)
    {
        switch (entry.Event)
        {
            // It is told again when only its priority changes.
            case ConversationEnqueued enqueued when ring.Line.Add(enqueued.ConversationId):
                ring.At(entry.At).Arrive();
                break;
            case OfferEnded { Outcome: OfferStates.Accepted } taken when ring.Line.Remove(taken.ConversationId):
                ring.At(entry.At).Answer();
                break;
            case ConversationWithdrawn withdrawn when ring.Line.Remove(withdrawn.ConversationId):
                ring.At(entry.At).Leave();
                break;
            case ConversationPassedOn passed when ring.Line.Remove(passed.ConversationId):
                ring.At(entry.At).Leave();
                break;
        }
    }

    /// <summary>In time, a response that nobody gave was neither kept nor broken.</summary>
    private static bool IsResponse(ServiceClockStopped clock) =>
        clock.Kind is ServiceClocks.FirstResponse or ServiceClocks.NextResponse && !(clock is { Unanswered: true, Met: true });

    private Ring RingOf(string queue)
    {
        if (!_queues.TryGetValue(queue, out var ring))
            _queues[queue] = ring = new Ring();
        return ring;
    }

    /// <summary>One step a minute; each place is used again after two hours.</summary>
    private sealed class Ring
    {
        private readonly Step[] _steps = new Step[QueueTrend.Minutes];

        /// <summary>Who is known to wait.</summary>
        public HashSet<string> Line { get; } = new(StringComparer.Ordinal);

        public ref Step At(DateTimeOffset time)
        {
            var minute = time.UtcTicks / TimeSpan.TicksPerMinute;
            ref var step = ref _steps[minute % _steps.Length];
            if (step.Minute < minute)
                step = new Step { Minute = minute };
            return ref step;
        }

        public ImmutableArray<Step> Until(DateTimeOffset now)
        {
            var last = now.UtcTicks / TimeSpan.TicksPerMinute;
            return [.. Enumerable.Range(0, _steps.Length).Select(place => last - _steps.Length + 1 + place).Select(minute => _steps[minute % _steps.Length] is var step && step.Minute == minute ? step : default)];
        }
    }

    private struct Step
    {
        public long Minute { get; init; }

        public int Arrivals { get; private set; }

        public int Answered { get; private set; }

        public int Kept { get; private set; }

        public int Broken { get; private set; }

        /// <summary>How many more waited at its end than at its beginning.</summary>
        public int Change { get; private set; }

        public void Arrive() => (Arrivals, Change) = (Arrivals + 1, Change + 1);

        public void Answer() => (Answered, Change) = (Answered + 1, Change - 1);

        public void Leave() => Change--;

        public void Promise(bool met) => (Kept, Broken) = met ? (Kept + 1, Broken) : (Kept, Broken + 1);
    }
}
