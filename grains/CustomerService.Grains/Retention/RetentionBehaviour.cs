using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Retention;

/// <summary>Keeps what the runs of the erasing did, and that one at a time is wanted. What is old enough others find, and each conversation decides itself whether it may go.</summary>
public sealed class RetentionBehaviour : IGrainBehaviour<RetentionState>
{
    private RetentionBehaviour()
    {
    }

    public static string Kind => GrainKinds.Retention;

    public static int StateVersion => 1;

    public static JsonTypeInfo<RetentionState> StateJson => GrainsJson.Default.RetentionState;

    public static RetentionState Initial(string key) => new();

    public static Turn<RetentionState> Handle(RetentionState state, Command command, DateTimeOffset now) => command switch
    {
        GetRetention => Turn.Unchanged(state, new RetentionView(state.Rules, state.RulesSince, state.AskedBy, state.Running, [.. state.Past.Reverse()])),
        TakeRetentionRules c when state.Rules?.IsSame(c.Rules) == true => Turn.Unchanged(state, Reply.Done),
        TakeRetentionRules c => Turn.Of(state with { Rules = c.Rules, RulesSince = now }, Reply.Done),
        AskForErasing c => Ask(state, c),
        BeginErasing => Begin(state, now),
        FollowErasing c when state.Running is { } run => Turn.Of(state with { Running = run with { Counts = c.Counts } }, Reply.Done),
        EndErasing c when state.Running is { } run => End(state, run with { Counts = c.Counts, EndedAt = now }),
        FollowErasing or EndErasing => Turn.Unchanged(state, Reply.Done),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<RetentionState> Ask(RetentionState state, AskForErasing ask)
    {
        if (state.AskedBy is not null || state.Running is not null)
            return Turn.Unchanged(state, Reply.Refuse("erasing_under_way", "A run is under way already, or about to begin."));
        return Turn.Of(state with { AskedBy = ask.By }, Reply.Done, new Record(new ErasingAsked(ask.By)));
    }

    private static Turn<RetentionState> Begin(RetentionState state, DateTimeOffset now)
    {
        if (state.Running is not null)
            return Turn.Unchanged(state, Reply.Done);
        var run = new ErasingRun($"erasing-{(state.LastNumber + 1).ToString(CultureInfo.InvariantCulture)}", state.AskedBy, now, ErasingCounts.None, null);
        return Turn.Of(state with { LastNumber = state.LastNumber + 1, AskedBy = null, Running = run }, Reply.Done, new Record(new ErasingBegan(run.Id, run.By)));
    }

    private static Turn<RetentionState> End(RetentionState state, ErasingRun run)
    {
        var past = state.Past.Add(run);
        return Turn.Of(state with { Running = null, Past = past.Count > RetentionState.MostPast ? past.RemoveAt(0) : past }, Reply.Done, new Record(new ErasingEnded(run)));
    }
}
