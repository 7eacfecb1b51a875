using System.Diagnostics.Metrics;
using CustomerService.Assistants.Actions;
using CustomerService.Assistants.Automation;
using CustomerService.Assistants.Budgets;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Procedures;
using CustomerService.Assistants.Prompts;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Suggestions;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Journal;
using CustomerService.Grains.Turns;
using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Assistants;

/// <summary>What the assistants need to be told.</summary>
/// <param name="ContentFolder">The folder that holds <c>answers/</c>, <c>prompts/</c>, <c>quality.yaml</c> and <c>assistant.yaml</c>.</param>
public sealed record AssistantSettings(string ContentFolder)
{
    public AutomationRules Automation { get; init; } = new();

    /// <summary>Gives an environment variable's value or null: keys of chat models come from nowhere else. Default: the process's own.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;
}

/// <summary>Adds the actions that understand and answer, and the <c>&lt;AUTO&gt;</c> resolver.</summary>
public static class AssistantsRegistration
{
    /// <summary>
    /// Adds seven <see cref="IPipelineAction"/> and an <see cref="IAutoResolver"/>. The container must also have <see cref="IGrainClient"/>,
    /// <see cref="MessageUnderstanding"/>, <see cref="IKnowledgeBase"/>, <see cref="IOrderSystem"/> and <see cref="TimeProvider"/>.
    /// </summary>
    /// <exception cref="Settings.ContentFormatException">When first resolved: a content file is missing or malformed.</exception>
    public static IServiceCollection AddAssistants(this IServiceCollection services, AssistantSettings settings)
    {
        services.AddSingleton(settings.Automation);
        services.AddSingleton<IQualityRulesSource>(provider => new WatchedQualityRules(
            Path.Combine(settings.ContentFolder, "quality.yaml"), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<WatchedQualityRules>>()));
        services.AddSingleton(provider => new AnswerBook(
            Path.Combine(settings.ContentFolder, "answers"), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AnswerBook>>()));
        services.AddChatModels(settings);
        services.AddSingleton(provider => new QualityGate(provider.GetRequiredService<IQualityRulesSource>()));
        services.AddSingleton(provider => new IdentityCheck(provider.GetRequiredService<IOrderSystem>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ToolGate(
            ShopTools.All(provider.GetRequiredService<IOrderSystem>(), provider.GetRequiredService<IKnowledgeBase>()).Concat(provider.GetServices<ITool>()),
            provider.GetService<IToolSource>()));
        services.AddSingleton(provider => new ProcedureFolder(
            Path.Combine(settings.ContentFolder, "procedures"), provider.GetRequiredService<ToolGate>(), provider.GetRequiredService<AnswerBook>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ProcedureFolder>>()));
        services.AddSingleton(provider => new ProcedureDesk(
            provider.GetRequiredService<ProcedureFolder>(), provider.GetRequiredService<ToolGate>(), provider.GetRequiredService<IOrderSystem>(), new ModelSlotReader(new RuleSlotReader())));
        services.AddSingleton(provider => new WritingSign(provider.GetService<IHints>()));
        services.AddSingleton<SuggestedReplies>();
        services.AddSingleton(provider => new CallProposals(
            provider.GetRequiredService<ProcedureDesk>(), provider.GetRequiredService<AnswerBook>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IAutoResolver, ChatAutoResolver>();
        services.AddSingleton<IPipelineAction, CustomerIdentification>();
        services.AddSingleton<IPipelineAction, SentimentAnalysis>();
        services.AddSingleton<IPipelineAction, IntentClassification>();
        services.AddSingleton<IPipelineAction, KnowledgeBaseSearch>();
        services.AddSingleton<IPipelineAction, AutomationCheck>();
        services.AddSingleton<IPipelineAction, GenerateCustomerResponse>();
        services.AddSingleton<IPipelineAction, QaReview>();
        return services;
    }

    /// <summary>Chat models by <c>assistant.yaml</c> and <c>prompts/</c>, both read again when they change. Without the file, and without keys, there are none.</summary>
    private static void AddChatModels(this IServiceCollection services, AssistantSettings settings)
    {
        services.AddSingleton(provider => new LiveChatSettings(
            Path.Combine(settings.ContentFolder, "assistant.yaml"), settings.Variable, provider.GetServices<IChatProtocol>().Select(protocol => protocol.Name),
            provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<LiveChatSettings>>()));
        services.AddSingleton(provider => new PromptLibrary(
            Path.Combine(settings.ContentFolder, "prompts"), provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<PromptLibrary>>()));
        services.AddSingleton(provider => new ModelInstruments(provider.GetService<IMeterFactory>()));
        services.AddSingleton(provider => new DayBudget(
            provider.GetRequiredService<IGrainClient>(), () => provider.GetRequiredService<LiveChatSettings>().Current.DayBudget,
            provider.GetRequiredService<TimeProvider>(), provider.GetService<ILogger<DayBudget>>()));
        services.AddSingleton(provider => new ModelRoles(
            () => provider.GetRequiredService<LiveChatSettings>().Current, provider.GetRequiredService<PromptLibrary>(), provider.GetRequiredService<DayBudget>(),
            provider.GetRequiredService<ModelInstruments>(), provider.GetServices<IChatProtocol>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ChatTranslator>();
    }
}
