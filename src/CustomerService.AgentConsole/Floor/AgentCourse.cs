using System.Collections.Immutable;
using CustomerService.Grains;
using CustomerService.Grains.Agents;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;

namespace CustomerService.AgentConsole.Floor;

/// <summary>One agent: how they are now, and what they did in the last hours. What is older is forgotten, save what says how those hours began.</summary>
internal sealed class AgentCourse(string id)
{
    private List<JournalEntry> _events = [];
    private bool _hasPresence;

    public AgentOnFloor Now { get; private set; } = new(id);

    /// <summary>Whether name, queues and capacity are known.</summary>
    public bool IsIntroduced { get; private set; }

    public void Add(JournalEntry entry)
    {
        switch (entry.Event)
        {
            case AgentConfigured configured:
                Now = Who(configured.Name, configured.Queues, configured.Skills, configured.Levels, configured.Desk, configured.Capacity);
                IsIntroduced = true;
                return;
            case PresenceChanged changed:
                _hasPresence = true;
                Now = Now with
                {
                    Presence = changed.Presence,
                    Activity = changed.Activity,
                    Since = entry.At,
                    Ready = changed.Presence == Presences.Available,
                    Cause = changed.Cause,
                    Reason = changed.Reason,
                };
                break;
            case ReadinessChanged changed:
                Now = Now with { Ready = changed.Ready, Cause = changed.Cause };
                break;
            case WorkStarted started:
                Now = Now with { Work = [.. Without(started.OfferId), Started(started, entry.At)] };
                break;
            case WrapUpStarted wrapping:
                Now = Now with { Work = [.. Now.Work.Select(work => work.OfferId == wrapping.OfferId ? work with { WrappingUp = true } : work)] };
                break;
            case WorkEnded ended:
                Now = Now with { Work = [.. Without(ended.OfferId)] };
                break;
            default:
                return;
        }

        _events.Add(entry);
    }

    /// <summary>What the agent's own record says, once, for what the journal's last day does not tell.</summary>
    public void Introduce(AgentView view, DateTimeOffset now)
    {
        IsIntroduced = true;
        Now = Who(view.Name, view.Queues, view.Skills, view.Levels, view.Desk, view.Capacity);
        var grain = Grain.Agent(id);
        var earlier = new List<JournalEntry>();
        if (!_hasPresence)
        {
            var since = view.PresenceSince ?? DateTimeOffset.MinValue;
            earlier.Add(new JournalEntry(0, grain, 0, since, new PresenceChanged(view.Presence) { Activity = view.Activity, Reason = view.PresenceBy?.Reason }));
            Now = Now with
            {
                Presence = view.Presence,
                Activity = view.Activity,
                Since = view.PresenceSince,
                Ready = view.NotReady is null,
                Reason = view.PresenceBy?.Reason,
            };
        }

        foreach (var held in view.Work.Where(held => !Now.Work.Any(work => work.OfferId == held.OfferId)))
        {
            var since = held.Since ?? now;
            earlier.Add(new JournalEntry(0, grain, 0, since, new WorkStarted(held.ConversationId, held.OfferId, held.Channel, Math.Max(1, held.Units))));
            Now = Now with { Work = Now.Work.Add(new WorkOnFloor(held.ConversationId, held.OfferId, held.Queue, held.Channel, Math.Max(1, held.Units), since, held.WrappingSince is not null)) };
        }

        if (earlier.Count > 0)
            _events = [.. earlier.Concat(_events).OrderBy(entry => entry.At)];
        _hasPresence = true;
    }

    public AgentTimeline Timeline(DateTimeOffset from, DateTimeOffset until) => AgentTimelineReader.Read(id, from, until, _events);

    /// <summary>Lets go of what was before, save how it was then.</summary>
    public void Forget(DateTimeOffset before)
    {
        var old = _events.FindIndex(entry => entry.At >= before) is var first && first < 0 ? _events.Count : first;
        if (old == 0)
            return;
        var past = _events[..old];
        var presence = past.FindLastIndex(entry => entry.Event is PresenceChanged);
        var readiness = past.FindLastIndex(entry => entry.Event is ReadinessChanged);
        var ended = past.Select(entry => entry.Event).OfType<WorkEnded>().Select(over => over.OfferId).ToHashSet(StringComparer.Ordinal);
        var kept = past.Where((entry, index) => entry.Event switch
        {
            PresenceChanged => index == presence,
            ReadinessChanged => index == readiness && readiness > presence,
            WorkStarted started => !ended.Contains(started.OfferId),
            WrapUpStarted wrapping => !ended.Contains(wrapping.OfferId),
            _ => false,
        });
        _events = [.. kept, .. _events[old..]];
    }

    private AgentOnFloor Who(
        string name, ImmutableArray<string> queues, ImmutableArray<string> skills, ImmutableDictionary<string, int>? levels, DeskPolicy? desk, int capacity) => Now with
        {
            Name = name,
            Queues = queues.IsDefault ? [] : queues,
            Skills = skills.IsDefault ? [] : skills,
            Levels = levels ?? ImmutableDictionary<string, int>.Empty,
            Desk = desk ?? new DeskPolicy(),
            Capacity = capacity,
        };

    private IEnumerable<WorkOnFloor> Without(string offerId) => Now.Work.Where(work => work.OfferId != offerId);

    private WorkOnFloor Started(WorkStarted started, DateTimeOffset at)
    {
        var known = Now.Work.FirstOrDefault(work => work.OfferId == started.OfferId);
        var queue = OfferIds.QueueOf(started.OfferId);
        return new WorkOnFloor(
            started.ConversationId, started.OfferId, known?.Queue ?? (queue == $"taken.{started.ConversationId}" ? null : queue), started.Channel, started.Units,
            known?.Since ?? at, WrappingUp: false);
    }
}
