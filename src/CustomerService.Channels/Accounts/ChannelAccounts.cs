using System.Collections.Immutable;
using CustomerService.Channels.Settings;
using Microsoft.Extensions.Logging;

namespace CustomerService.Channels.Accounts;

/// <summary>The accounts in use. An edit of <c>channels.yaml</c> opens what is new, and closes what is gone or other.</summary>
public sealed partial class ChannelAccounts : IAsyncDisposable
{
    private readonly Func<ChannelSettings, AccountParts> _parts;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private ImmutableDictionary<string, (AccountSettings Settings, IChannelAccount Account)> _open =
        ImmutableDictionary<string, (AccountSettings Settings, IChannelAccount Account)>.Empty;

    /// <param name="parts">What accounts are made of, under these settings.</param>
    public ChannelAccounts(ChannelSettings settings, Func<ChannelSettings, AccountParts> parts, ILogger<ChannelAccounts> logger)
    {
        (_parts, _logger) = (parts, logger);
        Use(settings);
    }

    /// <summary>Where providers reach this system; null: the owner has not said.</summary>
    public Uri? PublicUrl { get; private set; }

    /// <summary>Accounts were opened or closed.</summary>
    public event Action? Changed;

    /// <summary>All that are open, by name.</summary>
    public ImmutableArray<IChannelAccount> All => [.. Volatile.Read(ref _open).Values.Select(each => each.Account).OrderBy(account => account.Name, StringComparer.Ordinal)];

    /// <summary>The account of that name, where it is open and can do that.</summary>
    public TAccount? Find<TAccount>(string name)
        where TAccount : class, IChannelAccount => Volatile.Read(ref _open).TryGetValue(name, out var found) ? found.Account as TAccount : null;

    /// <summary>The other accounts that their provider calls for at that one's address.</summary>
    public IEnumerable<IWebhookAccount> CalledAt(IWebhookAccount account) =>
        Volatile.Read(ref _open).Values.Where(each => each.Settings.WebhookOf == account.Name).Select(each => each.Account).OfType<IWebhookAccount>();

    /// <summary>Puts other settings in force.</summary>
    public void Use(ChannelSettings settings)
    {
        List<IChannelAccount> closed;
        lock (_gate)
        {
            PublicUrl = settings.PublicUrl;
            var parts = _parts(settings);
            var before = _open;
            var after = settings.Accounts.ToImmutableDictionary(
                wanted => wanted.Name,
                wanted => before.TryGetValue(wanted.Name, out var same) && same.Settings.Equals(wanted) ? same : (Settings: wanted, Account: wanted.Open(parts)));
            closed = [.. before.Values.Where(old => !after.TryGetValue(old.Settings.Name, out var now) || now.Account != old.Account).Select(old => old.Account)];
            Volatile.Write(ref _open, after);
        }

        Changed?.Invoke();
        foreach (var account in closed)
            _ = CloseAsync(account);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, account) in Interlocked.Exchange(ref _open, _open.Clear()).Values)
            await CloseAsync(account);
    }

    private async Task CloseAsync(IChannelAccount account)
    {
        try
        {
            await account.DisposeAsync();
        }
#pragma warning disable CA1031 // It is not used any more, whatever is wrong with it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogNotClosed(fault, account.Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Account} could not be closed in order")]
    private partial void LogNotClosed(Exception fault, string account);
}
