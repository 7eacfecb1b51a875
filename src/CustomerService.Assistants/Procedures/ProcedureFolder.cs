using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace CustomerService.Assistants.Procedures;

/// <summary>
/// The owner's procedures, one a file. Edits take effect within seconds; a bad edit leaves that procedure as it was and says why. It looks at
/// intervals, since folders that are mounted do not tell of changes.
/// </summary>
public sealed partial class ProcedureFolder : IProcedureSource, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly string _folder;
    private readonly ProcedureCheck _check;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private string _seen = "";
    private volatile InForce _current = new([]);

    /// <param name="folder">It may be missing: then there are no procedures.</param>
    /// <exception cref="Settings.ContentFormatException">A file can't be used; the message lists every error with line and column.</exception>
    public ProcedureFolder(string folder, ProcedureCheck check, TimeProvider time, ILogger<ProcedureFolder> logger)
    {
        (_folder, _check, _logger) = (folder, check, logger);
        _seen = Fingerprint();
        var reports = Read();
        if (Problems(reports) is { Count: > 0 } problems)
            throw new Settings.ContentFormatException(string.Join('\n', problems));
        _current = new InForce([.. reports.Select(report => report.Definition!)]);
        _timer = time.CreateTimer(_ => Look(), null, Interval, Interval);
    }

    public ProcedureDefinition? Find(string name) => _current.ByName.GetValueOrDefault(name);

    public ProcedureDefinition? StartedBy(string intent) => _current.ByIntent.GetValueOrDefault(intent);

    public ProcedureDefinition? Making(string tool) =>
        _current.ByName.Values.Where(procedure => procedure.Confirmation?.Call.Tool == tool).MinBy(procedure => procedure.Name, StringComparer.Ordinal);

    public string? IntentOf(ProcedureDefinition procedure) => procedure.Intents.FirstOrDefault() ?? _current.ByName.Values
        .Where(other => other.Steps.OfType<ProcedureStep.ContinueWith>().Any(step => step.Procedure == procedure.Name)).SelectMany(other => other.Intents).FirstOrDefault();

    /// <summary>Looks now whether something has changed.</summary>
    public void Look()
    {
        lock (_gate)
        {
            try
            {
                var now = Fingerprint();
                if (now == _seen)
                    return;
                _seen = now;
                Apply(Read());
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                LogKept(_folder, fault.Message);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private ImmutableArray<ProcedureReport> Read() => [.. Files().Select(_check.OfFile)];

    // What is bad stays as it was; what is gone is gone.
    private void Apply(ImmutableArray<ProcedureReport> reports)
    {
        var next = ImmutableArray.CreateBuilder<ProcedureDefinition>();
        foreach (var report in reports)
        {
            if (report.Definition is { } good)
                next.Add(good);
            else if (Find(Path.GetFileNameWithoutExtension(report.File)) is { } former)
                next.Add(former);
        }

        foreach (var problem in Problems(reports))
            LogKept(_folder, problem);
        _current = new InForce(next.ToImmutable());
        LogReloaded(next.Count, _folder);
    }

    private static List<string> Problems(ImmutableArray<ProcedureReport> reports)
    {
        var problems = reports.SelectMany(report => report.Errors).Select(error => error.ToString()).ToList();
        var names = reports.Select(report => Path.GetFileNameWithoutExtension(report.File)).ToHashSet(StringComparer.Ordinal);
        foreach (var report in reports)
        {
            problems.AddRange(report.GoesOnWith.Where(other => !names.Contains(other)).Select(other =>
                $"{report.File}: it goes on with '{other}', and there is no such procedure. Fix: name one of {string.Join(", ", names.Order(StringComparer.Ordinal))}."));
        }

        problems.AddRange(reports.Select(report => report.Definition).OfType<ProcedureDefinition>()
            .SelectMany(procedure => procedure.Intents.Select(intent => (intent, procedure.Name))).GroupBy(pair => pair.intent, pair => pair.Name)
            .Where(group => group.Count() > 1)
            .Select(group => $"The intent '{group.Key}' starts {string.Join(" and ", group)}. Fix: leave it to one of them."));
        return problems;
    }

    private IEnumerable<string> Files() => Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*.yaml").Order(StringComparer.Ordinal) : [];

    private string Fingerprint() => string.Join('\n', Files().Select(path => new FileInfo(path)).Select(file => $"{file.Name}|{file.Length}|{file.LastWriteTimeUtc.Ticks}"));

    [LoggerMessage(LogLevel.Information, "{Count} procedures are in force from {Folder}")]
    private partial void LogReloaded(int count, string folder);

    [LoggerMessage(LogLevel.Error, "Procedures in {Folder} were changed and one can't be used; it stays as it was: {Problem}")]
    private partial void LogKept(string folder, string problem);

    private sealed class InForce(ImmutableArray<ProcedureDefinition> all)
    {
        public FrozenDictionary<string, ProcedureDefinition> ByName { get; } = all.ToFrozenDictionary(procedure => procedure.Name, StringComparer.Ordinal);

        public FrozenDictionary<string, ProcedureDefinition> ByIntent { get; } = all
            .SelectMany(procedure => procedure.Intents.Select(intent => (intent, procedure))).DistinctBy(pair => pair.intent)
            .ToFrozenDictionary(pair => pair.intent, pair => pair.procedure, StringComparer.Ordinal);
    }
}
