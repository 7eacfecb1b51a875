using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Simulation.Chaos;

/// <summary>Everything that happened in one play, in its order, by true time since the start. The checker judges it.</summary>
internal sealed class History
{
    private readonly Dictionary<GrainId, List<Happened>> _byGrain = [];
    private readonly Dictionary<GrainId, string?> _terms = [];

    /// <summary>Answers that reached their callers.</summary>
    public List<Acknowledged> Answers { get; } = [];

    /// <summary>Events, as they were committed.</summary>
    public List<Happened> Events { get; } = [];

    /// <summary>What was told, as it was committed: it has to arrive.</summary>
    public List<Told> Tells { get; } = [];

    /// <summary>What arrived, each time that it did.</summary>
    public List<Arrival> Arrivals { get; } = [];

    /// <summary>Outside work, each time that one of several processes began it.</summary>
    public List<Beginning> Beginnings { get; } = [];

    /// <summary>How many commits of processes that were given up came too late.</summary>
    public int LateCommitsRefused { get; set; }

    /// <summary>Which terms a conversation's record has, each time that it was given others.</summary>
    public List<TermsTaken> Terms { get; } = [];

    /// <summary>Notes a conversation's terms, if they are others than before.</summary>
    /// <param name="version">Null: it has none.</param>
    public void Take(string? version, DateTimeOffset clock, GrainId conversation)
    {
        if (version == _terms.GetValueOrDefault(conversation))
            return;
        _terms[conversation] = version;
        Terms.Add(new TermsTaken(clock, conversation, Of(conversation).Count, version));
    }

    public IReadOnlyList<Happened> Of(GrainId grain) => _byGrain.TryGetValue(grain, out var events) ? events : [];

    public void Add(Happened happened)
    {
        Events.Add(happened);
        if (!_byGrain.TryGetValue(happened.Grain, out var events))
            _byGrain.Add(happened.Grain, events = []);
        events.Add(happened);
    }
}

/// <summary>A caller got an answer.</summary>
internal readonly record struct Acknowledged(TimeSpan At, GrainId Grain, Command Command, Reply Reply);

/// <summary>An event was committed.</summary>
/// <param name="Clock">What the grain took for the time.</param>
internal readonly record struct Happened(TimeSpan At, DateTimeOffset Clock, GrainId Grain, JournalEvent Event);

/// <summary>A conversation's record got a queue's terms.</summary>
/// <param name="Events">How many events of the conversation came before.</param>
/// <param name="Version">Null: it has none any more.</param>
internal readonly record struct TermsTaken(DateTimeOffset Clock, GrainId Conversation, int Events, string? Version);

/// <summary>A tell was committed.</summary>
internal readonly record struct Told(TimeSpan At, DateTimeOffset Clock, EffectId Id, Tell Tell);

/// <summary>A process began outside work.</summary>
/// <param name="LivesElsewhere">Whether the process that began it before still lives; null: nobody did.</param>
internal readonly record struct Beginning(TimeSpan At, EffectId Id, bool? LivesElsewhere);

/// <summary>A tell arrived.</summary>
/// <param name="Reply">Null: it was parked.</param>
internal readonly record struct Arrival(TimeSpan At, EffectId Id, Reply? Reply);
