using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality;

/// <summary>What the owner wants of every answer; read from <c>content/quality.yaml</c> by <see cref="QualityRulesFile"/>.</summary>
public sealed record QualityRules
{
    /// <summary>The mean from which on an answer may be sent, 0…1. Default 0.8.</summary>
    public double PassMark { get; init; } = 0.8;

    /// <summary>Terms that must never be sent: one of them fails the answer whatever the rest is like.</summary>
    public TermList Prohibited { get; init; } = new([]);

    /// <summary>Promises and advice that need a lawyer's approval, such as "we guarantee".</summary>
    public TermList Regulatory { get; init; } = new([]);

    /// <summary>Words that offend: one of them fails the answer.</summary>
    public TermList Rude { get; init; } = new([]);

    /// <summary>Words that are out of place in an answer to someone who is upset.</summary>
    public TermList Cheerful { get; init; } = new([]);

    /// <summary>Words of which an answer to someone who is upset should have one.</summary>
    public TermList Empathetic { get; init; } = new([]);

    /// <summary>Words that the house style avoids.</summary>
    public TermList OffBrand { get; init; } = new([]);

    /// <summary>Words in a customer's message that need a person: threats of law, regulators, the press.</summary>
    public TermList NeedsPerson { get; init; } = new([]);

    /// <summary>Abbreviations in capitals that are no shouting.</summary>
    public ImmutableArray<string> Abbreviations { get; init; } = [];

    /// <summary>The company's own e-mail addresses and telephone numbers.</summary>
    public ImmutableArray<string> OwnContacts { get; init; } = [];
}
