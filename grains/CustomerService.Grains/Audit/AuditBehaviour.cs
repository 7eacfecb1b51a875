using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains.Conversations;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Audit;

/// <summary>Writes down who did what, and nothing else: one log, append-only, its records chained by their hashes.</summary>
public sealed class AuditBehaviour : IGrainBehaviour<AuditState>
{
    private const int MaxName = 200;
    private const int MaxText = 500;

    private AuditBehaviour()
    {
    }

    public static string Kind => GrainKinds.Audit;

    public static int StateVersion => 1;

    public static JsonTypeInfo<AuditState> StateJson => GrainsJson.Default.AuditState;

    public static AuditState Initial(string key) => new();

    public static Turn<AuditState> Handle(AuditState state, Command command, DateTimeOffset now) => command switch
    {
        NoteAct c => Note(state, c, now),
        GetAuditHead => Turn.Unchanged(state, new AuditHead(state.Count, state.Head)),
        _ => Refusals.UnknownCommand(state, Kind, command),
    };

    private static Turn<AuditState> Note(AuditState state, NoteAct note, DateTimeOffset now)
    {
        if (note.Id.Length > 0 && state.Remembered.FindLast(each => each.CommandId == note.Id) is { } known)
            return Turn.Unchanged(state, new ActNumber(known.Number));

        var act = new ActNoted(
            state.Count + 1, now.ToUniversalTime(), Cut(note.Who, MaxName)!, Cut(note.Act, MaxName)!, Cut(note.Permission, MaxName), Cut(note.Target, MaxText)!, note.Outcome, Cut(note.Detail, MaxText),
            Cut(note.Reason, MaxText), Cut(note.Address, MaxName), Hash: "");
        act = act with { Hash = AuditChain.HashOf(act, state.Head) };
        var next = state with
        {
            Count = act.Number,
            Head = act.Hash,
            Remembered = note.Id.Length == 0 ? state.Remembered : state.Remembered.AddWithin(new RememberedAct(note.Id, act.Number), AuditState.RememberedCommands),
        };
        return Turn.Of(next, new ActNumber(act.Number), new Record(act));
    }

    // A lone surrogate is written to JSON as U+FFFD and would read back as another text than was hashed.
    private static string? Cut(string? text, int length) =>
        text is null ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(Excerpt.Of(text, length)));
}
