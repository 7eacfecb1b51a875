using CustomerService.Assistants.Settings;
using CustomerService.Pipelines.Sources;
using Microsoft.Extensions.Logging;

namespace CustomerService.Assistants.Quality;

/// <summary>The owner's rules in use.</summary>
/// <param name="path">Of <c>quality.yaml</c>; the languages' lists are in the folder <c>quality</c> beside it.</param>
/// <exception cref="ContentFormatException">A file can't be used; the message names the place and the fix.</exception>
public sealed class WatchedQualityRules(string path, TimeProvider time, ILogger<WatchedQualityRules> logger)
    : LiveContent<QualityRules>(path, () => [path, .. QualityRulesFile.LanguageFiles(path)], () => QualityRulesFile.Load(path), time, logger), IQualityRulesSource;
