using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Chaos;

/// <summary>Commands, events and replies in one line each, for people who read a story.</summary>
internal static class InWords
{
    private const int MaxLength = 240;

    private static readonly JsonTypeInfo<Reply> Replies = (JsonTypeInfo<Reply>)GrainsJson.Default.Options.GetTypeInfo(typeof(Reply));

    public static string Of(Command command) => Short(GrainFormat.Default.Write(command));

    public static string Of(JournalEvent happened) => Short(GrainFormat.Default.Write(happened));

    public static string Of(Reply reply) => reply switch
    {
        Done => "done",
        Refused refused => $"refused, {refused.Code}",
        _ => Short(JsonSerializer.SerializeToUtf8Bytes(reply, Replies)),
    };

    /// <summary><c>{"$type":"queue.claim_offer","offerId":"x"}</c> as <c>queue.claim_offer offerId: x</c>.</summary>
    private static string Short(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var words = new StringBuilder();
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (member.Name == "$type")
                words.Insert(0, member.Value.GetString());
            else if (!IsNothing(member.Value))
                words.Append(' ').Append(member.Name).Append(": ").Append(member.Value.ToString()).Append(',');
        }

        var text = words.ToString().TrimEnd(',');
        return text.Length <= MaxLength ? text : text[..MaxLength] + "…";
    }

    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.Number => value.GetDouble() == 0,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
