using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CustomerService.AgentConsole.Administration;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Silo.Owners;

/// <summary>What checks found, as findings with a place: most say it in a line such as <c>file:line:column: error: what</c> or <c>file(line,column): what</c>.</summary>
internal static partial class FindingLines
{
    public static ImmutableArray<FileFinding> Of(IEnumerable<PipelineFinding> findings, Func<string, string> named) =>
        [.. findings.Select(finding => new FileFinding(
            finding.Severity == FindingSeverity.Error, named(finding.File), finding.At.Line, finding.At.Column, finding.Fix.Length == 0 ? $"{finding.Message}." : $"{finding.Message}. Fix: {finding.Fix}{(finding.Fix.EndsWith('?') ? "" : ".")}"))];

    /// <param name="message">One or several lines.</param>
    /// <param name="path">Where a line names no place.</param>
    /// <param name="named">A file's name as its owner knows it.</param>
    public static ImmutableArray<FileFinding> In(string message, string path, Func<string, string> named) =>
        [.. message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Finding(line, path, named))];

    private static FileFinding Finding(string line, string path, Func<string, string> named)
    {
        if (Place().Match(line) is not { Success: true } place)
            return new FileFinding(true, path, 1, 1, line);
        return new FileFinding(
            place.Groups["severity"].Value != "warning", named(place.Groups["file"].Value), Number(place.Groups["line"]), Number(place.Groups["column"]), place.Groups["what"].Value);
    }

    private static int Number(Group group) => int.TryParse(group.Value, CultureInfo.InvariantCulture, out var number) ? number : 1;

    [GeneratedRegex(@"^(?<file>[^\s:(][^:(]*?)(?::(?<line>\d+)(?::(?<column>\d+))?|\((?<line>\d+),(?<column>\d+)\)): (?:(?<severity>error|warning): )?(?<what>.+)$")]
    private static partial Regex Place();
}
