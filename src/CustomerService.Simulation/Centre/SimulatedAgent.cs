using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;
using CustomerService.Simulation.Hosting;
using CustomerService.Simulation.Traffic;

namespace CustomerService.Simulation.Centre;

/// <summary>A person at work: signs on, takes offers, serves customers side by side, wraps up, takes breaks, goes home.</summary>
internal sealed class SimulatedAgent
{
    /// <summary>An offer has to reach the desk before it can be taken.</summary>
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(1);

    private readonly CentreRun _centre;
    private readonly SimulatedHost _host;
    private readonly RosterAgent _roster;
    private readonly int _number;
    private readonly GrainId _grain;
    private readonly Dice _reactions;
    private readonly Dice _wrapUps;
    private readonly List<DeskItem> _desk = [];
    private readonly Queue<Break> _breaksDue = [];
    private DateTimeOffset _settledAt;
    private DateTimeOffset _doingSince;
    private AgentDoing? _doing;
    private int _serving;
    private long _plan;
    private int _computers;
    private bool _isConnected;
    private bool _isAvailable;
    private bool _isOnShift;

    public SimulatedAgent(CentreRun centre, RosterAgent roster, int number, long seed)
    {
        (_centre, _host, _roster, _number) = (centre, centre.Host, roster, number);
        _grain = Grain.Agent(roster.Id);
        _reactions = Streams.Of(seed, $"reaction {roster.Id}");
        _wrapUps = Streams.Of(seed, $"wrap-up {roster.Id}");
    }

    public string Id => _roster.Id;

    /// <summary>Whether anything is on the desk.</summary>
    public bool IsBusy => _desk.Count > 0;

    public void Configure() => _centre.Ask(_grain, new ConfigureAgent(Id, _roster.Queues, [.. _roster.Skills.Keys.Order(StringComparer.Ordinal)], _roster.Capacity)
    {
        Levels = _roster.Skills,
        Desk = _roster.Desk,
    });

    public void SignOn()
    {
        _isOnShift = true;
        _breaksDue.Clear();
        Connect();
        _centre.Ask(_grain, new SetPresence(Presences.Available));
    }

    /// <summary>Goes home when the desk is empty.</summary>
    public void SignOff()
    {
        Settle();
        _isOnShift = false;
        Note();
        if (_isConnected)
            _centre.Ask(_grain, new SetPresence(Presences.Offline) { WhenFree = true });
    }

    /// <summary>Takes a break when the desk is empty.</summary>
    public void TakeBreak(Break due)
    {
        if (!_isOnShift || !_isConnected)
            return;
        _breaksDue.Enqueue(due);
        if (_breaksDue.Count == 1)
            _centre.Ask(_grain, new SetPresence(Presences.Away) { Activity = due.Activity, WhenFree = true });
    }

    /// <summary>The computer dies; another one is there after a while.</summary>
    public void LoseComputer(TimeSpan lasts)
    {
        if (!_isConnected)
            return;
        Settle();
        _isConnected = false;
        _centre.Ask(_grain, new ConnectionLost(ConnectionId));
        Note();
        _host.After(lasts, () =>
        {
            Settle();
            Connect();
            if (!_isOnShift)
                SignOff();
            Note();
            PlanNext();
        });
    }

    public void Offered(string offerId)
    {
        var reaction = TimeSpan.FromSeconds(_centre.Roster.Nature.Reaction.Draw(_reactions));
        _host.After(reaction > Soonest ? reaction : Soonest, () =>
        {
            // Whoever comes too late has lost a race, and is at the desk all the same.
            if (_isConnected && _host.Ask(_grain, new AcceptOffer(offerId)) is Refused)
                _centre.Ask(_grain, new SignOfLife());
        });
    }

    /// <summary>A conversation is theirs now. Where people talk or chat the first word is said at once; a mail is answered when all is done.</summary>
    public void Assigned(ContactOutcome contact, string offerId)
    {
        Settle();
        var channel = contact.Contact.Channel;
        _desk.Add(new DeskItem(contact, offerId, contact.Queue ?? "", _centre.Roster.Nature.Attention.GetValueOrDefault(channel, 1)));
        _host.After(TimeSpan.Zero, () =>
        {
            if (contact.CallbackAskedAt is not null)
                _centre.Ask(Grain.Conversation(contact.Contact.Id), new ReportCallback(Id, Reached: true));
            if (channel != ChannelNames.Email)
                Say(contact, offerId, "Hello, how can I help?");
        });
        Note();
        PlanNext();
    }

    public void WrapUpBegan(string conversationId, string offerId)
    {
        Settle();
        if (_desk.Find(each => each.OfferId == offerId) is not { } item)
            return;
        item.IsWrapping = true;
        Note();
        PlanNext();
        _host.After(TimeSpan.FromSeconds(_centre.Roster.Nature.WrapUp.Draw(_wrapUps)), () =>
        {
            if (_isConnected && _desk.Contains(item))
                _centre.Ask(_grain, new CompleteWrapUp(conversationId, _centre.WrapUpCodeOf(item.Queue), Note: null));
        });
    }

    /// <summary>It left the desk.</summary>
    public void WorkEnded(string offerId)
    {
        Settle();
        _desk.RemoveAll(item => item.OfferId == offerId);
        Note();
        PlanNext();
    }

    public void PresenceIs(string presence, string? activity)
    {
        Settle();
        _isAvailable = presence == Presences.Available;
        Note();
        if (activity is not null && _breaksDue.TryPeek(out var begins))
            _host.After(begins.Lasts, BreakEnds);

        if (presence == Presences.Offline && _isConnected)
        {
            _isConnected = false;
            _host.After(TimeSpan.Zero, () => _centre.Ask(_grain, new ConnectionLost(ConnectionId)));
        }
    }

    private void BreakEnds()
    {
        _breaksDue.TryDequeue(out _);
        if (!_isOnShift || !_isConnected)
            _breaksDue.Clear();
        else if (_breaksDue.TryPeek(out var next))
            _centre.Ask(_grain, new SetPresence(Presences.Away) { Activity = next.Activity });
        else
            _centre.Ask(_grain, new SetPresence(Presences.Available));
    }

    /// <summary>Closes what is open at the end.</summary>
    public void End()
    {
        Settle();
        Close();
    }

    private string ConnectionId => FormattableString.Invariant($"computer-{_computers}");

    private void Connect()
    {
        if (_isConnected)
            return;
        _isConnected = true;
        _computers++;
        _centre.Ask(_grain, new ConnectionOpened(ConnectionId));
    }

    private void Say(ContactOutcome contact, string offerId, string text) =>
        _centre.Ask(Grain.Conversation(contact.Contact.Id), new SendAgentReply(Id, $"{offerId}:{text.Length}", text));

    /// <summary>Brings everything in hand up to now.</summary>
    private void Settle()
    {
        var now = _host.Now;
        var seconds = (now - _settledAt).TotalSeconds;
        _settledAt = now;
        if (!_isConnected || seconds <= 0)
            return;
        var attention = AttentionTaken;
        foreach (var item in _desk)
        {
            if (item.IsWrapping)
                continue;
            var done = Math.Min(item.Contact.WorkLeft, seconds * Attention.Speed(item.Attention, attention));
            item.Contact.WorkLeft -= done;
            _centre.CountWork(item.Queue, done);
        }
    }

    private double AttentionTaken => _desk.Sum(item => item.IsWrapping ? 0 : item.Attention);

    /// <summary>Plans the end of what will be done first, as things stand.</summary>
    private void PlanNext()
    {
        var plan = ++_plan;
        if (!_isConnected)
            return;
        var attention = AttentionTaken;
        var (first, least) = ((DeskItem?)null, double.PositiveInfinity);
        foreach (var item in _desk)
        {
            var left = item.Contact.WorkLeft / Attention.Speed(item.Attention, attention);
            if (!item.IsWrapping && left < least)
                (first, least) = (item, left);
        }

        if (first is null)
            return;
        _host.After(TimeSpan.FromSeconds(least), () =>
        {
            if (plan != _plan)
                return;
            Settle();
            Finish(first);
            if (plan == _plan)
                PlanNext();
        });
    }

    private void Finish(DeskItem item)
    {
        item.Contact.WorkLeft = 0;
        if (item.Contact.Contact.Channel == ChannelNames.Email)
            Say(item.Contact, item.OfferId, "Here is your answer.");
        _centre.Ask(Grain.Conversation(item.Contact.Contact.Id), new Resolve(Id));
    }

    /// <summary>What happens after the shift is not counted: then only who is busy is still there.</summary>
    private void Note()
    {
        var serving = _isConnected ? _desk.Count(item => !item.IsWrapping) : 0;
        AgentDoing? doing =
            !_isOnShift ? null
            : !_isConnected ? AgentDoing.Away
            : serving > 0 ? AgentDoing.Serving
            : _desk.Count > 0 ? AgentDoing.WrappingUp
            : _isAvailable ? AgentDoing.Idle
            : AgentDoing.Away;
        if (doing == _doing && serving == _serving)
            return;
        Close();
        (_doing, _serving, _doingSince) = (doing, serving, _host.Now);
    }

    private void Close()
    {
        if (_doing is { } did && _host.Now > _doingSince)
            _centre.Spent(new AgentSpan(_number, _doingSince, _host.Now, did, _serving));
    }

    /// <summary>A conversation on the desk.</summary>
    private sealed class DeskItem(ContactOutcome contact, string offerId, string queue, double attention)
    {
        public ContactOutcome Contact => contact;

        public string OfferId => offerId;

        public string Queue => queue;

        public double Attention => attention;

        public bool IsWrapping { get; set; }
    }
}
