using CustomerService.AgentConsole.Replies;
using CustomerService.Integrations.Orders;
using CustomerService.Silo.Composition;

namespace CustomerService.Silo.Answering;

/// <summary>What helps agents to answer: the owner's replies, articles, order numbers.</summary>
internal static class AnsweringRegistration
{
    public static IServiceCollection AddAnswering(this IServiceCollection services, ContentFolder content) => services
        .AddSingleton(p => new RepliesFile(content.Replies, p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<RepliesFile>>()))
        .AddSingleton<IArticleSearch, AgentsArticles>()
        .AddSingleton<IOrderNumbers, ShopOrderNumbers>();

    /// <summary>As the shop's order system writes them.</summary>
    private sealed class ShopOrderNumbers : IOrderNumbers
    {
        public string? FindIn(string text) => OrderNumber.TryFindIn(text, out var number) ? number : null;
    }
}
