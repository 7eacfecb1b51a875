using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerService.Translation.Masking;

namespace CustomerService.Translation.Providers;

/// <summary>One outside service in its own protocol. Its faults are <see cref="ProviderException"/>s; limits and repetitions are the guard's.</summary>
internal interface ITranslationProvider
{
    /// <summary>The forms in which it leaves protected parts alone, best first.</summary>
    ImmutableArray<MaskForm> Forms { get; }

    /// <summary>What it can translate; null: anything into anything.</summary>
    /// <exception cref="ProviderException"/>
    Task<FrozenSet<LanguagePair>?> PairsAsync(CancellationToken cancellation);

    /// <exception cref="ProviderException"/>
    Task<string> TranslateAsync(LanguagePair pair, string text, CancellationToken cancellation);
}
