namespace CustomerService.Assistants.Quality;

/// <summary>One language's lists, read from <c>content/quality/&lt;language&gt;.yaml</c> together with those of <c>quality.yaml</c>.</summary>
public sealed record LanguageTerms
{
    /// <summary>Terms that must never be sent: one of them fails the answer whatever the rest is like.</summary>
    public TermList Prohibited { get; init; } = new([]);

    /// <summary>Promises and advice that need a lawyer's approval, such as "we guarantee".</summary>
    public TermList Regulatory { get; init; } = new([]);

    /// <summary>Words that offend: one of them fails the answer.</summary>
    public TermList Rude { get; init; } = new([]);

    /// <summary>Irony and reproach at the reader's cost.</summary>
    public TermList Sarcastic { get; init; } = new([]);

    /// <summary>Words that are out of place in an answer to someone who is upset.</summary>
    public TermList Cheerful { get; init; } = new([]);

    /// <summary>Words of which an answer to someone who is upset should have one.</summary>
    public TermList Empathetic { get; init; } = new([]);

    /// <summary>Words of apology: a few are kind, many are hollow.</summary>
    public TermList Apologies { get; init; } = new([]);

    /// <summary>Words that the house style avoids.</summary>
    public TermList OffBrand { get; init; } = new([]);

    /// <summary>Words in a customer's message that need a person: threats of law, regulators, the press.</summary>
    public TermList NeedsPerson { get; init; } = new([]);

    /// <summary>How one addresses somebody politely: Sie, vous, usted. Capitals count.</summary>
    public TermList Formal { get; init; } = new([], exactCase: true);

    /// <summary>How one addresses a friend: du, tu, tú. Capitals count.</summary>
    public TermList Informal { get; init; } = new([], exactCase: true);

    internal LanguageTerms With(LanguageTerms other) => new()
    {
        Prohibited = Prohibited.With(other.Prohibited),
        Regulatory = Regulatory.With(other.Regulatory),
        Rude = Rude.With(other.Rude),
        Sarcastic = Sarcastic.With(other.Sarcastic),
        Cheerful = Cheerful.With(other.Cheerful),
        Empathetic = Empathetic.With(other.Empathetic),
        Apologies = Apologies.With(other.Apologies),
        OffBrand = OffBrand.With(other.OffBrand),
        NeedsPerson = NeedsPerson.With(other.NeedsPerson),
        Formal = Formal.With(other.Formal),
        Informal = Informal.With(other.Informal),
    };
}
