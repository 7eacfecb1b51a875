namespace CustomerService.Fuzz.Tests.Fuzzing;

/// <summary>Something that reads what strangers send.</summary>
/// <param name="name">As the command line names it.</param>
/// <param name="share">How many of a thousand inputs are its.</param>
internal abstract class FuzzTarget(string name, int share) : IAsyncDisposable
{
    public string Name { get; } = name;

    public int Share { get; } = share;

    /// <summary>How many bytes may be allocated for an input, whatever is in it.</summary>
    public long AllocatedAnyway { get; protected init; } = 2_000_000;

    /// <summary>How many bytes may be allocated for each of its bytes besides.</summary>
    public int AllocatedPerByte { get; protected init; } = 200;

    /// <summary>An input. The same random numbers make the same one.</summary>
    public abstract byte[] Make(Random random);

    /// <summary>Has it read.</summary>
    /// <exception cref="Exception">Any is a finding.</exception>
    public abstract ValueTask<FuzzOutcome> TryAsync(byte[] input);

    public ValueTask DisposeAsync() => CloseAsync();

    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;
}

/// <param name="What">What became of an input, in a word, to be counted: a target whose inputs all end alike is not reached.</param>
/// <param name="Bytes">How long it was; null: as long as its bytes.</param>
internal readonly record struct FuzzOutcome(string What, long? Bytes = null);

/// <summary>It was read, and what came of it is wrong.</summary>
internal sealed class FuzzFinding(string message) : Exception(message);
