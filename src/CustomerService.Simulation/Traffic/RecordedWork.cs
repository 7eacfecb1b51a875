using CustomerService.Grains.Conversations;
using CustomerService.Grains.Journal;
using CustomerService.Simulation.Centre;

namespace CustomerService.Simulation.Traffic;

/// <summary>Follows conversations through a journal: when a person was needed, and who worked at it how long.</summary>
internal sealed class RecordedWork(IReadOnlyDictionary<string, double> attention)
{
    private readonly Dictionary<string, RecordedConversation> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RecordedDesk> _desks = new(StringComparer.Ordinal);
    private readonly List<RecordedMatter> _matters = [];

    public IReadOnlyList<RecordedMatter> Matters => _matters;

    public int Transfers { get; private set; }

    public void Read(JournalEntry entry)
    {
        var id = entry.Grain.Key;
        if (!_conversations.TryGetValue(id, out var conversation))
            _conversations.Add(id, conversation = new RecordedConversation());
        switch (entry.Event)
        {
            case MessageReceived message:
                conversation.Channel = message.Interaction.Channel;
                break;
            case RunCompleted run:
                conversation.Signals = run.Signals;
                break;
            case HandedOff handoff:
                TakeUp(conversation, entry.At);
                if (conversation.Matter is null)
                    _matters.Add(conversation.Matter = Begin(id, conversation, handoff.Package, entry.At));
                else
                    Transfers++;
                break;
            case AgentAssigned assigned when conversation.Matter is { } matter:
                matter.Waited ??= (entry.At - matter.At).TotalSeconds;
                conversation.Agent = assigned.AgentId;
                PutOn(conversation, entry.At);
                break;
            case StatusChanged { To: ConversationStatus.Assigned } when conversation.Agent is not null:
                PutOn(conversation, entry.At);
                break;
            case StatusChanged:
                TakeUp(conversation, entry.At);
                break;
            case ConversationResolved when conversation.Matter is { } matter:
                TakeUp(conversation, entry.At);
                matter.IsOver = matter.Waited is not null;
                matter.GaveUp = matter.Waited is null;
                matter.Waited ??= (entry.At - matter.At).TotalSeconds;
                (conversation.Matter, conversation.Agent) = (null, null);
                break;
        }
    }

    private static RecordedMatter Begin(string id, RecordedConversation conversation, HandoffPackage package, DateTimeOffset at)
    {
        conversation.Matters++;
        return new RecordedMatter
        {
            Id = conversation.Matters == 1 ? id : FormattableString.Invariant($"{id}~{conversation.Matters}"),
            At = at,
            Channel = conversation.Channel,
            Signals = conversation.Signals,
            Queue = package.Queue,
            Tier = package.Tier,
        };
    }

    private void PutOn(RecordedConversation conversation, DateTimeOffset at)
    {
        if (conversation is not { Agent: { } agent, Matter: { } matter, Desk: null })
            return;
        if (!_desks.TryGetValue(agent, out var desk))
            _desks.Add(agent, desk = new RecordedDesk(attention));
        desk.Settle(at);
        desk.Work.Add(matter);
        conversation.Desk = desk;
    }

    private static void TakeUp(RecordedConversation conversation, DateTimeOffset at)
    {
        if (conversation is not { Desk: { } desk, Matter: { } matter })
            return;
        desk.Settle(at);
        desk.Work.Remove(matter);
        conversation.Desk = null;
    }

    private sealed class RecordedConversation
    {
        public string Channel { get; set; } = ChannelNames.Chat;

        public MessageSignals Signals { get; set; } = MessageSignals.Unknown;

        public RecordedMatter? Matter { get; set; }

        public int Matters { get; set; }

        public string? Agent { get; set; }

        public RecordedDesk? Desk { get; set; }
    }

    /// <summary>What lay before one agent at once: the recorded time of each is shared by the rule by which it will be played.</summary>
    private sealed class RecordedDesk(IReadOnlyDictionary<string, double> attention)
    {
        private DateTimeOffset _settledAt;

        public List<RecordedMatter> Work { get; } = [];

        public void Settle(DateTimeOffset at)
        {
            var seconds = Math.Max(0, (at - _settledAt).TotalSeconds);
            _settledAt = at;
            var all = Work.Sum(matter => attention.GetValueOrDefault(matter.Channel, 1));
            foreach (var matter in Work)
                matter.Work += seconds * Attention.Speed(attention.GetValueOrDefault(matter.Channel, 1), all);
        }
    }
}

/// <summary>One matter that needed a person.</summary>
internal sealed class RecordedMatter
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Channel { get; init; }

    public required MessageSignals Signals { get; init; }

    public required string Queue { get; init; }

    public string? Tier { get; init; }

    /// <summary>In seconds of undivided work.</summary>
    public double Work { get; set; }

    /// <summary>In seconds, until an agent took it or it was given up; null: it still waits.</summary>
    public double? Waited { get; set; }

    /// <summary>An agent finished it.</summary>
    public bool IsOver { get; set; }

    public bool GaveUp { get; set; }
}
