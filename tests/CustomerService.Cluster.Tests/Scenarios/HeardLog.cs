using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CustomerService.Cluster.Tests.Scenarios;

/// <summary>Keeps what our own parts of the silos say, for whoever looks why a scenario failed.</summary>
internal sealed class HeardLog : ILoggerProvider
{
    private const int Kept = 200;
    private readonly ConcurrentQueue<string> lines = new();

    public IEnumerable<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(HeardLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith("CustomerService", StringComparison.Ordinal) ? logLevel >= LogLevel.Debug : logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            log.lines.Enqueue($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} {category}: {formatter(state, exception)} {exception}");
            while (log.lines.Count > Kept)
                log.lines.TryDequeue(out _);
        }
    }
}
