using CustomerService.Grains;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Turns;

namespace CustomerService.Simulation.Hosting;

/// <summary>Holds commands, effects and events as objects. When one is read, it is now and then really written as JSON and read back.</summary>
internal sealed class HeldFormat(HeldObjects held, Func<bool> isRewritten) : GrainFormat(GrainsJson.Default.Options)
{
    public override byte[] Write(Command value) => held.Hold(value);

    public override byte[] Write(Effect value) => held.Hold(value);

    public override byte[] Write(JournalEvent value) => held.Hold(value);

    public override Command ReadCommand(ReadOnlyMemory<byte> stored)
    {
        var value = (Command)held.Get(stored.Span);
        return isRewritten() ? base.ReadCommand(base.Write(value)) : value;
    }

    public override Effect ReadEffect(ReadOnlyMemory<byte> stored)
    {
        var value = (Effect)held.Get(stored.Span);
        return isRewritten() ? base.ReadEffect(base.Write(value)) : value;
    }

    public override JournalEvent ReadEvent(ReadOnlyMemory<byte> stored)
    {
        var value = (JournalEvent)held.Get(stored.Span);
        return isRewritten() ? base.ReadEvent(base.Write(value)) : value;
    }
}
