using System.Collections.Immutable;
using CustomerService.Grains.Budgets;

namespace CustomerService.Assistants.Models;

/// <summary>How the models that a pipeline names are reached, and what they may take; <see cref="ChatSettingsFile"/> reads it.</summary>
public sealed record ChatModelSettings
{
    /// <summary>Providers by the name that a pipeline writes after <c>provider:</c>. Default: none, so everything is answered locally.</summary>
    public ImmutableDictionary<string, ChatProvider> Providers { get; init; } = ImmutableDictionary.Create<string, ChatProvider>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the business is called in instructions. Default: "a shop".</summary>
    public string Business { get; init; } = "a shop";

    /// <summary>Most words of an answer, for instructions. Default 120.</summary>
    public int AnswerWords { get; init; } = 120;

    /// <summary>Longest wait for a reply to begin; where it comes in one piece, for all of it. Default 8 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Longest wait for the next piece of a reply that has begun. Default 4 s.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Longest wait for one question with all its attempts. Default 20 s; never longer than its task has left, so that the local path still answers in time.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Further attempts after 429, 5xx, a lost connection or a timed-out attempt. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>First pause before another attempt; it doubles, with jitter. Default 300 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Share of failed attempts within 30 s, of at least <see cref="BreakAfter"/>, that stops asking for a while. Default 0.5.</summary>
    public double BreakRatio { get; init; } = 0.5;

    /// <summary>Default 8 attempts.</summary>
    public int BreakAfter { get; init; } = 8;

    /// <summary>How long a model that keeps failing is left alone. Default 15 s.</summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Most tokens of one reply. Default 700.</summary>
    public int MaxOutputTokens { get; init; } = 700;

    /// <summary>Most characters of a customer's message that a model is given. Default 4,000.</summary>
    public int MaxMessageCharacters { get; init; } = 4_000;

    /// <summary>How often one answer may ask for tools before it has to be given. Default 4.</summary>
    public int ToolRounds { get; init; } = 4;

    /// <summary>Hosts that a model's answer may link to besides those in its sources. Default: none.</summary>
    public ImmutableArray<string> LinkHosts { get; init; } = [];

    /// <summary>What models may take for one conversation. Default 60,000 tokens, half a dollar, five minutes.</summary>
    public ModelAllowance ConversationBudget { get; init; } = new(60_000, 0.50m, 300);

    /// <summary>What models may take in one day (UTC), over all processes. Default 20 million tokens, 50 dollars, 100 hours.</summary>
    public ModelAllowance DayBudget { get; init; } = new(20_000_000, 50m, 360_000);

    /// <summary>
    /// Reads <c>OPENAI_API_KEY</c>, <c>OPENAI_BASE_URL</c>, <c>ANTHROPIC_API_KEY</c> and <c>ANTHROPIC_BASE_URL</c>. A base address
    /// without a key is a server that needs none, such as a model on this machine.
    /// </summary>
    /// <param name="variable">Gives a variable's value or null, such as <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
    /// <exception cref="FormatException">A base address is no http or https address.</exception>
    public static ChatModelSettings FromEnvironment(Func<string, string?> variable)
    {
        var settings = new ChatModelSettings();
        foreach (var (protocol, prefix) in new[] { (ChatProtocols.OpenAI, "OPENAI"), (ChatProtocols.Anthropic, "ANTHROPIC") })
        {
            var key = NullIfBlank(variable($"{prefix}_API_KEY"));
            var address = BaseAddress($"{prefix}_BASE_URL", NullIfBlank(variable($"{prefix}_BASE_URL")));
            if (key is not null || address is not null)
                settings = settings with { Providers = settings.Providers.SetItem(protocol, new ChatProvider(protocol, key, address)) };
        }

        return settings;
    }

    internal static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static Uri? BaseAddress(string name, string? value)
    {
        if (value is null)
            return null;
        return Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new FormatException($"{name} is '{value}'; write an http or https address, such as https://models.example.org/v1, or unset it.");
    }
}
