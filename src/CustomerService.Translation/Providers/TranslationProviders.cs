using System.Collections.Immutable;
using CustomerService.Translation.Settings;

namespace CustomerService.Translation.Providers;

/// <summary>Opens the services that the settings name.</summary>
/// <param name="variable">Gives an environment variable's value or null.</param>
/// <param name="chat">Null: no chat model is to be had here.</param>
internal sealed class TranslationProviders(Func<string, string?> variable, IChatTranslation? chat, TimeProvider time) : IDisposable
{
    private readonly ServiceHttp _http = new();

    public ImmutableArray<GuardedProvider> Open(TranslationSettings settings) =>
        [.. settings.Providers.Select(provider => new GuardedProvider(provider, Open(provider), time))];

    public void Dispose() => _http.Dispose();

    private ITranslationProvider Open(ProviderSettings provider)
    {
        var key = provider.KeyVariable is { } name && variable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;
        return provider.Protocol switch
        {
            TranslationProtocol.DeepL => new DeepL(_http, provider.Address!, key, provider.Formality),
            TranslationProtocol.Apertium => new Apertium(_http, provider.Address!, key),
            TranslationProtocol.LibreTranslate => new LibreTranslate(_http, provider.Address!, key),
            TranslationProtocol.Chat => new ChatTranslation(chat ?? new NoChat(), provider.Model),
            _ => throw new System.Diagnostics.UnreachableException($"The protocol {provider.Protocol} has no service."),
        };
    }

    private sealed class NoChat : IChatTranslation
    {
        public Task<string> TranslateAsync(string model, string from, string to, string text, CancellationToken cancellation) =>
            Task.FromException<string>(new ProviderException("no chat model is set up in this process"));
    }
}
