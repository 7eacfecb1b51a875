using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Journal;

/// <summary>
/// Fleeting signs about a grain, such as that somebody is typing, brought to whoever listens now. Nothing is kept, and each may be lost, late,
/// repeated or out of order without harm; what must arrive is an event of the journal.
/// </summary>
public interface IHints
{
    /// <summary>Sends a sign to everyone who listens to the grain, here and in other processes. It waits for nothing and never fails.</summary>
    /// <param name="grain">Need not exist: the sign is about it, and its state is not touched.</param>
    /// <param name="hint">A short word that the listeners know, such as <c>typing:agent</c>.</param>
    void Send(GrainId grain, string hint);

    /// <summary>
    /// Calls back for each sign about the grain, this process's own included, until disposed. The callback must be quick and must not throw.
    /// Words that a listener does not know are of a newer program; it leaves them aside.
    /// </summary>
    IDisposable Listen(GrainId grain, Action<string> onHint);
}
