using System.Text.Json;
using CustomerService.Grains.Turns;
using Orleans;
using Orleans.Concurrency;

namespace CustomerService.Grains.Orleans.Wire;

/// <summary>
/// What came of one command between silos: its reply, or the fault that <see cref="IGrainClient"/> promises. Faults are
/// values here, since an exception loses its own properties on the way.
/// </summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.Answer)]
public sealed record WireAnswer
{
    [Id(0)]
    public required WireOutcome Outcome { get; init; }

    /// <summary>A <see cref="Reply"/> with its type name, as UTF-8 JSON; empty when there is a fault.</summary>
    [Id(1)]
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The fault in one sentence.</summary>
    [Id(2)]
    public string Message { get; init; } = "";

    /// <summary>Under which key operators find a parked command.</summary>
    [Id(3)]
    public string ParkedId { get; init; } = "";

    /// <summary>When a busy host may be asked again.</summary>
    [Id(4)]
    public TimeSpan RetryAfter { get; init; }

    public static WireAnswer Of(Reply reply) =>
        new() { Outcome = WireOutcome.Replied, Json = JsonSerializer.SerializeToUtf8Bytes(reply, GrainsJson.Default.Reply) };

    /// <summary>The answer for one of the faults that <see cref="IGrainClient"/> promises; null for any other.</summary>
    public static WireAnswer? Of(Exception fault) => fault switch
    {
        HostBusyException busy => new() { Outcome = WireOutcome.Busy, Message = busy.Message, RetryAfter = busy.RetryAfter },
        CommandParkedException parked => new() { Outcome = WireOutcome.Parked, Message = parked.Message, ParkedId = parked.ParkedId },
        StoreUnavailableException unavailable => new() { Outcome = WireOutcome.StoreUnavailable, Message = unavailable.Message },
        _ => null,
    };

    /// <summary>The reply; throws the fault when there is one.</summary>
    /// <exception cref="JsonException">It is no reply that this program knows.</exception>
    public Reply ToReply() => Outcome switch
    {
        WireOutcome.Replied => JsonSerializer.Deserialize(Json.Span, GrainsJson.Default.Reply) ?? throw new JsonException("A reply between silos is empty."),
        WireOutcome.Busy => throw new HostBusyException(Message, RetryAfter),
        WireOutcome.Parked => throw new CommandParkedException(ParkedId, Message),
        WireOutcome.StoreUnavailable => throw new StoreUnavailableException(Message),
        _ => throw new JsonException($"An answer between silos has the outcome {(int)Outcome}, which this program does not know; run the newer program."),
    };
}

/// <summary>The numbers are part of the wire: never change or reuse one.</summary>
[GenerateSerializer]
[Alias(WireAliases.Outcome)]
public enum WireOutcome
{
    Replied = 0,
    Busy = 1,
    Parked = 2,
    StoreUnavailable = 3,
}
