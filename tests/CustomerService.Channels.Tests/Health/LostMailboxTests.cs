using CustomerService.Channels.Accounts;
using CustomerService.Channels.Settings;
using CustomerService.Channels.Tests.Email;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Channels.Tests.Health;

public sealed class LostMailboxTests
{
    [Fact]
    public async Task ServerThatDoesNotAnswer_IsTold_UntilNobodyReadsTheMailbox()
    {
        using var desk = new MailDesk();
        using var said = new Said();
        var settings = MailDesk.Settings(9, 9);
        await using var accounts = new ChannelAccounts(new ChannelSettings(null, [settings]), _ => desk.Parts() with { Loggers = said }, NullLogger<ChannelAccounts>.Instance);
        desk.Health.Watch(accounts);
        using var stop = new CancellationTokenSource();
        var following = accounts.Find<IFollowingAccount>("support")!.FollowAsync(desk, stop.Token);
        await said.Warning.Task;

        var lost = Assert.Single(desk.Health.Look());
        Assert.Equal(("broken", "lost"), (lost.State, lost.Follower!.State));
        Assert.StartsWith("the mailbox can't be read: ", lost.Why, StringComparison.Ordinal);

        await stop.CancelAsync();
        await following;
        Assert.Null(Assert.Single(desk.Health.Look()).Follower);
    }

    /// <summary>A log that tells when there was a warning.</summary>
    private sealed class Said : ILoggerFactory, ILogger
    {
        public TaskCompletionSource Warning { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
                Warning.TrySetResult();
        }

        public void Dispose()
        {
        }
    }
}
