using System.Collections.Immutable;
using CustomerService.Assistants.Prompts;
using Microsoft.Extensions.AI;

namespace CustomerService.Assistants.Models;

/// <summary>What a model is asked.</summary>
/// <param name="Prompt">The instructions that the messages begin with, for the trace; its schema is what the reply has to be like.</param>
/// <param name="Messages">All of them, the instructions first.</param>
internal sealed record ChatQuestion(Prompt Prompt, IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>What the model may ask for before it replies.</summary>
    public ImmutableArray<AITool> Tools { get; init; } = [];

    /// <summary>Whether it may ask for no more tools.</summary>
    public bool MustReply { get; init; }

    /// <summary>Told of each piece of the reply's text as it comes, unchecked.</summary>
    public Action<string>? Heard { get; init; }
}

/// <summary>A model's reply, or why there is none, and what it took either way.</summary>
internal sealed record ChatReply(string? Text, string? Fault)
{
    /// <summary>What the model asks to be called before it replies.</summary>
    public ImmutableArray<FunctionCallContent> Calls { get; init; } = [];

    /// <summary>The reply as it stands in the conversation with the model.</summary>
    public ImmutableArray<ChatMessage> Messages { get; init; } = [];

    public int InputTokens { get; init; }

    public int OutputTokens { get; init; }

    /// <summary>In US dollars; null: no price is known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>With all attempts.</summary>
    public double Seconds { get; init; }

    /// <summary>Seconds until the first piece; null: none came.</summary>
    public double? FirstToken { get; init; }

    /// <summary>What kind of fault it was, in one word for figures; null: none.</summary>
    public string? ErrorType { get; init; }

    public static ChatReply Failed(string fault, string errorType) => new(null, fault) { ErrorType = errorType };
}
