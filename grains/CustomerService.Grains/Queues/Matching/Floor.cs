using System.Collections.Immutable;

namespace CustomerService.Grains.Queues.Matching;

/// <summary>
/// Who waits and who is there, in one queue; and who should get whom. A value: what was asked of a version of it is answered the same
/// however many versions came after. A function of the policy, the waiting conversations and the agents alone; time comes with each question.
/// </summary>
public sealed class Floor
{
    private readonly QueuePolicy policy;
    private readonly ImmutableDictionary<string, WaitingConversation> waiting;
    private readonly ImmutableDictionary<string, FloorAgent> agents;

    private Floor(QueuePolicy policy, ImmutableDictionary<string, WaitingConversation> waiting, ImmutableDictionary<string, FloorAgent> agents)
    {
        this.policy = policy;
        this.waiting = waiting;
        this.agents = agents;
    }

    public static Floor Of(QueuePolicy policy, IEnumerable<WaitingConversation> waiting, IEnumerable<FloorAgent> agents) =>
        new(policy, waiting.ToImmutableDictionary(each => each.ConversationId), agents.ToImmutableDictionary(each => each.Id));

    public static Floor Empty(QueuePolicy policy) => Of(policy, [], []);

    /// <summary>The same people under another policy. Who was relaxed stays at that step.</summary>
    public Floor With(QueuePolicy next) => new(next, waiting, agents);

    public QueuePolicy Policy => policy;

    /// <summary>How many wait, offered ones included.</summary>
    public int Count => waiting.Count;

    /// <summary>In no order.</summary>
    public IEnumerable<FloorAgent> Agents => agents.Values;

    public WaitingConversation? Find(string conversationId) => waiting.GetValueOrDefault(conversationId);

    public FloorAgent? FindAgent(string agentId) => agents.GetValueOrDefault(agentId);

    /// <summary>The conversation that a pending offer is about; null when there is no such offer.</summary>
    public WaitingConversation? FindOffer(string offerId) => waiting.Values.FirstOrDefault(each => each.Pending.Any(offer => offer.OfferId == offerId));

    /// <summary>From 1; 0 when it does not wait here.</summary>
    public int PlaceOf(string conversationId) => Find(conversationId) is { } it ? waiting.Values.Count(other => Before(other, it)) + 1 : 0;

    /// <summary>The first of the line, at most <paramref name="count"/>.</summary>
    public ImmutableArray<WaitingConversation> Head(int count) => [.. InOrder(waiting.Values).Take(count)];

    /// <summary>How many have a priority over this one.</summary>
    public int CountOver(int priority) => waiting.Values.Count(each => each.Priority > priority);

    /// <summary>Since when the longest-waiting waits; null when nobody does.</summary>
    public DateTimeOffset? OldestSince() => waiting.IsEmpty ? null : waiting.Values.Min(each => each.Since);

    /// <summary>How many units of this agent can be filled now: what they told, less this queue's offers that they had not seen then.</summary>
    public int FreeUnitsOf(string agentId) => FindAgent(agentId) is { } agent ? Math.Max(0, Room(agent).Units) : 0;

    /// <summary>Adds a conversation, or replaces what is known of it, its pending offers too.</summary>
    public Floor Put(WaitingConversation conversation, DateTimeOffset now) => new(policy, waiting.SetItem(conversation.ConversationId, conversation), agents);

    public Floor Remove(string conversationId) => new(policy, waiting.Remove(conversationId), agents);

    public Floor Put(FloorAgent agent) => new(policy, waiting, agents.SetItem(agent.Id, agent));

    public Floor RemoveAgent(string agentId) => new(policy, waiting, agents.Remove(agentId));

    /// <summary>The conversation that this agent should be offered now: the first in line of those that fit; null: none.</summary>
    public string? BestFor(string agentId, DateTimeOffset now) => FindAgent(agentId) is not { } agent
        ? null
        : InOrder(waiting.Values.Where(each => Fits(each, agent, now) && (each.LetGoBy != agentId || !OthersFit(each, now))))
            .FirstOrDefault()?.ConversationId;

    /// <summary>The agent whom this conversation should be offered to now; null: none.</summary>
    public string? BestAgent(string conversationId, DateTimeOffset now) =>
        Find(conversationId) is not { } it ? null : Ranked(it, now).FirstOrDefault()?.Id;

    /// <summary>The first conversation in line that fits anybody, and the agent whom it should be offered to now; null: there is none.</summary>
    public (string ConversationId, string AgentId)? Next(DateTimeOffset now)
    {
        foreach (var each in InOrder(waiting.Values))
        {
            if (BestAgent(each.ConversationId, now) is { } agentId)
                return (each.ConversationId, agentId);
        }

        return null;
    }

    /// <summary>Takes the relaxation steps that are due, and says who is now at which step. Steps that change nothing for a conversation are passed over.</summary>
    public (Floor Floor, ImmutableArray<(string ConversationId, int Step)> Relaxed) Advance(DateTimeOffset now)
    {
        var changed = ImmutableArray.CreateBuilder<(string ConversationId, int Step)>();
        var next = waiting;
        foreach (var each in InOrder(waiting.Values))
        {
            var step = each.Relaxed;
            while (Relaxation.Next(policy.Relaxation, First(each), step) is { } due && each.Since + due.Age <= now)
                step = due.Step;
            if (step == each.Relaxed)
                continue;
            next = next.SetItem(each.ConversationId, each with { Relaxed = step });
            changed.Add((each.ConversationId, step));
        }

        return (new Floor(policy, next, agents), changed.DrainToImmutable());
    }

    /// <summary>
    /// When time alone may open a match: a relaxation step, the end of a helper's delay or of a preference, a <c>NotBefore</c>. Null: never.
    /// Not later than <paramref name="now"/> only when <see cref="Advance"/> has something to do.
    /// </summary>
    public DateTimeOffset? NextChange(DateTimeOffset now)
    {
        var delays = agents.Values.Where(agent => agent.IsThere && agent.DelaySeconds > 0).Select(agent => agent.DelaySeconds).Distinct().ToArray();
        var instants = waiting.Values.SelectMany(each => new[] { each.NotBefore, each.PreferredAgent is null ? null : each.PreferredUntil }
                .Concat(delays.Select(delay => (DateTimeOffset?)(each.Since + TimeSpan.FromSeconds(delay)))))
            .Where(at => at > now)
            .Concat(waiting.Values.Select(each => each.Since + Relaxation.Next(policy.Relaxation, First(each), each.Relaxed)?.Age));
        return instants.Min();
    }

    /// <summary>Who was considered for a conversation, and who was skipped and why.</summary>
    /// <param name="chosen">The agent it is offered to; null: nobody.</param>
    public MatchView Explain(string conversationId, string? chosen, DateTimeOffset now)
    {
        if (Find(conversationId) is not { } it)
            return new MatchView("", [], null, "It does not wait here.", [], 0);
        var there = agents.Values.Where(agent => agent.IsThere).ToArray();
        var fit = Ranked(it, now).Select(agent => agent.Id).ToList();
        var listed = there
            .OrderBy(agent => agent.Id != chosen).ThenBy(agent => (uint)fit.IndexOf(agent.Id)).ThenByDescending(agent => Match(it, agent).Score)
            .ThenBy(agent => agent.Id, StringComparer.Ordinal)
            .Take(MatchView.MaxListed)
            .Select(agent => new ConsideredAgent(
                agent.Id, agent.Id == chosen ? "chosen" : fit.Contains(agent.Id) ? "fits" : "skipped", "", Match(it, agent).Score));
        return new MatchView("", [], chosen, Why(it, chosen), [.. listed], Math.Max(0, there.Length - MatchView.MaxListed));
    }

    private string Why(WaitingConversation it, string? chosen)
    {
        if (chosen is null || FindAgent(chosen) is not { } agent)
            return "";
        var wished = string.Join(", ", First(it).Wished);
        var skills = wished.Length == 0 ? "no skill needed"
            : Match(it, agent).HasWished ? $"has the skills: {wished}"
            : $"no other ready agent has the skills: {wished}";
        return it.LetGoBy == chosen ? $"{skills}; let it go before, but nobody else is ready" : skills;
    }

    private IEnumerable<FloorAgent> Ranked(WaitingConversation it, DateTimeOffset now)
    {
        var fit = agents.Values.Where(agent => Fits(it, agent, now)).OrderByDescending(agent => agent.Id != it.LetGoBy).ThenByDescending(agent => Match(it, agent).HasWished);
        var idle = (FloorAgent agent) => (Room(agent).Pending, agent.IdleSince);
        var skill = (FloorAgent agent) => (-Match(it, agent).Score, -Match(it, agent).Levels);
        var load = (FloorAgent agent) => -Room(agent).Units;
        return policy.AgentOrder switch
        {
            AgentOrders.LeastLoaded => fit.ThenBy(load).ThenBy(idle).ThenBy(skill).ThenBy(agent => agent.Id, StringComparer.Ordinal),
            AgentOrders.BestSkilled => fit.ThenBy(skill).ThenBy(idle).ThenBy(load).ThenBy(agent => agent.Id, StringComparer.Ordinal),
            _ => fit.ThenBy(idle).ThenBy(load).ThenBy(skill).ThenBy(agent => agent.Id, StringComparer.Ordinal),
        };
    }

    private bool OthersFit(WaitingConversation it, DateTimeOffset now) => agents.Values.Any(agent => agent.Id != it.LetGoBy && Fits(it, agent, now));

    private bool Fits(WaitingConversation it, FloorAgent agent, DateTimeOffset now)
    {
        var (units, pending, filled) = Room(agent);
        var asks = UnitsOf(it);
        var hasRoom = units >= asks
            && (agent.QueueUnits <= 0 || filled + asks <= agent.QueueUnits)
            && (it.Channel is null || agent.Channels is null || !agent.Channels.TryGetValue(it.Channel, out var more) || more > Unseen(agent).Count(other => other.Channel == it.Channel));
        var preferred = it.PreferredAgent is not null && it.PreferredAgent != it.LetGoBy && (it.PreferredUntil is null || now < it.PreferredUntil)
            && FindAgent(it.PreferredAgent) is { IsThere: true } known && Match(it, known).Fits;
        return hasRoom
            && it.Pending.Length < Math.Max(1, policy.OfferTo)
            && !it.Pending.Any(offer => offer.AgentId == agent.Id)
            && (it.NotBefore is null || it.NotBefore <= now)
            && Match(it, agent).Fits
            && (preferred ? it.PreferredAgent == agent.Id : agent.DelaySeconds <= 0 || now - it.Since >= TimeSpan.FromSeconds(agent.DelaySeconds));
    }

    private (int Units, int Pending, int Filled) Room(FloorAgent agent)
    {
        var held = waiting.Values.SelectMany(each => each.Pending.Where(offer => offer.AgentId == agent.Id).Select(offer => each)).ToArray();
        return (agent.FreeUnits - Unseen(agent).Sum(UnitsOf), held.Length, held.Sum(UnitsOf));
    }

    private IEnumerable<WaitingConversation> Unseen(FloorAgent agent) => waiting.Values.SelectMany(each =>
        each.Pending.Where(offer => offer.AgentId == agent.Id && OfferIds.NumberOf(offer.OfferId) > agent.SeenOffer).Select(_ => each));

    private int UnitsOf(WaitingConversation it) => it.Channel is null ? 1 : Math.Max(1, policy.Units.GetValueOrDefault(it.Channel, 1));

    private SkillMatch Match(WaitingConversation it, FloorAgent agent) =>
        SkillMatch.Of(Relaxation.At(policy.Relaxation, First(it), it.Relaxed), agent, policy.MatchThreshold);

    private static Requirement First(WaitingConversation it) => Requirement.Of(it.Needs, it.Skills);

    private IEnumerable<WaitingConversation> InOrder(IEnumerable<WaitingConversation> some) =>
        some.Order(Comparer<WaitingConversation>.Create((a, b) => Before(a, b) ? -1 : Before(b, a) ? 1 : 0));

    private bool Before(WaitingConversation a, WaitingConversation b) =>
        Key(a) != Key(b) ? Key(a) < Key(b)
        : a.Since != b.Since ? a.Since < b.Since
        : string.CompareOrdinal(a.ConversationId, b.ConversationId) < 0;

    private long Key(WaitingConversation it) => policy.PriorityPointSeconds <= 0
        ? -it.Priority
        : it.Since.UtcTicks - (it.Priority * TimeSpan.FromSeconds(policy.PriorityPointSeconds).Ticks);
}
