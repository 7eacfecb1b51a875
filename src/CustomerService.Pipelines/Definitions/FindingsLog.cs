using Microsoft.Extensions.Logging;

namespace CustomerService.Pipelines.Definitions;

/// <summary>Tells an owner what was found in a file that is used all the same.</summary>
internal static partial class FindingsLog
{
    public static void LogFindings(this ILogger logger, IEnumerable<PipelineFinding> warnings)
    {
        foreach (var warning in warnings)
            LogFinding(logger, warning);
    }

    [LoggerMessage(LogLevel.Warning, "{Finding}")]
    private static partial void LogFinding(ILogger logger, PipelineFinding finding);
}
