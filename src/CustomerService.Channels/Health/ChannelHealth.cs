using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerService.Channels.Accounts;

namespace CustomerService.Channels.Health;

/// <summary>How the accounts do, as this process sees it: it knows what it does itself, since its start. Of a cluster each process tells its own part.</summary>
public sealed class ChannelHealth(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, AccountHealth> _accounts = new(StringComparer.Ordinal);
    private Func<ImmutableArray<IChannelAccount>> _open = () => [];

    /// <summary>Since when it is kept.</summary>
    public DateTimeOffset Since { get; } = time.GetUtcNow();

    internal event Action<string, string, AccountEvent>? Happened;

    /// <summary>From now on these are the accounts in use.</summary>
    public void Watch(ChannelAccounts accounts) => _open = () => accounts.All;

    /// <summary>Where to report what happens at an account.</summary>
    public AccountHealth Of(string account) => _accounts.GetOrAdd(account, name => new AccountHealth(time, what => Happened?.Invoke(name, ChannelOf(name) ?? "", what)));

    /// <summary>Every account in use, and those that messages wait for though they are not, by name.</summary>
    public ImmutableArray<AccountStatus> Look()
    {
        var open = _open();
        var gone = _accounts.Where(each => each.Value.HasWaiting && !open.Any(account => account.Name == each.Key)).Select(each => (Name: each.Key, Channel: (string?)null));
        return [.. open.Select(account => (account.Name, Channel: (string?)account.Channel)).Concat(gone)
            .OrderBy(each => each.Name, StringComparer.Ordinal).Select(each => Of(each.Name).Look(each.Name, each.Channel))];
    }

    private string? ChannelOf(string account) => _open().FirstOrDefault(each => each.Name == account)?.Channel;
}
