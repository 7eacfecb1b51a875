using System.Text.Json;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;
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

    /// <summary>It comes from outside the system, and so may be refused for load; what was accepted once never is.</summary>
    [Id(1)]
    public bool Outside { get; init; }

    public static WireCommand Of(Command command, bool outside = false) => new() { Json = GrainFormat.Default.Write(command), Outside = outside };

    /// <exception cref="JsonException">It is no command that this program knows.</exception>
    public Command ToCommand() => GrainFormat.Default.ReadCommand(Json);
}
