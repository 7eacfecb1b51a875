using System.Collections.Immutable;
using CustomerService.Assistants.Models;
using CustomerService.Grains.Conversations;
using CustomerService.Pipelines.Actions;

namespace CustomerService.Assistants.Responses;

/// <summary>An answer before it is checked.</summary>
/// <param name="Sources">Ids of what it rests on: <c>article:id</c>, <c>order:#W…</c>, <c>text:key</c>. Never empty.</param>
/// <param name="Grounds">The sources' texts: every fact of the answer has to be in one of them.</param>
/// <param name="Intents">What it answers; empty where that can't be told.</param>
internal sealed record ComposedAnswer(
    string Text, ImmutableArray<string> Actions, ImmutableArray<string> Sources, ImmutableArray<string> Grounds, ImmutableArray<string> Intents)
{
    /// <summary>The customer's own details in it, which may be shown to them.</summary>
    public ImmutableArray<string> OwnDetails { get; init; } = [];

    public PendingRequest? Pending { get; init; }

    public bool FollowUpRequired { get; init; }

    /// <summary>For the trace: how it came about.</summary>
    public string Note { get; init; } = "";
}

/// <summary>What an answer is composed from.</summary>
internal sealed record AnswerRequest(string Intent, string Message, RunScope Run, AnswerPhrases? Phrases)
{
    public required string Language { get; init; }

    public string Tone { get; init; } = Tones.Neutral;

    /// <summary>How to address the customer; null: without a name.</summary>
    public string? Name { get; init; }

    /// <summary>Whether this is the first answer of the conversation.</summary>
    public bool Greet { get; init; }

    public bool IncludeNextSteps { get; init; } = true;

    public ImmutableArray<ArticleSource> Articles { get; init; } = [];

    /// <summary>Who the customer has proved to be, while it holds.</summary>
    public ProvenIdentity? Identity { get; init; }

    /// <summary>The chat model that may read what the rules can't; null: none may see this message, or there is none.</summary>
    public RunChat? Chat { get; init; }
}

/// <summary>The names of tones.</summary>
internal static class Tones
{
    public const string Formal = "formal";
    public const string Neutral = "neutral";
    public const string Casual = "casual";
    public const string Empathetic = "empathetic";
}
