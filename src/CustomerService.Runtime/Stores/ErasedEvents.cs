using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Runtime.Stores;

/// <summary>What stands in the journal in place of events that are erased.</summary>
public static class ErasedEvents
{
    /// <summary>Whose events those of vanished grains are. No grain has this id, and nobody can be addressed by it.</summary>
    public static GrainId Grain { get; } = new("erased", "");

    /// <summary>An <see cref="Emptied"/> as UTF-8 JSON.</summary>
    public static ReadOnlyMemory<byte> Body { get; } = GrainFormat.Default.Write(new Emptied());
}
