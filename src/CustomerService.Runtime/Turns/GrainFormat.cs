using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;

namespace CustomerService.Runtime.Turns;

/// <summary>How commands, effects and events are stored: as UTF-8 JSON, each with its stable type name.</summary>
/// <remarks>A host whose store never leaves memory may derive one that keeps the objects themselves.</remarks>
public class GrainFormat
{
    private readonly JsonTypeInfo<Command> command;
    private readonly JsonTypeInfo<Effect> effect;
    private readonly JsonTypeInfo<JournalEvent> journalEvent;

    /// <param name="options">Options that know every command, effect, work and event by its type name.</param>
    public GrainFormat(JsonSerializerOptions options)
    {
        command = (JsonTypeInfo<Command>)options.GetTypeInfo(typeof(Command));
        effect = (JsonTypeInfo<Effect>)options.GetTypeInfo(typeof(Effect));
        journalEvent = (JsonTypeInfo<JournalEvent>)options.GetTypeInfo(typeof(JournalEvent));
    }

    /// <summary>The format of the product's own grains.</summary>
    public static GrainFormat Default { get; } = new(GrainsJson.Default.Options);

    public virtual byte[] Write(Command value) => JsonSerializer.SerializeToUtf8Bytes(value, command);

    public virtual byte[] Write(Effect value) => JsonSerializer.SerializeToUtf8Bytes(value, effect);

    public virtual byte[] Write(JournalEvent value) => JsonSerializer.SerializeToUtf8Bytes(value, journalEvent);

    /// <exception cref="JsonException">The text is no command that this program knows.</exception>
    public virtual Command ReadCommand(ReadOnlyMemory<byte> stored) => Read(stored, command);

    /// <exception cref="JsonException">The text is no effect that this program knows.</exception>
    public virtual Effect ReadEffect(ReadOnlyMemory<byte> stored) => Read(stored, effect);

    /// <exception cref="JsonException">The text is no event that this program knows.</exception>
    public virtual JournalEvent ReadEvent(ReadOnlyMemory<byte> stored) => Read(stored, journalEvent);

    private static T Read<T>(ReadOnlyMemory<byte> stored, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(stored.Span, type) ?? throw new JsonException($"A stored {typeof(T).Name} is empty.");
        }
        catch (NotSupportedException unknown)
        {
            // An unknown or missing type name is reported by the serializer as "not supported" on an abstract type.
            throw new JsonException($"A stored {typeof(T).Name} is of a type that this program does not know; run the newer program.", unknown);
        }
    }
}
