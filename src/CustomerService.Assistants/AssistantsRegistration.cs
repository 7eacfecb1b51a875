using CustomerService.Assistants.Actions;
using CustomerService.Assistants.Automation;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Responses;
using CustomerService.Assistants.Tools;
using CustomerService.Grains.Turns;
using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Language;
using CustomerService.Pipelines.Actions;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Assistants;

/// <summary>What the assistants need to be told.</summary>
/// <param name="ContentFolder">The folder that holds <c>answers/</c> and <c>quality.yaml</c>.</param>
public sealed record AssistantSettings(string ContentFolder)
{
    public AutomationRules Automation { get; init; } = new();

    /// <summary>Default: no chat model; everything is answered locally.</summary>
    public ChatModelSettings Models { get; init; } = new();
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
        services.AddSingleton(_ => QualityRulesFile.Load(Path.Combine(settings.ContentFolder, "quality.yaml")));
        services.AddSingleton(_ => AnswerBook.Load(Path.Combine(settings.ContentFolder, "answers")));
        services.AddSingleton(provider => new ModelRoles(settings.Models, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new QualityGate(provider.GetRequiredService<QualityRules>()));
        services.AddSingleton(provider => new IdentityCheck(provider.GetRequiredService<IOrderSystem>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ToolGate(
            ShopTools.All(provider.GetRequiredService<IOrderSystem>(), provider.GetRequiredService<IKnowledgeBase>()).Concat(provider.GetServices<ITool>())));
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
}
