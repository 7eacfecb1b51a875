using System.Collections.Immutable;

namespace CustomerService.Reporting.FollowUps;

/// <summary>What customers often come back with after an intent.</summary>
/// <param name="Intent">What they wanted next.</param>
/// <param name="Probability">That a customer does, within <see cref="FollowUpWatch.Within"/>; 0…1.</param>
/// <param name="Of">Of so many customers before.</param>
/// <param name="CameBack">So many did.</param>
public sealed record FollowUp(string After, string Intent, double Probability, long Of, long CameBack)
{
    /// <summary>The evidence in one sentence.</summary>
    public string Evidence => FormattableString.Invariant($"of {Of} customers with {After}, {CameBack} wrote about {Intent} within {FollowUpWatch.Within.TotalDays:0} days");
}

/// <summary>
/// Learns which problem follows which: counts customers whose two weeks after an intent are over, or who came back before. Nothing is told that
/// few cases stand behind, or that happens as often after anything else.
/// </summary>
public sealed class FollowUpWatch
{
    /// <summary>What comes later is another story.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromDays(14);

    /// <summary>What comes earlier is the same story.</summary>
    public static readonly TimeSpan SameMatter = TimeSpan.FromMinutes(30);

    private const int MostCustomers = 200_000;
    private const double KeptADay = 0.995;
    private const double LeastCases = 30;
    private const double LeastProbability = 0.2;
    private const double LeastLift = 1.5;

    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);
    private readonly Queue<(string Customer, DateTimeOffset Since)> _waiting = new();
    private readonly Dictionary<string, Cases> _after = new(StringComparer.Ordinal);
    private DateTimeOffset? _day;

    /// <summary>A customer wanted something. Thanks and greetings are nothing wanted, which is the caller's to see to.</summary>
    public void Observe(string customer, string intent, DateTimeOffset at)
    {
        AdvanceTo(at);
        if (_open.TryGetValue(customer, out var open))
        {
            if (at - open.Last < SameMatter)
            {
                // The last thing wanted in one go is what is followed.
                _open[customer] = open with { Intent = intent, Last = at };
                return;
            }

            CasesOf(open.Intent).Add(intent);
        }

        _open[customer] = new Open(intent, at, at);
        _waiting.Enqueue((customer, at));
        while (_open.Count > MostCustomers && _waiting.TryDequeue(out var oldest))
            Give(oldest.Customer, oldest.Since, counted: false);
    }

    /// <summary>Time goes by: whoever did not come back counts as one who did not.</summary>
    public void AdvanceTo(DateTimeOffset now)
    {
        while (_waiting.TryPeek(out var oldest) && now - oldest.Since >= Within)
        {
            _waiting.Dequeue();
            Give(oldest.Customer, oldest.Since, counted: true);
        }

        _day ??= now;
        while (now - _day >= TimeSpan.FromDays(1))
        {
            foreach (var cases in _after.Values)
                cases.Fade(KeptADay);
            _day += TimeSpan.FromDays(1);
        }
    }

    /// <summary>What most likely comes next; null where nothing stands out.</summary>
    public FollowUp? After(string intent)
    {
        if (!_after.TryGetValue(intent, out var cases) || cases.Total < LeastCases)
            return null;
        var all = _after.Values.Sum(each => each.Total);
        FollowUp? best = null;
        foreach (var (next, count) in cases.Next)
        {
            var usual = _after.Values.Sum(each => each.Next.GetValueOrDefault(next)) / all;
            var probability = (count + 5 * usual) / (cases.Total + 5); // Five cases' worth of doubt, towards what is usual.
            if (probability >= LeastProbability && probability >= LeastLift * usual && (best is null || probability > best.Probability))
                best = new FollowUp(intent, next, Math.Round(probability, 3), (long)Math.Round(cases.Total), (long)Math.Round(count));
        }

        return best;
    }

    private void Give(string customer, DateTimeOffset since, bool counted)
    {
        if (!_open.TryGetValue(customer, out var open) || open.Since != since)
            return; // They came back meanwhile, and wait anew.
        _open.Remove(customer);
        if (counted)
            CasesOf(open.Intent).Add(null);
    }

    private Cases CasesOf(string intent) => _after.TryGetValue(intent, out var cases) ? cases : _after[intent] = new Cases();

    private readonly record struct Open(string Intent, DateTimeOffset Since, DateTimeOffset Last);

    private sealed class Cases
    {
        public double Total { get; private set; }

        public Dictionary<string, double> Next { get; } = new(StringComparer.Ordinal);

        public void Add(string? next)
        {
            Total++;
            if (next is not null)
                Next[next] = Next.GetValueOrDefault(next) + 1;
        }

        public void Fade(double kept)
        {
            Total *= kept;
            foreach (var next in Next.Keys.ToImmutableArray())
                Next[next] *= kept;
        }
    }
}
