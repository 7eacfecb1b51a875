using CustomerService.Grains.Journal;
using GrainId = CustomerService.Grains.Turns.GrainId; // Orleans, where it is on, brings one of its own into view.

namespace CustomerService.Silo.Running;

/// <summary>The signs of a process whose host is still being made.</summary>
internal sealed class LaterHints(IServiceProvider services) : IHints
{
    private readonly Lazy<IHints> _hints = new(services.GetRequiredService<IHints>);

    public void Send(GrainId grain, string hint) => _hints.Value.Send(grain, hint);

    public IDisposable Listen(GrainId grain, Action<string> onHint) => _hints.Value.Listen(grain, onHint);
}
