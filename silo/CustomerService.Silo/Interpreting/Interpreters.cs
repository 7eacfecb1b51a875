using System.Collections.Immutable;
using CustomerService.Gateway.Staff;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Queues;
using CustomerService.Grains.Turns;
using CustomerService.Runtime.Effects;
using CustomerService.Silo.Composition;
using CustomerService.Silo.Running;
using CustomerService.Translation;
using CustomerService.Translation.Providers;

namespace CustomerService.Silo.Interpreting;

/// <summary>Puts the translation between customers and agents together.</summary>
internal static class Interpreters
{
    public static IServiceCollection AddInterpreting(this IServiceCollection services, ContentFolder content) =>
        services.AddTranslation(content.Translation).AddSingleton<IChatTranslation, ChatInterpreter>().AddSingleton<IDraftTranslation, DraftInterpreter>();

    /// <summary>Who does the work that conversations ask for. The pipeline's parts are made before: they tell languages.</summary>
    public static IEnumerable<IWorkPerformer> Compose(IServiceProvider services, IGrainClient grains)
    {
        var translator = services.GetRequiredService<ITranslator>();
        var parts = services.GetRequiredService<PipelineHolder>().Parts ?? throw new InvalidOperationException("The pipeline's parts are made first.");
        yield return new MessageInterpreter(grains, translator, parts.Languages, services.GetRequiredService<IJournal>);
        yield return new ReplyInterpreter(grains, translator, parts.Languages, new TranslationReview(parts.QualityGate));
    }

    /// <summary>The policy of a queue whose agents read these; none: nothing is translated there.</summary>
    public static QueuePolicy WithLanguages(this QueuePolicy policy, ImmutableArray<string> languages) => languages.IsEmpty
        ? policy
        : policy with { Terms = policy.Terms with { WorkLanguages = languages, Version = $"{policy.Terms.Version}-{string.Join('-', languages)}" } };
}
