namespace CustomerService.Pipelines.Definitions;

/// <summary>A place in a text file. Lines and columns count from 1.</summary>
public readonly record struct SourcePosition(int Line, int Column)
{
    public static SourcePosition Start { get; } = new(1, 1);

    public override string ToString() => $"{Line}:{Column}";
}

/// <summary>How bad a finding is: errors keep a file from being used, warnings do not.</summary>
public enum FindingSeverity
{
    Error,
    Warning,
}

/// <summary>One thing that is wrong with a file: where, what, and how to put it right.</summary>
public sealed record PipelineFinding(FindingSeverity Severity, string File, SourcePosition At, string Message, string Fix)
{
    /// <summary><c>file:line:column: error: what. Fix: how.</c>, a form that editors jump to.</summary>
    public override string ToString() =>
        $"{File}:{At}: {(Severity == FindingSeverity.Error ? "error" : "warning")}: {Message}. Fix: {Fix}{(Fix.EndsWith('?') ? "" : ".")}";
}

/// <summary>Collects what is found while one file is read and checked.</summary>
internal sealed class Findings(string file)
{
    /// <summary>Beyond this many, more would only hide the first ones.</summary>
    private const int Most = 200;

    private readonly List<PipelineFinding> _all = [];

    public string File { get; } = file;

    public bool HasErrors { get; private set; }

    /// <summary>What was found, in the order of the file.</summary>
    public IReadOnlyList<PipelineFinding> InOrder => [.. _all.Distinct().OrderBy(finding => finding.At.Line).ThenBy(finding => finding.At.Column)];

    public void Error(SourcePosition at, string message, string fix)
    {
        HasErrors = true;
        Add(FindingSeverity.Error, at, message, fix);
    }

    public void Warning(SourcePosition at, string message, string fix) => Add(FindingSeverity.Warning, at, message, fix);

    private void Add(FindingSeverity severity, SourcePosition at, string message, string fix)
    {
        if (_all.Count < Most)
            _all.Add(new PipelineFinding(severity, File, at, message, fix));
    }
}
