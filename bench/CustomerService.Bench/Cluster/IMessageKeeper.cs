using CustomerService.Bench.Database;

namespace CustomerService.Bench.Cluster;

/// <summary>Keeps messages of conversations: each is durable when its task ends.</summary>
internal interface IMessageKeeper : IAsyncDisposable
{
    /// <returns>The message's place in its conversation.</returns>
    Task<long> KeepAsync(int conversation, string messageId, string text);

    /// <summary>Ends when nothing is left to do besides what was asked.</summary>
    Task SettleAsync();

    /// <summary>How many messages the storage has.</summary>
    Task<long> CountAsync();
}

/// <summary>One of those that are measured side by side.</summary>
/// <param name="Name">As the report calls it.</param>
/// <param name="OpenAsync">Opens it in an empty database.</param>
/// <param name="UsesDatabase">False: it keeps a file of its own instead.</param>
internal sealed record Contestant(string Name, Func<BenchDatabase, Task<IMessageKeeper>> OpenAsync, bool UsesDatabase = true);
