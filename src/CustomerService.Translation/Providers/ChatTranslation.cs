using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerService.Translation.Masking;

namespace CustomerService.Translation.Providers;

/// <summary>A chat model as a translator. Whoever knows the models implements it.</summary>
public interface IChatTranslation
{
    /// <param name="model">As the settings name it: provider and model, such as <c>openai/small</c>.</param>
    /// <returns>The translation alone.</returns>
    /// <exception cref="ProviderException">The model gave none.</exception>
    Task<string> TranslateAsync(string model, string from, string to, string text, CancellationToken cancellation);
}

/// <summary>The chat model as one more service.</summary>
internal sealed class ChatTranslation(IChatTranslation chat, string model) : ITranslationProvider
{
    public ImmutableArray<MaskForm> Forms { get; } = [MaskForm.Brackets, MaskForm.Words];

    public Task<FrozenSet<LanguagePair>?> PairsAsync(CancellationToken cancellation) => Task.FromResult<FrozenSet<LanguagePair>?>(null);

    public Task<string> TranslateAsync(LanguagePair pair, string text, CancellationToken cancellation) =>
        chat.TranslateAsync(model, pair.From, pair.To, text, cancellation);
}
