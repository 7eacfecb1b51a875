using System.Collections.Immutable;
using CustomerService.Grains.Turns;

namespace CustomerService.Grains.Conversations;

/// <summary>What is known at a handoff, each thing by itself: consoles show it in the agent's own language, rules can read it. It travels on with transfers and escalations.</summary>
/// <param name="Signals">What was understood of the last message.</param>
/// <param name="Question">What the customer wrote last, shortened.</param>
public sealed record HandoffFacts(MessageSignals Signals, string Question)
{
    /// <summary>The longest list, and the longest text in it, so that the package stays small.</summary>
    public const int MaxEntries = 12;

    /// <inheritdoc cref="MaxEntries"/>
    public const int MaxText = 400;

    /// <summary>What else the customer may want, likeliest first.</summary>
    public ImmutableArray<string> OtherIntents { get; init => field = Within(value); } = [];

    /// <summary>What is likely to come next and what many write about just now, each with its evidence.</summary>
    public ImmutableArray<string> Expectations { get; init => field = Within(value); } = [];

    /// <summary>What the assistant tried, oldest first, such as <c>asked for identity</c> or <c>answered: …</c>.</summary>
    public ImmutableArray<string> Tried { get; init => field = Within(value); } = [];

    /// <summary>What its last answer rested on: <c>article:return-policy</c>, <c>order:#W1234567</c>.</summary>
    public ImmutableArray<string> Sources { get; init => field = Within(value); } = [];

    /// <summary>The procedure that was under way, its step, and what was gathered for it; null: none was.</summary>
    public ActiveProcedure? Procedure { get; init; }

    /// <summary>Whether the customer has proved who they are.</summary>
    public bool IdentityProven { get; init; }

    public int FailedProofs { get; init; }

    /// <summary>What went wrong, where something did.</summary>
    public string? Fault { get; init; }

    private static ImmutableArray<string> Within(ImmutableArray<string> texts) =>
        [.. texts.OrEmpty().TakeLast(MaxEntries).Select(text => Excerpt.Of(text, MaxText))];
}
