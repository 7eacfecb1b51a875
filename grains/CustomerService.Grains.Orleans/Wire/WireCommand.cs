using System.Text.Json;
using CustomerService.Grains.Turns;
using Orleans;
using Orleans.Concurrency;

namespace CustomerService.Grains.Orleans.Wire;

/// <summary>One command between silos: the same JSON in which commands are stored and parked, so that there is one contract.</summary>
[GenerateSerializer]
[Immutable]
[Alias(WireAliases.Command)]
public sealed record WireCommand
{
    /// <summary>A <see cref="Command"/> with its type name, as UTF-8 JSON.</summary>
    [Id(0)]
    public required ReadOnlyMemory<byte> Json { get; init; }

    public static WireCommand Of(Command command) => new() { Json = JsonSerializer.SerializeToUtf8Bytes(command, GrainsJson.Default.Command) };

    /// <exception cref="JsonException">It is no command that this program knows.</exception>
    public Command ToCommand() => JsonSerializer.Deserialize(Json.Span, GrainsJson.Default.Command) ?? throw new JsonException("A command between silos is empty.");
}
