using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Settings;
using CustomerService.Assistants.Tools;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Assistants.Procedures;

/// <summary>
/// The owner's procedures in use, one a file. A bad edit leaves that procedure as it was and says why. They are checked again when the tools
/// or the texts change that they name.
/// </summary>
public sealed partial class ProcedureFolder : IProcedureSource, IDisposable
{
    private readonly string _folder;
    private readonly ToolGate _tools;
    private readonly AnswerBook _answers;
    private readonly ILogger _logger;
    private readonly LiveContent<InForce> _content;

    /// <param name="folder">It may be missing: then there are no procedures.</param>
    /// <exception cref="ContentFormatException">A file can't be used; the message lists every error with line and column.</exception>
    public ProcedureFolder(string folder, ToolGate tools, AnswerBook answers, TimeProvider time, ILogger<ProcedureFolder> logger)
    {
        (_folder, _tools, _answers, _logger) = (folder, tools, answers, logger);
        _content = new(folder, Files, Read, time, logger);
        tools.Changed += _content.ReadAgain;
        answers.Changed += _content.ReadAgain;
    }

    public IEnumerable<ProcedureDefinition> All => _content.Current.Sorted;

    public ProcedureDefinition? Find(string name) => _content.Current.ByName.GetValueOrDefault(name);

    public ProcedureDefinition? StartedBy(string intent) => _content.Current.ByIntent.GetValueOrDefault(intent);

    public ProcedureDefinition? Making(string tool) =>
        _content.Current.ByName.Values.Where(procedure => procedure.Confirmation?.Call.Tool == tool).MinBy(procedure => procedure.Name, StringComparer.Ordinal);

    public string? IntentOf(ProcedureDefinition procedure) => procedure.Intents.FirstOrDefault() ?? _content.Current.ByName.Values
        .Where(other => other.Steps.OfType<ProcedureStep.ContinueWith>().Any(step => step.Procedure == procedure.Name)).SelectMany(other => other.Intents).FirstOrDefault();

    /// <summary>Looks now whether something has changed.</summary>
    internal void Look() => _content.Look();

    public void Dispose()
    {
        _tools.Changed -= _content.ReadAgain;
        _answers.Changed -= _content.ReadAgain;
        _content.Dispose();
    }

    // At the start all must be good. Later what is bad stays as it was; what is gone is gone.
    private InForce Read()
    {
        var check = new ProcedureCheck(_tools.Contracts, _answers);
        ImmutableArray<ProcedureReport> reports = [.. Files().Select(check.OfFile)];
        var problems = Problems(reports);
        if (_content is null) // the start
            return problems.Count == 0 ? new InForce(reports.Select(report => report.Definition!)) : throw new ContentFormatException(string.Join('\n', problems));
        foreach (var problem in problems)
            LogKept(_folder, problem);
        return new InForce(reports.Select(report => report.Definition ?? Find(Path.GetFileNameWithoutExtension(report.File))).OfType<ProcedureDefinition>());
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

    [LoggerMessage(LogLevel.Error, "Procedures in {Folder} were changed and one can't be used; it stays as it was: {Problem}")]
    private partial void LogKept(string folder, string problem);

    private sealed class InForce(IEnumerable<ProcedureDefinition> all)
    {
        public ImmutableArray<ProcedureDefinition> Sorted { get; } = [.. all.OrderBy(procedure => procedure.Name, StringComparer.Ordinal)];

        public FrozenDictionary<string, ProcedureDefinition> ByName { get; } = all.ToFrozenDictionary(procedure => procedure.Name, StringComparer.Ordinal);

        public FrozenDictionary<string, ProcedureDefinition> ByIntent { get; } = all
            .SelectMany(procedure => procedure.Intents.Select(intent => (intent, procedure))).DistinctBy(pair => pair.intent)
            .ToFrozenDictionary(pair => pair.intent, pair => pair.procedure, StringComparer.Ordinal);
    }
}
