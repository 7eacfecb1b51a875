using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.Tests.Probes;

/// <summary>Takes a note (once per command id), and wants done what the note says.</summary>
public sealed record Note(string Text) : Command
{
    /// <summary>Grains that are told the same text, in this order.</summary>
    public ImmutableArray<GrainId> Forward { get; init; } = [];

    /// <summary>Work to perform; its result is noted as <c>done:text</c>.</summary>
    public string? Work { get; init; }

    public int Priority { get; init; }

    /// <summary>Wakes the grain to note <c>woken:text</c>.</summary>
    public DateTimeOffset? WakeAt { get; init; }
}

/// <summary>Throws, as a bug does.</summary>
public sealed record Blow(string Message) : Command;

/// <summary>Makes a state that can't be written.</summary>
public sealed record Spoil : Command;

/// <summary>Cancels the alarm that a note set.</summary>
public sealed record Hush : Command;

/// <summary>Forgets every note, also in the journal.</summary>
public sealed record Wipe : Command;

/// <summary>Leaves nothing of the grain.</summary>
/// <param name="Last">Wants something told besides, which is a bug.</param>
public sealed record Fade(GrainId? Last = null) : Command;

public sealed record Reject : Command;

public sealed record PutLine(string Key, string? Payload) : Command;

public sealed record GetNotes : Query;

public sealed record Notes(ImmutableArray<string> Texts, long Number) : Reply;

public sealed record Noted(string Text) : JournalEvent;

public sealed record Chore(string Text) : Work;

public sealed record ProbeState(ImmutableArray<string> Texts, ImmutableHashSet<string> Seen, double Weight = 0);

/// <summary>A grain that remembers every note in order, and every command id that it saw.</summary>
public sealed class ProbeBehaviour : IGrainBehaviour<ProbeState>
{
    public static string Kind => "probe";

    public static int StateVersion => 1;

    public static JsonTypeInfo<ProbeState> StateJson { get; } = (JsonTypeInfo<ProbeState>)ProbeFormat.Options.GetTypeInfo(typeof(ProbeState));

    public static ProbeState Initial(string key) => new([], []);

    public static Turn<ProbeState> Handle(ProbeState state, Command command, DateTimeOffset now) => command switch
    {
        GetNotes => Turn.Unchanged(state, new Notes(state.Texts, state.Texts.Length)),
        Reject => Turn.Unchanged(state, Reply.Refuse("rejected", "As you wished.")),
        Blow blow => throw new InvalidOperationException(blow.Message),
        Spoil => Turn.Of(state with { Weight = double.NaN }, Reply.Done),
        Hush => Turn.Of(state, Reply.Done, new CancelWake("wake")),
        { Id.Length: > 0 } when state.Seen.Contains(command.Id) => Turn.Unchanged(state, Reply.Done),
        Wipe => Take(state with { Texts = [] }, command, "wiped", new EmptyJournal()),
        Fade { Last: { } last } => Turn.Of(Initial(""), Reply.Done, new Vanish(), new Tell(last, new Note("bye"))),
        Fade => Turn.Of(Initial(""), Reply.Done, new Vanish()),
        WorkFailed failed => Take(state, command, $"failed:{((Chore)failed.Work).Text}"),
        Note note => Take(state, command, note.Text, [.. Effects(note)]),
        _ => Turn.Unchanged(state, Reply.Refuse("unknown_command", command.GetType().Name)),
    };

    private static Turn<ProbeState> Take(ProbeState state, Command command, string text, params Effect[] effects) => Turn.Of(
        state with { Texts = state.Texts.Add(text), Seen = command.Id.Length > 0 ? state.Seen.Add(command.Id) : state.Seen },
        Reply.Done,
        [new Grains.Turns.Record(new Noted(text)), .. effects]);

    private static IEnumerable<Effect> Effects(Note note)
    {
        foreach (var grain in note.Forward)
            yield return new Tell(grain, new Note(note.Text));
        if (note.Work is not null)
            yield return new Perform(new Chore(note.Work), note.Priority);
        if (note.WakeAt is { } at)
            yield return new Wake("wake", at, new Note("woken:" + note.Text));
    }
}

/// <summary>A grain whose lines are index entries; its state counts the changes.</summary>
public sealed class LinesBehaviour : IIndexedBehaviour<LinesState>
{
    public static string Kind => "lines";

    public static int StateVersion => 1;

    public static JsonTypeInfo<LinesState> StateJson { get; } = (JsonTypeInfo<LinesState>)ProbeFormat.Options.GetTypeInfo(typeof(LinesState));

    public static LinesState Initial(string key) => new(0);

    public static LinesState Restore(LinesState state, ImmutableArray<IndexEntry> entries) =>
        state with { Lines = entries.ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Payload, StringComparer.Ordinal) };

    public static Turn<LinesState> Handle(LinesState state, Command command, DateTimeOffset now) => command switch
    {
        GetNotes => Turn.Unchanged(state, new Notes([.. state.Lines.Select(line => $"{line.Key}={line.Value}")], state.Changes)),
        PutLine { Payload: { } payload } put => Turn.Of(
            state with { Changes = state.Changes + 1, Lines = state.Lines.SetItem(put.Key, payload) }, Reply.Done, new PutEntry(put.Key, payload)),
        PutLine remove => Turn.Of(
            state with { Changes = state.Changes + 1, Lines = state.Lines.Remove(remove.Key) }, Reply.Done, new RemoveEntry(remove.Key)),
        _ => Turn.Unchanged(state, Reply.Refuse("unknown_command", command.GetType().Name)),
    };
}

public sealed record LinesState(long Changes)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public ImmutableSortedDictionary<string, string> Lines { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

/// <summary>The product's own JSON, with the test grains' types added.</summary>
internal static class ProbeFormat
{
    public static JsonSerializerOptions Options { get; } = new(GrainsJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(GrainsJson.Default.WithAddedModifier(AddProbes), new DefaultJsonTypeInfoResolver()),
    };

    public static GrainFormat Format { get; } = new(Options);

    public static ImmutableArray<GrainKind> Kinds { get; } =
        [GrainKind.Of<ProbeBehaviour, ProbeState>(), GrainKind.OfIndexed<LinesBehaviour, LinesState>()];

    public static GrainId Probe(string key) => new("probe", key);

    private static void AddProbes(JsonTypeInfo type)
    {
        Type[] added = [typeof(Note), typeof(Blow), typeof(Spoil), typeof(Hush), typeof(Wipe), typeof(Fade), typeof(Reject), typeof(PutLine), typeof(GetNotes), typeof(Notes), typeof(Noted), typeof(Chore)];
        foreach (var probe in added.Where(probe => probe.IsSubclassOf(type.Type) && type.PolymorphismOptions is not null))
            type.PolymorphismOptions!.DerivedTypes.Add(new JsonDerivedType(probe, "test." + probe.Name));
    }
}
