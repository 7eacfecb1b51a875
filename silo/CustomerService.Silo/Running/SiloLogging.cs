using CustomerService.Silo.Composition;
using Microsoft.Extensions.Logging.Console;

namespace CustomerService.Silo.Running;

/// <summary>The log: one line an event, on standard error, so that standard output is for results.</summary>
internal static class SiloLogging
{
    public static ILoggingBuilder ForSilo(this ILoggingBuilder logging, SiloSettings settings)
    {
        logging.ClearProviders();
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
            console.ColorBehavior = LoggerColorBehavior.Default;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        var ours = (settings.TellsMore, settings.Quiet) switch
        {
            (_, true) => LogLevel.Error,
            (true, _) => LogLevel.Debug,
            _ => LogLevel.Information,
        };
        // A start that fails is told in one clear line by whoever asked for it; the host's own word for it is a stack.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        return logging.AddFilter("CustomerService", ours)
            .AddFilter("Microsoft", settings.TellsMore ? LogLevel.Information : LogLevel.Warning)
            // Below a warning it has only requests' beginnings and ends; while it is on, each request and socket keeps an activity for its lines.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", settings.TellsMore ? LogLevel.Information : LogLevel.None)
            // It tells of each attempt; what comes of them is told by whoever made them.
            .AddFilter("Polly", LogLevel.None)
            .AddFilter("Orleans", (settings.TellsMore, settings.Quiet) switch
            {
                (_, true) => LogLevel.Error,
                (true, _) => LogLevel.Information,
                _ => LogLevel.Warning,
            });
    }
}
