using CustomerService.Pipelines.Definitions;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Routing;

/// <summary>Where the routing action gets its rules from.</summary>
public interface IRoutingRulesSource
{
    /// <summary>The rules in force now.</summary>
    RoutingRules Current { get; }
}

/// <summary>A file of routing rules in use. Once a day it is read again, for the holiday files that it names and for the new year's holidays.</summary>
public sealed class RoutingRulesFile : LiveContent<RoutingRules>, IRoutingRulesSource
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly ITimer _daily;

    /// <exception cref="PipelineFormatException">It can't be read or has errors; the message lists every one with line and column.</exception>
    public RoutingRulesFile(string path, TimeProvider time, ILogger<RoutingRulesFile> logger)
        : base(path, () => [path], () => Read(path, time, logger), time, logger) => _daily = time.CreateTimer(_ => ReadAgain(), null, Day, Day);

    /// <summary>Reads rules from YAML text.</summary>
    /// <param name="file">How messages name it; files that it names are looked for beside it.</param>
    /// <exception cref="PipelineFormatException">It has errors; the message lists every one with line and column.</exception>
    public static RoutingRules Parse(string text, string file) => RoutingCheck.Of(text, file, TimeProvider.System).RulesOrThrow();

    public override void Dispose()
    {
        _daily.Dispose();
        base.Dispose();
    }

    private static RoutingRules Read(string path, TimeProvider time, ILogger logger)
    {
        var report = RoutingCheck.OfFile(path, time);
        logger.LogFindings(report.Warnings);
        return report.RulesOrThrow();
    }
}
