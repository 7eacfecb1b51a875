using CustomerService.Assistants.Settings;
using Microsoft.Extensions.Logging;

namespace CustomerService.Assistants.Quality;

/// <summary>The owner's files of rules in use: edits take effect at once, and a bad edit leaves the old rules in force and says why.</summary>
public sealed class WatchedQualityRules : IQualityRulesSource, IDisposable
{
    private readonly LiveContent<QualityRules> _content;

    /// <param name="path">Of <c>quality.yaml</c>; the languages' lists are in the folder <c>quality</c> beside it.</param>
    /// <exception cref="ContentFormatException">A file can't be used; the message names the place and the fix.</exception>
    public WatchedQualityRules(string path, TimeProvider time, ILogger<WatchedQualityRules> logger) =>
        _content = new LiveContent<QualityRules>(path, () => [path, .. QualityRulesFile.LanguageFiles(path)], () => QualityRulesFile.Load(path), time, logger);

    public QualityRules Current => _content.Current;

    /// <summary>Looks at the files now.</summary>
    internal void Look() => _content.Look();

    public void Dispose() => _content.Dispose();
}
