using System.Collections.Immutable;

namespace CustomerService.Assistants.Models;

/// <summary>The protocols that come with the program. An <see cref="IChatProtocol"/> adds another.</summary>
public static class ChatProtocols
{
    /// <summary>OpenAI's chat completions, which most other servers speak too.</summary>
    public const string OpenAI = "openai";

    /// <summary>Anthropic's messages.</summary>
    public const string Anthropic = "anthropic";
}

/// <summary>Where chat models are, and how they are spoken to.</summary>
/// <param name="Protocol">A name of <see cref="ChatProtocols"/>, or of another <see cref="IChatProtocol"/>.</param>
/// <param name="Key">Null: the server needs none.</param>
/// <param name="BaseAddress">Null: the vendor's own.</param>
public sealed record ChatProvider(string Protocol, string? Key, Uri? BaseAddress = null)
{
    /// <summary>Whether replies are read piece by piece. Default: yes.</summary>
    public bool Streams { get; init; } = true;

    /// <summary>Whether it is sent the schema that a reply must follow. Default: where the protocol is OpenAI's; a server that refuses it is asked without from then on.</summary>
    public bool SpeaksSchemas { get; init; } = Protocol == ChatProtocols.OpenAI;

    /// <summary>By model; one without a price has no cost in the trace, and counts by tokens and seconds only.</summary>
    public ImmutableDictionary<string, ModelPrice> Prices { get; init; } = ImmutableDictionary.Create<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Why it can't be asked, such as a key that is not set; null: it can.</summary>
    public string? Lacks { get; init; }

    /// <summary>Without the key, so that a log line can't give it away.</summary>
    public override string ToString() => $"{Protocol} at {BaseAddress?.ToString() ?? "the vendor's address"}";
}

/// <param name="Input">US dollars per million tokens read.</param>
/// <param name="Output">US dollars per million tokens written.</param>
public sealed record ModelPrice(decimal Input, decimal Output)
{
    public decimal Of(int input, int output) => ((input * Input) + (output * Output)) / 1_000_000;
}
