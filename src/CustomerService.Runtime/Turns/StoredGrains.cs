using System.Collections.Frozen;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Stores;

namespace CustomerService.Runtime.Turns;

/// <summary>Answers queries from what is stored, without a host: the command line looks at a system that runs, or that does not.</summary>
public sealed class StoredGrains(IEnumerable<GrainKind> kinds, IGrainReader reader, TimeProvider time) : IGrainClient
{
    private readonly FrozenDictionary<string, GrainKind> byName = kinds.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The kind is unknown, or the command is no query.</exception>
    public async ValueTask<Reply> AskAsync(GrainId grain, Command command, CancellationToken cancellation = default)
    {
        if (command is not Query)
            throw new ArgumentException($"{command.GetType().Name} changes its grain; only queries can be asked of a store that was opened for reading.", nameof(command));
        if (!byName.TryGetValue(grain.Kind, out var kind))
            throw new ArgumentException($"There is no grain of kind '{grain.Kind}'.", nameof(grain));

        var stored = await reader.LoadAsync(grain, kind.IsIndexed, cancellation);
        var state = stored is null ? kind.Initial(grain.Key) : kind.Read(stored.State, stored.StateVersion);
        if (kind.IsIndexed)
            state = kind.Restore(state, HeardTells.Without(stored?.Entries ?? []));
        return kind.Handle(state, command, time.GetUtcNow()).Reply;
    }
}
