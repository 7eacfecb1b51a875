using System.Collections.Immutable;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Queues.Matching;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Tests.Queues.Matching;

/// <summary>What <see cref="Floor"/> promises, said as plainly as possible: persistent dictionaries, and everybody looked at each time.</summary>
internal sealed class NaiveFloor
{
    private readonly QueuePolicy policy;
    private readonly ImmutableDictionary<string, WaitingConversation> waiting;
    private readonly ImmutableDictionary<string, FloorAgent> agents;

    private NaiveFloor(QueuePolicy policy, ImmutableDictionary<string, WaitingConversation> waiting, ImmutableDictionary<string, FloorAgent> agents)
    {
        this.policy = policy;
        this.waiting = waiting;
        this.agents = agents;
    }

    public static NaiveFloor Of(QueuePolicy policy, IEnumerable<WaitingConversation> waiting, IEnumerable<FloorAgent> agents) =>
        new(policy, waiting.ToImmutableDictionary(each => each.ConversationId), agents.ToImmutableDictionary(each => each.Id));

    public static NaiveFloor Empty(QueuePolicy policy) => Of(policy, [], []);

    public NaiveFloor With(QueuePolicy next) => new(next, waiting, agents);

    public QueuePolicy Policy => policy;

    public int Count => waiting.Count;

    public IEnumerable<FloorAgent> Agents => agents.Values;

    public WaitingConversation? Find(string conversationId) => waiting.GetValueOrDefault(conversationId);

    public FloorAgent? FindAgent(string agentId) => agents.GetValueOrDefault(agentId);

    public WaitingConversation? FindOffer(string offerId) => waiting.Values.FirstOrDefault(each => each.Pending.Any(offer => offer.OfferId == offerId));

    public int PlaceOf(string conversationId) => Find(conversationId) is { } it ? waiting.Values.Count(other => Before(other, it)) + 1 : 0;

    public ImmutableArray<WaitingConversation> Head(int count) => [.. InOrder(waiting.Values).Take(count)];

    public int CountOver(int priority) => waiting.Values.Count(each => each.Priority > priority);

    public DateTimeOffset? OldestSince() => waiting.IsEmpty ? null : waiting.Values.Min(each => each.Since);

    public int OfferCount => waiting.Values.Sum(each => each.Pending.Length);

    public int PresentCount => agents.Values.Count(agent => agent.IsThere);

    public int ReadyCount => agents.Keys.Count(id => FreeUnitsOf(id) > 0);

    public int FreeUnits => agents.Keys.Sum(FreeUnitsOf);

    public int FreeUnitsOf(string agentId) => FindAgent(agentId) is { } agent ? Math.Max(0, Room(agent).Units) : 0;

    public NaiveFloor Put(WaitingConversation conversation, DateTimeOffset now) => new(policy, waiting.SetItem(conversation.ConversationId, conversation), agents);

    public NaiveFloor Remove(string conversationId) => new(policy, waiting.Remove(conversationId), agents);

    public NaiveFloor Put(FloorAgent agent) => new(policy, waiting, agents.SetItem(agent.Id, agent));

    public NaiveFloor RemoveAgent(string agentId) => new(policy, waiting, agents.Remove(agentId));

    public string? BestFor(string agentId, DateTimeOffset now) => FindAgent(agentId) is not { } agent
        ? null
        : InOrder(waiting.Values.Where(each => Fits(each, agent, now) && (each.LetGoBy != agentId || !OthersFit(each, now))))
            .FirstOrDefault()?.ConversationId;

    public string? BestAgent(string conversationId, DateTimeOffset now) =>
        Find(conversationId) is not { } it ? null : Ranked(it, now).FirstOrDefault()?.Id;

    public (string ConversationId, string AgentId)? Next(DateTimeOffset now)
    {
        foreach (var each in InOrder(waiting.Values))
        {
            if (BestAgent(each.ConversationId, now) is { } agentId)
                return (each.ConversationId, agentId);
        }

        return null;
    }

    public (NaiveFloor Floor, ImmutableArray<(string ConversationId, int Step)> Relaxed) Advance(DateTimeOffset now)
    {
        var changed = ImmutableArray.CreateBuilder<(string ConversationId, int Step)>();
        var next = waiting;
        foreach (var each in InOrder(waiting.Values))
        {
            var step = each.Relaxed;
            while (NextStep(each, step) is { } due && each.Since + due.Age <= now)
                step = due.Step;
            if (step == each.Relaxed)
                continue;
            next = next.SetItem(each.ConversationId, each with { Relaxed = step });
            changed.Add((each.ConversationId, step));
        }

        return (new NaiveFloor(policy, next, agents), changed.DrainToImmutable());
    }

    public DateTimeOffset? NextChange(DateTimeOffset now)
    {
        var delays = agents.Values.Where(agent => agent.IsThere && agent.DelaySeconds > 0).Select(agent => TimeSpan.FromSeconds(agent.DelaySeconds)).ToArray();
        return waiting.Values.SelectMany(each => delays.Select(delay => (DateTimeOffset?)(each.Since + delay)).Where(at => at > now)
            .Append(each.NotBefore > now ? each.NotBefore : each.PreferredAgent is not null && each.PreferredUntil > now ? each.PreferredUntil : null)
            .Append(each.Since + NextStep(each, each.Relaxed)?.Age)).Min();
    }

    public MatchView Explain(string conversationId, string? chosen, DateTimeOffset now)
    {
        if (Find(conversationId) is not { } it)
            return new MatchView("", [], null, "It does not wait here.", [], 0);
        var there = InAgentOrder(agents.Values.Where(agent => agent.IsThere).OrderBy(_ => 0), it: null).ToArray();
        var fit = Ranked(it, now).Select(agent => agent.Id).ToList();
        if (fit.Count > 1)
            fit.Remove(it.LetGoBy!);
        var skipped = there.Select(agent => agent.Id).Except(fit).Where(id => id != chosen).OrderByDescending(id => Match(it, agents[id]).Score).ToList();
        fit.Remove(chosen!);
        var chosenOne = there.Where(agent => agent.Id == chosen).Select(agent => agent.Id).ToList();
        var fits = fit.Take(MatchView.MaxListed - chosenOne.Count - Math.Min(3, skipped.Count)).ToList();
        var skips = skipped.Take(MatchView.MaxListed - chosenOne.Count - fits.Count).ToList();
        var listed = chosenOne.Select(id => (id, "chosen")).Concat(fits.Select(id => (id, "fits"))).Concat(skips.Select(id => (id, "skipped")))
            .Select(each => new ConsideredAgent(each.id, each.Item2, "", Math.Round(Match(it, agents[each.id]).Score, 3))).ToImmutableArray();
        return new MatchView("", [], chosen, "", listed, there.Length - listed.Length);
    }

    private IEnumerable<FloorAgent> Ranked(WaitingConversation it, DateTimeOffset now)
    {
        var fit = agents.Values.Where(agent => Fits(it, agent, now)).OrderByDescending(agent => agent.Id != it.LetGoBy).ThenByDescending(agent => Match(it, agent).HasWished);
        return InAgentOrder(fit, it);
    }

    private IEnumerable<FloorAgent> InAgentOrder(IOrderedEnumerable<FloorAgent> some, WaitingConversation? it)
    {
        var idle = (FloorAgent agent) => (Room(agent).Pending, agent.IdleSince);
        var skill = (FloorAgent agent) => it is null ? default : (-Match(it, agent).Score, -Match(it, agent).Levels);
        var load = (FloorAgent agent) => -Room(agent).Units;
        var ordered = policy.AgentOrder switch
        {
            AgentOrders.LeastLoaded => some.ThenBy(load).ThenBy(idle).ThenBy(skill),
            AgentOrders.BestSkilled => some.ThenBy(skill).ThenBy(idle).ThenBy(load),
            _ => some.ThenBy(idle).ThenBy(load).ThenBy(skill),
        };
        return ordered.ThenBy(agent => agent.Id, StringComparer.Ordinal);
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

    private int UnitsOf(WaitingConversation it) => policy.UnitsOf(it.Channel);

    private SkillMatch Match(WaitingConversation it, FloorAgent agent) =>
        SkillMatch.Of(Asked(it, it.Relaxed), Skillset.Of(agent), policy.MatchThreshold);

    private Requirement Asked(WaitingConversation it, int steps) =>
        policy.Relaxation.OrEmpty().Take(steps).Aggregate(Requirement.Of(it.Needs, it.Skills), (asked, step) => asked.After(step));

    private (int Step, TimeSpan Age)? NextStep(WaitingConversation it, int taken) => Enumerable.Range(taken, Math.Max(0, policy.Relaxation.Length - taken))
        .Where(step => !Asked(it, step + 1).Equals(Asked(it, step)))
        .Select(step => ((int, TimeSpan)?)(step + 1, TimeSpan.FromSeconds(policy.Relaxation.Take(step + 1).Max(each => each.AfterSeconds))))
        .FirstOrDefault();

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
