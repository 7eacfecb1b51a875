using System.Collections.Frozen;
using System.Collections.Immutable;

namespace CustomerService.Assistants.Quality;

/// <summary>Where the gate gets the owner's rules from: they may change while it works.</summary>
public interface IQualityRulesSource
{
    /// <summary>The rules in force now.</summary>
    QualityRules Current { get; }
}

/// <summary>What the owner wants of every text that is sent; read from <c>content/quality.yaml</c> by <see cref="QualityRulesFile"/>.</summary>
public sealed record QualityRules : IQualityRulesSource
{
    /// <summary>The mean from which on an answer may be sent, 0…1. Default 0.8.</summary>
    public double PassMark { get; init; } = 0.8;

    /// <summary>Lists that count in every language.</summary>
    public LanguageTerms EveryLanguage { get; init; } = new();

    /// <summary>Each language's lists, those of every language among them.</summary>
    public FrozenDictionary<string, LanguageTerms> ByLanguage { get; init; } = FrozenDictionary<string, LanguageTerms>.Empty;

    /// <summary>All lists in one, for texts whose language is not known; null: only those of every language.</summary>
    public LanguageTerms? AnyLanguage { get; init; }

    /// <summary>The owner's own rules.</summary>
    public ImmutableArray<QualityRule> Rules { get; init; } = [];

    public BrandVoice Brand { get; init; } = new();

    public PeoplePolicy People { get; init; } = new();

    /// <summary>Abbreviations in capitals that are no shouting.</summary>
    public ImmutableArray<string> Abbreviations { get; init; } = [];

    /// <summary>The company's own e-mail addresses, telephone numbers and postal addresses.</summary>
    public ImmutableArray<string> OwnContacts { get; init; } = [];

    /// <summary>Words in a customer's message that need a person, in whichever language it is.</summary>
    public TermList NeedsPerson => In(null).NeedsPerson;

    QualityRules IQualityRulesSource.Current => this;

    /// <summary>The lists for a text in a language; all of them where the language is not known.</summary>
    public LanguageTerms In(string? language)
    {
        if (language is null or "" or "und")
            return AnyLanguage ?? EveryLanguage;
        var dash = language.IndexOf('-', StringComparison.Ordinal);
        return ByLanguage.GetValueOrDefault(dash < 0 ? language : language[..dash]) ?? EveryLanguage;
    }
}

/// <summary>One rule of the owner's: what must or must not be said in which texts.</summary>
/// <param name="Id">For people and figures, such as <c>no-delivery-promise</c>.</param>
public sealed record QualityRule(string Id)
{
    /// <summary>Where it counts; empty: everywhere.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <inheritdoc cref="Languages"/>
    public ImmutableArray<string> Intents { get; init; } = [];

    /// <inheritdoc cref="Languages"/>
    public ImmutableArray<string> Channels { get; init; } = [];

    /// <inheritdoc cref="Languages"/>
    public ImmutableArray<string> Tiers { get; init; } = [];

    /// <summary>One of these has to be in the text.</summary>
    public TermList MustSay { get; init; } = new([]);

    /// <summary>None of these may be in the text.</summary>
    public TermList MustNotSay { get; init; } = new([]);

    /// <summary>A text with one of these is for somebody who may approve it.</summary>
    public TermList NeedsApproval { get; init; } = new([]);

    /// <summary>Whether breaking it forbids sending; else it lowers the score.</summary>
    public bool Blocks { get; init; } = true;

    /// <summary>What to do about it.</summary>
    public string Suggestion { get; init; } = "";
}

/// <summary>How the company speaks.</summary>
public sealed record BrandVoice
{
    /// <summary>By language: <c>formal</c>, <c>informal</c>, or <c>customer</c> (as the customer does). Left out: as the customer does, formal where that can't be told.</summary>
    public FrozenDictionary<string, string> Address { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>By language: how a text ends on <see cref="SignOffChannels"/>.</summary>
    public FrozenDictionary<string, string> SignOff { get; init; } = FrozenDictionary<string, string>.Empty;

    public ImmutableArray<string> SignOffChannels { get; init; } = ["email"];
}

/// <summary>What the gate does with people's drafts. What is in neither list is told and hinders nothing.</summary>
public sealed record PeoplePolicy
{
    /// <summary>Kinds of findings that nobody can overrule: cards and secrets, whatever the file says.</summary>
    public static ImmutableArray<string> Never { get; } = [FindingKinds.Card, FindingKinds.Secret];

    /// <summary>Kinds of findings with which a person's message is not sent, unless they say why it must be.</summary>
    public ImmutableArray<string> Block { get; init; } = [FindingKinds.Card, FindingKinds.BankAccount, FindingKinds.NationalId, FindingKinds.Secret, FindingKinds.Prohibited, FindingKinds.Rude];
}
