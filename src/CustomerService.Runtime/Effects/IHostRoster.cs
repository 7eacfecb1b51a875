namespace CustomerService.Runtime.Effects;

/// <summary>Which hosts of a shared store live, as far as this one knows.</summary>
public interface IHostRoster
{
    /// <summary>This host's own name: the owner of what it commits.</summary>
    string Me { get; }

    /// <summary>The names of all hosts that are not known to be dead or gone, this one included.</summary>
    IReadOnlyCollection<string> Living { get; }

    /// <summary>Raised after <see cref="Living"/> has changed. A handler must be quick.</summary>
    event Action? Changed;

    /// <summary>Looks again, so that a host that joined a moment ago is not taken for a dead one.</summary>
    /// <returns>False when that is not possible now: then nobody's effects may be taken over.</returns>
    ValueTask<bool> RefreshAsync(CancellationToken cancellation = default);
}
