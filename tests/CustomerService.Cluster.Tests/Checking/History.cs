using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Cluster.Tests.Checking;

/// <summary>What the clients of a run did and were told, in the order in which they knew it. Any thread may add to it.</summary>
internal sealed class History(TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    private readonly ConcurrentQueue<Deed> deeds = new();

    public IReadOnlyList<Deed> Deeds => [.. deeds];

    public int Acknowledged => deeds.Count(deed => deed.What == DeedKind.Acknowledged);

    public void Add(DeedKind what, string conversation, string message, long sequence = 0) =>
        deeds.Enqueue(new Deed(time.GetUtcNow(), what, conversation, message, sequence));

    /// <summary>Writes it as one JSON line for each deed.</summary>
    public Task SaveAsync(string file) => File.WriteAllLinesAsync(file, deeds.Select(deed => JsonSerializer.Serialize(deed, Json)));
}

/// <param name="Sequence">The place in the transcript that the client was told; 0 where it was told none.</param>
internal sealed record Deed(DateTimeOffset At, DeedKind What, string Conversation, string Message, long Sequence);

internal enum DeedKind
{
    /// <summary>A customer sends a message for the first time.</summary>
    Sent,

    /// <summary>It was not acknowledged, and is sent again.</summary>
    SentAgain,

    /// <summary>The system said that it has it.</summary>
    Acknowledged,

    /// <summary>The system said that it has an agent's reply.</summary>
    ReplyAcknowledged,

    /// <summary>A customer was shown a message of the transcript.</summary>
    Shown,
}
