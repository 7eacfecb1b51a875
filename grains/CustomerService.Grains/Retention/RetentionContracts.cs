using System.Collections.Immutable;
using System.Text.Json.Serialization;
using CustomerService.Grains.Retention;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Retention
{
    /// <summary>The owner's rules as the process that erases has read them.</summary>
    public sealed record TakeRetentionRules(RetentionRules Rules) : Turns.Command;

    /// <summary>Somebody wants a run now, rather than at its time. Refused with <c>erasing_under_way</c>.</summary>
    public sealed record AskForErasing(string By) : Turns.Command;

    /// <summary>A run begins; one that is under way goes on.</summary>
    public sealed record BeginErasing : Turns.Command;

    /// <summary>How far the run is; without one nothing changes.</summary>
    /// <param name="Counts">Since its beginning.</param>
    public sealed record FollowErasing(ErasingCounts Counts) : Turns.Command;

    /// <summary>The run is over; without one nothing changes.</summary>
    public sealed record EndErasing(ErasingCounts Counts) : Turns.Command;

    /// <summary>Answer: <see cref="RetentionView"/>.</summary>
    public sealed record GetRetention : Turns.Query;

    /// <param name="Rules">Null: no process has read any yet.</param>
    /// <param name="RulesSince">Since when these hold: a run by them begins at its time after that.</param>
    /// <param name="AskedBy">Who wants a run now; null: nobody.</param>
    /// <param name="Running">Null: none is under way.</param>
    /// <param name="Past">The newest first, at most <see cref="RetentionState.MostPast"/>.</param>
    public sealed record RetentionView(RetentionRules? Rules, DateTimeOffset? RulesSince, string? AskedBy, ErasingRun? Running, ImmutableArray<ErasingRun> Past) : Turns.Reply
    {
        public ImmutableArray<ErasingRun> Past { get; init => field = value.OrEmpty(); } = Past;

        /// <summary>Whether a run is to begin now: somebody wants one, or its time has come since these rules hold and the last one began.</summary>
        public bool IsDue(DateTimeOffset now) => AskedBy is not null || (Rules is { KeepsEverything: false } rules && rules.LastDue(now) is var due && due > RulesSince && (Past.IsEmpty || due > Past[0].BeganAt));
    }

    /// <summary>One run of the erasing.</summary>
    /// <param name="Id">Such as <c>erasing-12</c>.</param>
    /// <param name="By">Who wanted it; null: it was the daily one.</param>
    /// <param name="EndedAt">Null: it is under way.</param>
    public sealed record ErasingRun(string Id, string? By, DateTimeOffset BeganAt, ErasingCounts Counts, DateTimeOffset? EndedAt);

    /// <param name="Erased">Conversations, by channel.</param>
    /// <param name="Left">Conversations that are old enough and were not erased, by the reason, such as <c>on_legal_hold</c>.</param>
    /// <param name="Customers">Of whom nothing was left but their profile, which was erased then.</param>
    public sealed record ErasingCounts(ImmutableSortedDictionary<string, int> Erased, ImmutableSortedDictionary<string, int> Left, int Customers)
    {
        public static ErasingCounts None { get; } = new(ImmutableSortedDictionary<string, int>.Empty, ImmutableSortedDictionary<string, int>.Empty, 0);

        public ErasingCounts WithErased(string channel) => this with { Erased = Erased.SetItem(channel, Erased.GetValueOrDefault(channel) + 1) };

        /// <summary>Such as <c>erased: chat 12, email 2; customers: 3; left: on_legal_hold 1</c>.</summary>
        public override string ToString() => $"erased: {Sums(Erased)}; customers: {Customers}; left: {Sums(Left)}";

        private static string Sums(ImmutableSortedDictionary<string, int> counts) => counts.IsEmpty ? "0" : string.Join(", ", counts.Select(each => $"{each.Key} {each.Value}"));

        public ErasingCounts WithLeft(string reason) => this with { Left = Left.SetItem(reason, Left.GetValueOrDefault(reason) + 1) };
    }

    public sealed record ErasingAsked(string By) : Journal.JournalEvent;

    /// <param name="By">Who wanted it; null: it was the daily one.</param>
    public sealed record ErasingBegan(string RunId, string? By) : Journal.JournalEvent;

    public sealed record ErasingEnded(ErasingRun Run) : Journal.JournalEvent;
}

namespace CustomerService.Grains.Turns
{
    [JsonDerivedType(typeof(TakeRetentionRules), "retention.take_rules")]
    [JsonDerivedType(typeof(AskForErasing), "retention.ask")]
    [JsonDerivedType(typeof(BeginErasing), "retention.begin")]
    [JsonDerivedType(typeof(FollowErasing), "retention.follow")]
    [JsonDerivedType(typeof(EndErasing), "retention.end")]
    [JsonDerivedType(typeof(GetRetention), "retention.get")]
    public partial record Command;

    [JsonDerivedType(typeof(RetentionView), "retention.view")]
    public partial record Reply;
}

namespace CustomerService.Grains.Journal
{
    [JsonDerivedType(typeof(ErasingAsked), "retention.asked")]
    [JsonDerivedType(typeof(ErasingBegan), "retention.began")]
    [JsonDerivedType(typeof(ErasingEnded), "retention.ended")]
    public partial record JournalEvent;
}
