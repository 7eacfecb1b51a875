using System.Collections.Immutable;

namespace CustomerService.Assistants.Models;

/// <summary>How the models that a pipeline names are reached, and what they may take.</summary>
public sealed record ChatModelSettings
{
    public const string OpenAI = "openai";
    public const string Anthropic = "anthropic";

    /// <summary>Providers by the name that a pipeline writes after <c>provider:</c>. Default: none, so everything is answered locally.</summary>
    public ImmutableDictionary<string, ChatProvider> Providers { get; init; } = ImmutableDictionary.Create<string, ChatProvider>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Longest wait for one attempt. Default 10 s.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for one question with all its attempts. Default 20 s: under a task's 30 s, so that the local path still answers in time.</summary>
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

    /// <summary>US dollars per million tokens by model name; a model without a price has no cost in the trace.</summary>
    public ImmutableDictionary<string, ModelPrice> Prices { get; init; } = ImmutableDictionary.Create<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Reads <c>OPENAI_API_KEY</c>, <c>OPENAI_BASE_URL</c>, <c>ANTHROPIC_API_KEY</c> and <c>ANTHROPIC_BASE_URL</c>. A base address
    /// without a key is a server that needs none, such as a model on this machine.
    /// </summary>
    /// <param name="variable">Gives a variable's value or null, such as <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
    /// <exception cref="FormatException">A base address is no http or https address.</exception>
    public static ChatModelSettings FromEnvironment(Func<string, string?> variable)
    {
        var settings = new ChatModelSettings();
        foreach (var (name, protocol, prefix) in new[] { (OpenAI, ChatProtocol.OpenAI, "OPENAI"), (Anthropic, ChatProtocol.Anthropic, "ANTHROPIC") })
        {
            var key = NullIfBlank(variable($"{prefix}_API_KEY"));
            var address = BaseAddress($"{prefix}_BASE_URL", NullIfBlank(variable($"{prefix}_BASE_URL")));
            if (key is not null || address is not null)
                settings = settings with { Providers = settings.Providers.SetItem(name, new ChatProvider(protocol, key, address)) };
        }

        return settings;
    }

    private static string? NullIfBlank(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static Uri? BaseAddress(string name, string? value)
    {
        if (value is null)
            return null;
        return Uri.TryCreate(value, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? address
            : throw new FormatException($"{name} is '{value}'; write an http or https address, such as https://models.example.org/v1, or unset it.");
    }
}

/// <summary>The protocols that models are spoken to in.</summary>
public enum ChatProtocol
{
    /// <summary>OpenAI's chat completions, which most other servers speak too.</summary>
    OpenAI,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,
}

/// <param name="Key">Null: the server needs none.</param>
/// <param name="BaseAddress">Null: the vendor's own.</param>
public sealed record ChatProvider(ChatProtocol Protocol, string? Key, Uri? BaseAddress = null)
{
    /// <summary>Without the key, so that a log line can't give it away.</summary>
    public override string ToString() => $"{Protocol} at {BaseAddress?.ToString() ?? "the vendor's address"}";
}

/// <param name="Input">US dollars per million tokens read.</param>
/// <param name="Output">US dollars per million tokens written.</param>
public sealed record ModelPrice(decimal Input, decimal Output);
